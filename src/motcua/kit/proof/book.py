"""The book a proof is written in: its lines, and the days that were looked at."""

from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, Spans
from motcua.kit.moments import DAY_MINUTES, Day, Minute, at_clock, day_of
from motcua.kit.proof.lines import Because, Fate, Line, OneDay, Place, Stands, Why

WORKED = frozenset({DayKind.WORKED, DayKind.SWAP_WORK})


class Book:
    """Lines in their order, and a calendar that is read day by day only."""

    def __init__(self, calendar: Calendar, day: Day) -> None:
        self.calendar = calendar
        self.lines: list[Line] = []
        self.first = self.last = day

    def write(self, line: Line) -> None:
        """Add a line."""
        self.lines.append(line)

    def visit(self, day: Day) -> None:
        """Note that a day was looked at: whoever checks the proof needs it."""
        self.first, self.last = min(self.first, day), max(self.last, day)

    def spans(self, day: Day) -> Spans:
        """The open spans of a day. Errors: BeyondCalendar."""
        spans = self.calendar.spans_of(day)
        self.visit(day)
        return spans

    def counted(self, day: Day, number: int | None, fate: Fate = Fate.COUNTED) -> None:
        """Write a working day with its number."""
        self._day(day, fate, number)

    def skipped(self, day: Day) -> None:
        """Write a day that does not count, and why."""
        self._day(day, Fate.SKIPPED, None)

    def because(self, day: Day) -> tuple[Because, ...]:
        """Who says why a day is open or closed, and all that close a part of it."""
        closed = self.calendar.why_closed(day)
        if closed is not None:
            return (said_by(closed),)
        word = self.calendar.word_of(day)
        worked = word.entry is not None and word.entry.kind in WORKED
        first = said_by(word.entry) if worked and word.entry else said_weekly(word.hours, "hours")
        return (first, *(said_by(one) for one in word.closures))

    def stand(self, due_at: Minute, place: Place, day: Day) -> None:
        """Write the due moment on a day, and all that close a part of that day."""
        closures = self.calendar.word_of(day).closures
        self.write(Stands(due_at, place, tuple(said_by(one) for one in closures)))

    def opening(self, minute: Minute) -> Minute:
        """That minute if it is open, else the next opening; writes the closed days between.

        Errors: BeyondCalendar.
        """
        day, clock = divmod(minute, DAY_MINUTES)
        while True:
            spans = self.spans(day)
            for start, end in spans:
                if clock < end:
                    return at_clock(day, max(start, clock))
            if not spans:
                self.skipped(day)
            day, clock = day + 1, 0

    def why_not_open(self, minute: Minute) -> tuple[Why, tuple[Because, ...]]:
        """Why a minute is not open, and who says so; `OPEN` if it is."""
        day, clock = divmod(minute, DAY_MINUTES)
        spans = self.spans(day)
        if not spans:
            return Why.CLOSED_DAY, self.because(day)
        if any(start <= clock < end for start, end in spans):
            return Why.OPEN, ()
        if clock < spans[0][0]:
            return Why.BEFORE_HOURS, self.because(day)
        return Why.BETWEEN_HOURS if clock < spans[-1][1] else Why.AFTER_HOURS, self.because(day)

    def service(self, minute: Minute) -> tuple[Because, ...]:
        """Who says that the counter receives at a minute beside the open hours."""
        self.visit(day_of(minute))
        voices = (self.calendar.word_of(day_of(minute)).served_by,)
        return tuple(
            said_weekly(by, "service") if isinstance(by, Hours) else said_by(by)
            for by in voices
            if by is not None
        )

    def _day(self, day: Day, fate: Fate, number: int | None) -> None:
        self.write(OneDay(day, fate, number, self.because(day), self.calendar.is_decided(day)))


def said_by(entry: DayEntry) -> Because:
    """The words of a day entry."""
    return Because(
        entry.kind.value, entry.name, entry.level.name.lower(), entry.source, entry.legal_basis
    )


def said_weekly(hours: Hours, kind: str) -> Because:
    """The words of weekday or service hours."""
    return Because(kind, "", hours.level.name.lower(), hours.source, hours.legal_basis)
