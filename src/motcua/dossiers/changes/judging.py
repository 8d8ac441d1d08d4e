"""Which running dossiers move between two worlds. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from motcua.dossiers.rules.life import Life, Terms
from motcua.dossiers.rules.taking import counted_due
from motcua.kit.moments import Minute

from .counting import World
from .rows import Group, Longs, Rows
from .worlds import Worlds


class Judged(NamedTuple):
    """Of some rows: the places of those that move, where each then stands, and how many no rule
    can count.
    """

    places: Longs
    after: Longs
    uncounted: int


class Judge:
    """Counts rows under two worlds."""

    def __init__(self, worlds: Worlds) -> None:
        self._before, self._after = World(worlds.before), World(worlds.after)

    def judge(self, rows: Rows, groups: Sequence[Group]) -> Judged:
        """Say which rows move.

        One moves when the change itself makes its count another, and it does not stand there yet.
        One that stands elsewhere than the registry says (entered before this program, or while
        nobody moved it) stays unless the change touches it.
        """
        after, unclear = self._after.count(rows, groups)
        places = np.flatnonzero((after != rows.due) & ~unclear)
        if not len(places):
            return Judged(places, after[places], int(unclear.sum()))
        before, unknown = self._before.count(rows.only(places), groups)
        touched = (before != after[places]) & ~unknown
        uncounted = int(unclear.sum() + unknown.sum())
        return Judged(places[touched], after[places][touched], uncounted)


class Target(NamedTuple):
    """Where one dossier stands after the change, and where it is counted by the one world."""

    due_at: Minute | None
    before_at: Minute | None
    after_at: Minute | None


def target_of(life: Life, *, before: Terms, after: Terms) -> Target:
    """Give where one dossier stands after the change; where it stands now if nothing moves it.

    Errors: those of counting it.
    """
    was, now = counted_due(life, before), counted_due(life, after)
    return Target(life.due_at if was == now else now, was, now)
