"""What a wall shows of one question: figures, sparks, rows, series; each with its way to a list."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.indicators import queries
from motcua.indicators.asking import Boundaries
from motcua.indicators.rates import RATES
from motcua.registry.catalogue import Catalogue

from . import drill, rows, series, standing
from .choosing import Choice
from .comparing import changes, comparable
from .links import Links
from .maps.picture import map_of
from .marks import marks_of
from .scope import Scope

FIGURES = (
    "received",
    "resolved",
    "on_time",
    "late",
    "open",
    "in_time",
    "waiting",
    "overdue",
    "open_no_due",
    "due_soon_1",
    "due_soon_3",
    "due_soon_5",
    "online_of_offered",
    "offered_online",
    "resolved_with_due",
)
OPEN_PARTS = ("in_time", "waiting", "open_no_due", "overdue")


def picture(choice: Choice, scope: Scope, *, known: Catalogue, today: date) -> dict[str, Any]:
    """Give everything a wall shows; plain values, for the template and for the refresh."""
    links = Links(choice, scope)
    overview = queries.overview(scope.asked, unit=scope.unit)
    counts, rates = overview.total.counts, overview.total.rates
    at_counter = standing.numbers(scope.asked)
    days = series.days_shown(overview, today=today)
    marks = marks_of(known, scope.asked.units)
    tiles, bars = drill.below(overview, scope, links, known=known)
    stretch = comparable(choice.period, today=today, compare=choice.compare)
    was = queries.totals(replace(scope.asked, period=stretch)) if stretch else None
    return {
        "figures": {
            **{name: counts[name] for name in FIGURES},
            **{code: rates.get(code) for code in RATES},
            **at_counter,
        },
        "open_bar": _open_bar(counts),
        "links": {name: links.to(name) for name in (*FIGURES, *at_counter)},
        "change": changes(counts, was),
        "compared_with": stretch,
        "sparks": series.sparks(days, marks),
        "by_day": series.line(days, links, marks),
        "heat": series.heat(scope.asked, links),
        "tiles": tiles.rows[: drill.MOST_TILES],
        "tiles_are": tiles.are,
        "today_url": links.wall(boundaries=Boundaries.AS_NOW.value) if tiles.has_both else "",
        "map": map_of(tiles.rows, scope.asked, links, known=known, today=today)
        if tiles.are == "units"
        else None,
        "bars": bars.rows,
        "bars_are": bars.are,
        "low": rows.low(overview, links, known=known),
        "as_of": overview.as_of,
        "is_over": choice.period.last < today,
    }


def _open_bar(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the parts of what is in process, as stretches of a bar of 100."""
    parts, at = [], 0.0
    for name in OPEN_PARTS:
        width = 100 * counts[name] / counts["open"] if counts["open"] else 0.0
        parts.append({"tone": name, "x": f"{at:.1f}", "width": f"{width:.1f}"})
        at += width
    return parts
