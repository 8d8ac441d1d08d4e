"""Pauses as the law sees them: put in order, merged, and cut where the count begins."""

from collections.abc import Iterable

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


Wait = tuple[Minute, Minute]
"""A merged pause [from, to); a running one ends at `FOR_EVER`."""


def merged(pauses: Iterable[Pause]) -> list[Wait]:
    """Pauses in order, touching and overlapping ones made one, empty ones dropped.

    Errors: PauseBackwards.
    """
    done: list[Wait] = []
    for from_at, to_at in sorted([_wait(one) for one in pauses]):
        if from_at == to_at:
            continue
        if done and from_at <= done[-1][1]:
            done[-1] = (done[-1][0], max(to_at, done[-1][1]))
        else:
            done.append((from_at, to_at))
    return done


def ended(pauses: Iterable[Pause], now: Minute) -> list[Pause]:
    """The same pauses, as if those that run ended now."""
    return [
        one if one.to_at is not None else one._replace(to_at=max(one.from_at, now))
        for one in pauses
    ]


def cut(waits: Iterable[Wait], at: Minute) -> list[Wait]:
    """Waits less everything before a moment."""
    return [(from_at if from_at > at else at, to_at) for from_at, to_at in waits if to_at > at]


def _wait(pause: Pause) -> Wait:
    from_at, to_at, _ = pause
    if to_at is None:
        return from_at, FOR_EVER
    if to_at < from_at:
        raise PauseBackwards(from_at=iso_minute(from_at), to_at=iso_minute(to_at))
    return from_at, to_at
