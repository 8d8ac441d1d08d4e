"""Which minutes an office is open, and which days count: the calendar under every legal clock."""

from motcua.kit.calendar.days import (
    HOURS,
    DayEntry,
    DayKind,
    Hours,
    Level,
    Span,
    Spans,
    SpanUnclear,
    WorkedDayWithoutHours,
    week,
)
from motcua.kit.calendar.layers import DayWord, laid
from motcua.kit.calendar.working import BeyondCalendar, Calendar, NoUsualDay, NoWorkingDays

__all__ = [
    "HOURS",
    "BeyondCalendar",
    "Calendar",
    "DayEntry",
    "DayKind",
    "DayWord",
    "Hours",
    "Level",
    "NoUsualDay",
    "NoWorkingDays",
    "Span",
    "SpanUnclear",
    "Spans",
    "WorkedDayWithoutHours",
    "laid",
    "week",
]
