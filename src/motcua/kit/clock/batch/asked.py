"""What a batch is asked, in arrays, and what it answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from motcua.kit.calendar import BeyondCalendar, Calendar
from motcua.kit.clock.batch.parts import Longs
from motcua.kit.clock.batch.pauses import NO_MOMENT
from motcua.kit.clock.batch.tables import Tables, tables_of
from motcua.kit.clock.pauses import PauseBackwards
from motcua.kit.clock.terms import (
    ClockRules,
    LimitTooSmall,
    LimitUnit,
    Pause,
    PauseKind,
    UnitUnknown,
)
from motcua.kit.refusals import Refused

Array = NDArray[Any]
UNITS = tuple(LimitUnit)
"""A unit in an array is its place here; any other number is an unknown unit."""
KINDS = tuple(PauseKind)
"""A kind of pause in an array is its place here."""


class Problem(IntEnum):
    """Why a row has no answer: what `due_of` would refuse it for."""

    NONE = 0
    UNIT_UNKNOWN = 1
    LIMIT_TOO_SMALL = 2
    BEYOND_CALENDAR = 3
    PAUSE_BACKWARDS = 4


REFUSALS: dict[type[Refused], Problem] = {
    UnitUnknown: Problem.UNIT_UNKNOWN,
    LimitTooSmall: Problem.LIMIT_TOO_SMALL,
    BeyondCalendar: Problem.BEYOND_CALENDAR,
    PauseBackwards: Problem.PAUSE_BACKWARDS,
}


@dataclass(frozen=True, slots=True)
class Pauses:
    """The pauses of all rows, one behind the other.

    Shape: `offsets` has one entry more than there are rows; row n has the pauses from
    `offsets[n]` to before `offsets[n + 1]`, in any order. `from_at`, `to_at`, `kind` (a place
    in `KINDS`): one entry a pause.
    Units: local minutes (`kit.moments`); `to_at` is `NO_MOMENT` while a pause runs.
    """

    offsets: Array
    from_at: Array
    to_at: Array
    kind: Array

    @classmethod
    def of(cls, rows: Iterable[Sequence[Pause]]) -> Self:
        """The pauses of rows as `due_of` takes them."""
        listed = [tuple(row) for row in rows]
        each = [one for row in listed for one in row]
        ends = [NO_MOMENT if one.to_at is None else one.to_at for one in each]
        return cls(
            offsets=np.cumsum([0, *(len(row) for row in listed)]),
            from_at=np.array([one.from_at for one in each], np.int64),
            to_at=np.array(ends, np.int64),
            kind=np.array([KINDS.index(one.kind) for one in each], np.uint8),
        )


@dataclass(frozen=True, slots=True)
class Dues:
    """The answers.

    Shape: one entry a row. `due_at` is `NO_MOMENT` while a pause runs that the count obeys. All
    three moments are `NO_MOMENT` in a row with a `problem` (`Problem`).
    Units: local minutes (`kit.moments`).
    """

    effective_at: NDArray[np.int32]
    original_due_at: NDArray[np.int32]
    due_at: NDArray[np.int32]
    problem: NDArray[np.uint8]

    @classmethod
    def empty(cls, length: int) -> Self:
        """Room for so many answers."""
        effective_at, original_due_at, due_at = np.empty((3, length), np.int32)
        return cls(effective_at, original_due_at, due_at, np.zeros(length, np.uint8))

    def refuse(self, rows: Any, problem: Problem) -> None:
        """Take the answers of some rows back and say what is wrong with them."""
        for moments in (self.effective_at, self.original_due_at, self.due_at):
            moments[rows] = NO_MOMENT
        self.problem[rows] = problem


@dataclass(frozen=True, slots=True)
class Asked:
    """One batch, checked: every value by row or one for all rows."""

    tables: Tables
    received_at: Array
    limit: Array | int
    unit: Array | int
    which: Array | int
    rules: tuple[ClockRules, ...]
    rules_at: Array | int
    pauses: Pauses | None

    @classmethod
    def check(
        cls,
        *,
        received_at: Array,
        limit: Array | int,
        unit: Array | LimitUnit,
        calendar: Calendar | Sequence[Calendar],
        calendar_at: Array | int,
        rules: ClockRules | Sequence[ClockRules],
        rules_at: Array | int,
        pauses: Pauses | None,
    ) -> Self:
        """The batch. Errors: ValueError for arrays that do not fit each other (a bug)."""
        calendars = (calendar,) if isinstance(calendar, Calendar) else tuple(calendar)
        known = (rules,) if isinstance(rules, ClockRules) else tuple(rules)
        rows = len(received_at)
        _check_places(calendar_at, len(calendars), "calendar_at")
        _check_places(rules_at, len(known), "rules_at")
        for name, one in (
            ("limit", limit),
            ("unit", unit),
            ("calendar_at", calendar_at),
            ("rules_at", rules_at),
        ):
            if isinstance(one, np.ndarray) and one.shape != (rows,):
                raise ValueError(f"{name} has the shape {one.shape}, not ({rows},)")
        if pauses is not None:
            _check_pauses(pauses, rows)
        return cls(
            tables=tables_of(calendars),
            received_at=received_at,
            limit=limit,
            unit=UNITS.index(unit) if isinstance(unit, LimitUnit) else unit,
            which=calendar_at if len(calendars) > 1 else 0,
            rules=known,
            rules_at=rules_at if len(known) > 1 else 0,
            pauses=pauses,
        )


def by_row(value: Array | int, rows: Longs) -> Longs:
    """The values of some rows, also where all have one."""
    if isinstance(value, np.ndarray):
        return value[rows].astype(np.int64)
    return np.full(len(rows), value, np.int64)


def _check_places(places: Array | int, length: int, name: str) -> None:
    found = np.atleast_1d(np.asarray(places))
    if found.size and (found.min() < 0 or found.max() >= length):
        raise ValueError(f"{name} names one that is not among the {length}")


def _check_pauses(pauses: Pauses, rows: int) -> None:
    offsets, number = pauses.offsets, len(pauses.from_at)
    if offsets.shape != (rows + 1,) or offsets[0] != 0 or offsets[-1] != number:
        raise ValueError(f"offsets do not share {number} pauses out to {rows} rows")
    if (np.diff(offsets) < 0).any():
        raise ValueError("offsets go back")
    if len(pauses.to_at) != number or len(pauses.kind) != number:
        raise ValueError("from_at, to_at and kind are not of one length")
    if number and (pauses.kind.min() < 0 or pauses.kind.max() >= len(KINDS)):
        raise ValueError("kind names a kind of pause that does not exist")
