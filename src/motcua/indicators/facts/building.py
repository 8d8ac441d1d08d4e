"""From one generation of facts to the next: only the months that something happened to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from motcua.ledger.models import Event

from . import manifest
from .arriving import first_moments, take_in
from .cutting import FILINGS, SPANS
from .manifest import KINDS, MONTH, NONE, PART, Manifest

# ruff: noqa: S608 (all SQL here is made of the words of this file)
MEMORY, THREADS = "256MB", 2

_HOMES = """
CREATE TABLE homes AS
SELECT dossier_id, strftime(DATE '1970-01-01' + floor(coalesce(known.happened_at,
    arg_min(arrived.happened_at, seq)) / 1440.0)::INTEGER, '%Y-%m') AS month
FROM arrived LEFT JOIN known USING (dossier_id) GROUP BY dossier_id, known.happened_at
"""
_MONTHS = """
CREATE TABLE events AS SELECT month, arrived.* FROM arrived JOIN homes USING (dossier_id)
"""
_OLD = f"""
INSERT INTO events BY NAME
SELECT {MONTH}, * EXCLUDE (filename) FROM read_parquet($1, filename = true)
"""
_ORDER = {
    "events": "dossier_id, epoch, version",
    "spans": "from_at, dossier_id, nth",
    "filings": "filed_at, dossier_id",
}


def bookmark() -> int:
    """Give the last seq the files contain."""
    return manifest.read().seq


def advance() -> int:
    """Bring the facts to the end of the ledger; give how many events that were.

    Facts that cannot be those of this ledger (files missing, another format, an event that is not
    there any more) are made anew.

    Errors: OSError and duckdb.Error, for example on a full disk; the old generation then stands.
    """
    with manifest.only_writer():
        old = manifest.read()
        if not _is_of_this_ledger(old):
            old = NONE
        return _next(old)


def rebuild() -> int:
    """Make all facts anew from the ledger; give how many events it has.

    Errors: as `advance`.
    """
    with manifest.only_writer():
        return _next(NONE)


def _is_of_this_ledger(old: Manifest) -> bool:
    has_anchor = old.seq == 0 or Event.objects.filter(seq=old.seq, id=old.anchor).exists()
    return has_anchor and old.is_whole()


def _next(old: Manifest) -> int:
    """Write the generation after `old`, put it in force, and give how many events it adds."""
    before = manifest.read()
    last = Event.objects.order_by("-seq").values_list("seq", "id").first()
    seq, anchor = (last[0], str(last[1])) if last else (0, "")
    if (seq, anchor) == (before.seq, before.anchor) and old is not NONE:
        return 0
    generation = before.generation + 1
    with _removed_on_failure(f"*.{seq}.{generation}.parquet*"):
        written = _write(old, seq=seq, generation=generation)
        new = Manifest(seq, anchor, generation, {**old.months, **written})
        manifest.publish(new)
    manifest.retire(before, new)
    return Event.objects.filter(seq__gt=old.seq, seq__lte=seq).count()


def _write(old: Manifest, *, seq: int, generation: int) -> Mapping[str, Mapping[str, str]]:
    """Write the files of every month something happened to, and give their names."""
    written: dict[str, Mapping[str, str]] = {}
    with working_database() as db:
        take_in(db, after=old.seq, until=seq)
        _find_months(db, known_until=old.seq)
        months = [month for (month,) in db.execute("FROM months ORDER BY 1").fetchall()]
        again = [str(manifest.root() / old.months[m]["events"]) for m in months if m in old.months]
        if again:
            db.execute(_OLD, [again])
        db.execute(f"CREATE TABLE spans AS {SPANS}")
        db.execute(f"CREATE TABLE filings AS {FILINGS}")
        for month in months:
            name = f"{month}.{seq}.{generation}.parquet"
            written[month] = {kind: _write_file(db, kind, month, name) for kind in KINDS}
    return written


def _find_months(db: duckdb.DuckDBPyConnection, *, known_until: int) -> None:
    """Make the tables `events`, what arrived with the month of its dossier, and `months`."""
    db.execute("CREATE TABLE known (dossier_id UUID, happened_at INTEGER)")
    if known_until:
        dossiers = db.execute("SELECT DISTINCT dossier_id FROM arrived").fetchall()
        firsts = first_moments([dossier for (dossier,) in dossiers], until=known_until)
        names, minutes = [], []
        for dossier, unix in firsts:
            names.append(str(dossier))
            minutes.append((unix + 25200) // 60)
        db.register("firsts", pa.table({"dossier": names, "moment": minutes}))
        db.execute("INSERT INTO known SELECT dossier::UUID, moment FROM firsts")
    for statement in (_HOMES, _MONTHS, "DROP TABLE arrived"):
        db.execute(statement)
    db.execute("CREATE TABLE months AS SELECT DISTINCT month FROM events")


def _write_file(db: duckdb.DuckDBPyConnection, kind: str, month: str, name: str) -> str:
    part = manifest.root() / kind / f"{name}{PART}"
    where = str(part).replace("'", "''")
    db.execute(
        f"COPY (SELECT * EXCLUDE (month) FROM {kind} WHERE month = '{month}'"
        f" ORDER BY {_ORDER[kind]}) TO '{where}' (FORMAT parquet, COMPRESSION zstd)"
    )
    return str(manifest.put_in_place(part).relative_to(manifest.root()))


@contextmanager
def working_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty database for one piece of work, gone with the block."""
    spill = str(manifest.root() / "spill")
    db = duckdb.connect(
        config={"memory_limit": MEMORY, "threads": THREADS, "temp_directory": spill}
    )
    db.execute("SET enable_progress_bar = false")  # it would stand among what a command prints
    try:
        yield db
    finally:
        db.close()


@contextmanager
def _removed_on_failure(pattern: str) -> Iterator[None]:
    """Leave nothing behind of a generation that failed: a full disk needs the room."""
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            for path in _written(pattern):
                path.unlink(missing_ok=True)


def _written(pattern: str) -> Iterator[Path]:
    for kind in KINDS:
        yield from (manifest.root() / kind).glob(pattern)
