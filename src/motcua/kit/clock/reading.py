"""Limits and pauses as people and files write them."""

import re

from motcua.kit.clock.terms import Limit, LimitUnit, Pause, limit_unit
from motcua.kit.moments import from_iso_minute
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)


class LimitUnclear(Refused):
    """A text that should be the number of a limit is none."""

    message = gettext_noop(
        "“%(text)s” is not a time limit. Write a whole number, for example 10, and the unit apart."
    )


class SameDayHasNoNumber(Refused):
    """A limit of the same day with a number that says something else."""

    message = gettext_noop(
        "A limit within the day has the number 0, not %(value)s. Correct the number or the unit."
    )


class PauseUnclear(Refused):
    """A text that should be a pause is none."""

    message = gettext_noop(
        "“%(text)s” is not a pause. Write two moments with a slash between, for example"
        " 2026-11-24T08:00/2026-11-26T08:00; leave out the second while the pause still runs."
    )


def limit_of(number: str, unit: str) -> Limit:
    """The limit that a number and a unit name; for the same day 0, 1 or nothing.

    Errors: UnitUnknown, LimitUnclear, LimitTooSmall, SameDayHasNoNumber.
    """
    known, text = limit_unit(unit), number.strip()
    if known is LimitUnit.SAME_DAY and not text:
        return Limit(0, known)
    if _WHOLE.fullmatch(text) is None:
        raise LimitUnclear(text=number)
    value = int(text)
    if known is LimitUnit.SAME_DAY and value not in (0, 1):
        raise SameDayHasNoNumber(value=value)
    return Limit(value, known)


def pauses_of(text: str) -> list[Pause]:
    """The pauses written `A/B;C/D`; `A/` while one still runs.

    Errors: PauseUnclear, MomentUnclear.
    """
    return [_pause(one) for one in text.split(";") if one.strip()]


def _pause(text: str) -> Pause:
    from_at, slash, to_at = text.strip().partition("/")
    if not slash or not from_at:
        raise PauseUnclear(text=text.strip())
    return Pause(from_iso_minute(from_at), from_iso_minute(to_at) if to_at.strip() else None)
