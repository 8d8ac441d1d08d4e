"""Pauses as the law sees them: put in order, merged, and cut where the count begins."""

from collections.abc import Iterable
from typing import NamedTuple

from motcua.kit.clock.terms import Pause
from motcua.kit.moments import Minute, iso_minute
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

FOR_EVER = 10**15
"""The end of a pause that still runs: later than any moment of a calendar."""


class PauseBackwards(Refused):
    """A pause that ends before it begins."""

    message = gettext_noop(
        "The pause from %(from_at)s to %(to_at)s ends before it begins. Correct one of the two"
        " moments."
    )


class Wait(NamedTuple):
    """A merged pause; a running one ends at `FOR_EVER`."""

    from_at: Minute
    to_at: Minute


def merged(pauses: Iterable[Pause]) -> list[Wait]:
    """Pauses in order, touching and overlapping ones made one, empty ones dropped.

    Errors: PauseBackwards.
    """
    done: list[Wait] = []
    for from_at, to_at in sorted((one.from_at, _end(one)) for one in pauses):
        if from_at == to_at:
            continue
        if done and from_at <= done[-1].to_at:
            done[-1] = Wait(done[-1].from_at, max(to_at, done[-1].to_at))
        else:
            done.append(Wait(from_at, to_at))
    return done


def cut(waits: Iterable[Wait], at: Minute) -> list[Wait]:
    """Waits less everything before a moment."""
    return [Wait(max(one.from_at, at), one.to_at) for one in waits if one.to_at > at]


def _end(pause: Pause) -> Minute:
    if pause.to_at is None:
        return FOR_EVER
    if pause.to_at < pause.from_at:
        raise PauseBackwards(from_at=iso_minute(pause.from_at), to_at=iso_minute(pause.to_at))
    return pause.to_at
