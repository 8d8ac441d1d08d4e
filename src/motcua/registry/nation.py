"""The nation's calendar from the law that comes with the program: needs no database."""

from functools import cache

from motcua.kit.calendar import Calendar
from motcua.registry.layers import HoursRow, build_calendar, entry_of
from motcua.registry.rules import parse_spans
from motcua.registry.seeding.calendars import day_drafts, hour_rows


@cache
def national_calendar() -> Calendar:
    """Give the calendar of the nation as `law/` has it.

    Source: `law/calendar.yaml`, `law/office_hours.yaml`.
    """
    return build_calendar((), units={}, hours=_hours(), entries=map(entry_of, day_drafts()))


def _hours() -> list[HoursRow]:
    return [
        HoursRow(
            unit_key=None,
            valid_from=row.valid_from,
            weekday=row.weekday,
            is_service=row.is_service,
            spans=parse_spans(row.spans),
            source=row.source,
            legal_basis=row.legal_basis,
        )
        for row in hour_rows()
        if row.unit_id is None
    ]
