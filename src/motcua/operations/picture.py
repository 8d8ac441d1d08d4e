"""What a wall shows of one question: figures, sparks, rows, series; each with its way to a list."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.indicators import queries
from motcua.indicators.asking import Asked
from motcua.indicators.rates import RATES
from motcua.kit.periods import Period
from motcua.registry.catalogue import Catalogue

from . import rows, series
from .choosing import Choice, comparable
from .links import Links
from .maps.picture import map_of
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
    days = series.days_shown(overview, today=today)
    return {
        "figures": {
            **{name: counts[name] for name in FIGURES},
            **{code: rates[code] for code in RATES},
        },
        "open_bar": _open_bar(counts),
        "links": {name: links.to(name) for name in FIGURES},
        "change": _change(counts, _before(choice.period, scope.asked, today=today)),
        "sparks": series.sparks(days),
        "by_day": series.line(days, links),
        "heat": series.heat(scope.asked, links),
        "fields": rows.fields(overview, links),
        "tiles": rows.tiles(overview, scope, links, known=known),
        "tiles_are": "procedures" if rows.is_leaf(overview) else "units",
        "map": map_of(
            rows.units(overview, links, known=known), scope.asked, links, known=known, today=today
        ),
        "low": rows.low(overview, links, known=known),
        "as_of": overview.as_of,
        "is_over": choice.period.last < today,
    }


def _before(period: Period, asked: Asked, *, today: date) -> Mapping[str, int] | None:
    stretch = comparable(period, today=today)
    if stretch is None:
        return None
    counts = queries.totals(replace(asked, period=stretch))
    return counts if counts["received"] else None


def _change(now: Mapping[str, int], was: Mapping[str, int] | None) -> dict[str, Any]:
    """Say what is more or less than before. More receipts are neither good nor bad; late is bad."""
    if was is None:
        return {}
    percent = 100 * (now["received"] - was["received"]) / was["received"]
    late = now["late"] - was["late"]
    return {
        "received": percent,
        "received_size": abs(percent),
        "late": late,
        "late_size": abs(late),
        "late_tone": "bad" if late > 0 else "ok",
    }


def _open_bar(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the parts of what is in process, as stretches of a bar of 100."""
    parts, at = [], 0.0
    for name in OPEN_PARTS:
        width = 100 * counts[name] / counts["open"] if counts["open"] else 0.0
        parts.append({"tone": name, "x": f"{at:.1f}", "width": f"{width:.1f}"})
        at += width
    return parts
