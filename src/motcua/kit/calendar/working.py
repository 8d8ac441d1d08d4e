"""A calendar: open minutes and working days between two dates, ready to be counted."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NoReturn, Self

from motcua.kit.calendar.days import DayEntry, DayKind, Hours, Spans
from motcua.kit.calendar.layers import OFF, DayWord, Layers
from motcua.kit.moments import DAY_MINUTES, Day, Minute, day_of, day_text, weekday_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

LONGEST_REST = 400


class BeyondCalendar(Refused):
    """A count needs a day that the calendar does not know."""

    message = gettext_noop(
        "The working calendar is known from %(first)s to %(last)s only, and this count needs a"
        " day outside it. Check the dates, or add the years that are missing."
    )


class NoWorkingDays(Refused):
    """A calendar so closed that no time limit in it could end."""

    message = gettext_noop(
        "The working calendar has no working day in the %(days)s days from %(since)s. Check its"
        " opening hours and closed days."
    )


class NoUsualDay(Refused):
    """A count needs the length of a usual working day, and the week has none."""

    message = gettext_noop(
        "In the week of %(day)s no day has working hours, so that nobody can say how long a usual"
        " working day is. Check the hours of the week."
    )


class Calendar:
    """The working time of one body, from `first` to `last`; never changed once built.

    Shape: parallel tuples. By open span, in minutes: `starts`, `ends`, `open_before` (open
    minutes of the calendar before the span). By working day: `working_days`, `closes` (the
    minute its last span ends). By day from `first`, one more than there are days:
    `working_before` (working days before it).
    """

    __slots__ = (
        "__weakref__",
        "_open_until",
        "_served",
        "_words",
        "closes",
        "decided_until",
        "ends",
        "first",
        "last",
        "open_before",
        "starts",
        "working_before",
        "working_days",
    )

    def __init__(self, words: Sequence[DayWord], *, first: Day, decided_until: Day) -> None:
        """Take the days as they are said; `build` is the usual door.

        Errors: NoWorkingDays.
        """
        self.first, self.last = first, first + len(words) - 1
        self.decided_until = decided_until
        self._words = tuple(words)
        opened = [(day, word.spans) for day, word in enumerate(words, first) if word.spans]
        self.working_days = tuple(day for day, _ in opened)
        self.closes = tuple(day * DAY_MINUTES + spans[-1][1] for day, spans in opened)
        self.starts = tuple(day * DAY_MINUTES + one[0] for day, spans in opened for one in spans)
        self.ends = tuple(day * DAY_MINUTES + one[1] for day, spans in opened for one in spans)
        lengths = [end - start for start, end in zip(self.starts, self.ends, strict=True)]
        sums = tuple(accumulate(lengths, initial=0))
        self.open_before, self._open_until = sums[:-1], sums[1:]
        self.working_before = tuple(accumulate((bool(word.spans) for word in words), initial=0))
        self._served = frozenset(day for day, word in enumerate(words, first) if word.served)
        self._check_rest()

    @classmethod
    def build(
        cls,
        *,
        first: Day,
        last: Day,
        hours: Sequence[Hours] = (),
        entries: Iterable[DayEntry] = (),
        service: Sequence[Hours] = (),
        decided_until: Day | None = None,
    ) -> Self:
        """The calendar that the layers give; beneath all lie the usual office hours `HOURS`.

        `decided_until` is the last day of the decided years; days after it are computed. Of
        two voices of one level the later given holds.
        Errors: NoWorkingDays, WorkedDayWithoutHours.
        """
        layers = Layers(hours=hours, service=service, entries=entries)
        words = [layers.word_on(day) for day in range(first, last + 1)]
        return cls(
            words, first=first, decided_until=last if decided_until is None else decided_until
        )

    # What is said about a day

    def knows(self, day: Day) -> bool:
        """Whether a day lies in this calendar."""
        return self.first <= day <= self.last

    def spans_of(self, day: Day) -> Spans:
        """The open spans of a day, in minutes since its midnight."""
        return self._word(day).spans

    def served_spans_of(self, day: Day) -> Spans:
        """The spans in which the counter receives beside the open ones."""
        return self._word(day).served

    def word_of(self, day: Day) -> DayWord:
        """All that is said about a day."""
        return self._word(day)

    def hours_of(self, day: Day) -> Hours:
        """The weekday hours in force on a day, with their source."""
        return self._word(day).hours

    def entry_of(self, day: Day) -> DayEntry | None:
        """The entry that decides over a day, when not its weekday alone does."""
        return self._word(day).entry

    def closures_of(self, day: Day) -> tuple[DayEntry, ...]:
        """The closures that touch a day."""
        return self._word(day).closures

    def why_closed(self, day: Day) -> DayEntry | None:
        """Why a day does not count, with name, level, source and legal basis; None if it counts."""
        word = self._word(day)
        if word.spans:
            return None
        if word.entry is not None and word.entry.kind in OFF:
            return word.entry
        if word.entry is None and not word.hours.spans[weekday_of(day)]:
            return _weekly_rest(day, word.hours)
        return word.closures[-1]

    def is_working(self, day: Day) -> bool:
        """Whether a day has at least one open minute."""
        return bool(self._word(day).spans)

    def is_decided(self, day: Day) -> bool:
        """Whether the year's decree covers a day; else it is computed, not decided."""
        self._word(day)
        return day <= self.decided_until

    def is_served(self, minute: Minute) -> bool:
        """Whether the counter receives at a minute though the office is not open."""
        day, clock = divmod(minute, DAY_MINUTES)
        if day not in self._served:
            return False
        return any(start <= clock < end for start, end in self._word(day).served)

    def day_minutes(self, day: Day) -> int:
        """The open minutes of a usual working day under the weekday hours of a day.

        Errors: BeyondCalendar, NoUsualDay.
        """
        lengths = [sum(e - s for s, e in spans) for spans in self._word(day).hours.spans if spans]
        if not lengths:
            raise NoUsualDay(day=day_text(day))
        seen = Counter(lengths)
        return max(seen, key=lambda length: (seen[length], length))

    # Counting days

    def close_of(self, day: Day) -> Minute:
        """The end of the last open span of a working day.

        Errors: BeyondCalendar; KeyError for a day that is none (a bug).
        """
        if not self.is_working(day):
            raise KeyError(day)
        return self.closes[self.working_before[day - self.first]]

    def working_index(self, day: Day) -> int:
        """The place of a day in `working_days`, or of the next working day after it."""
        if not self.first <= day <= self.last:
            self._refuse()
        return self.working_before[day - self.first]

    def working_day_at(self, index: int) -> Day:
        """The working day at a place in `working_days`."""
        try:
            return self.working_days[index]
        except IndexError:
            self._refuse()

    def close_at(self, index: int) -> Minute:
        """The close of the working day at a place in `working_days`."""
        try:
            return self.closes[index]
        except IndexError:
            self._refuse()

    def next_working_day(self, day: Day) -> Day:
        """That day if it counts, else the next one that does."""
        return self.working_day_at(self.working_index(day))

    def add_working_days(self, day: Day, number: int) -> Day:
        """The `number`-th working day after a day; `number` ≥ 1."""
        return self.working_day_at(self.working_index_after(day) + number - 1)

    def working_index_after(self, day: Day) -> int:
        """The place in `working_days` of the first working day after a day."""
        if not self.first <= day <= self.last:
            self._refuse()
        return self.working_before[day - self.first + 1]

    def count_working_days(self, after: Day, until: Day) -> int:
        """How many working days d there are with after < d ≤ until."""
        if not (self.first <= after <= self.last and self.first <= until <= self.last):
            self._refuse()
        before = self.working_before
        return before[until - self.first + 1] - before[after - self.first + 1]

    # Counting open minutes

    def next_open(self, minute: Minute) -> Minute:
        """That minute if it is open, else the next opening; a span's end is closed."""
        place = bisect_right(self.starts, minute)
        if place and minute < self.ends[place - 1]:
            return minute
        if place == len(self.starts) or minute < self.first * DAY_MINUTES:
            self._refuse()
        return self.starts[place]

    def open_until(self, minute: Minute) -> int:
        """How many minutes of this calendar are open before a minute."""
        if not self.first <= day_of(minute) <= self.last:
            self._refuse()
        place = bisect_right(self.starts, minute) - 1
        if place < 0:
            return 0
        return self.open_before[place] + min(minute, self.ends[place]) - self.starts[place]

    def count_open(self, since: Minute, until: Minute) -> int:
        """How many open minutes lie in [since, until)."""
        return self.open_until(until) - self.open_until(since)

    def after_open(self, minute: Minute, number: int) -> Minute:
        """The first minute with `number` open ones between; an end on a close stays there."""
        if number == 0:
            return minute
        wanted = self.open_until(minute) + number
        place = bisect_left(self._open_until, wanted)
        if place == len(self.starts):
            self._refuse()
        return self.starts[place] + wanted - self.open_before[place]

    def _word(self, day: Day) -> DayWord:
        if not self.first <= day <= self.last:
            self._refuse()
        return self._words[day - self.first]

    def _refuse(self) -> NoReturn:
        raise BeyondCalendar(first=day_text(self.first), last=day_text(self.last))

    def _check_rest(self) -> None:
        before = self.first - 1
        for day in (*self.working_days, self.last + 1):
            if day - before > LONGEST_REST or not self.working_days:
                raise NoWorkingDays(since=day_text(before + 1), days=day - before - 1)
            before = day


def _weekly_rest(day: Day, hours: Hours) -> DayEntry:
    return DayEntry(
        day=day,
        kind=DayKind.WEEKLY_REST,
        source=hours.source,
        level=hours.level,
        legal_basis=hours.legal_basis,
    )
