"""Where something happened last: who asks about other places has nothing new to be told.

The writer notes with each change of the cube which units, fields and channels it touched; each
process that answers reads what is new of that, and knows of a question when its answer may have
changed last.
"""

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import duckdb

from motcua.indicators.asking import Asked, Boundaries
from motcua.indicators.lineage import Lineage

from . import closing
from .closing import NEWS_KEPT

MOST_PLACES = 1_000  # of one round; more are said to be everywhere
MOST_ASKED = 4_096  # questions a process remembers
EVERYWHERE = ("", "", "", "")

Span = tuple[UUID, str, str, str, str]  # dossier, unit, heir, field, channel
Place = tuple[str, str, str, str]  # unit, heir, field, channel; an empty text is any


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event the cube has not seen yet."""

    seq: int
    subject: UUID
    id: UUID
    unit_key: str


@dataclass(frozen=True, slots=True)
class Last:
    """The last news of a question: its number, and the seq of the ledger it stands at."""

    number: int = 0
    seq: int = 0


def spans_of(db: duckdb.DuckDBPyConnection) -> set[Span]:
    """Give what was booked last: the spans as they are, and as they were before."""
    sql = "SELECT DISTINCT dossier_id, unit_key, heir, coalesce(field, ''), channel FROM answered"
    return set(db.execute(sql).fetchall())


def places(spans: Collection[Span], arrived: Sequence[Arrived], line: Lineage) -> Iterable[Place]:
    """Say where spans lie and events happened; events of no span concern all of their unit."""
    found = {span[1:] for span in spans}
    cuts: dict[UUID, set[tuple[str, str]]] = {}
    for dossier, _unit, _heir, field, channel in spans:
        cuts.setdefault(dossier, set()).add((field, channel))
    for event in arrived:
        for heir in line.heirs(event.unit_key):
            for cut in cuts.get(event.subject, [("", "")]):
                found.add((event.unit_key, heir, *cut))
    return found if len(found) <= MOST_PLACES else [EVERYWHERE]


class Heard:
    """The news of one file as far as this process has read them, and of each question its last."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._rows: list[tuple[int, int, Place]] = []
        self._read = 0
        self._last: dict[object, tuple[int, Last]] = {}  # looked through up to which number

    def last_of(self, asked: Asked, *, until: int) -> Last:
        """Give the last news up to number `until` that may change an answer. Errors: NoCube."""
        if until > self._read:
            self._read_on()
        key = (asked.units, asked.field, asked.channel, asked.boundaries)
        seen, last = self._last.get(key, (0, Last()))
        if until <= seen:
            return last
        if 0 < seen < until - NEWS_KEPT:
            last = Last(until - NEWS_KEPT, 0)  # what was between is forgotten
        units = None if asked.units is None else frozenset(asked.units)
        for number, seq, place in reversed(self._rows):
            if number <= seen:
                break
            if number <= until and _concerns(place, asked, units):
                last = Last(number, seq)
                break
        if len(self._last) > MOST_ASKED:
            self._last.clear()
        self._last[key] = (until, last)
        return last

    def _read_on(self) -> None:
        self._rows += [(row[0], row[1], row[2:]) for row in closing.mine().news(self._read)]
        self._read = self._rows[-1][0] if self._rows else self._read
        if len(self._rows) > 2 * NEWS_KEPT:
            self._rows = [row for row in self._rows if row[0] > self._read - NEWS_KEPT]


def _concerns(place: Place, asked: Asked, units: Collection[str] | None) -> bool:
    unit, heir, field, channel = place
    here = heir if asked.boundaries is Boundaries.AS_NOW else unit
    return (
        (units is None or not here or here in units)
        and asked.field in ("", field or asked.field)
        and asked.channel in ("", channel or asked.channel)
    )


_lock = threading.Lock()
_heard = Heard("")


def last_of(asked: Asked, *, file: str, until: int) -> Last:
    """Give the last news of a file, up to number `until`, that may change an answer.

    A question is known by its units, field, channel and boundaries; a procedure is any of its
    field. Errors: NoCube.
    """
    global _heard  # noqa: PLW0603 (one for all threads, another for another file)
    with _lock:
        if _heard.file != file:
            _heard = Heard(file)
        return _heard.last_of(asked, until=until)
