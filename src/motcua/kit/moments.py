"""Moments as whole local minutes, days as whole numbers: what every legal count is made of.

Units: `Minute` is minutes since 1970-01-01T00:00 local time, `Day` is days since 1970-01-01.
Viet Nam keeps +07:00 the whole year, so a minute and a local clock time are the same thing.
"""

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

Minute = int
Day = int

DAY_MINUTES = 1440
LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=LOCAL)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_THURSDAY = 3
_ISO = re.compile(
    r"((?:19|20|21)\d\d)-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?", re.ASCII
)
_ISO_DAY = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d", re.ASCII)
_CLOCKS = {
    f"{separator}{clock // 60:02}:{clock % 60:02}": clock
    for separator in "T "
    for clock in range(DAY_MINUTES)
}


class MomentUnclear(Refused):
    """A text that should be a local moment is none."""

    message = gettext_noop(
        "“%(text)s” is not a moment. Write it as year-month-dayThour:minute in local time,"
        " for example 2026-11-24T08:00; years from 1900 to 2199."
    )


class DayUnclear(Refused):
    """A text that should be a day is none."""

    message = gettext_noop(
        "“%(text)s” is not a day. Write it as year-month-day, for example 2026-11-24; years"
        " from 1900 to 2199."
    )


def minute_of(moment: datetime) -> Minute:
    """The local minute a moment lies in; seconds are dropped.

    Errors: TypeError for a moment without a time zone (a bug, never a refusal).
    """
    return (moment - _EPOCH) // _MINUTE


def moment_of(minute: Minute) -> datetime:
    """The first second of a local minute."""
    return _EPOCH + timedelta(minutes=minute)


def is_past(due: datetime, at: datetime) -> bool:
    """Whether a due moment is past: only from the minute after it, seconds are dropped."""
    return minute_of(at) > minute_of(due)


def day_of(minute: Minute) -> Day:
    """The local day a minute lies in."""
    return minute // DAY_MINUTES


def clock_of(minute: Minute) -> int:
    """Minutes since the local midnight before it."""
    return minute % DAY_MINUTES


def at_clock(day: Day, clock: int = 0) -> Minute:
    """The minute of a day at a clock time.

    Units: `clock` in minutes since midnight.
    """
    return day * DAY_MINUTES + clock


def day_number(value: date) -> Day:
    """The number of a date."""
    return value.toordinal() - _EPOCH_ORDINAL


def date_of(day: Day) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _EPOCH_ORDINAL)


def weekday_of(day: Day) -> int:
    """The day of the week, Monday 0 to Sunday 6."""
    return (day + _THURSDAY) % 7


def iso_minute(minute: Minute) -> str:
    """A minute as text, `2026-11-24T08:00`, local and without offset."""
    day, clock = divmod(minute, DAY_MINUTES)
    hour, rest = divmod(clock, 60)
    return f"{date_of(day).isoformat()}T{hour:02}:{rest:02}"


def from_iso_minute(text: str) -> Minute:
    """The minute a text names; seconds are dropped, an offset is not understood.

    Files name the same days again and again, so each is read once.
    Errors: MomentUnclear.
    """
    clock = _CLOCKS.get(text[len("2026-11-24") :])
    if clock is not None and (midnight := _midnight(text[: len("2026-11-24")])) is not None:
        return midnight + clock
    return _from_iso_minute(text)


def _from_iso_minute(text: str) -> Minute:
    found = _ISO.fullmatch(text.strip())
    if found is None:
        raise MomentUnclear(text=text)
    year, month, day, hour, minute = map(int, found.groups())
    try:
        moment = datetime(year, month, day, hour, minute, tzinfo=LOCAL)
    except ValueError:
        raise MomentUnclear(text=text) from None
    return minute_of(moment)


@lru_cache(maxsize=1 << 14)
def _midnight(text: str) -> Minute | None:
    found = _ISO_DAY.fullmatch(text)
    try:
        return None if found is None else day_number(date.fromisoformat(text)) * DAY_MINUTES
    except ValueError:
        return None


def from_iso_day(text: str) -> Day:
    """The day a text names, `2026-11-24`.

    Errors: DayUnclear.
    """
    stripped = text.strip()
    if _ISO_DAY.fullmatch(stripped) is None:
        raise DayUnclear(text=text)
    try:
        return day_number(date.fromisoformat(stripped))
    except ValueError:
        raise DayUnclear(text=text) from None


def clock_text(clock: int) -> str:
    """A clock time as text, `07:30`."""
    return f"{clock // 60:02}:{clock % 60:02}"


def day_text(day: Day) -> str:
    """A day as it is written in Viet Nam, `24/11/2026`."""
    return date_of(day).strftime("%d/%m/%Y")
