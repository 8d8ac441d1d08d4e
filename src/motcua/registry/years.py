"""A calendar as people read it: a year of days, and for each day who says what. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from motcua.kit.calendar import HOURS, Calendar, DayEntry, DayKind, Level, Spans
from motcua.kit.moments import Day, date_of, day_number, weekday_of
from motcua.registry.layers import EntryRow, HoursRow, Voices, level_of

MONTHS, WEEK = range(1, 13), range(7)
OFF = frozenset({DayKind.HOLIDAY, DayKind.OBSERVED, DayKind.SWAP_OFF})
_ONE_DAY = timedelta(days=1)


class DayState(StrEnum):
    """What a day is for whoever counts or comes to the counter."""

    OPEN = "open"
    PART = "part"
    WORKED = "worked"
    SERVED = "served"
    HOLIDAY = "holiday"
    OBSERVED = "observed"
    SWAP_OFF = "swap_off"
    CLOSURE = "closure"
    REST = "rest"


class Decree(StrEnum):
    """What the days of a year rest on: the yearly notice, a calculation, or nothing yet."""

    DECIDED = "decided"
    COMPUTED = "computed"
    MISSING = "missing"


class Says(StrEnum):
    """The layer a voice belongs to, in the order they are laid over each other."""

    HOURS = "hours"
    SERVICE = "service"
    ENTRY = "entry"
    SERVED = "served"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class DayView:
    """One day: what it is, its open and served time, and the name of what makes it special."""

    day: date
    state: DayState
    spans: Spans
    served: Spans
    name: str = ""

    @property
    def counts(self) -> bool:
        """Say whether it is a working day."""
        return bool(self.spans)


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month in weeks from Monday to Sunday; days of other months are None."""

    year: int
    number: int
    weeks: tuple[tuple[DayView | None, ...], ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class Voice:
    """What one unit says about a day in one layer. `holds`: it is heard, nothing overrides it.

    `unit_key` None is the nation. `since` is the first day of weekly hours; None is what holds
    where nobody says anything.
    """

    says: Says
    unit_key: str | None
    level: Level
    spans: Spans
    source: str
    legal_basis: str
    holds: bool
    kind: DayKind | None = None
    name: str = ""
    counterpart: date | None = None
    is_decided: bool = True
    since: date | None = None
    entry_id: int = 0


@dataclass(frozen=True, slots=True)
class WeekInForce:
    """The hours of a week from a day to a day of one year, with who said so."""

    first: date
    last: date
    week: tuple[Spans, ...]
    unit_key: str | None
    source: str
    legal_basis: str
    is_service: bool
    since: date | None = None  # their first day ever; none where nobody has set any


def decree_of(entries: Iterable[EntryRow], year: int) -> Decree:
    """Say what the days off of a year rest on: what the nation has entered of them."""
    days = [row for row in entries if row.is_of_the_nations_year]
    said = [row.is_decided for row in days if row.day.year == year]
    if not said:
        return Decree.MISSING
    return Decree.DECIDED if any(said) else Decree.COMPUTED


def knows_days_off(calendar: Calendar, day: Day) -> bool:
    """Say whether the calendar has any day off by entry in the year of a day."""
    year = date_of(day).year
    first, last = day_number(date(year, 1, 1)), day_number(date(year, 12, 31))
    days = range(max(first, calendar.first), min(last, calendar.last) + 1)
    entries = (calendar.entry_of(one) for one in days)
    return any(one is not None and one.kind in OFF for one in entries)


def months_of(calendar: Calendar, year: int) -> tuple[MonthView, ...]:
    """Give the twelve months of a year. Errors: BeyondCalendar."""
    return tuple(_month(calendar, year, number) for number in MONTHS)


def day_view(calendar: Calendar, day: date) -> DayView:
    """Give one day as it is shown. Errors: BeyondCalendar."""
    number = day_number(day)
    spans, served = calendar.spans_of(number), calendar.served_spans_of(number)
    state, by = _state(calendar, number)
    return DayView(day, state, spans, served, by.name if by else "")


def open_before_closures(calendar: Calendar, day: int) -> Spans:
    """Give the time a day would be open if nothing closed it."""
    hours, entry = calendar.hours_of(day), calendar.entry_of(day)
    if entry is None:
        return hours.spans[weekday_of(day)]
    if entry.kind in OFF:
        return ()
    return entry.spans or hours.spans[weekday_of(entry.counterpart or day)]


def _state(calendar: Calendar, day: int) -> tuple[DayState, DayEntry | None]:
    entry, closures = calendar.entry_of(day), calendar.closures_of(day)
    usual, spans = open_before_closures(calendar, day), calendar.spans_of(day)
    if spans and spans != usual:
        return DayState.PART, closures[-1]
    if spans:
        return (DayState.WORKED, entry) if entry is not None else (DayState.OPEN, None)
    if calendar.served_spans_of(day):
        return DayState.SERVED, entry
    if usual:
        return DayState.CLOSURE, closures[-1]
    if entry is not None:
        return DayState(entry.kind.value), entry
    return DayState.REST, None


def _month(calendar: Calendar, year: int, number: int) -> MonthView:
    first = date(year, number, 1)
    days: list[DayView | None] = [None] * first.weekday()
    day = first
    while day.month == number:
        days.append(day_view(calendar, day))
        day += _ONE_DAY
    days += [None] * (-len(days) % len(WEEK))
    weeks = tuple(tuple(days[at : at + len(WEEK)]) for at in range(0, len(days), len(WEEK)))
    return MonthView(year, number, weeks, sum(one.counts for one in days if one is not None))


# Who says what


def voices_on(voices: Voices, day: date) -> list[Voice]:
    """Give what every unit says about a day, layer by layer, the widest voice first."""
    heard = [row for row in _ordered(voices) if row.day == day]
    entries = [row for row in heard if row.kind not in (DayKind.SERVED, DayKind.CLOSURE)]
    served = [row for row in heard if row.kind is DayKind.SERVED]
    closures = [row for row in heard if row.kind is DayKind.CLOSURE]
    decides = entries[-1] if entries else None
    is_worked_for = decides is not None and decides.kind not in OFF and decides.counterpart
    like = decides.counterpart if is_worked_for and decides and decides.counterpart else day
    needs_hours = decides is None or not (decides.kind in OFF or decides.spans)
    needs_service = not served and (decides is None or decides.kind not in OFF)
    return [
        *_hour_voices(voices, day, Says.HOURS, like=like, is_needed=needs_hours),
        *(_voice(row, Says.ENTRY, voices, holds=row is decides) for row in entries),
        *_hour_voices(voices, day, Says.SERVICE, like=day, is_needed=needs_service),
        *(_voice(row, Says.SERVED, voices, holds=row is served[-1]) for row in served),
        *(_voice(row, Says.CLOSURE, voices, holds=True) for row in closures),
    ]


def weeks_in(voices: Voices, year: int) -> list[WeekInForce]:
    """Give the hours of weeks in force in a year, each from its first to its last day there."""
    return [
        *_weeks_in(voices, year, is_service=False),
        *_weeks_in(voices, year, is_service=True),
    ]


def _ordered(voices: Voices) -> Sequence[EntryRow]:
    """Entries in the order in which the later is heard over the earlier."""
    order = voices.order
    by_place = sorted(voices.entries, key=lambda row: order.index(row.unit_key))
    return sorted(by_place, key=lambda row: _level(voices, row.unit_key))


def _level(voices: Voices, unit_key: str | None) -> Level:
    return level_of(None if unit_key is None else voices.by_key[unit_key])


def _voice(row: EntryRow, says: Says, voices: Voices, *, holds: bool) -> Voice:
    return Voice(
        says=says,
        unit_key=row.unit_key,
        level=_level(voices, row.unit_key),
        spans=row.spans,
        source=row.source,
        legal_basis=row.legal_basis,
        holds=holds,
        kind=row.kind,
        name=row.name,
        counterpart=row.counterpart,
        is_decided=row.is_decided,
        entry_id=row.entry_id,
    )


_Week = list[HoursRow]


def _weeks_by_unit(voices: Voices, day: date, *, is_service: bool) -> list[_Week]:
    """The week each unit has on a day; the one that is heard comes last."""
    begun = [row for row in voices.hours if row.is_service is is_service and row.valid_from <= day]
    weeks = []
    for key in voices.order:
        own = [row for row in begun if row.unit_key == key]
        since = max((row.valid_from for row in own), default=None)
        if since is not None:
            weeks.append([row for row in own if row.valid_from == since])
    return sorted(weeks, key=lambda week: (_level(voices, week[0].unit_key), week[0].valid_from))


def _hour_voices(
    voices: Voices, day: date, says: Says, *, like: date, is_needed: bool
) -> list[Voice]:
    """What the weeks say; a swapped day takes the hours of the weekday it stands for (`like`)."""
    weeks = _weeks_by_unit(voices, day, is_service=says is Says.SERVICE)
    found = [
        Voice(
            says=says,
            unit_key=week[0].unit_key,
            level=_level(voices, week[0].unit_key),
            spans=_spans(week)[like.weekday()],
            source=week[0].source,
            legal_basis=week[0].legal_basis,
            holds=is_needed and week is weeks[-1],
            since=week[0].valid_from,
        )
        for week in weeks
    ]
    return found or ([_usual(like, is_needed)] if says is Says.HOURS else [])


def _usual(like: date, is_needed: bool) -> Voice:
    return Voice(
        Says.HOURS, None, Level.NATION, HOURS.spans[like.weekday()], "", "", holds=is_needed
    )


def _spans(week: _Week) -> tuple[Spans, ...]:
    by_day = {row.weekday: row.spans for row in week}
    return tuple(by_day.get(day, ()) for day in WEEK)


def _weeks_in(voices: Voices, year: int, *, is_service: bool) -> list[WeekInForce]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    turns = {row.valid_from for row in voices.hours if first < row.valid_from <= last}
    found: list[WeekInForce] = []
    for begins, ends in _stretches(first, last, sorted(turns)):
        weeks = _weeks_by_unit(voices, begins, is_service=is_service)
        said = _said(weeks[-1]) if weeks else None if is_service else (HOURS.spans, None, "", "")
        if said is None:
            continue
        since = weeks[-1][0].valid_from if weeks else None
        one = WeekInForce(begins, ends, *said, is_service, since)
        goes_on = bool(found) and _same_week(found[-1], one)
        found.append(replace(one, first=found.pop().first) if goes_on else one)
    return found


def _said(week: _Week) -> tuple[tuple[Spans, ...], str | None, str, str]:
    return _spans(week), week[0].unit_key, week[0].source, week[0].legal_basis


def _stretches(first: date, last: date, turns: Sequence[date]) -> Iterable[tuple[date, date]]:
    begins = [first, *turns]
    return zip(begins, [turn - _ONE_DAY for turn in turns] + [last], strict=True)


def _same_week(one: WeekInForce, other: WeekInForce) -> bool:
    return (one.week, one.unit_key, one.since) == (other.week, other.unit_key, other.since)
