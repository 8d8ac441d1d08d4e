"""One calendar as arrays, made once and kept as long as the calendar lives."""

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from motcua.kit.calendar import Calendar
from motcua.kit.clock.batch.shapes import BEYOND, OUTSIDE, Shape
from motcua.kit.moments import DAY_MINUTES

Longs = NDArray[np.int64]


class Part(NamedTuple):
    """One calendar by itself.

    Shape: by slot (a day of the calendar, with one more before the first and after the last)
    `shape` (its place in `shapes`), `after` (the place of the first working day after it),
    `opened` (open minutes before it). By place (a working day, with one more at the end)
    `close`, `midnight`, `slot`, `open_end` (open minutes up to its close). The extra ones
    answer `BEYOND`, so that no question needs a branch.
    Units: minutes since 1970-01-01; open minutes of this calendar.
    """

    shapes: tuple[Shape, ...]
    shape: Longs
    after: Longs
    opened: Longs
    close: Longs
    midnight: Longs
    slot: Longs
    open_end: Longs


_KEPT: WeakKeyDictionary[Calendar, Part] = WeakKeyDictionary()


def part_of(calendar: Calendar) -> Part:
    """The calendar as arrays."""
    found = _KEPT.get(calendar)
    if found is None:
        found = _KEPT[calendar] = _part(calendar)
    return found


def usual_minutes(calendar: Calendar) -> Longs:
    """The open minutes of a usual working day, by slot; 1 outside the calendar."""
    days = range(calendar.first, calendar.last + 1)
    hours = [calendar.hours_of(day) for day in days]
    usual = {one: calendar.day_minutes(day) for day, one in zip(days, hours, strict=True)}
    return np.array([1, *(usual[one] for one in hours), 1], np.int64)


def _part(calendar: Calendar) -> Part:
    working = np.array(calendar.working_days, np.int64)
    before = np.array(calendar.working_before, np.int64)
    starts, ends = np.array(calendar.starts), np.array(calendar.ends)
    # Open minutes up to each close: the last span that ends by then.
    open_until = np.cumsum(ends - starts, dtype=np.int64)
    close = np.array(calendar.closes, np.int64)
    open_end = open_until[np.searchsorted(ends, close)]
    until = np.append(0, open_end)
    shapes, shape = _shapes(calendar)
    return Part(
        shapes=shapes,
        shape=shape,
        after=np.append(before, before[-1:]),
        opened=np.append(0, until[before]),
        close=np.append(close, BEYOND),
        midnight=np.append(working * DAY_MINUTES, BEYOND),
        slot=np.append(working - calendar.first + 1, len(before)),
        open_end=np.append(open_end, open_end[-1:]),
    )


def _shapes(calendar: Calendar) -> tuple[tuple[Shape, ...], Longs]:
    """The different shapes, and which of them each slot has; from the end, for the gaps."""
    numbers = {OUTSIDE: 0}
    found = [0]
    gap = BEYOND
    for day in range(calendar.last, calendar.first - 1, -1):
        spans = calendar.spans_of(day)
        shape = Shape(spans, calendar.served_spans_of(day), gap)
        found.append(numbers.setdefault(shape, len(numbers)))
        gap = min(BEYOND, (spans[0][0] if spans else gap) + DAY_MINUTES)
    found.append(0)
    return tuple(numbers), np.array(found[::-1], np.int64)
