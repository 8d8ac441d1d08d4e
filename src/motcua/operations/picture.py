"""What a wall shows of one question: figures, sparks, rows, series; each with its way to a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from motcua.indicators import queries
from motcua.indicators.asking import Asked, By
from motcua.indicators.names import name_of
from motcua.indicators.queries import Overview, Row
from motcua.indicators.rates import RATES
from motcua.kit.moments import iso_minute
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _
from motcua.registry.catalogue import Catalogue

from .choosing import Choice, comparable
from .scope import Scope

MOST_FIELDS = 8
MOST_TILES = 24
MOST_LOW = 6
FEWEST_FOR_RANK = 20  # below that a rate says more about chance than about a unit
DAYS_SHOWN = 62
FULL, GOOD, FAIR, POOR = 100.0, 99.5, 99.0, 98.5
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
)
WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
FIRST_HOUR, LAST_HOUR = 7, 17


@dataclass(frozen=True)
class Shown:
    """A row of a panel: its name, how many, its rate, the list behind both."""

    key: str
    name: str
    number: int
    rate: float | None
    tone: str
    url: str
    rate_url: str
    note: str = ""
    share: float = 0.0


class Links:
    """Makes the address of the list behind a number; it asks exactly what the wall asked."""

    def __init__(self, choice: Choice, scope: Scope) -> None:
        period = choice.period
        self._base = {
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "at": iso_minute(scope.asked.now),
            "unit": scope.unit.key if scope.unit else "",
            "field": choice.field,
            "channel": choice.channel,
        }
        self._url = reverse("operations:list")

    def to(self, measure: str, **narrower: str) -> str:
        """Give the address of the list behind a measure, narrowed to a row."""
        params = {**self._base, **narrower, "measure": measure}
        return f"{self._url}?{urlencode({k: v for k, v in params.items() if v})}"


def picture(choice: Choice, scope: Scope, *, known: Catalogue, today: date) -> dict[str, Any]:
    """Give everything a wall shows; plain values, for the template and for the refresh."""
    links = Links(choice, scope)
    overview = queries.overview(scope.asked, unit=scope.unit)
    counts, rates = overview.total.counts, overview.total.rates
    before = _before(choice.period, scope.asked, today=today)
    return {
        "figures": {
            **{name: counts[name] for name in FIGURES},
            **{code: rates[code] for code in RATES},
        },
        "open_bar": _open_bar(counts),
        "links": {name: links.to(name) for name in FIGURES},
        "change": _change(counts, before),
        "sparks": _sparks(overview),
        "by_day": _series(overview),
        "heat": _heat(scope.asked),
        "fields": _fields(overview, links),
        "tiles": _tiles(overview, scope, links, known=known),
        "tiles_are": "procedures" if _is_leaf(overview) else "units",
        "low": _low(overview, links, known=known),
        "as_of": overview.as_of,
    }


def tone_of(rate: float | None) -> str:
    """Give the tone of an on-time rate."""
    if rate is None:
        return "none"
    if rate >= GOOD:
        return "ok"
    return "info" if rate >= FAIR else "warn" if rate >= POOR else "bad"


def _before(period: Period, asked: Asked, *, today: date) -> Row | None:
    stretch = comparable(period, today=today)
    if stretch is None:
        return None
    earlier = Asked(
        stretch, asked.now, asked.units, asked.field, asked.procedure, asked.channel, asked.place
    )
    counts = queries.totals(earlier)
    return Row.of("", "", counts) if counts["received"] else None


def _change(now: Mapping[str, int], before: Row | None) -> dict[str, Any]:
    if before is None:
        return {}
    was = before.counts
    change = 100 * (now["received"] - was["received"]) / was["received"]
    return {
        "received_percent": change,
        "received_less": -change,
        "late": now["late"] - was["late"],
        "late_less": was["late"] - now["late"],
    }


def _open_bar(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the parts of what is in process, as stretches of a bar of 100."""
    parts, at = [], 0.0
    for name in ("in_time", "waiting", "overdue"):
        width = 100 * counts[name] / counts["open"] if counts["open"] else 0.0
        parts.append({"tone": name, "x": f"{at:.1f}", "width": f"{width:.1f}"})
        at += width
    return parts


def _is_leaf(overview: Overview) -> bool:
    return len(overview.by_unit) <= 1


def _fields(overview: Overview, links: Links) -> list[Shown]:
    rows = sorted(overview.by_field, key=lambda row: -row.counts["received"])
    most = max((row.counts["received"] for row in rows), default=0)
    return [
        _shown(row, links, most=most, field=row.key)
        for row in rows[:MOST_FIELDS]
        if row.counts["received"] or row.counts["resolved"]
    ]


def _tiles(overview: Overview, scope: Scope, links: Links, *, known: Catalogue) -> list[Shown]:
    if _is_leaf(overview):
        answer = queries.grouped(scope.asked, By.PROCEDURE)
        rows = sorted(answer, key=lambda row: -row.counts["received"])[:12]
        return [_shown(row, links, procedure=row.key) for row in rows if _is_busy(row)]
    rows = sorted(overview.by_unit, key=lambda row: -row.counts["received"])[:MOST_TILES]
    return [_shown(row, links, unit=row.key) for row in rows if _is_busy(row)]


def _is_busy(row: Row) -> bool:
    counts = row.counts
    return bool(counts["received"] or counts["resolved"] or counts["open"])


def _shown(row: Row, links: Links, *, most: int = 0, **narrower: str) -> Shown:
    rate = row.rates["on_time_rate"]
    return Shown(
        key=row.key,
        name=row.name,
        number=row.counts["received"],
        rate=rate,
        tone=tone_of(rate),
        url=links.to("received", **narrower),
        rate_url=links.to("late" if row.counts["late"] else "resolved", **narrower),
        share=100 * row.counts["received"] / most if most else 0.0,
    )


def _low(overview: Overview, links: Links, *, known: Catalogue) -> list[Shown]:
    """Give what needs attention: overdue now first, then the lowest rates worth ranking."""
    found = []
    on = overview.asked.period.last
    for (unit, field), counts in overview.cells.items():
        ended = counts["on_time"] + counts["late"]
        rate = RATES["on_time_rate"].of(counts)
        is_ranked = ended >= FEWEST_FOR_RANK and rate is not None and rate < FULL
        if not counts["overdue"] and not is_ranked:
            continue
        measure = "overdue" if counts["overdue"] else "late"
        names = (name_of(known, By.FIELD, field, on=on), name_of(known, By.UNIT, unit, on=on))
        shown = Shown(
            key=f"{unit}|{field}",
            name=" · ".join(names),
            number=counts["overdue"] or ended,
            rate=rate if ended >= FEWEST_FOR_RANK else None,
            tone="bad" if counts["overdue"] else tone_of(rate),
            url=links.to(measure, unit=unit, field=field),
            rate_url=links.to(measure, unit=unit, field=field),
            note="overdue" if counts["overdue"] else "resolved",
        )
        found.append((-counts["overdue"], 101 if rate is None else rate, shown))
    return [shown for _o, _r, shown in sorted(found, key=lambda one: one[:2])[:MOST_LOW]]


def _sparks(overview: Overview) -> dict[str, list[int]]:
    days = overview.by_day[-56:]
    weeks = [days[n : n + 7] for n in range(0, len(days), 7)]
    if len(weeks) < 3:  # noqa: PLR2004 (a line of two points is no line)
        weeks = [days[n : n + 1] for n in range(len(days))]
    return {
        name: [sum(getattr(day, name) for day in week) for week in weeks]
        for name in ("received", "resolved", "late")
    }


def _series(overview: Overview) -> dict[str, Any]:
    days = list(overview.by_day)
    if len(days) <= DAYS_SHOWN:
        labels = [f"{one.day:%d/%m}" for one in days]
        values = [[one.received for one in days], [one.resolved for one in days]]
    else:
        labels, values = _by_month(days) if len(days) > 7 * DAYS_SHOWN else _by_week(days)
    return {
        "labels": labels,
        "series": [
            {"name": gettext("Received"), "values": values[0]},
            {"name": gettext("Resolved"), "values": values[1], "dashed": True},
        ],
    }


def _by_week(days: Sequence[queries.DayCount]) -> tuple[list[str], list[list[int]]]:
    return _bundled(days, lambda day: day - timedelta(days=day.weekday()), "%d/%m")


def _by_month(days: Sequence[queries.DayCount]) -> tuple[list[str], list[list[int]]]:
    return _bundled(days, lambda day: day.replace(day=1), "%m/%Y")


def _bundled(
    days: Sequence[queries.DayCount], begin: Any, shape: str
) -> tuple[list[str], list[list[int]]]:
    sums: dict[date, list[int]] = {}
    for one in days:
        pair = sums.setdefault(begin(one.day), [0, 0])
        pair[0] += one.received
        pair[1] += one.resolved
    labels = [day.strftime(shape) for day in sums]
    return labels, [[pair[0] for pair in sums.values()], [pair[1] for pair in sums.values()]]


def _heat(asked: Asked) -> dict[str, Any]:
    counted = {(one.weekday, one.hour): one.received for one in queries.by_hour(asked)}
    days = range(7 if any(day == 6 for day, _hour in counted) else 6)  # noqa: PLR2004 (Sunday)
    hours = range(
        min([FIRST_HOUR, *(hour for _day, hour in counted)]),
        max([LAST_HOUR, *(hour for _day, hour in counted)]) + 1,
    )
    return {
        "columns": [f"{hour}h" for hour in hours],
        "rows": [gettext(WEEKDAYS[day]) for day in days],
        "cells": [
            [column, day, counted.get((day, hour), 0)]
            for day in days
            for column, hour in enumerate(hours)
        ],
    }
