"""What can be asked of the facts: a period, a place, a cut. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from motcua.kit.moments import Minute, date_of, day_of
from motcua.kit.periods import Period
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

EARLIEST = date(1900, 1, 1)


class By(StrEnum):
    """What the rows of an answer stand for."""

    UNIT = "unit"
    FIELD = "field"
    PROCEDURE = "procedure"
    CHANNEL = "channel"
    MONTH = "month"


class Boundaries(StrEnum):
    """Under which units a dossier is counted: those of its day, or those of today."""

    AS_THEN = "as_then"
    AS_NOW = "as_now"


class TooEarly(Refused):
    """A period no dossier can lie in."""

    message = gettext_noop("The period begins before %(earliest)s. Choose a later first day.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which dossiers are counted. An empty text or None leaves a dimension open.

    `units` are the keys that count; who asks for a unit means all below it, too, and lists them.
    Under the boundaries of now they are units of the run date.
    """

    period: Period
    now: Minute
    units: tuple[str, ...] | None = None
    field: str = ""
    procedure: str = ""
    channel: str = ""
    place: str = ""
    weekday: int | None = None  # of receipt, Monday 0
    hour: int | None = None  # of receipt, 0 to 23
    boundaries: Boundaries = Boundaries.AS_THEN

    @classmethod
    def of(cls, period: Period, *, now: Minute, units: tuple[str, ...] | None = None) -> Self:
        """Ask for a period as a whole.

        Errors: TooEarly.
        """
        if period.first < EARLIEST:
            raise TooEarly(earliest=EARLIEST.strftime("%d/%m/%Y"))
        return cls(period, now, units)

    @property
    def run_on(self) -> date:
        """Give the day whose units count under the boundaries of now."""
        return date_of(day_of(self.now))

    @property
    def minutes(self) -> dict[str, Minute]:
        """Give the minutes the conditions speak of."""
        return minutes_of(self.period, now=self.now)


def minutes_of(period: Period, *, now: Minute) -> dict[str, Minute]:
    """Give the first and last minute of a period and the last one before it; none after now."""
    until = min(period.until - 1, now)
    return {"since": period.since, "until": until, "before": min(period.since - 1, until)}
