"""Lays what nation, province and commune say about days over each other.

Precedence: weekday hours < day entries of nation < province < commune < closures. Of two
voices of one level the one that came later in the given order holds.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from motcua.kit.calendar.days import (
    HOURS,
    LAST_CLOCK,
    DayEntry,
    DayKind,
    Hours,
    Spans,
    WorkedDayWithoutHours,
    without,
)
from motcua.kit.moments import Day, day_text, weekday_of

OFF = frozenset({DayKind.HOLIDAY, DayKind.OBSERVED, DayKind.SWAP_OFF, DayKind.WEEKLY_REST})
_WHOLE_DAY: Spans = ((0, LAST_CLOCK),)


Served = DayEntry | Hours | None
"""Who says that the counter receives beside the open hours: a decision for the day, or weekly."""


class DayWord(NamedTuple):
    """All that is said about one day: what is open and served, and who said so."""

    spans: Spans
    served: Spans
    hours: Hours
    entry: DayEntry | None
    closures: tuple[DayEntry, ...]
    served_by: Served = None


class Layers:
    """The voices about the days of a calendar, ready to be asked day by day."""

    def __init__(
        self, *, hours: Sequence[Hours], service: Sequence[Hours], entries: Iterable[DayEntry]
    ) -> None:
        self._hours = _ranked((HOURS, *hours))
        self._service = _ranked(service)
        self._entries: dict[Day, DayEntry] = {}
        self._served: dict[Day, DayEntry] = {}
        self._closures: dict[Day, list[DayEntry]] = {}
        for entry in sorted(entries, key=lambda one: one.level):
            if entry.kind is DayKind.CLOSURE:
                self._closures.setdefault(entry.day, []).append(entry)
            elif entry.kind is DayKind.SERVED:
                self._served[entry.day] = entry
            else:
                self._entries[entry.day] = entry

    def word_on(self, day: Day) -> DayWord:
        """What holds on a day.

        Errors: WorkedDayWithoutHours.
        """
        hours = next(one for one in self._hours if one.holds_on(day))
        entry = self._entries.get(day)
        closures = tuple(self._closures.get(day, ()))
        return laid(
            day, hours=hours, entry=entry, closures=closures, served_by=self._served_by(day, entry)
        )

    def _served_by(self, day: Day, entry: DayEntry | None) -> Served:
        decided = self._served.get(day)
        if decided is not None:
            return decided
        if entry is not None and entry.kind in OFF:
            return None
        return next((one for one in self._service if one.holds_on(day)), None)


def laid(
    day: Day,
    *,
    hours: Hours,
    entry: DayEntry | None,
    closures: tuple[DayEntry, ...],
    served_by: Served,
) -> DayWord:
    """What the voices that hold on one day make of it.

    Errors: WorkedDayWithoutHours.
    """
    spans = _open_spans(day, hours, entry)
    served: Spans = ()
    if served_by is not None:
        served = (
            served_by.spans[weekday_of(day)] if isinstance(served_by, Hours) else served_by.spans
        )
    for closure in closures:
        for closed in closure.spans or _WHOLE_DAY:
            spans = without(spans, closed)
            served = without(served, closed)
    return DayWord(spans, served, hours, entry, closures, served_by if served else None)


def _ranked(hours: Sequence[Hours]) -> list[Hours]:
    """Those that hold first come first; of a tie, the later given."""
    return sorted(hours, key=lambda one: (one.level, one.since))[::-1]


def _open_spans(day: Day, hours: Hours, entry: DayEntry | None) -> Spans:
    if entry is None:
        return hours.spans[weekday_of(day)]
    if entry.kind in OFF:
        return ()
    like = day if entry.counterpart is None else entry.counterpart
    spans = entry.spans or hours.spans[weekday_of(like)]
    if not spans:
        raise WorkedDayWithoutHours(day=day_text(day))
    return spans
