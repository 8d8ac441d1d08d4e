"""The counts, walked: every day or stretch of open time is a line."""

from calendar import monthrange
from collections.abc import Callable
from typing import Protocol

from motcua.kit.clock import Appointment, ClockRules, Limit, LimitUnit
from motcua.kit.clock.counts import MOST_MONTHS, add_months
from motcua.kit.moments import DAY_MINUTES, Day, Minute, at_clock, date_of, day_of
from motcua.kit.proof.book import Book
from motcua.kit.proof.lines import (
    Fate,
    Moved,
    OpenTime,
    Place,
    Rolled,
    SameDay,
    Stands,
    Unrolled,
)

Placing = tuple[Place, Callable[[Day], Minute]]
"""How a count finds its moment on its last day."""


class Walked(Protocol):
    """A count that is written down while it goes."""

    due: Minute

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Move the due moment by a pause that counts, and write how."""


class WalkedDays:
    """A limit in working days, or the same day."""

    def __init__(self, book: Book, day: Day, placing: Placing, *, due: Minute | None = None):
        self._book, self._day, self._number, self._placing = book, day, 0, placing
        self.due = 0 if due is None else due

    def go(self, days: int) -> None:
        """Count working days on from the last one, and write where they end."""
        while days:
            self._day += 1
            if self._book.spans(self._day):
                days, self._number = days - 1, self._number + 1
                self._book.counted(self._day, self._number)
            else:
                self._book.skipped(self._day)
        self.stand()

    def stand(self) -> None:
        """Write the due moment on the day reached."""
        place, find = self._placing
        self.due = find(self._day)
        self._book.stand(self.due, place, self._day)

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Count the working days of the pause, and go on by as many."""
        days = 0
        self._book.visit(day_of(from_at))
        for day in range(day_of(from_at) + 1, day_of(to_at) + 1):
            if self._book.spans(day):
                days += 1
                self._book.counted(day, days, Fate.WAITED)
            else:
                self._book.skipped(day)
        self._book.write(Moved(days, "working_day"))
        if days:
            self.go(days)


class WalkedCalendar:
    """A limit in calendar days or months: the day by the calendar, rolled last."""

    def __init__(self, book: Book, day: Day, placing: Placing, *, due: Minute | None = None):
        self._book, self._day, self._placing = book, day, placing
        self.due = 0 if due is None else due

    def stand(self) -> None:
        """Roll to a working day and write the due moment there."""
        day = self._day
        while not self._book.spans(day):
            self._book.skipped(day)
            day += 1
        if day != self._day:
            self._book.write(Rolled(day))
        place, find = self._placing
        self.due = find(day)
        self._book.stand(self.due, place, day)

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Add the days of the pause to the day that is not rolled yet."""
        days = day_of(to_at) - day_of(from_at)
        for day in (day_of(from_at), day_of(to_at)):
            self._book.spans(day)
        self._book.write(Moved(days, "calendar_day"))
        if days:
            self._book.write(
                Unrolled(self._day, days, "calendar_day", self._day + days, is_clamped=False)
            )
            self._day += days
            self.stand()


class WalkedMinutes:
    """A limit in working hours or parts of a working day."""

    def __init__(self, book: Book, due: Minute):
        self._book, self.due = book, due

    def go(self, minutes: int) -> None:
        """Count open minutes on from the due moment as it stands."""
        done, day, clock = 0, day_of(self.due), self.due % DAY_MINUTES
        while done < minutes:
            taken = []
            for start, end in self._book.spans(day):
                since = max(start, clock)
                until = min(end, since + minutes - done)
                if since < until:
                    taken.append((since, until))
                    done += until - since
            self._note(day, Fate.COUNTED, taken, done)
            if taken:
                self.due = at_clock(day, taken[-1][1])
            day, clock = day + 1, 0
        self._book.write(Stands(self.due, Place.MINUTES))

    def wait(self, from_at: Minute, to_at: Minute) -> None:
        """Count the open minutes of the pause, and go on by as many."""
        done = 0
        for day in range(day_of(from_at), day_of(to_at) + 1):
            since, until = from_at - day * DAY_MINUTES, to_at - day * DAY_MINUTES
            inside = [(max(start, since), min(end, until)) for start, end in self._book.spans(day)]
            taken = [(start, end) for start, end in inside if start < end]
            done += sum(end - start for start, end in taken)
            self._note(day, Fate.WAITED, taken, done)
        self._book.write(Moved(done, "minute"))
        if done:
            self.go(done)

    def _note(self, day: Day, fate: Fate, taken: list[tuple[int, int]], total: int) -> None:
        book = self._book
        if taken:
            minutes = sum(end - start for start, end in taken)
            because, is_decided = book.because(day), book.calendar.is_decided(day)
            book.write(
                OpenTime(day, fate, tuple(taken), minutes, total, because, is_decided=is_decided)
            )
        elif not book.spans(day):
            book.skipped(day)


def walk(effective_at: Minute, limit: Limit, book: Book, rules: ClockRules) -> Walked:
    """The count of a limit from its effective receipt, written down.

    Errors: BeyondCalendar.
    """
    if limit.unit is LimitUnit.WORKING_HOUR:
        return walk_minutes(effective_at, limit.total * 60, book)
    if limit.unit is LimitUnit.SAME_DAY:
        return _walk_same_day(effective_at, book, rules)
    placing = _placing(effective_at, book, rules)
    if limit.unit is LimitUnit.WORKING_DAY:
        days = WalkedDays(book, day_of(effective_at), placing)
        days.go(limit.total)
        return days
    unrolled = _unrolled(day_of(effective_at), limit)
    book.write(unrolled)
    calendar = WalkedCalendar(book, unrolled.day_on, placing)
    calendar.stand()
    return calendar


def walk_minutes(effective_at: Minute, minutes: int, book: Book) -> Walked:
    """The count of a number of open minutes."""
    count = WalkedMinutes(book, effective_at)
    count.go(minutes)
    return count


def walk_fixed(due_at: Minute, unit: LimitUnit, book: Book) -> Walked:
    """A count that stands at a new appointment; the clock time is kept, a close stays one."""
    book.write(Stands(due_at, Place.APPOINTED))
    if unit is LimitUnit.WORKING_HOUR:
        if book.calendar.knows(day_of(due_at)):  # the clock asks for the day when a pause follows
            book.visit(day_of(due_at))
        return WalkedMinutes(book, due_at)
    spans = book.spans(day_of(due_at))
    if spans and spans[-1][1] == due_at % DAY_MINUTES:
        placing = _at_close(book)
    else:
        placing = _at_same_time(due_at, book)
    if unit in (LimitUnit.CALENDAR_DAY, LimitUnit.MONTH):
        return WalkedCalendar(book, day_of(due_at), placing, due=due_at)
    return WalkedDays(book, day_of(due_at), placing, due=due_at)


def _walk_same_day(effective_at: Minute, book: Book, rules: ClockRules) -> Walked:
    day, clock = divmod(effective_at, DAY_MINUTES)
    spans, is_next = book.spans(day), False
    if not spans or clock >= rules.same_day_cut_off or clock >= spans[-1][1]:
        day, is_next = day + 1, True
        while not book.spans(day):
            book.skipped(day)
            day += 1
    book.write(SameDay(day, is_next))
    count = WalkedDays(book, day, _at_close(book))
    count.stand()
    return count


def _unrolled(day: Day, limit: Limit) -> Unrolled:
    if limit.unit is LimitUnit.CALENDAR_DAY:
        return Unrolled(day, limit.total, limit.unit.value, day + limit.total, is_clamped=False)
    found = add_months(day, min(limit.total, MOST_MONTHS))
    there = date_of(found)
    is_last = there.day == monthrange(there.year, there.month)[1]
    is_clamped = is_last and there.day < date_of(day).day
    return Unrolled(day, limit.total, limit.unit.value, found, is_clamped)


def _placing(effective_at: Minute, book: Book, rules: ClockRules) -> Placing:
    if rules.appointment is Appointment.CLOSE:
        return _at_close(book)
    if rules.appointment is Appointment.SAME_TIME:
        return _at_same_time(effective_at, book)
    if rules.appointment is Appointment.HALF_DAY:
        clock = effective_at % DAY_MINUTES

        def end_of_half(day: Day) -> Minute:
            ends = [end for _, end in book.spans(day)]
            return at_clock(day, next((end for end in ends if clock < end), ends[-1]))

        return Place.HALF_DAY, end_of_half
    return Place.FIXED_HOUR, lambda day: at_clock(day, rules.fixed_hour)


def _at_close(book: Book) -> Placing:
    return Place.CLOSE, lambda day: at_clock(day, book.spans(day)[-1][1])


def _at_same_time(moment: Minute, book: Book) -> Placing:
    clock = moment % DAY_MINUTES
    return Place.SAME_TIME, lambda day: book.opening(at_clock(day, clock))
