"""Random worlds for the clock: calendars with everything in them, receipts, limits, pauses."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, Level, Spans, week
from motcua.kit.clock import (
    Appointment,
    ClockRules,
    Extension,
    Limit,
    LimitUnit,
    Pause,
    PauseKind,
    Supplement,
)
from tests.kit.reference import PlainCalendar

FIRST = 20454  # 1 January 2026
LENGTH = 150
LAST = FIRST + LENGTH - 1
A_DAY = 1440

OFFICE: Spans = ((450, 690), (810, 1050))
WEEKS = (
    week(OFFICE),
    week(OFFICE, saturday=((450, 690),)),
    week(((420, 690), (780, 1020)), saturday=((420, 660),), sunday=((480, 540),)),
    week(((480, 1020),)),
    week(((450, 570), (600, 690), (810, 1050))),
    (OFFICE, (), OFFICE, (), ((450, 690),), (), ()),
)
SERVICE = (
    week(((690, 810),), saturday=((450, 690),)),
    week(((390, 1140),), saturday=((450, 1050),), sunday=((450, 690),)),
)
PARTS: tuple[Spans, ...] = (
    ((450, 690),),
    ((810, 1050),),
    ((500, 501),),
    ((600, 900), (1000, 1039)),
    (),
)

days = st.integers(FIRST, LAST)
levels = st.sampled_from(Level)
moments = st.one_of(
    st.integers(FIRST * A_DAY, (FIRST + 60) * A_DAY),
    st.builds(
        lambda day, clock: day * A_DAY + clock,
        st.integers(FIRST, FIRST + 60),
        st.sampled_from((0, 449, 450, 690, 809, 810, 900, 1049, 1050, 1051, 1439)),
    ),
)
units = st.sampled_from(LimitUnit)
limits = st.one_of(
    st.builds(Limit, st.integers(1, 30), units, st.integers(0, 3)),
    st.builds(Limit, st.sampled_from((8, 16, 40)), st.just(LimitUnit.WORKING_HOUR)),
    st.builds(Limit, st.integers(1, 3), st.just(LimitUnit.MONTH)),
)
clock_rules = st.builds(
    ClockRules,
    supplement=st.sampled_from(Supplement),
    appointment=st.sampled_from(Appointment),
    fixed_hour=st.sampled_from((510, 690, 990)),
    same_day_cut_off=st.sampled_from((900, 660, 450)),
    cut_off=st.sampled_from((None, None, 900, 690)),
    hours_are_days=st.booleans(),
)


def extensions(near: int) -> st.SearchStrategy[Extension | None]:
    """Perhaps an extension, granted soon after a moment."""
    soon = st.integers(-A_DAY, 20 * A_DAY)
    granted = st.builds(
        lambda after, by: Extension(near + after, near + after + by),
        soon,
        st.integers(1, 40 * A_DAY),
    )
    return st.one_of(st.none(), granted)


@st.composite
def entries(draw: st.DrawFn) -> DayEntry:
    """Anything one source may say about one day."""
    kind = draw(st.sampled_from([kind for kind in DayKind if kind is not DayKind.WEEKLY_REST]))
    spans: Spans = ()
    counterpart = None
    if kind is DayKind.SWAP_WORK:
        counterpart = draw(days.filter(lambda day: (day + 3) % 7 in (0, 2, 4)))
    if kind in (DayKind.WORKED, DayKind.SERVED):
        spans = draw(st.sampled_from(PARTS[:-1]))
    if kind is DayKind.CLOSURE:
        spans = draw(st.sampled_from(PARTS))
    return DayEntry(draw(days), kind, spans, counterpart=counterpart, level=draw(levels))


@st.composite
def hours(draw: st.DrawFn, weeks: tuple[tuple[Spans, ...], ...]) -> Hours:
    """Weekday hours of some level, for some time or for ever."""
    since = draw(days)
    until = draw(st.one_of(st.none(), st.integers(since, LAST)))
    return Hours(draw(st.sampled_from(weeks)), since, until, draw(levels))


@st.composite
def pauses(draw: st.DrawFn, near: int) -> Pause:
    """A short or long pause soon after a moment, sometimes one that still runs."""
    from_at = near + draw(st.one_of(st.integers(-A_DAY, 20 * A_DAY), st.integers(-60, 3 * A_DAY)))
    lasts = st.one_of(
        st.sampled_from((0, 60, A_DAY)), st.integers(0, 300), st.integers(0, 12 * A_DAY)
    )
    to_at = None if draw(st.integers(0, 9)) == 0 else from_at + draw(lasts)
    return Pause(from_at, to_at, draw(st.sampled_from(PauseKind)))


@dataclass(frozen=True)
class World:
    """The same calendar twice: the one under test and the plain one."""

    calendar: Calendar
    plain: PlainCalendar


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A calendar with random layers."""
    layers: dict[str, Any] = {
        "hours": draw(st.lists(hours(WEEKS), max_size=3)),
        "entries": draw(st.lists(entries(), max_size=25)),
        "service": draw(st.lists(hours(SERVICE), max_size=1)),
    }
    return World(
        Calendar.build(first=FIRST, last=LAST, **layers),
        PlainCalendar(first=FIRST, last=LAST, **layers),
    )


@dataclass(frozen=True)
class Case:
    """One question to the clock."""

    world: World
    received: int
    limit: Limit
    rules: ClockRules
    pauses: list[Pause]
    extension: Extension | None = None


@st.composite
def cases(draw: st.DrawFn, *, with_pauses: bool = True, with_extension: bool = False) -> Case:
    """Random questions to the clock."""
    received = draw(moments)
    return Case(
        world=draw(worlds()),
        received=received,
        limit=draw(limits),
        rules=draw(clock_rules),
        pauses=draw(st.lists(pauses(received), min_size=1, max_size=4)) if with_pauses else [],
        extension=draw(extensions(received)) if with_extension else None,
    )
