"""The words of the clock: limits, pauses, extensions, and the rules that differ by place."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from motcua.kit.moments import Minute
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop


class LimitUnit(StrEnum):
    """What a time limit is counted in."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"


class StepUnit(StrEnum):
    """What the limit of one step is counted in: as a whole limit, or parts of a working day."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    HALF_DAY = "half_day"
    QUARTER_DAY = "quarter_day"


PARTS_OF_A_DAY = {StepUnit.HALF_DAY: 2, StepUnit.QUARTER_DAY: 4}
"""Into how many such parts a usual working day falls."""


class Supplement(StrEnum):
    """What a request to supplement does to the count."""

    PAUSES = "pauses"
    RESTARTS = "restarts"
    GOES_ON = "goes_on"


class Appointment(StrEnum):
    """At which moment of its last day a limit in days or months ends."""

    CLOSE = "close"
    SAME_TIME = "same_time"
    HALF_DAY = "half_day"
    FIXED_HOUR = "fixed_hour"


class PauseKind(StrEnum):
    """Why the clock waits: only a supplement obeys the supplement rule."""

    SUPPLEMENT = "supplement"
    OBLIGATION = "obligation"


class LimitTooSmall(Refused):
    """A limit that leaves no time."""

    message = gettext_noop(
        "A time limit of %(value)s is not possible. It must be 1 or more; work that is due"
        " within the day has the unit “same day”."
    )


class UnitUnknown(Refused):
    """A text that should be a unit of time limits is none."""

    message = gettext_noop("“%(text)s” is not a unit of time limits. Use one of: %(units)s.")


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as the procedure states it.

    `zone_extra` is the supplement for remote or difficult zones, in the same unit. A same-day
    limit ignores both numbers.
    """

    value: int
    unit: LimitUnit
    zone_extra: int = 0

    def __post_init__(self) -> None:
        """Refuse a limit that leaves no time. Errors: LimitTooSmall."""
        if self.unit is not LimitUnit.SAME_DAY:
            _check(self.value, self.zone_extra)

    @property
    def total(self) -> int:
        """The number counted: the limit with its zone supplement."""
        return self.value + self.zone_extra


@dataclass(frozen=True, slots=True)
class StepLimit:
    """The time limit of one step of a procedure."""

    value: int
    unit: StepUnit

    def __post_init__(self) -> None:
        """Refuse a limit that leaves no time. Errors: LimitTooSmall."""
        if self.unit is not StepUnit.SAME_DAY:
            _check(self.value, 0)


class Pause(NamedTuple):
    """A stretch [from_at, to_at) in which the clock waits; without `to_at` it still runs."""

    from_at: Minute
    to_at: Minute | None
    kind: PauseKind = PauseKind.SUPPLEMENT


class Extension(NamedTuple):
    """A new fixed due moment, granted once with an apology."""

    granted_at: Minute
    due_at: Minute


class Due(NamedTuple):
    """What a count ends in.

    `due_at` is None while a pause runs that the count obeys; then `projected_at` is the due
    moment if the pause ended now. `original_due_at` knows no pause and no extension.
    The day of `effective_at` is day 0.
    """

    due_at: Minute | None
    projected_at: Minute | None
    original_due_at: Minute
    effective_at: Minute


@dataclass(frozen=True, slots=True)
class ClockRules:
    """What differs by procedure, channel, case and province.

    Units: `fixed_hour`, `same_day_cut_off` and `cut_off` in minutes since midnight.
    `hours_are_days` turns a limit in working hours that fills whole working days into days.
    """

    supplement: Supplement = Supplement.PAUSES
    appointment: Appointment = Appointment.CLOSE
    fixed_hour: int = 17 * 60
    same_day_cut_off: int = 15 * 60
    cut_off: int | None = None
    hours_are_days: bool = False


def limit_unit(text: str) -> LimitUnit:
    """The unit a text names.

    Errors: UnitUnknown.
    """
    try:
        return LimitUnit(text.strip())
    except ValueError:
        raise UnitUnknown(text=text, units=", ".join(LimitUnit)) from None


def _check(value: int, extra: int) -> None:
    if value < 1 or extra < 0:
        raise LimitTooSmall(value=min(value, extra) if extra < 0 else value)
