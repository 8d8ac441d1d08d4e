"""Reads of the facts, for pages, reports, exports and the command line.

Every figure comes from `measures` and `rates`; `count` and `found` take the same predicate, so a
list has as many rows as its number says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from motcua.kit.moments import Minute, iso_minute
from motcua.kit.periods import Period
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

from . import counting, store
from .asking import Asked, Boundaries, By, OnlyAsThen
from .counting import NOTHING, Counts
from .listing import Found, Order, Page, count, found
from .names import name_of, unit_meant
from .rates import RATES
from .series import DayCount, HourCount, by_day, by_hour

__all__ = [
    "Answer",
    "Asked",
    "Boundaries",
    "By",
    "DayCount",
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
    "found",
    "grouped",
    "narrowed",
    "overview",
    "show",
    "totals",
]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one unit, field, procedure, channel or month, or of all together."""

    key: str
    name: str
    counts: Counts
    rates: Mapping[str, float | None]

    @classmethod
    def of(cls, key: str, name: str, counts: Counts) -> "Row":
        """Make a row with every rate of its counts."""
        return cls(key, name, counts, {code: rate.of(counts) for code, rate in RATES.items()})


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


@dataclass(frozen=True, slots=True)
class Overview:
    """What a wall shows of one period, from one reading of the facts."""

    asked: Asked
    unit: UnitCard | None
    total: Row
    by_unit: tuple[Row, ...]
    by_field: tuple[Row, ...]
    by_day: tuple[DayCount, ...]
    cells: Mapping[tuple[str, ...], Counts]  # by unit and field

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

    Errors: UnknownUnit, TooEarly, OnlyAsThen.
    """
    if boundaries is not Boundaries.AS_THEN:
        raise OnlyAsThen
    registry = catalogue()
    card = unit_meant(registry, unit, on=period.last)
    units = registry.below(card.key) if card else None
    return Asked.of(period, now=now, units=units), card


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

    Errors: UnknownUnit, TooEarly, OnlyAsThen.
    """
    asked, card = ask(period, now=now, unit=unit, boundaries=boundaries)
    with store.steady():
        total = counting.total(asked)
        groups = counting.groups(asked, by) if by else {}
    registry = catalogue()
    if by is By.UNIT and card:
        leaves = dict.fromkeys(registry.leaves(card.key, period.last), NOTHING)
        groups = {**leaves, **groups}
    rows = _rows(registry, by, groups, asked) if by else ()
    return Answer(asked, card, boundaries, by, rows, Row.of("", "", total))


def overview(asked: Asked, *, unit: UnitCard | None = None) -> Overview:
    """Give the figures of a wall: total, by unit, by field, by day."""
    with store.steady():
        cells = counting.cells(asked, By.UNIT, By.FIELD)
        days = by_day(asked)
    units: dict[str, list[Counts]] = {}
    fields: dict[str, list[Counts]] = {}
    for (unit_key, field), counts in cells.items():
        units.setdefault(unit_key, []).append(counts)
        fields.setdefault(field, []).append(counts)
    registry = catalogue()
    by_unit, by_field = (
        _rows(registry, by, {key: counting.add(found) for key, found in parts.items()}, asked)
        for by, parts in ((By.UNIT, units), (By.FIELD, fields))
    )
    total = Row.of("", "", counting.add(list(cells.values())))
    return Overview(asked, unit, total, by_unit, by_field, days, cells)


def totals(asked: Asked) -> Counts:
    """Give every count of a question, all together."""
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


def _rows(
    registry: Catalogue, by: By, groups: Mapping[str, Counts], asked: Asked
) -> tuple[Row, ...]:
    on = asked.period.last
    rows = [Row.of(key, name_of(registry, by, key, on=on), groups[key]) for key in sorted(groups)]
    return tuple(rows)
