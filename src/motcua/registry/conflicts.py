"""What does not fit together in the calendar of a year. Pure: it is told, not mended."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from motcua.kit.calendar import Calendar, DayKind, Spans
from motcua.kit.moments import day_number
from motcua.kit.words import gettext_noop
from motcua.registry.layers import EntryRow, HoursRow, Voices
from motcua.registry.years import (
    OFF,
    Decree,
    WeekInForce,
    decree_of,
    open_before_closures,
    weeks_in,
)

WORKING_WEEK = range(5)  # Monday to Friday, as the week of forty hours has it
SWAPPED = (DayKind.SWAP_OFF, DayKind.SWAP_WORK)


class Conflict(StrEnum):
    """A way in which a calendar does not fit together."""

    TWO_ENTRIES = "two_entries"
    NOT_OFF = "not_off"
    HALF_SWAP = "half_swap"
    CLOSES_NOTHING = "closes_nothing"
    AGAINST_WIDER = "against_wider"
    OVERLAP = "overlap"
    NO_HOURS = "no_hours"
    COMPUTED = "computed"
    PARTLY = "partly"
    MISSING = "missing"


MESSAGES: Mapping[Conflict, str] = {
    Conflict.TWO_ENTRIES: gettext_noop(
        "Two entries of one level say different things: “%(name)s” and “%(other)s”. The later one"
        " counts. Remove the one that is wrong."
    ),
    Conflict.NOT_OFF: gettext_noop(
        "“%(name)s”: this day is worked for %(counterpart)s, but that day is not off. Enter it as"
        " off, or remove this one."
    ),
    Conflict.HALF_SWAP: gettext_noop(
        "“%(name)s”: only one half of a swap. The other day, %(counterpart)s, does not say it is"
        " exchanged with this one. Enter both days together."
    ),
    Conflict.CLOSES_NOTHING: gettext_noop(
        "“%(name)s” closes hours in which nobody is open anyway. Check day and hours."
    ),
    Conflict.AGAINST_WIDER: gettext_noop(
        "“%(name)s” contradicts “%(other)s”, which a wider level says. The narrower level counts"
        " here. Check its legal basis."
    ),
    Conflict.OVERLAP: gettext_noop(
        "“%(name)s”: the service hours overlap the working hours. Service hours are only those"
        " beside them."
    ),
    Conflict.NO_HOURS: gettext_noop(
        "From %(first)s on, %(weekday)s has no working hours. If that is meant, nothing need be"
        " done; else set the hours of the week again."
    ),
    Conflict.COMPUTED: gettext_noop(
        "Computed, not decided: there is no decree for this year yet. Days and due dates may"
        " still change."
    ),
    Conflict.PARTLY: gettext_noop(
        "The year has its decree, but %(count)s of its days off are only computed: the decree does"
        " not name them. Enter what was decided, or remove them."
    ),
    Conflict.MISSING: gettext_noop(
        "No days off are known for this year: neither a decree nor a calculation. Import the"
        " decree of the year."
    ),
}
MILD = frozenset(
    {
        Conflict.COMPUTED,
        Conflict.PARTLY,
        Conflict.CLOSES_NOTHING,
        Conflict.NO_HOURS,
        Conflict.OVERLAP,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A conflict: of which day (None: of the year), and the facts its message names."""

    conflict: Conflict
    day: date | None
    facts: Mapping[str, object]

    @property
    def message(self) -> str:
        """Give the message, an English msgid with places for the facts."""
        return MESSAGES[self.conflict]

    @property
    def is_mild(self) -> bool:
        """Say whether it only wants to be looked at."""
        return self.conflict in MILD


def conflicts_in(voices: Voices, calendar: Calendar, year: int) -> list[Found]:
    """Give all conflicts of a year: of the year first, then day by day.

    Errors: BeyondCalendar.
    """
    days = [row for row in voices.entries if row.day.year == year]
    found = [
        *_two_entries(days),
        *_swaps(days, voices, calendar),
        *_idle_closures(days, calendar, voices),
        *_against_wider(days, voices),
        *_overlaps(days, calendar),
    ]
    return [
        *_of_the_decree(voices, year),
        *_of_the_weeks(weeks_in(voices, year)),
        *sorted(found, key=lambda one: (one.day or date.min, one.conflict)),
    ]


def _of_the_decree(voices: Voices, year: int) -> Iterator[Found]:
    decree = decree_of(voices.entries, year)
    if decree is not Decree.DECIDED:
        yield Found(Conflict(decree.value), None, {})
        return
    computed = [
        row
        for row in voices.entries
        if row.is_of_the_nations_year and row.day.year == year and not row.is_decided
    ]
    if computed:
        yield Found(Conflict.PARTLY, None, {"count": len(computed)})


def _of_the_weeks(weeks: Iterable[WeekInForce]) -> Iterator[Found]:
    for one in weeks:
        for weekday in WORKING_WEEK:
            if not one.is_service and not one.week[weekday]:
                facts = {"first": one.first, "weekday": weekday}
                yield Found(Conflict.NO_HOURS, None, facts)


def _two_entries(days: Iterable[EntryRow]) -> Iterator[Found]:
    """Closures of one day add up; of everything else one unit says one thing."""
    said = [row for row in days if row.kind is not DayKind.CLOSURE]
    for one, other in combinations(said, 2):
        is_same_place = (one.unit_key, one.day) == (other.unit_key, other.day)
        is_same_layer = (one.kind is DayKind.SERVED) == (other.kind is DayKind.SERVED)
        if is_same_place and is_same_layer:
            facts = {"name": one.name, "other": other.name}
            yield Found(Conflict.TWO_ENTRIES, one.day, facts)


def _swaps(days: Iterable[EntryRow], voices: Voices, calendar: Calendar) -> Iterator[Found]:
    pairs = {
        (row.unit_key, row.day, row.counterpart) for row in voices.entries if row.kind in SWAPPED
    }
    for row in days:
        if row.counterpart is None:
            if row.kind is DayKind.SWAP_OFF:
                yield _swap(Conflict.HALF_SWAP, row)
            continue
        if row.kind not in OFF and calendar.is_working(day_number(row.counterpart)):
            yield _swap(Conflict.NOT_OFF, row)
        elif row.kind in SWAPPED and (row.unit_key, row.counterpart, row.day) not in pairs:
            yield _swap(Conflict.HALF_SWAP, row)


def _swap(conflict: Conflict, row: EntryRow) -> Found:
    return Found(conflict, row.day, {"name": row.name, "counterpart": row.counterpart or "?"})


def _idle_closures(days: Iterable[EntryRow], calendar: Calendar, voices: Voices) -> Iterator[Found]:
    for row in days:
        if row.kind is not DayKind.CLOSURE:
            continue
        number = day_number(row.day)
        usual = (*open_before_closures(calendar, number), *_served(row.day, voices))
        if not usual or (row.spans and not _meet(row.spans, usual)):
            yield Found(Conflict.CLOSES_NOTHING, row.day, {"name": row.name})


def _served(day: date, voices: Voices) -> Iterator[tuple[int, int]]:
    """Time in which somebody may receive: nobody closes it in vain."""
    for row in voices.entries:
        if row.kind is DayKind.SERVED and row.day == day:
            yield from row.spans
    for week in voices.hours:
        if _is_served_on(week, day):
            yield from week.spans


def _is_served_on(row: HoursRow, day: date) -> bool:
    return row.is_service and row.weekday == day.weekday() and row.valid_from <= day


def _against_wider(days: Iterable[EntryRow], voices: Voices) -> Iterator[Found]:
    order = voices.order
    said = [row for row in days if row.kind not in (DayKind.CLOSURE, DayKind.SERVED)]
    for one, other in combinations(said, 2):
        if one.day != other.day or one.unit_key == other.unit_key:
            continue
        wide, narrow = sorted((one, other), key=lambda row: order.index(row.unit_key))
        if (wide.kind in OFF) != (narrow.kind in OFF):
            facts = {"name": narrow.name, "other": wide.name}
            yield Found(Conflict.AGAINST_WIDER, one.day, facts)


def _overlaps(days: Iterable[EntryRow], calendar: Calendar) -> Iterator[Found]:
    for row in days:
        is_served = row.kind is DayKind.SERVED
        if is_served and _meet(row.spans, calendar.spans_of(day_number(row.day))):
            yield Found(Conflict.OVERLAP, row.day, {"name": row.name})


def _meet(some: Spans, others: Spans) -> bool:
    return any(start < until and since < end for start, end in some for since, until in others)
