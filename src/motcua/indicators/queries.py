"""Reads of the facts, for pages, reports, exports and the command line.

Every figure comes from `measures` and `rates`; `count` and `found` take the same predicate, so a
list has as many rows as its number says.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from motcua.kit.moments import Minute, iso_minute
from motcua.kit.periods import Period
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

from . import counting, cube, series, store
from .asking import Asked, Boundaries, By
from .counting import NOTHING, Counts
from .cube import figures, news
from .cube.closing import NoCube
from .cube.figures import live_minute
from .facts import manifest
from .hours import HourCount, by_hour
from .lineage import below_now, lineage
from .listing import Found, Order, Page, count, found
from .names import name_of, unit_meant
from .rates import RATES
from .series import DayCount
from .table import Table
from .values import known_units

__all__ = [
    "Answer",
    "Asked",
    "Boundaries",
    "By",
    "DayCount",
    "Estimates",
    "Found",
    "HourCount",
    "Order",
    "Overview",
    "Page",
    "Row",
    "ask",
    "by_day",
    "by_hour",
    "count",
    "estimates",
    "found",
    "grouped",
    "live_minute",
    "narrowed",
    "overview",
    "settled",
    "show",
    "shown_stamp",
    "state_of",
    "totals",
]


HOLD_S = 1.0
STAYS = 10  # minutes; what time alone changes is news, so this is for what nobody thought of
PAUSE_S = 0.05  # between two looks at how far the facts are


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one unit, field, procedure, channel or month, or of all together."""

    key: str
    name: str
    counts: Counts
    rates: Mapping[str, float | None]

    @classmethod
    def of(cls, key: str, name: str, counts: Counts) -> "Row":
        """Make a row with every rate its counts are enough for."""
        known = {code: rate for code, rate in RATES.items() if rate.needs <= counts.keys()}
        return cls(key, name, counts, {code: rate.of(counts) for code, rate in known.items()})


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, the moment its stocks stand at, and the figures."""

    asked: Asked
    unit: UnitCard | None
    boundaries: Boundaries
    by: By | None
    rows: tuple[Row, ...]
    total: Row

    @property
    def as_of(self) -> Minute:
        """Give the minute the stocks stand at."""
        return self.asked.minutes["until"]

    @property
    def is_estimate(self) -> bool:
        """Say whether the total holds parts of divided units."""
        return estimates(self.asked).total


@dataclass(frozen=True, slots=True)
class Overview:
    """What a wall shows of one period, from one reading of the facts."""

    asked: Asked
    unit: UnitCard | None
    total: Row
    by_unit: tuple[Row, ...]
    by_field: tuple[Row, ...]
    by_day: tuple[DayCount, ...]
    cells: Table[tuple[str, str]]  # by unit and field

    @property
    def as_of(self) -> str:
        """Give the minute the stocks stand at."""
        return iso_minute(self.asked.minutes["until"])


def ask(
    period: Period,
    *,
    now: Minute,
    unit: str | None = None,
    boundaries: Boundaries = Boundaries.AS_THEN,
) -> tuple[Asked, UnitCard | None]:
    """Turn a period and a unit as people write it into a question. A unit means all below it, too.

    Under the boundaries of now an old unit means those that go on with it; where that is one, it
    is the unit given back.
    Errors: UnknownUnit, TooEarly.
    """
    registry, asked = catalogue(), Asked.of(period, now=now)
    card = unit_meant(registry, unit, on=period.last)
    if card is None:
        return replace(asked, boundaries=boundaries), None
    if boundaries is Boundaries.AS_THEN:
        return replace(asked, units=registry.below(card.key)), card
    heirs = lineage(registry, asked.run_on).heirs(card.key)
    units = below_now(registry, card.key, asked.run_on)
    told = registry.unit(heirs[0]) if len(heirs) == 1 else card
    return replace(asked, units=units, boundaries=boundaries), told


def show(
    period: Period,
    *,
    now: Minute,
    unit: str | None = None,
    by: By | None = None,
    boundaries: Boundaries = Boundaries.AS_THEN,
) -> Answer:
    """Give every figure of a period, in rows and in total.

    Flows of rows add up to the total; stocks stand at the end of the period, those of a month at
    the month's end.

    Errors: UnknownUnit, TooEarly.
    """
    asked, card = ask(period, now=now, unit=unit, boundaries=boundaries)
    with store.steady():
        total = counting.total(asked)
        groups = counting.groups(asked, by) if by else {}
    registry = catalogue()
    if by is By.UNIT and card:
        groups = {**dict.fromkeys(_leaves(registry, card, asked), NOTHING), **groups}
    rows = _rows(registry, by, groups, asked) if by else ()
    return Answer(asked, card, boundaries, by, rows, Row.of("", "", total))


def _leaves(registry: Catalogue, card: UnitCard, asked: Asked) -> Iterator[str]:
    if asked.boundaries is Boundaries.AS_THEN:
        yield from registry.leaves(card.key, asked.period.last)
        return
    for heir in lineage(registry, asked.run_on).heirs(card.key):
        yield from registry.leaves(heir, asked.run_on)


def overview(asked: Asked, *, unit: UnitCard | None = None) -> Overview:
    """Give the figures of a wall: total, by unit, by field, by day.

    From the day cube; where it cannot answer (a procedure, a past minute, a cube being made anew)
    from the facts, which say the same.
    """
    cells, days = _cells_and_days(asked)
    registry = catalogue()
    by_unit = _rows(registry, By.UNIT, cells.by(itemgetter(0)), asked)
    by_field = _rows(registry, By.FIELD, cells.by(itemgetter(1)), asked)
    total = Row.of("", "", cells.total())
    return Overview(asked, unit, total, by_unit, by_field, days, cells)


def by_day(asked: Asked) -> tuple[DayCount, ...]:
    """Count flows on each day of the period, days with none as well, up to today."""
    try:
        return figures.by_day(asked)
    except NoCube:
        return series.by_day(asked)


def _cells_and_days(asked: Asked) -> tuple[Table[tuple[str, str]], tuple[DayCount, ...]]:
    try:
        return figures.overview(asked)
    except NoCube:
        with store.steady():
            found = counting.cells(asked, By.UNIT, By.FIELD)
            cells = Table.of({(unit, field): counts for (unit, field), counts in found.items()})
            return cells, series.by_day(asked)


class _Held:
    """The stamp walls are drawn for, and since when there is a newer one."""

    stamp = figures.NO_STAMP
    newer = figures.NO_STAMP
    since = 0.0


def shown_stamp() -> figures.Stamp:
    """Give the stamp that walls are drawn for: that of the figures, as soon as the facts know as
    much, but no more than `HOLD_S` later.

    So one piece of news is drawn once, not once for the cube and once for the facts, and the lists
    behind the numbers know it, too.
    """
    now = figures.stamp()
    if now == _Held.stamp or not now.file or now.file != _Held.stamp.file:
        _Held.stamp = now
        return now
    if now != _Held.newer:
        if _Held.newer in (figures.NO_STAMP, _Held.stamp):
            _Held.since = time.monotonic()
        _Held.newer = now
    is_late = time.monotonic() - _Held.since > HOLD_S
    if is_late or _facts_know(now.bookmark):
        _Held.stamp = _Held.newer = now
    return _Held.stamp


def state_of(asked: Asked, *, now: Minute) -> tuple[object, ...]:
    """Give what changes whenever a figure or a list of a question may have changed since, and once
    in `STAYS` minutes. `asked.now` and its period do not matter.
    """
    shown = shown_stamp()
    if figures.minute_shown(shown, now) != shown.until:  # none, or one that stands still
        return (*manifest.stamp(), now)
    try:
        last = news.last_of(asked, file=shown.file, until=shown.news)
    except NoCube:  # it went away just now
        return (*manifest.stamp(), now)
    staggered = (now + hash((asked.units, asked.field, asked.channel))) // STAYS
    return shown.file, last.number, _facts_know(last.seq), staggered


def _facts_know(seq: int) -> bool:
    return _facts_seq(manifest.stamp()) >= seq


@lru_cache(maxsize=1)
def _facts_seq(_stamp: object) -> int:
    return manifest.read().seq


def settled(*, patience_s: float = 3.0) -> bool:
    """Wait until the facts, which lists are read from, know all that the wall has shown.

    Says whether they do; they lag by a round of the worker, rarely more.
    """
    shown, until = cube.bookmark(), time.monotonic() + patience_s
    while manifest.read().seq < shown:
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE_S)
    return True


def totals(asked: Asked) -> Counts:
    """Give every count of a question, all together; those of cohorts only without a cube."""
    try:
        return figures.total(asked)
    except NoCube:
        with store.steady():
            return counting.total(asked)


def grouped(asked: Asked, by: By) -> tuple[Row, ...]:
    """Give the figures of a question in rows, by key."""
    with store.steady():
        groups = counting.groups(asked, by)
    return _rows(catalogue(), by, groups, asked)


def narrowed(asked: Asked, by: By, key: str) -> Asked:
    """Give the question of one row of an answer."""
    if by is By.UNIT:
        return replace(asked, units=(key,))
    if by is By.MONTH:
        whole = Period.month(int(key[:4]), int(key[5:]))
        first = max(whole.first, asked.period.first)
        return replace(asked, period=Period(first, min(whole.last, asked.period.last)))
    texts = {By.FIELD: "field", By.PROCEDURE: "procedure", By.CHANNEL: "channel"}
    return replace(asked, **{texts[by]: key})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Estimates:
    """Which counts rest on the stated weights of a division: the total, and rows of units."""

    total: bool
    units: frozenset[str]


def estimates(asked: Asked) -> Estimates:
    """Say which counts of a question are estimates; none are, under the boundaries of then."""
    if asked.boundaries is Boundaries.AS_THEN:
        return Estimates(False, frozenset())
    line, known = lineage(catalogue(), asked.run_on), known_units()
    return Estimates(line.is_estimate(known, asked.units), line.divided(known, asked.units))


def _rows(
    registry: Catalogue, by: By, groups: Mapping[str, Counts], asked: Asked
) -> tuple[Row, ...]:
    on = asked.period.last
    rows = [Row.of(key, name_of(registry, by, key, on=on), groups[key]) for key in sorted(groups)]
    return tuple(rows)
