"""The rows of a wall: fields, units or procedures, and what needs attention."""

from dataclasses import dataclass, replace

from motcua.indicators import queries
from motcua.indicators.asking import By
from motcua.indicators.names import name_of
from motcua.indicators.queries import Overview, Row
from motcua.indicators.rates import RATES
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .links import Links
from .scope import Scope

MOST_FIELDS = 8
MOST_TILES, ROOMY_TILES = 24, 16
MOST_PROCEDURES = 12
MOST_LOW = 6
FEWEST_FOR_RANK = 20  # below that a rate says more about chance than about a unit
FULL, GOOD, FAIR, POOR = 100.0, 99.5, 99.0, 98.5
LONGEST_NAME = 24


@dataclass(frozen=True)
class Shown:
    """A row of a panel: its figures, the list behind each, and the wall of it alone.

    `name` is short enough for a wall, `full_name` is not. `rate_url` opens the late ones where
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


def is_leaf(overview: Overview) -> bool:
    """Say whether there is only one unit to show, so that its procedures are of interest."""
    return len([row for row in overview.by_unit if _is_busy(row)]) <= 1


def fields(overview: Overview, links: Links) -> list[Shown]:
    """Give the fields people come for most."""
    busy = [row for row in overview.by_field if row.counts["received"] or row.counts["resolved"]]
    ranked = sorted(busy, key=lambda row: -row.counts["received"])[:MOST_FIELDS]
    most = max((row.counts["received"] for row in ranked), default=0)
    return [_shown(row, links, row.name, most=most, field=row.key) for row in ranked]


def tiles(overview: Overview, scope: Scope, links: Links, *, known: Catalogue) -> list[Shown]:
    """Give the units with the most dossiers; of a single unit, its procedures."""
    by_unit = not is_leaf(overview)
    found = overview.by_unit if by_unit else queries.grouped(scope.asked, By.PROCEDURE)
    busy = [row for row in found if _is_busy(row)]
    ranked = sorted(busy, key=lambda row: -row.counts["received"])
    if by_unit:
        called = short_name if len(ranked) <= ROOMY_TILES else shortest_name
        return [
            _shown(row, links, called(known, row.key), unit=row.key) for row in ranked[:MOST_TILES]
        ]
    return [_shown(row, links, row.name, procedure=row.key) for row in ranked[:MOST_PROCEDURES]]


def low(
    overview: Overview, links: Links, *, known: Catalogue, most: int | None = MOST_LOW
) -> list[Shown]:
    """Give what needs attention, by field and unit: most overdue now, then the lowest rates.

    `most`: how many of them, None for all.
    """
    on = overview.asked.period.last
    found = []
    for (unit, field), counts in overview.cells.items():
        row = Row.of(f"{unit}|{field}", name_of(known, By.FIELD, field, on=on), counts)
        rate = row.rates["on_time_rate"]
        is_ranked = counts["on_time"] + counts["late"] >= FEWEST_FOR_RANK
        if not counts["overdue"] and not (is_ranked and rate is not None and rate < FULL):
            continue
        weight = (-counts["overdue"], rate if is_ranked and rate is not None else FULL)
        shown = _shown(row, links, row.name, unit=unit, field=field)
        found.append((weight, replace(shown, place=short_name(known, unit))))
    return [shown for _weight, shown in sorted(found, key=lambda one: one[0])[:most]]


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


def _is_busy(row: Row) -> bool:
    counts = row.counts
    return bool(counts["received"] or counts["resolved"] or counts["open"])


def _shown(row: Row, links: Links, name: str, *, most: int = 0, **only: str) -> Shown:
    counts, rate = row.counts, RATES["on_time_rate"].of(row.counts)
    is_place = "procedure" not in only
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
        received_url=links.to("received", **only),
        resolved_url=links.to("resolved", **only),
        late_url=links.to("late", **only),
        overdue_url=links.to("overdue", **only),
        wall_url=links.wall(**only) if is_place else "",
        share=100 * counts["received"] / most if most else 0.0,
    )
