"""Keeps the cube up with the ledger: unbook what a dossier was, book what it is."""

import fcntl
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

import duckdb
from django.utils import timezone

from motcua.indicators.facts import advance as advance_facts
from motcua.indicators.facts import manifest
from motcua.indicators.facts.arriving import take_in_of
from motcua.indicators.facts.building import MEMORY, working_database
from motcua.indicators.facts.cutting import COLUMNS, SPANS
from motcua.indicators.lineage import SHARE, Lineage, lineage
from motcua.kit.moments import Minute, date_of, day_of, minute_of
from motcua.ledger.models import Event
from motcua.registry.queries import catalogue

from . import closing, news
from .booking import ahead, book_few, book_many, bring_lineage
from .closing import FORMAT, Cube, NoCube

# ruff: noqa: S608 (all SQL here is made of the words of this file and of `facts`, and of numbers)
MOST_AT_ONCE = 20_000  # events; beyond that the cube is made anew from the facts
MOST_SPANS_AT_ONCE = 500_000  # more are booked in pieces: their bookings must fit in memory


def bookmark() -> int:
    """Give the last seq the cube contains, 0 when there is none."""
    try:
        cube = closing.mine()
        return int(cube.mark("bookmark") or 0)
    except NoCube:
        return 0


def until() -> Minute | None:
    """Give the minute the cube is swept to, None when there is none."""
    try:
        return int(closing.mine().mark("until"))
    except (NoCube, ValueError):
        return None


def advance(*, now: Minute | None = None) -> int:
    """Bring the cube to the end of the ledger and to this minute; give how many events that were.

    A cube that cannot be that of this ledger, of these successions or of this program is made anew.

    Errors: OSError and sqlite3.Error, for example on a full disk; the cube then stands as it was.
    """
    now = _now() if now is None else now
    with only_writer():
        cube = usable(now)
        if cube is None:
            return _make_anew(now)
        return step(cube, now=now)


def sweep(*, now: Minute | None = None) -> int:
    """Let time pass without news; give 1 when the minute is another one."""
    now = _now() if now is None else now
    swept = until()
    if swept is not None and swept >= now:
        return 0
    advance(now=now)
    return 1


def rebuild(*, now: Minute | None = None) -> int:
    """Make the cube anew from the facts; give the seq it stands at."""
    with only_writer():
        _make_anew(_now() if now is None else now)
    return bookmark()


@contextmanager
def only_writer() -> Iterator[None]:
    """Wait until no other process or thread writes a cube. A killed writer lets go by itself."""
    closing.folder().mkdir(parents=True, exist_ok=True)
    with (closing.folder() / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def step(cube: Cube, *, now: Minute, last: int | None = None) -> int:
    """Apply all events up to `last` (None: the ledger's end) and every moment up to `now`.

    One change of the cube: readers see all of it or nothing.
    """
    seq, was = int(cube.mark("bookmark")), int(cube.mark("until"))
    now = max(now, was)
    arrived = _arrived(seq, last)
    touched = {one.subject for one in arrived}
    touched |= {UUID(dossier) for dossier in cube.passed(now)}
    newest, anchor = (arrived[-1].seq, arrived[-1].id) if arrived else (seq, cube.mark("anchor"))
    if not touched and now == was and newest == seq:
        return 0
    db, line = _desk(), _line(now)
    bring_lineage(db, line)
    changes, spans = [], set[news.Span]()
    for some in _some(sorted(touched)):
        take_in_of(db, some, until=newest)
        _cut(db, known=seq, was=was, now=now)
        changes.append((some, book_few(db, "tagged"), ahead(db, "after", until=now)))
        spans |= news.spans_of(db)
    with cube.writing():
        for some, difference, moments in changes:
            cube.add(difference)
            cube.note_ahead([str(one) for one in some], moments)
        cube.add_news(newest, news.places(spans, arrived, line))
        cube.set_marks(bookmark=newest, anchor=anchor, until=now)
    return len(arrived)


def fill(now: Minute) -> Cube:
    """Make a new cube from the facts, unseen by readers; the caller puts it in force.

    The facts are brought to the ledger's end first.
    """
    advance_facts()
    facts = manifest.read()
    cube = Cube(closing.folder() / f"{uuid4().hex}.sqlite", is_new=True)
    line = _line(now)
    with working_database() as db:
        bring_lineage(db, line)
        db.execute(_spans_of(facts))
        with cube.writing():
            for spans in _pieces(db):
                relation = f"(SELECT *, {now} AS upto, 1 AS sign FROM facts_spans WHERE {spans})"
                cube.add(book_many(db, relation))
            cube.note_ahead((), ahead(db, "facts_spans", until=now))
            marks = {"bookmark": facts.seq, "anchor": facts.anchor, "until": now}
            cube.set_marks(**marks, format=FORMAT, lineage=line.name)
    return cube


def _pieces(db: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Give tests that share out all spans, field by field, so that each fits in memory.

    A layer of one field is then written once; a field that is too large is shared out itself.
    """
    sql = "SELECT coalesce(field, ''), count(*) FROM facts_spans GROUP BY 1 ORDER BY 1"
    some, spans = list[str](), 0
    for field, number in db.execute(sql).fetchall():
        named = "coalesce(field, '') = '{}'".format(field.replace("'", "''"))
        parts = -(-number // MOST_SPANS_AT_ONCE)
        if parts > 1:
            for part in range(parts):
                yield f"{named} AND hash(dossier_id) % {parts} = {part}"
            continue
        if spans + number > MOST_SPANS_AT_ONCE:
            yield " OR ".join(some)
            some, spans = [], 0
        some.append(named)
        spans += number
    if some:
        yield " OR ".join(some)


def _spans_of(facts: manifest.Manifest) -> str:
    paths = [str(path).replace("'", "''") for path in facts.paths("spans")]
    listed = ", ".join(f"'{path}'" for path in paths)
    if listed:
        return f"CREATE TEMP VIEW facts_spans AS FROM read_parquet([{listed}])"
    return f"CREATE TEMP VIEW facts_spans AS {_no_spans()}"


def _no_spans() -> str:
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in COLUMNS.items())
    return f"SELECT {columns} WHERE false"


def _make_anew(now: Minute) -> int:
    before = bookmark()
    cube = fill(now)
    try:
        step(cube, now=now)
        seq = int(cube.mark("bookmark"))
    finally:
        cube.close()
    closing.publish(cube.path)
    return max(seq - before, 0)


def usable(now: Minute) -> Cube | None:
    """Give the cube in force if it can go on from where it stands to this minute."""
    try:
        cube = closing.mine()
        if cube.mark("format") != str(FORMAT) or cube.mark("lineage") != _line(now).name:
            return None
        seq, anchor = int(cube.mark("bookmark")), cube.mark("anchor")
    except (NoCube, ValueError):
        return None
    if seq and not Event.objects.filter(seq=seq, id=UUID(anchor)).exists():
        return None
    if Event.objects.filter(seq__gt=seq).count() > MOST_AT_ONCE:
        return None
    return cube


def _arrived(seq: int, last: int | None) -> Sequence[news.Arrived]:
    events = Event.objects.filter(seq__gt=seq)
    if last is not None:
        events = events.filter(seq__lte=last)
    rows = events.order_by("seq").values_list("seq", "subject_id", "id", "unit_key")
    return [news.Arrived(*row) for row in rows]


def _cut(db: duckdb.DuckDBPyConnection, *, known: int, was: Minute, now: Minute) -> None:
    """Cut the spans of the dossiers that arrived twice, by one question: as the ledger stands, to
    be booked up to `now`, and as it stood at `known`, what was booked up to `was` to be taken back.

    Makes `tagged`, and `after` for those as they stand. The lives of then go by ids of their own.
    """
    db.execute(
        "CREATE OR REPLACE TEMP TABLE twins AS SELECT DISTINCT dossier_id,"
        f" md5(dossier_id::VARCHAR || '{known}')::UUID AS twin FROM arrived WHERE seq <= {known}"
    )
    db.execute(
        "CREATE OR REPLACE TEMP VIEW events AS SELECT '' AS month, * FROM arrived"
        " UNION ALL SELECT '', arrived.* REPLACE (twin AS dossier_id)"
        f" FROM arrived JOIN twins USING (dossier_id) WHERE seq <= {known}"
    )
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE tagged AS SELECT * REPLACE ({SHARE} AS share) FROM"
        " (SELECT spans.* REPLACE (coalesce(twins.dossier_id, spans.dossier_id) AS dossier_id),"
        " CASE WHEN twin IS NULL THEN 1 ELSE -1 END AS sign,"
        f" CASE WHEN twin IS NULL THEN {now} ELSE {was} END AS upto"
        f" FROM ({SPANS}) spans LEFT JOIN twins ON twin = spans.dossier_id)"
    )
    db.execute("CREATE OR REPLACE TEMP VIEW after AS FROM tagged WHERE sign = 1")


_local = threading.local()


def _desk() -> duckdb.DuckDBPyConnection:
    """Give this thread's empty database for small work; opening one costs as much as a booking."""
    held: tuple[int, duckdb.DuckDBPyConnection] | None = getattr(_local, "desk", None)
    if held is None or held[0] != os.getpid():
        db = duckdb.connect(config={"memory_limit": MEMORY, "threads": 1, "temp_directory": ""})
        db.execute("SET enable_progress_bar = false")
        held = _local.desk = (os.getpid(), db)
    return held[1]


def _some(dossiers: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    for start in range(0, len(dossiers), MOST_AT_ONCE // 10):
        yield dossiers[start : start + MOST_AT_ONCE // 10]


def _line(now: Minute) -> Lineage:
    return lineage(catalogue(), date_of(day_of(now)))


def _now() -> Minute:
    return minute_of(timezone.now())
