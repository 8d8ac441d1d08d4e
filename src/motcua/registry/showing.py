"""The door of the command line to a calendar: `motcua calendar show`."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, Level, Spans
from motcua.kit.moments import (
    Day,
    clock_text,
    date_of,
    day_number,
    day_text,
    from_iso_day,
    weekday_of,
)
from motcua.kit.words import gettext_noop as _
from motcua.registry.asking import Named, calendar_named

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
LEVELS = {Level.NATION: _("nation"), Level.PROVINCE: _("province"), Level.COMMUNE: _("commune")}
DECIDED, COMPUTED = _("decided"), _("computed, not decided")
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day of a calendar, and who says so.

    `said` is what decides over it: an entry or closure, else its weekday hours.
    """

    day: Day
    spans: Spans
    served: Spans
    said: DayEntry | Hours
    is_decided: bool

    @property
    def is_special(self) -> bool:
        """Whether more than the weekday decides over it."""
        return isinstance(self.said, DayEntry) and self.said.kind is not DayKind.WEEKLY_REST

    @property
    def name(self) -> str:
        """Why it differs, in words; empty for a day like every other of its weekday."""
        if isinstance(self.said, DayEntry):
            weekly = self.said.kind is DayKind.WEEKLY_REST
            return gettext("Weekly rest") if weekly else self.said.name
        return ""

    @property
    def status(self) -> str:
        """Whether the year's decree covers it; the msgid."""
        return DECIDED if self.is_decided else COMPUTED


def calendar_shown(arguments: argparse.Namespace) -> str:
    """Give every day of a year as JSON, or the months and the special days as text.

    Errors: DayUnclear for a year that is none, UnknownUnit, BeyondCalendar, NoWorkingDays.
    """
    first = from_iso_day(f"{arguments.year}-01-01")
    last = day_number(date(date_of(first).year, 12, 31))
    named = calendar_named(arguments.unit, date_of(last))
    days = [_shown(named.calendar, day) for day in range(first, last + 1)]
    if arguments.as_json:
        told = {
            "unit": named.key,
            "name": named.name,
            "year": date_of(first).year,
            "working_days": sum(bool(one.spans) for one in days),
            "days": [_as_dict(one) for one in days],
        }
        return json.dumps(told, ensure_ascii=False, indent=1)
    return "\n".join(_lines(named, days))


def _shown(calendar: Calendar, day: Day) -> ShownDay:
    closures = calendar.closures_of(day)
    said = calendar.why_closed(day) or (closures[-1] if closures else calendar.entry_of(day))
    return ShownDay(
        day=day,
        spans=calendar.spans_of(day),
        served=calendar.served_spans_of(day),
        said=said or calendar.hours_of(day),
        is_decided=calendar.is_decided(day),
    )


def _as_dict(one: ShownDay) -> dict[str, object]:
    said = one.said
    return {
        "date": date_of(one.day).isoformat(),
        "weekday": WEEKDAYS[weekday_of(one.day)].lower(),
        "is_working": bool(one.spans),
        "open": _texts(one.spans),
        "served": _texts(one.served),
        "kind": said.kind.value if isinstance(said, DayEntry) else None,
        "name": one.name,
        "level": LEVELS[said.level],
        "source": said.source,
        "legal_basis": said.legal_basis,
        "status": one.status,
    }


def _lines(named: Named, days: list[ShownDay]) -> Iterator[str]:
    unit = f"{named.name} ({named.key})" if named.name else gettext("the nation")
    working = sum(bool(one.spans) for one in days)
    text = gettext("Calendar of %(unit)s, %(year)s: %(count)s working days.")
    yield text % {"unit": unit, "year": date_of(days[0].day).year, "count": working}
    for month in MONTHS:
        these = [one for one in days if date_of(one.day).month == month]
        text = gettext("  Month %(month)s: %(count)s working days")
        yield text % {"month": month, "count": sum(bool(one.spans) for one in these)}
    special = [one for one in days if one.is_special]
    yield gettext("Days unlike their weekday: %(count)s") % {"count": len(special)}
    for one in special:
        yield "  " + " · ".join(part for part in _parts(one) if part)


def _parts(one: ShownDay) -> tuple[str, ...]:
    opened = ", ".join(_texts(one.spans)) or gettext("closed")
    return (
        f"{day_text(one.day)} {gettext(WEEKDAYS[weekday_of(one.day)])}",
        opened,
        one.name,
        gettext(LEVELS[one.said.level]),
        one.said.legal_basis,
        one.said.source,
        gettext(one.status),
    )


def _texts(spans: Spans) -> list[str]:
    return [f"{clock_text(start)}-{clock_text(end)}" for start, end in spans]
