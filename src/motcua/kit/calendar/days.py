"""What is said about a week or a day, by whom and on what legal basis."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from motcua.kit.moments import Day, clock_text
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

Span = tuple[int, int]
"""An open stretch of one day, [start, end) in minutes since midnight."""
Spans = tuple[Span, ...]

LAST_CLOCK = 23 * 60 + 59
_ALWAYS = -(10**6)


class Level(IntEnum):
    """Who decides; a higher number overrides a lower one on the same day."""

    NATION = 0
    PROVINCE = 1
    COMMUNE = 2


class DayKind(StrEnum):
    """What a day entry says; the first four are the words of the yearly decree."""

    HOLIDAY = "holiday"
    OBSERVED = "observed"
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"
    WORKED = "worked"
    SERVED = "served"
    CLOSURE = "closure"
    WEEKLY_REST = "weekly_rest"


class SpanUnclear(Refused):
    """Opening hours that cannot be."""

    message = gettext_noop(
        "Opening hours from %(start)s to %(end)s are not possible. They must begin before they"
        " end and lie between 00:00 and 23:59."
    )


class WorkedDayWithoutHours(Refused):
    """A day is said to be worked, but no hours can be found for it."""

    message = gettext_noop(
        "%(day)s is to be worked, but nothing says at which hours. Name the day it is swapped"
        " with, or the hours."
    )


def tidy(spans: Iterable[Span]) -> Spans:
    """The same open time in order, with touching and overlapping spans made one.

    Errors: SpanUnclear.
    """
    done: list[Span] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= LAST_CLOCK:
            raise SpanUnclear(start=clock_text(start), end=clock_text(end))
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return tuple(done)


@dataclass(frozen=True, slots=True)
class Hours:
    """The open spans of each day of the week, Monday first, in a period.

    Also used for service hours, in which the counter receives though the day may not count.
    """

    spans: tuple[Spans, ...]
    since: Day = _ALWAYS
    until: Day | None = None
    level: Level = Level.NATION
    source: str = ""
    legal_basis: str = ""

    def __post_init__(self) -> None:
        """Put the spans of each day in order. Errors: SpanUnclear."""
        object.__setattr__(self, "spans", tuple(tidy(one) for one in self.spans))

    @property
    def is_from_ever(self) -> bool:
        """Whether no first day is known."""
        return self.since == _ALWAYS

    def holds_on(self, day: Day) -> bool:
        """Whether these hours are in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What one source says about one day.

    `spans`: the open hours of a worked day, the served hours of a served one, the closed part
    of a closure (none: the whole day). `counterpart` is the day a swap exchanges it with: a
    worked Saturday takes the hours of its counterpart's weekday.
    """

    day: Day
    kind: DayKind
    spans: Spans = ()
    name: str = ""
    counterpart: Day | None = None
    source: str = ""
    level: Level = Level.NATION
    legal_basis: str = ""

    def __post_init__(self) -> None:
        """Put the spans in order. Errors: SpanUnclear."""
        object.__setattr__(self, "spans", tidy(self.spans))


def week(monday_to_friday: Spans, *, saturday: Spans = (), sunday: Spans = ()) -> tuple[Spans, ...]:
    """The spans of a week whose five working days are alike."""
    return (monday_to_friday,) * 5 + (saturday, sunday)


HOURS = Hours(spans=week(((450, 690), (810, 1050))))
"""Monday to Friday 07:30–11:30 and 13:30–17:30: what holds where nothing else is said."""


def without(spans: Spans, closed: Span) -> Spans:
    """Open time less one closed stretch."""
    left: list[Span] = []
    for start, end in spans:
        if start < min(end, closed[0]):
            left.append((start, min(end, closed[0])))
        if max(start, closed[1]) < end:
            left.append((max(start, closed[1]), end))
    return tuple(left)
