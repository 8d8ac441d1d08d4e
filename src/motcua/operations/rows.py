"""A row of a wall, how it is called and coloured, and what needs attention."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import itemgetter

from motcua.indicators.asking import By
from motcua.indicators.names import name_of
from motcua.indicators.queries import Overview, Row
from motcua.indicators.rates import RATES
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .links import Links

MOST_LOW = 6
FEWEST_FOR_RANK = 20  # below that a rate says more about chance than about a unit
GOOD, FAIR, POOR = 99.5, 99.0, 98.5
LONGEST_NAME = 24


@dataclass(frozen=True)
class Shown:
    """A row of a panel: its figures, the list behind each, and the wall of it alone.

    `name` is short enough for a wall, `full_name` is not. `is_estimate`: a divided unit counts
    here by its shares. `rate_url` opens the late ones where
    there are any, else what was resolved; `rate_opens` names which.
    """

    key: str
    name: str
    full_name: str
    received: int
    resolved: int
    late: int
    overdue: int
    rate: float | None
    tone: str
    received_url: str
    resolved_url: str
    late_url: str
    overdue_url: str
    wall_url: str = ""
    share: float = 0.0
    place: str = ""
    is_estimate: bool = False

    @property
    def rate_opens(self) -> str:
        """Name the measure the rate opens."""
        return "late" if self.late else "resolved"

    @property
    def rate_url(self) -> str:
        """Give the list the rate opens."""
        return self.late_url if self.late else self.resolved_url


def tone_of(rate: float | None) -> str:
    """Give the tone of an on-time rate."""
    if rate is None:
        return "none"
    if rate >= GOOD:
        return "ok"
    return "info" if rate >= FAIR else "warn" if rate >= POOR else "bad"


def low(
    overview: Overview, links: Links, *, known: Catalogue, most: int | None = MOST_LOW
) -> list[Shown]:
    """Give what needs attention, by field and unit: most overdue now, then the lowest rates.

    `most`: how many of them, None for all.
    """
    found = []
    for key, overdue, on_time, late in overview.cells.columns("overdue", "on_time", "late"):
        is_ranked = on_time + late >= FEWEST_FOR_RANK
        if overdue or (is_ranked and late):
            found.append((-overdue, on_time / (on_time + late) if is_ranked else 1.0, key))
    found.sort(key=itemgetter(0, 1))
    return [_needing(key, overview, links, known) for _overdue, _rate, key in found[:most]]


def _needing(key: tuple[str, str], overview: Overview, links: Links, known: Catalogue) -> Shown:
    unit, field = key
    name = name_of(known, By.FIELD, field, on=overview.asked.period.last)
    row = Row.of(f"{unit}|{field}", name, overview.cells[key])
    return replace(_at_place(row, links, unit, field), place=short_name(known, unit))


def _at_place(row: Row, links: Links, unit: str, field: str) -> Shown:
    def to(measure: str) -> str:
        return links.to(measure, unit=unit, field=field)

    return shown(row, row.name, to=to, wall_url=links.wall(unit=unit, field=field))


def short_name(known: Catalogue, key: str) -> str:
    """Give a unit's name, its short one where the name is too long for a wall."""
    try:
        card = known.unit(key)
    except UnknownUnit:
        return key
    is_long = len(card.name) > LONGEST_NAME
    return card.short_name if is_long and card.short_name else card.name


def shortest_name(known: Catalogue, key: str) -> str:
    """Give a unit's name without its kind, for a line that has little room."""
    try:
        card = known.unit(key)
    except UnknownUnit:
        return key
    return card.short_name or card.name


def is_busy(row: Row) -> bool:
    """Say whether there is anything to show of it."""
    counts = row.counts
    return bool(counts["received"] or counts["resolved"] or counts["open"])


def shown(row: Row, name: str, *, to: Callable[[str], str], wall_url: str, most: int = 0) -> Shown:
    """Put a row together; `to` gives the list behind a measure of it, `most` makes a full bar."""
    counts, rate = row.counts, RATES["on_time_rate"].of(row.counts)
    return Shown(
        key=row.key,
        name=name,
        full_name=row.name or name,
        received=counts["received"],
        resolved=counts["resolved"],
        late=counts["late"],
        overdue=counts["overdue"],
        rate=rate,
        tone=tone_of(rate),
        received_url=to("received"),
        resolved_url=to("resolved"),
        late_url=to("late"),
        overdue_url=to("overdue"),
        wall_url=wall_url,
        share=100 * counts["received"] / most if most else 0.0,
    )
