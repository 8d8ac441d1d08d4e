"""Pauses of many rows: put in order, merged, cut, and gone through one after the other."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motcua.kit.clock.batch.counts import Count
from motcua.kit.clock.batch.parts import Longs
from motcua.kit.clock.batch.shapes import FARTHEST

FOR_EVER = 1 << 31
"""The end of a pause that still runs: later than any moment of a batch."""
NO_MOMENT = -(1 << 31)
"""No due moment because a pause runs; before every moment, so that no pause moves it."""
_ROW = 1 << 33
"""Larger than any moment, shifted to be positive: keeps the rows apart in one sort."""


class Waits(NamedTuple):
    """Pauses [from_at, to_at) by their owner, a row; a running one ends at `FOR_EVER`.

    Shape: three arrays, one entry a pause.
    """

    owner: Longs
    from_at: Longs
    to_at: Longs

    def only(self, these: NDArray[np.bool_]) -> "Waits":
        """Some of the pauses."""
        return Waits(self.owner[these], self.from_at[these], self.to_at[these])


def clipped(owner: Longs, from_at: Longs, to_at: Longs) -> Waits:
    """The pauses with moments that fit a batch.

    What is farther lies outside every calendar either way, and farther than any count reaches.
    """
    ends = np.where(to_at == NO_MOMENT, FOR_EVER, np.clip(to_at, -FARTHEST, FARTHEST))
    return Waits(owner, np.clip(from_at, -FARTHEST, FARTHEST), ends)


def merged(waits: Waits) -> Waits:
    """The pauses of each row in order, touching and overlapping ones made one, empty ones dropped.

    A running maximum of the ends, with the row above the moment in one number, says how far the
    pauses before have covered the row.
    """
    waits = waits.only(waits.from_at != waits.to_at)
    if not len(waits.owner):
        return waits
    begins = waits.owner * _ROW + (waits.from_at + FARTHEST)
    order = np.argsort(begins, kind="stable")
    begins = begins[order]
    covered = np.maximum.accumulate(waits.owner[order] * _ROW + (waits.to_at[order] + FARTHEST))
    is_new = np.ones(len(order), np.bool_)
    # A pause of a later row lies above all that is covered in earlier ones.
    is_new[1:] = begins[1:] > covered[:-1]
    firsts = np.flatnonzero(is_new)
    lasts = np.append(firsts[1:], len(order)) - 1
    owner = waits.owner[order][firsts]
    return Waits(owner, waits.from_at[order][firsts], covered[lasts] - owner * _ROW - FARTHEST)


def cut(waits: Waits, at: Longs) -> Waits:
    """The pauses less everything before a moment of each row."""
    begun = at[waits.owner]
    left = waits.only(waits.to_at > begun)
    return left._replace(from_at=np.maximum(left.from_at, at[left.owner]))


def go_through(count: Count, waits: Waits) -> None:
    """Let each row wait, pause by pause, while pauses begin before its due moment.

    A due moment that a running pause leaves open becomes `NO_MOMENT`.
    """
    rank = _rank(waits.owner)
    for turn in range(int(rank.max(initial=-1)) + 1):
        owner, from_at, to_at = waits.only(rank == turn)
        counts = from_at < count.due[owner]
        runs = counts & (to_at == FOR_EVER)
        count.due[owner[runs]] = NO_MOMENT
        moves = counts & ~runs
        if moves.any():
            count.wait(owner[moves], from_at[moves], to_at[moves])


def _rank(owner: Longs) -> Longs:
    """Which pause of its row each one is; `owner` is in order."""
    places = np.arange(len(owner))
    is_first = np.ones(len(owner), np.bool_)
    is_first[1:] = owner[1:] != owner[:-1]
    return np.asarray(places - np.maximum.accumulate(np.where(is_first, places, 0)))
