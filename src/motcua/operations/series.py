"""How the figures of a wall go over days, weeks, months and hours; stretches that still run are
left out, for they would look like a fall.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from motcua.indicators import queries
from motcua.indicators.asking import Asked
from motcua.indicators.queries import DayCount, Overview
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _

from .links import Links
from .marks import Mark

MOST_DAYS, MOST_WEEKS = 62, 62  # of one line; beyond that the next larger stretch
FEW_DAYS, DAYS_AROUND = 14, 30  # a shorter period is shown with the days before it
WEEK, LINE = 7, 3  # days; the fewest points that make a line
SPARK_WEEKS = 8
WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
SUNDAY = 6
FIRST_HOUR, LAST_HOUR = 7, 17


def days_shown(overview: Overview, *, today: date) -> Sequence[DayCount]:
    """Give the whole days of the period; of a short one also those before it, a month in all."""
    asked, days = overview.asked, overview.by_day
    if len(days) < FEW_DAYS and asked.period.first <= today:
        last = min(asked.period.last, today)
        around = Period(last - timedelta(days=DAYS_AROUND), last)
        days = queries.by_day(replace(asked, period=around))
    return [one for one in days if one.day < today]


def sparks(days: Sequence[DayCount], marks: Sequence[Mark] = ()) -> dict[str, list[Any]]:
    """Give the last weeks, or the last days when there are too few, as small lines.

    `marks`: the days that change what is counted, as far as they lie on the small line.
    """
    whole = min(len(days) // WEEK, SPARK_WEEKS)
    size = WEEK if whole >= LINE else 1
    last = days[-whole * WEEK :] if whole >= LINE else days
    bundles = [last[n : n + size] for n in range(0, len(last), size)]
    lines: dict[str, list[Any]] = {
        name: [sum(getattr(day, name) for day in bundle) for bundle in bundles]
        for name in ("received", "resolved")
    }
    found = placed(marks, bundles)
    if not found and not any(map(any, lines.values())):  # a unit that ended long before
        lines = {name: [] for name in lines}
    return {**lines, "marks": found}


def line(days: Sequence[DayCount], links: Links, marks: Sequence[Mark] = ()) -> dict[str, Any]:
    """Give received and resolved by day, by whole weeks or by whole months, and say which.

    Each point has the address of the list behind it. `marks`: the days that change what is
    counted; each stands at the point that holds it.
    """
    said, points = stretches(days)
    names = (("received", gettext("Receipts")), ("resolved", gettext("Resolutions")))
    return {
        "said": gettext(said),
        "labels": list(points),
        "marks": placed(marks, list(points.values())),
        "series": [
            {
                "name": name,
                "values": [sum(getattr(one, key) for one in part) for part in points.values()],
                "urls": [links.over(key, _stretch(part)) for part in points.values()],
                "dashed": key == "resolved",
            }
            for key, name in names
        ],
    }


def placed(marks: Sequence[Mark], points: Sequence[Sequence[DayCount]]) -> list[dict[str, Any]]:
    """Give where marks stand; one outside the line, or on its first day, is not drawn."""
    found = []
    for mark in marks:
        at = next((n for n, part in enumerate(points) if part[-1].day >= mark.on), None)
        if at is not None and points[0][0].day < mark.on:
            found.append({"at": at, "label": mark.label})
    return found


def stretches(days: Sequence[DayCount]) -> tuple[str, dict[str, list[DayCount]]]:
    """Give the days one by one, by whole weeks or by whole months, and the msgid of which."""
    if len(days) <= MOST_DAYS:
        return _("by day"), {f"{one.day:%d/%m}": [one] for one in days}
    if len(days) <= MOST_WEEKS * WEEK:
        return _("by week, whole weeks"), _bundled(days, _week, "%d/%m")
    return _("by month, whole months"), _bundled(days, _month, "%m/%Y")


def _stretch(part: Sequence[DayCount]) -> Period:
    return Period(part[0].day, part[-1].day)


def heat(asked: Asked, links: Links) -> dict[str, Any]:
    """Give receipts by weekday and hour, each with the address of the list behind it."""
    counted = {(one.weekday, one.hour): one.received for one in queries.by_hour(asked)}
    days = range(SUNDAY + 1 if any(day == SUNDAY for day, _hour in counted) else SUNDAY)
    hours = range(
        min([FIRST_HOUR, *(hour for _day, hour in counted)]),
        max([LAST_HOUR, *(hour for _day, hour in counted)]) + 1,
    )
    return {
        "columns": [gettext("%(hour)sh") % {"hour": hour} for hour in hours],
        "rows": [gettext(WEEKDAYS[day]) for day in days],
        "cells": [
            [column, day, counted.get((day, hour), 0), links.at_hour(weekday=day, hour=hour)]
            for day in days
            for column, hour in enumerate(hours)
        ],
    }


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=WEEK - 1))


def _month(day: date) -> Period:
    return Period.month(day.year, day.month)


def _bundled(
    days: Sequence[DayCount], stretch_of: Callable[[date], Period], shape: str
) -> dict[str, list[DayCount]]:
    """Give the days by week or month, without those that are not whole."""
    found: dict[Period, list[DayCount]] = {}
    for one in days:
        found.setdefault(stretch_of(one.day), []).append(one)
    return {
        stretch.first.strftime(shape): part
        for stretch, part in found.items()
        if len(part) == stretch.number_of_days
    }
