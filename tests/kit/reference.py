"""The legal clock once more, slow and obvious: it walks day by day and minute by minute.

Nothing here is taken from the clock under test but the words (limits, pauses, entries), so that
the two can be compared. The rules are those of the counting rules, read aloud.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from motcua.kit.calendar import HOURS, DayEntry, Hours
from motcua.kit.clock import (
    Appointment,
    ClockRules,
    Extension,
    Limit,
    LimitUnit,
    Pause,
    Supplement,
)

A_DAY = 1440
EPOCH = date(1970, 1, 1)
ENDLESS = 10**12
OFF = ("holiday", "observed", "swap_off")
WORKED = ("swap_work", "worked")
Wait = tuple[int, int]


class Outside(Exception):
    """The walk left the calendar."""


class PlainCalendar:
    """A calendar as a set of open minutes for each day."""

    def __init__(
        self,
        *,
        first: int,
        last: int,
        hours: Sequence[Hours] = (),
        entries: Sequence[DayEntry] = (),
        service: Sequence[Hours] = (),
    ) -> None:
        self.first, self.last = first, last
        self.hours, self.entries, self.service = [HOURS, *hours], entries, service
        self._opened: dict[int, set[int]] = {}

    def open_on(self, day: int) -> set[int]:
        """The open minutes of a day."""
        if not self.first <= day <= self.last:
            raise Outside
        if day not in self._opened:
            opened = minutes(self._week(day).spans[weekday(day)])
            for one in self._said(day):
                if one.kind in OFF:
                    opened = set()
                elif one.kind in WORKED:
                    like = day if one.counterpart is None else one.counterpart
                    opened = minutes(one.spans or self._week(day).spans[weekday(like)])
            self._opened[day] = opened - self._closed_on(day)
        return self._opened[day]

    def served_on(self, day: int) -> set[int]:
        """The served minutes of a day."""
        if not self.first <= day <= self.last:
            raise Outside
        weekly = self._weekly(self.service, day)
        served = minutes(weekly.spans[weekday(day)]) if weekly else set()
        days_off = [one.kind in OFF for one in self._said(day) if one.kind in OFF + WORKED]
        if days_off and days_off[-1]:
            served = set()
        for one in self._said(day):
            if one.kind == "served":
                served = minutes(one.spans)
        return served - self._closed_on(day)

    def usual(self, day: int) -> int:
        """The open minutes of a usual working day."""
        lengths = sorted(len(minutes(spans)) for spans in self._week(day).spans if spans)
        return max(lengths, key=lambda length: (lengths.count(length), length))

    def _said(self, day: int) -> list[DayEntry]:
        """What is said of a day, the nation first."""
        return [
            one
            for level in (0, 1, 2)
            for one in self.entries
            if (one.day, one.level) == (day, level)
        ]

    def _closed_on(self, day: int) -> set[int]:
        closed: set[int] = set()
        for one in self._said(day):
            if one.kind == "closure":
                closed |= minutes(one.spans) or set(range(A_DAY))
        return closed

    def _week(self, day: int) -> Hours:
        week = self._weekly(self.hours, day)
        assert week is not None
        return week

    @staticmethod
    def _weekly(voices: Sequence[Hours], day: int) -> Hours | None:
        best: Hours | None = None
        for one in voices:
            in_force = one.since <= day and (one.until is None or day <= one.until)
            if in_force and (best is None or (one.level, one.since) >= (best.level, best.since)):
                best = one
        return best

    def is_open(self, minute: int) -> bool:
        return minute % A_DAY in self.open_on(minute // A_DAY)

    def is_served(self, minute: int) -> bool:
        return minute % A_DAY in self.served_on(minute // A_DAY)

    def works(self, day: int) -> bool:
        return bool(self.open_on(day))

    def close(self, day: int) -> int:
        return day * A_DAY + max(self.open_on(day)) + 1

    def roll(self, day: int) -> int:
        while not self.works(day):
            day += 1
        return day

    def forward(self, day: int, number: int) -> int:
        while number:
            day += 1
            number -= self.works(day)
        return day

    def next_open(self, minute: int) -> int:
        while not self.is_open(minute):
            minute += 1
        return minute

    def working_days_between(self, after: int, until: int) -> int:
        return sum(self.works(day) for day in range(after + 1, until + 1))


def minutes(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {minute for start, end in spans for minute in range(start, end)}


def weekday(day: int) -> int:
    return (EPOCH + timedelta(days=day)).weekday()


def effective(received: int, unit: LimitUnit, calendar: PlainCalendar, rules: ClockRules) -> int:
    at = received
    if not calendar.is_served(received):
        at = calendar.next_open(received)
    if unit != "same_day" and rules.cut_off is not None and at % A_DAY >= rules.cut_off:
        at = calendar.next_open((at // A_DAY + 1) * A_DAY)
    return at


def place(day: int, clock_of: int, calendar: PlainCalendar, rules: ClockRules) -> int:
    """The due moment on its day, by appointment."""
    at = day * A_DAY + clock_of % A_DAY
    if rules.appointment is Appointment.SAME_TIME:
        return calendar.next_open(at)
    if rules.appointment is Appointment.FIXED_HOUR:
        return day * A_DAY + rules.fixed_hour
    if rules.appointment is Appointment.HALF_DAY:
        while at < calendar.close(day):
            if calendar.is_open(at) and (at + 1) % A_DAY not in calendar.open_on(day):
                return at + 1
            at += 1
    return calendar.close(day)


def months_later(day: int, months: int) -> int:
    start = EPOCH + timedelta(days=day)
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = monthrange(year, month)[1]
    return (date(year, month, min(start.day, last)) - EPOCH).days


def merge(pauses: Sequence[Pause]) -> list[Wait]:
    """Every paused minute belongs to one stretch; found by joining until nothing joins."""
    waits = [(one.from_at, ENDLESS if one.to_at is None else one.to_at) for one in pauses]
    waits = [one for one in waits if one[0] != one[1]]
    joined = True
    while joined:
        joined = False
        for one in waits:
            for other in waits:
                if one is not other and one[0] <= other[0] <= one[1]:
                    waits = [each for each in waits if each is not one and each is not other]
                    waits.append((one[0], max(one[1], other[1])))
                    joined = True
                    break
            if joined:
                break
    return sorted(waits)


def trimmed(waits: Sequence[Wait], at: int) -> list[Wait]:
    return [(max(start, at), end) for start, end in waits if end > at]


class Walk:
    """One limit on its way through the pauses."""

    def __init__(self, limit: Limit, calendar: PlainCalendar, rules: ClockRules) -> None:
        self.limit, self.calendar, self.rules = limit, calendar, rules

    def from_receipt(self, at: int, waits: Sequence[Wait]) -> int | None:
        unit, number = self.limit.unit, self.limit.value + self.limit.zone_extra
        day = at // A_DAY
        if unit is LimitUnit.WORKING_HOUR:
            return self.open_minutes(at, number * 60, waits)
        if unit is LimitUnit.SAME_DAY:
            return self.same_day(at, waits)
        if unit is LimitUnit.WORKING_DAY:
            last = self.calendar.forward(day, number)
            return self.by_working_days(last, self._place(last, at), at, waits)
        unrolled = day + number if unit is LimitUnit.CALENDAR_DAY else months_later(day, number)
        due = self._place(self.calendar.roll(unrolled), at)
        return self.by_calendar_days(unrolled, due, at, waits)

    def from_fixed(self, at: int, waits: Sequence[Wait]) -> int | None:
        """From the moment an extension fixed."""
        if self.limit.unit is LimitUnit.WORKING_HOUR:
            for start, end in waits:
                if start < at and end == ENDLESS:
                    return None
                if start < at:
                    lost = sum(self.calendar.is_open(minute) for minute in range(start, end))
                    while lost:
                        lost -= self.calendar.is_open(at)
                        at += 1
            return at
        day = at // A_DAY
        kept = Appointment.SAME_TIME
        if self.calendar.works(day) and self.calendar.close(day) == at:
            kept = Appointment.CLOSE
        other = Walk(self.limit, self.calendar, ClockRules(appointment=kept))
        if self.limit.unit in (LimitUnit.CALENDAR_DAY, LimitUnit.MONTH):
            return other.by_calendar_days(day, at, at, waits)
        return other.by_working_days(day, at, at, waits)

    def same_day(self, at: int, waits: Sequence[Wait]) -> int | None:
        day = at // A_DAY
        late = at % A_DAY >= self.rules.same_day_cut_off
        if not self.calendar.works(day) or late or at >= self.calendar.close(day):
            day = self.calendar.forward(day, 1)
        other = Walk(self.limit, self.calendar, ClockRules())
        return other.by_working_days(day, self.calendar.close(day), at, waits)

    def open_minutes(self, at: int, number: int, waits: Sequence[Wait]) -> int | None:
        while number:
            inside = [end for start, end in waits if start <= at < end]
            if ENDLESS in inside:
                return None
            number -= self.calendar.is_open(at) and not inside
            at += 1
        return at

    def by_working_days(self, day: int, due: int, at: int, waits: Sequence[Wait]) -> int | None:
        for start, end in waits:
            if start < due and end == ENDLESS:
                return None
            if start < due:
                moved = self.calendar.working_days_between(start // A_DAY, end // A_DAY)
                if moved:
                    day = self.calendar.forward(day, moved)
                    due = self._place(day, at)
        return due

    def by_calendar_days(self, day: int, due: int, at: int, waits: Sequence[Wait]) -> int | None:
        for start, end in waits:
            if start < due and end == ENDLESS:
                return None
            if start < due:
                moved = end // A_DAY - start // A_DAY
                if moved:
                    day += moved
                    due = self._place(self.calendar.roll(day), at)
        return due

    def _place(self, day: int, at: int) -> int:
        return place(day, at, self.calendar, self.rules)


def reference_due(
    received: int,
    limit: Limit,
    calendar: PlainCalendar,
    *,
    pauses: Sequence[Pause] = (),
    rules: ClockRules,
    extension: Extension | None = None,
) -> int | None:
    """The due moment, or None while it waits."""
    limit = in_days(limit, received, calendar) if rules.hours_are_days else limit
    walk = Walk(limit, calendar, rules)
    asked = [one for one in pauses if one.kind == "supplement"]
    others = [one for one in pauses if one.kind != "supplement"]
    at = effective(received, limit.unit, calendar, rules)
    if rules.supplement is Supplement.PAUSES:
        return _count(walk, at, merge(pauses), extension)
    if rules.supplement is Supplement.GOES_ON:
        return _count(walk, at, merge(others), extension)
    return _restarting(walk, at, merge(asked), merge(others), extension=extension)


def in_days(limit: Limit, calendar_day_of: int, calendar: PlainCalendar) -> Limit:
    """Hours that fill whole days, as days."""
    total = (limit.value + limit.zone_extra) * 60
    a_day = calendar.usual(calendar_day_of // A_DAY)
    if limit.unit is LimitUnit.WORKING_HOUR and total % a_day == 0:
        return Limit(total // a_day, LimitUnit.WORKING_DAY)
    return limit


def _restarting(
    walk: Walk,
    at: int,
    asked: Sequence[Wait],
    others: Sequence[Wait],
    *,
    extension: Extension | None,
) -> int | None:
    for start, end in asked:
        since = at if extension is None else max(at, extension.granted_at)
        if end <= since:
            continue
        begun = max(start, since)
        before = [one for one in trimmed(others, since) if one[0] < begun]
        due = _count(walk, at, before, extension)
        if due is not None and begun >= due:
            break
        if end == ENDLESS:
            return None
        at, extension = effective(end, walk.limit.unit, walk.calendar, walk.rules), None
    return _count(walk, at, others, extension)


def _count(walk: Walk, at: int, waits: Sequence[Wait], extension: Extension | None) -> int | None:
    if extension is None:
        return walk.from_receipt(at, trimmed(waits, at))
    since = max(at, extension.granted_at)
    return walk.from_fixed(extension.due_at, trimmed(waits, since))
