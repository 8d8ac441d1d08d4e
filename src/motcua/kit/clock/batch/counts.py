"""The counts of `clock.counts`, for many rows of one unit and one set of rules at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from motcua.kit.clock.batch.parts import Longs
from motcua.kit.clock.batch.shapes import FARTHEST
from motcua.kit.clock.batch.tables import Tables, Which
from motcua.kit.clock.counts import MOST_MONTHS
from motcua.kit.clock.terms import Appointment, ClockRules, LimitUnit
from motcua.kit.moments import DAY_MINUTES

OUT = -FARTHEST - 1
"""A due moment the calendar does not hold; before every moment, so that no pause moves it."""
LONGEST = 10**9
"""Longer limits leave any calendar all the same, and must not leave 64 bits when multiplied."""

Place = Callable[[Which, Longs, Longs], Longs]
"""Gives due moments by calendar, place and effective receipt."""


class Count(Protocol):
    """Running counts: their due moments as they stand, and what pauses do to them."""

    due: Longs

    def wait(self, rows: Longs, from_at: Longs, to_at: Longs) -> None:
        """Move the due moments of some rows by a pause each, one that counts."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """Rows whose effective receipt is known.

    Shape: `effective_at` by row, at or after `FARTHEST` where the calendar holds none.
    """

    tables: Tables
    which: Which
    effective_at: Longs

    def which_of(self, rows: Longs) -> Which:
        """The calendars of some rows."""
        return self.which if isinstance(self.which, int) else self.which[rows]

    def days(self) -> Longs:
        """Day 0 of each row."""
        return self.effective_at // DAY_MINUTES


class WorkingDayCount:
    """Limits in working days, or the same day."""

    def __init__(self, receipts: Receipts, places: Longs, place: Place) -> None:
        self._receipts, self._place = receipts, place
        which = receipts.which
        self._places = receipts.tables.at_place(which, places)
        self.due = within(place(which, self._places, receipts.effective_at))

    def wait(self, rows: Longs, from_at: Longs, to_at: Longs) -> None:
        """Move by the working days d with day(from) < d ≤ day(to)."""
        tables, which = self._receipts.tables, self._receipts.which_of(rows)
        until = to_at // DAY_MINUTES
        moved = tables.places_after(which, until) - tables.places_after(
            which, from_at // DAY_MINUTES
        )
        places = tables.at_place(which, self._places[rows] + moved)
        due = self._place(which, places, self._receipts.effective_at[rows])
        self._places[rows] = places
        self.due[rows] = np.where(tables.is_outside(which, until), OUT, within(due))


class CalendarDayCount:
    """Limits in calendar days or months, kept unrolled."""

    def __init__(self, receipts: Receipts, days: Longs, place: Place) -> None:
        self._receipts, self._days, self._place = receipts, days, place
        self.due = self._rolled(receipts.which, days, receipts.effective_at)

    def wait(self, rows: Longs, from_at: Longs, to_at: Longs) -> None:
        """Move the unrolled days by day(to) − day(from), then roll to a working day."""
        days = self._days[rows] + to_at // DAY_MINUTES - from_at // DAY_MINUTES
        self._days[rows] = days
        which = self._receipts.which_of(rows)
        self.due[rows] = self._rolled(which, days, self._receipts.effective_at[rows])

    def _rolled(self, which: Which, days: Longs, effective_at: Longs) -> Longs:
        places = self._receipts.tables.places_from(which, days)
        return within(self._place(which, places, effective_at))


class OpenMinuteCount:
    """Limits in working hours."""

    def __init__(self, receipts: Receipts, minutes: Longs) -> None:
        self._receipts = receipts
        tables, which = receipts.tables, receipts.which
        self.due = within(tables.after_open(which, receipts.effective_at, minutes))

    def wait(self, rows: Longs, from_at: Longs, to_at: Longs) -> None:
        """Leave the open minutes of the pauses uncounted; where there are none nothing moves."""
        tables, which = self._receipts.tables, self._receipts.which_of(rows)
        lost = tables.open_until(which, to_at) - tables.open_until(which, from_at)
        due = self.due[rows]
        moved = np.where(lost > 0, within(tables.after_open(which, due, lost)), due)
        is_outside = tables.is_outside(which, to_at // DAY_MINUTES)
        self.due[rows] = np.where(is_outside, OUT, moved)


def begin(receipts: Receipts, limit: Longs, unit: LimitUnit, rules: ClockRules) -> Count:
    """The counts of limits ≥ 1 from their effective receipts, before any pause."""
    if unit is LimitUnit.WORKING_HOUR:
        return OpenMinuteCount(receipts, np.minimum(limit, LONGEST) * 60)
    if unit is LimitUnit.SAME_DAY:
        places = _same_day_places(receipts, rules)
        return WorkingDayCount(receipts, places, placing(receipts.tables, Appointment.CLOSE))
    place = placing(receipts.tables, rules.appointment, rules.fixed_hour)
    day_zero = receipts.days()
    if unit is LimitUnit.WORKING_DAY:
        after = receipts.tables.places_after(receipts.which, day_zero)
        return WorkingDayCount(receipts, after + np.minimum(limit, LONGEST) - 1, place)
    if unit is LimitUnit.CALENDAR_DAY:
        return CalendarDayCount(receipts, day_zero + np.minimum(limit, LONGEST), place)
    return CalendarDayCount(receipts, add_months(day_zero, limit), place)


def effective_receipts(
    tables: Tables, which: Which, received_at: Longs, *, unit: LimitUnit, rules: ClockRules
) -> Longs:
    """As `clock.effective_receipt`; at or after `FARTHEST` where the calendar holds none."""
    moments = tables.received(which, received_at)
    if rules.cut_off is None or unit is LimitUnit.SAME_DAY:
        return moments
    days = moments // DAY_MINUTES
    late = moments - days * DAY_MINUTES >= rules.cut_off
    return np.where(late, tables.next_open(which, (days + 1) * DAY_MINUTES), moments)


def add_months(days: Longs, months: Longs) -> Longs:
    """The corresponding days some months later, or the last days of those months."""
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    later = month + np.minimum(months, MOST_MONTHS)
    first, next_first = (m.astype("datetime64[D]").astype(np.int64) for m in (later, later + 1))
    in_month = (dates - month.astype("datetime64[D]")).astype(np.int64)
    return np.asarray(first + np.minimum(in_month, next_first - first - 1))


def placing(tables: Tables, appointment: Appointment, fixed_hour: int = 0) -> Place:
    """Where on their last day limits end under the appointment rule."""

    def close(_which: Which, places: Longs, _effective_at: Longs) -> Longs:
        return np.asarray(tables.close[places])

    def same_time(which: Which, places: Longs, effective_at: Longs) -> Longs:
        return tables.next_open(which, tables.midnight[places] + effective_at % DAY_MINUTES)

    def half_day(_which: Which, places: Longs, effective_at: Longs) -> Longs:
        shapes = tables.shape[tables.place_slot[places]]
        ends = tables.half_end[shapes + effective_at % DAY_MINUTES]
        return np.asarray(tables.midnight[places] + ends)

    def fixed(_which: Which, places: Longs, _effective_at: Longs) -> Longs:
        return np.asarray(tables.midnight[places] + fixed_hour)

    return {
        Appointment.CLOSE: close,
        Appointment.SAME_TIME: same_time,
        Appointment.HALF_DAY: half_day,
        Appointment.FIXED_HOUR: fixed,
    }[appointment]


def within(moments: Longs) -> Longs:
    """The moments, `OUT` where the calendar does not hold them."""
    return np.where(moments >= FARTHEST, OUT, moments)


def _same_day_places(receipts: Receipts, rules: ClockRules) -> Longs:
    tables, which, moments = receipts.tables, receipts.which, receipts.effective_at
    days = receipts.days()
    places = tables.places_from(which, days)
    is_working = tables.places_after(which, days) > places
    clocks = moments - days * DAY_MINUTES
    missed = (clocks >= rules.same_day_cut_off) | (moments >= tables.close[places])
    return np.asarray(places + (is_working & missed))
