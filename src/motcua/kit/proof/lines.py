"""The lines of a proof: what a person would write down to count a time limit by hand.

Names ending in `_at` are local minutes, in `_on` local days, in `_clock` minutes since midnight.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from motcua.kit.calendar import Spans
from motcua.kit.moments import Day, Minute


class Why(StrEnum):
    """Why a receipt counts from the moment it counts from."""

    OPEN = "open"
    SERVICE = "service"
    BEFORE_HOURS = "before_hours"
    BETWEEN_HOURS = "between_hours"
    AFTER_HOURS = "after_hours"
    CLOSED_DAY = "closed_day"
    CUT_OFF = "cut_off"


class Fate(StrEnum):
    """What becomes of a day: part of the limit, left out, or a day the clock waits."""

    COUNTED = "counted"
    SKIPPED = "skipped"
    WAITED = "waited"


class Told(StrEnum):
    """What a pause does to this count."""

    STOPS = "stops"
    RESTARTS = "restarts"
    GOES_ON = "goes_on"
    EMPTY = "empty"


class Passed(StrEnum):
    """Why a pause moves nothing."""

    BEFORE_COUNT = "before_count"
    BEFORE_EXTENSION = "before_extension"
    AFTER_DUE = "after_due"


class Place(StrEnum):
    """Where on its last day a count ends."""

    CLOSE = "close"
    SAME_TIME = "same_time"
    HALF_DAY = "half_day"
    FIXED_HOUR = "fixed_hour"
    MINUTES = "minutes"
    APPOINTED = "appointed"


@dataclass(frozen=True, slots=True)
class Because:
    """Who says why a day is open, closed or served; `kind` is a day kind, "hours" or "service"."""

    kind: str
    name: str
    level: str
    source: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a count; each kind of step is a class of its own."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Received(Line):
    """The moment of receipt, as it was noted."""

    kind: ClassVar[str] = "received"
    received_at: Minute


@dataclass(frozen=True, slots=True)
class Limited(Line):
    """The limit that is counted."""

    kind: ClassVar[str] = "limit"
    value: int
    zone_extra: int
    unit: str


@dataclass(frozen=True, slots=True)
class AsDays(Line):
    """A limit in working hours taken as whole working days."""

    kind: ClassVar[str] = "hours_as_days"
    hours: int
    day_minutes: int
    days: int


@dataclass(frozen=True, slots=True)
class AsMinutes(Line):
    """Half or quarter days taken as open minutes of a usual working day."""

    kind: ClassVar[str] = "parts_as_minutes"
    value: int
    parts: int
    day_minutes: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Mode(Line):
    """A rule of place, procedure or channel that this count obeys."""

    kind: ClassVar[str] = "mode"
    name: str
    value: str
    at_clock: int | None = None


@dataclass(frozen=True, slots=True)
class Effective(Line):
    """The moment a receipt counts from; its day is day 0."""

    kind: ClassVar[str] = "effective"
    effective_at: Minute
    why: Why
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class OneDay(Line):
    """A day walked over. `number`: its running number, where it has one."""

    kind: ClassVar[str] = "day"
    day_on: Day
    fate: Fate
    number: int | None
    because: tuple[Because, ...]
    is_decided: bool


@dataclass(frozen=True, slots=True)
class OpenTime(Line):
    """The open minutes of one day that are counted; `total` with those of the days before."""

    kind: ClassVar[str] = "open_time"
    day_on: Day
    fate: Fate
    spans: Spans
    minutes: int
    total: int
    because: tuple[Because, ...]
    is_decided: bool


@dataclass(frozen=True, slots=True)
class SameDay(Line):
    """The day a same-day limit ends on."""

    kind: ClassVar[str] = "same_day"
    day_on: Day
    is_next: bool


@dataclass(frozen=True, slots=True)
class Unrolled(Line):
    """A day found by the calendar alone; `is_clamped`: its month is too short for the same date."""

    kind: ClassVar[str] = "unrolled"
    from_on: Day
    count: int
    unit: str
    day_on: Day
    is_clamped: bool


@dataclass(frozen=True, slots=True)
class Rolled(Line):
    """The next working day, where a count would end on a day that is none."""

    kind: ClassVar[str] = "rolled"
    day_on: Day


@dataclass(frozen=True, slots=True)
class Stands(Line):
    """The due moment as it stands after the lines so far.

    `because`: what closes a part of its day.
    """

    kind: ClassVar[str] = "stands"
    due_at: Minute
    place: Place
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class PauseTold(Line):
    """A pause as it was recorded."""

    kind: ClassVar[str] = "pause"
    from_at: Minute
    to_at: Minute | None
    pause_kind: str
    told: Told


@dataclass(frozen=True, slots=True)
class Merged(Line):
    """Touching or overlapping pauses taken as one."""

    kind: ClassVar[str] = "merged"
    from_at: Minute
    to_at: Minute | None
    pauses: int


@dataclass(frozen=True, slots=True)
class Cut(Line):
    """A pause that began before the count, and is counted from its beginning only."""

    kind: ClassVar[str] = "cut"
    from_at: Minute
    to_at: Minute | None
    since_at: Minute


@dataclass(frozen=True, slots=True)
class PassedOver(Line):
    """A pause that moves nothing."""

    kind: ClassVar[str] = "passed_over"
    from_at: Minute
    to_at: Minute | None
    why: Passed


@dataclass(frozen=True, slots=True)
class Waits(Line):
    """A pause that counts: it begins before the due moment as it stands."""

    kind: ClassVar[str] = "waits"
    from_at: Minute
    to_at: Minute | None
    due_at: Minute


@dataclass(frozen=True, slots=True)
class Moved(Line):
    """By how much a pause moves the count."""

    kind: ClassVar[str] = "moved"
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Restarted(Line):
    """A supplement that lets the count begin anew when it is complete."""

    kind: ClassVar[str] = "restarted"
    asked_at: Minute
    completed_at: Minute


@dataclass(frozen=True, slots=True)
class Extended(Line):
    """A new appointment that stands instead of the count."""

    kind: ClassVar[str] = "extended"
    granted_at: Minute
    due_at: Minute


@dataclass(frozen=True, slots=True)
class IfResumed(Line):
    """From here on: what would hold if the running pause ended now."""

    kind: ClassVar[str] = "if_resumed"
    now_at: Minute


@dataclass(frozen=True, slots=True)
class End(Line):
    """What the count ends in; no due moment while a pause runs."""

    kind: ClassVar[str] = "due"
    due_at: Minute | None
    projected_at: Minute | None
