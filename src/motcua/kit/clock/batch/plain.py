"""The commonest batch of all, made fast: working days to the close under one calendar, no pauses.

Thirty-two bits, a chunk that stays in the cache, and no new memory: per row five look-ups in
small tables. Everything else goes through `groups`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from motcua.kit.clock.batch.asked import UNITS, Asked, Dues, Problem
from motcua.kit.clock.batch.shapes import FARTHEST
from motcua.kit.clock.terms import Appointment, LimitUnit
from motcua.kit.moments import DAY_MINUTES

CHUNK = 1 << 14
_WORKING_DAY = UNITS.index(LimitUnit.WORKING_DAY)


def is_plain(asked: Asked) -> bool:
    """Whether a batch is of this kind."""
    rules = asked.rules[0]
    return (
        isinstance(asked.which, int)
        and isinstance(asked.rules_at, int)
        and isinstance(asked.unit, int)
        and asked.unit == _WORKING_DAY
        and rules.appointment is Appointment.CLOSE
        and rules.cut_off is None
        and (isinstance(asked.limit, np.ndarray) or asked.limit >= 1)
        and (asked.pauses is None or not len(asked.pauses.from_at))
    )


def answer(asked: Asked, dues: Dues) -> None:
    """Write the answers."""
    counter = _Counter(asked)
    for since in range(0, len(asked.received_at), CHUNK):
        counter.answer(asked, dues, slice(since, since + CHUNK))


class _Counter:
    """The tables in the narrowest types, and the room in which a chunk is counted."""

    def __init__(self, asked: Asked) -> None:
        tables = asked.tables
        slots = np.arange(len(tables.shape))
        self._low = (int(tables.first[0]) - 1) * DAY_MINUTES
        self._high = self._low + len(slots) * DAY_MINUTES - 1
        # Less the slot's midnight, so that one sum with the minute finds the entry of the clock.
        self._shape = (tables.shape - slots * DAY_MINUTES).astype(np.int32)
        self._receipt = tables.receipt
        self._places = len(tables.close)
        fixed = 1 if isinstance(asked.limit, np.ndarray) else 1 - min(asked.limit, self._places)
        self._after = (tables.after - fixed).astype(np.int32)
        self._after[0] = self._places  # a receipt before the calendar ends nowhere in it
        self._close = np.minimum(tables.close, FARTHEST).astype(np.int32)
        self._short = np.empty((3, CHUNK), np.int32)
        self._long = np.empty((2, CHUNK), np.int64)

    def answer(self, asked: Asked, dues: Dues, rows: slice) -> None:
        """Write the answers of one chunk."""
        received = asked.received_at[rows]
        minute, day, place = self._short[:, : len(received)]
        slot, index = self._long[:, : len(received)]
        effective, due = dues.effective_at[rows], dues.due_at[rows]
        if received.dtype.itemsize < minute.itemsize:
            received = received.astype(np.int32)
        np.clip(received, self._low, self._high, out=minute, casting="unsafe")
        np.subtract(minute, self._low, out=minute)
        # Without a sign the division by a constant is a multiplication.
        np.floor_divide(minute.view(np.uint32), np.uint32(DAY_MINUTES), out=day.view(np.uint32))
        np.copyto(slot, day)
        np.take(self._shape, slot, out=place, mode="clip")
        np.add(place, minute, out=place)
        np.copyto(index, place)
        offset = minute
        np.take(self._receipt, index, out=offset, mode="clip")
        np.multiply(day, DAY_MINUTES, out=day)
        np.add(day, self._low, out=day)
        np.add(day, offset, out=effective)
        np.take(self._after, slot, out=place, mode="clip")
        # One place further where day 0 is a later day: −1 as the sign of what is left of the day.
        np.subtract(DAY_MINUTES - 1, offset, out=offset)
        np.right_shift(offset, 31, out=offset)
        np.subtract(place, offset, out=place)
        too_small = self._add_limit(asked, rows, place)
        np.copyto(index, place)
        np.take(self._close, index, out=due, mode="clip")
        dues.original_due_at[rows] = due
        if len(due) and (too_small is not None or due.max() >= FARTHEST):
            _refuse_wrong(dues, rows, too_small)

    def _add_limit(self, asked: Asked, rows: slice, place: NDArray[Any]) -> NDArray[Any] | None:
        """Go on by the limit of each row; give which limits are too small, None where none is."""
        if not isinstance(asked.limit, np.ndarray):
            return None
        limit = _narrow(asked.limit[rows], self._places)
        np.add(place, limit, out=place)
        too_small = limit < 1
        return too_small if too_small.any() else None


def _narrow(limit: NDArray[Any], most: int) -> NDArray[np.int32]:
    if limit.dtype != np.int32:
        limit = np.clip(limit.astype(np.int64), 0, most)
    narrow: NDArray[np.int32] = np.minimum(limit, most).astype(np.int32, copy=False)
    return narrow


def _refuse_wrong(dues: Dues, rows: slice, too_small: NDArray[Any] | None) -> None:
    places = np.arange(rows.start, rows.start + len(dues.due_at[rows]))
    dues.refuse(places[dues.due_at[rows] >= FARTHEST], Problem.BEYOND_CALENDAR)
    if too_small is not None:
        dues.refuse(places[too_small], Problem.LIMIT_TOO_SMALL)
