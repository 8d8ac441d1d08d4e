"""The shapes of days: what a clock time means on days that are open alike, as arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motcua.kit.calendar import Spans
from motcua.kit.moments import DAY_MINUTES

Ints = NDArray[np.int32]
FARTHEST = 1 << 29
"""Moments of a batch lie less than this from 1970: from the year 949 to 2990."""
BEYOND = 1 << 30
"""What a table gives where the calendar ends: added to any moment it is at or after `FARTHEST`."""


class Shape(NamedTuple):
    """Days that are open and served alike, and equally far from the next opening.

    Units: `gap` in minutes, from the day's midnight to the first opening of a later day.
    """

    spans: Spans
    served: Spans
    gap: int


class ShapeRows(NamedTuple):
    """One row of each table for one shape.

    Shape: `DAY_MINUTES` a row. By clock time: `receipt`, `opening` (the effective receipt, the
    next open minute), `half_end` (the end of the half day), `opened` (open minutes before it).
    By a number of open minutes: `passed` (the clock time at which so many have passed).
    Units: minutes from the day's midnight.
    """

    receipt: Ints
    opening: Ints
    half_end: Ints
    opened: Ints
    passed: Ints


OUTSIDE = Shape((), (), BEYOND)
"""The day before and the day after a calendar."""


def shape_rows(shape: Shape) -> ShapeRows:
    """The tables of one shape.

    A minute at or after 23:59 is never open (`kit.calendar`), so the last entry of `opening` is
    always the opening of a later day.
    """
    clocks = np.arange(DAY_MINUTES, dtype=np.int32)
    is_open = _within(shape.spans)
    is_served = _within(shape.served)
    opening = np.full(DAY_MINUTES, shape.gap, np.int32)
    half_end = np.full(DAY_MINUTES, shape.spans[-1][1] if shape.spans else BEYOND, np.int32)
    for start, end in reversed(shape.spans):
        opening[: start + 1] = start
        opening[start:end] = clocks[start:end]
        half_end[:end] = end
    passed = np.zeros(DAY_MINUTES, np.int32)
    ends = clocks[is_open] + 1
    passed[1 : len(ends) + 1] = ends
    return ShapeRows(
        receipt=np.where(is_served, clocks, opening).astype(np.int32),
        opening=opening,
        half_end=half_end,
        opened=(np.cumsum(is_open) - is_open).astype(np.int32),
        passed=passed,
    )


def _within(spans: Spans) -> NDArray[np.bool_]:
    inside = np.zeros(DAY_MINUTES, np.bool_)
    for start, end in spans:
        inside[start:end] = True
    return inside
