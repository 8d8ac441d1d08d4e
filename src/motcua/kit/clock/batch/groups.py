"""Rows of one unit and one set of rules, counted together."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motcua.kit.clock.batch.asked import KINDS, REFUSALS, Asked, Dues, Problem, by_row
from motcua.kit.clock.batch.counts import OUT, Receipts, begin, effective_receipts
from motcua.kit.clock.batch.parts import Longs
from motcua.kit.clock.batch.pauses import NO_MOMENT, Waits, clipped, cut, go_through, merged
from motcua.kit.clock.batch.shapes import FARTHEST
from motcua.kit.clock.batch.tables import Which
from motcua.kit.clock.due import due_of
from motcua.kit.clock.terms import ClockRules, Limit, LimitUnit, Pause, PauseKind, Supplement
from motcua.kit.refusals import Refused

_SUPPLEMENT = KINDS.index(PauseKind.SUPPLEMENT)
Flags = NDArray[np.bool_]


class Stops(NamedTuple):
    """The pauses of a group by the place of their row in it.

    Shape: by row `is_backwards` (one of its pauses ends before it begins) and `is_restarting`
    (a supplement restarts its count).
    """

    waits: Waits
    is_backwards: Flags
    is_restarting: Flags


@dataclass(frozen=True, slots=True)
class Group:
    """Some rows of a batch that have one unit and one set of rules.

    Shape: `rows` (their places in the batch, in order), `limit` (≥ 1) and `which` by row.
    """

    asked: Asked
    rows: Longs
    limit: Longs
    unit: LimitUnit
    rules: ClockRules

    def answer(self, dues: Dues) -> None:
        """Write the answers of these rows."""
        which = self._which()
        effective_at = effective_receipts(
            self.asked.tables, which, self._received(), unit=self.unit, rules=self.rules
        )
        receipts = Receipts(self.asked.tables, which, effective_at)
        count = begin(receipts, self.limit, self.unit, self.rules)
        original = count.due
        problem = np.where(original == OUT, Problem.BEYOND_CALENDAR, Problem.NONE)
        stops = self._stops()
        if stops is not None:
            problem[stops.is_backwards & (original != OUT)] = Problem.PAUSE_BACKWARDS
            count.due = original.copy()
            waits = stops.waits.only((problem == Problem.NONE)[stops.waits.owner])
            go_through(count, cut(merged(waits), effective_at))
            problem[(count.due == OUT) & (problem == Problem.NONE)] = Problem.BEYOND_CALENDAR
        is_good = problem == Problem.NONE
        dues.effective_at[self.rows] = np.where(is_good, effective_at, NO_MOMENT)
        dues.original_due_at[self.rows] = np.where(is_good, original, NO_MOMENT)
        dues.due_at[self.rows] = np.where(is_good, count.due, NO_MOMENT)
        dues.problem[self.rows] = problem
        if stops is not None:
            for place in np.flatnonzero(stops.is_restarting):
                self._answer_alone(int(place), dues)

    def _which(self) -> Which:
        which = self.asked.which
        return which if isinstance(which, int) else by_row(which, self.rows)

    def _received(self) -> Longs:
        received = self.asked.received_at[self.rows]
        return np.clip(received.astype(np.int64), -FARTHEST, FARTHEST)

    def _stops(self) -> Stops | None:
        """The pauses of these rows; None where there is none at all."""
        pauses = self.asked.pauses
        if pauses is None:
            return None
        begins = pauses.offsets[self.rows].astype(np.int64)
        numbers = pauses.offsets[self.rows + 1] - begins
        total = int(numbers.sum())
        if not total:
            return None
        owner = np.repeat(np.arange(len(self.rows)), numbers)
        before = np.cumsum(numbers) - numbers
        these = np.arange(total) + np.repeat(begins - before, numbers)
        from_at, to_at, kind = pauses.from_at[these], pauses.to_at[these], pauses.kind[these]
        waits = clipped(owner, from_at.astype(np.int64), to_at.astype(np.int64))
        is_backwards, is_restarting = np.zeros((2, len(self.rows)), np.bool_)
        is_backwards[owner[(to_at < from_at) & (to_at != NO_MOMENT)]] = True
        if self.rules.supplement is Supplement.GOES_ON:
            waits = waits.only(kind != _SUPPLEMENT)
        elif self.rules.supplement is Supplement.RESTARTS:
            is_restarting[owner[kind == _SUPPLEMENT]] = True
        return Stops(waits, is_backwards, is_restarting)

    def _answer_alone(self, place: int, dues: Dues) -> None:
        """Write the answer of one row by the scalar clock: supplements that restart are rare."""
        row, asked = int(self.rows[place]), self.asked
        which = int(by_row(asked.which, self.rows[place : place + 1])[0])
        answer, problem = (NO_MOMENT, NO_MOMENT, NO_MOMENT), Problem.NONE
        try:
            due = due_of(
                received_at=int(asked.received_at[row]),
                limit=Limit(int(self.limit[place]), self.unit),
                calendar=asked.tables.calendars[which],
                pauses=_pauses_of(asked, row),
                rules=self.rules,
            )
        except Refused as refusal:
            problem = REFUSALS[type(refusal)]
        else:
            moved = NO_MOMENT if due.due_at is None else due.due_at
            answer = (due.effective_at, due.original_due_at, moved)
        dues.effective_at[row], dues.original_due_at[row], dues.due_at[row] = answer
        dues.problem[row] = problem


def _pauses_of(asked: Asked, row: int) -> list[Pause]:
    pauses = asked.pauses
    if pauses is None:
        return []
    return [
        Pause(
            int(pauses.from_at[n]),
            None if pauses.to_at[n] == NO_MOMENT else int(pauses.to_at[n]),
            KINDS[pauses.kind[n]],
        )
        for n in range(int(pauses.offsets[row]), int(pauses.offsets[row + 1]))
    ]
