"""The counts themselves: where a limit ends, and how a pause moves that end."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Protocol

from motcua.kit.calendar import Calendar
from motcua.kit.clock.terms import Appointment, ClockRules, Limit, LimitUnit
from motcua.kit.moments import DAY_MINUTES, Day, Minute, at_clock, date_of, day_number, day_of

Place = Callable[[int], Minute]
"""Gives the due moment on a working day, named by its place in the calendar's working days."""


MOST_MONTHS = 12 * 1000
"""Longer limits leave any calendar all the same, and dates end at the year 9999."""


class Count(Protocol):
    """A running count: its due moment as it stands, and what a pause does to it."""

    due: Minute

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Move the due moment by a pause that counts."""


class WorkingDayCount:
    """A limit in working days, or the same day."""

    __slots__ = ("_calendar", "_index", "_place", "due")

    def __init__(self, calendar: Calendar, index: int, due: Minute, place: Place) -> None:
        self._calendar, self._index, self.due, self._place = calendar, index, due, place

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Move by the working days d with day(from) < d ≤ day(to)."""
        calendar = self._calendar
        days = calendar.count_working_days(from_at // DAY_MINUTES, to_at // DAY_MINUTES)
        if days:
            self._index += days
            self.due = self._place(self._index)


class CalendarDayCount:
    """A limit in calendar days or months, kept unrolled."""

    __slots__ = ("_calendar", "_day", "_place", "due")

    def __init__(self, calendar: Calendar, day: Day, due: Minute, place: Place) -> None:
        self._calendar, self._day, self.due, self._place = calendar, day, due, place

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Move the unrolled day by day(to) − day(from), then roll to a working day."""
        days = to_at // DAY_MINUTES - from_at // DAY_MINUTES
        if days:
            self._day += days
            self.due = self._place(self._calendar.working_index(self._day))


class OpenMinuteCount:
    """A limit in working hours or parts of a working day."""

    __slots__ = ("_calendar", "due")

    def __init__(self, calendar: Calendar, due: Minute) -> None:
        self._calendar, self.due = calendar, due

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Leave the open minutes of the pause uncounted."""
        self.due = self._calendar.after_open(self.due, self._calendar.count_open(from_at, to_at))


def begin(effective_at: Minute, limit: Limit, calendar: Calendar, rules: ClockRules) -> Count:
    """The count of a limit from its effective receipt, before any pause."""
    unit = limit.unit
    if unit is LimitUnit.WORKING_HOUR:
        return begin_minutes(effective_at, limit.total * 60, calendar)
    if unit is LimitUnit.SAME_DAY:
        place = close_of_day(calendar)
        index = _same_day_index(effective_at, calendar, rules)
        return WorkingDayCount(calendar, index, calendar.close_at(index), place)
    place = placing(effective_at, calendar, rules)
    day_zero = day_of(effective_at)
    if unit is LimitUnit.WORKING_DAY:
        index = calendar.working_index_after(day_zero) + limit.total - 1
        return WorkingDayCount(calendar, index, place(index), place)
    if unit is LimitUnit.CALENDAR_DAY:
        unrolled = day_zero + limit.total
    else:
        unrolled = add_months(day_zero, min(limit.total, MOST_MONTHS))
    due = place(calendar.working_index(unrolled))
    return CalendarDayCount(calendar, unrolled, due, place)


def begin_minutes(effective_at: Minute, minutes: int, calendar: Calendar) -> Count:
    """The count of a number of open minutes."""
    return OpenMinuteCount(calendar, calendar.after_open(effective_at, minutes))


def begin_fixed(due_at: Minute, unit: LimitUnit, calendar: Calendar) -> Count:
    """A count that stands at a fixed moment, as after an extension.

    Later pauses move its day as the unit says; the clock time is kept, and a close stays a
    close.
    """
    if unit is LimitUnit.WORKING_HOUR:
        return OpenMinuteCount(calendar, due_at)
    day = day_of(due_at)
    if calendar.is_working(day) and calendar.close_of(day) == due_at:
        place = close_of_day(calendar)
    else:
        place = same_time(due_at, calendar)
    if unit in (LimitUnit.CALENDAR_DAY, LimitUnit.MONTH):
        return CalendarDayCount(calendar, day, due_at, place)
    return WorkingDayCount(calendar, calendar.working_index_after(day) - 1, due_at, place)


def add_months(day: Day, months: int) -> Day:
    """The corresponding day some months later, or that month's last day."""
    start = date_of(day)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return day_number(date(year, month, min(start.day, monthrange(year, month)[1])))


def placing(effective_at: Minute, calendar: Calendar, rules: ClockRules) -> Place:
    """Where on its last day a limit ends under the appointment rule."""
    if rules.appointment is Appointment.CLOSE:
        return close_of_day(calendar)
    if rules.appointment is Appointment.SAME_TIME:
        return same_time(effective_at, calendar)
    if rules.appointment is Appointment.HALF_DAY:
        return _end_of_half_day(effective_at, calendar)
    return lambda index: at_clock(calendar.working_day_at(index), rules.fixed_hour)


def close_of_day(calendar: Calendar) -> Place:
    """Place a due moment at the close of its day."""
    return calendar.close_at


def same_time(moment: Minute, calendar: Calendar) -> Place:
    """Place a due moment at the clock time of another; the next open moment if closed."""
    clock = moment % DAY_MINUTES
    return lambda index: calendar.next_open(at_clock(calendar.working_day_at(index), clock))


def _end_of_half_day(effective_at: Minute, calendar: Calendar) -> Place:
    """The end of the open span that holds the clock time, or of the next one that day."""
    clock = effective_at % DAY_MINUTES

    def place(index: int) -> Minute:
        day = calendar.working_day_at(index)
        ends = [end for _, end in calendar.spans_of(day)]
        return at_clock(day, next((end for end in ends if clock < end), ends[-1]))

    return place


def _same_day_index(effective_at: Minute, calendar: Calendar, rules: ClockRules) -> int:
    day, clock = divmod(effective_at, DAY_MINUTES)
    index = calendar.working_index(day)
    missed = clock >= rules.same_day_cut_off or effective_at >= calendar.close_at(index)
    if calendar.is_working(day) and missed:
        return index + 1
    return index
