"""Several calendars as arrays, to be asked for many moments at once."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from motcua.kit.calendar import Calendar
from motcua.kit.calendar.working import LONGEST_REST
from motcua.kit.clock.batch.parts import Longs, part_of, usual_minutes
from motcua.kit.clock.batch.shapes import BEYOND, FARTHEST, Shape, shape_rows
from motcua.kit.moments import DAY_MINUTES, day_text

Which = Longs | int
"""The number of a calendar among those of the tables: by row, or one for all rows."""

_STRETCH = 6


class Tables:
    """The calendars of one batch, one behind the other.

    Shape: by calendar `first`, `length` (days), `slot_base`, `place_end` (its extra place),
    `open_total` (the open minutes of it and of those before it). By slot and by place as in
    `parts.Part`, but counted through all calendars; `shape` says where its row begins in the
    tables by clock time, `receipt` … `passed` (`shapes.ShapeRows`).
    Units: days and minutes since 1970-01-01; open minutes.
    """

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        """Lay the calendars behind each other. Errors: ValueError outside the years 949–2990."""
        self.calendars = tuple(calendars)
        for one in self.calendars:
            if max(-one.first, one.last) + LONGEST_REST > FARTHEST // DAY_MINUTES:
                raise ValueError(
                    f"no room in 32 bits for {day_text(one.first)}–{day_text(one.last)}"
                )
        parts = [part_of(one) for one in calendars]
        slots = np.array([len(one.shape) for one in parts], np.int64)
        places = np.array([len(one.close) for one in parts], np.int64)
        opened = np.array([one.open_end[-1] for one in parts], np.int64)
        self.first = np.array([one.first for one in calendars], np.int64)
        self.length = slots - 2
        self.slot_base = np.cumsum(slots) - slots
        self.place_end = np.cumsum(places) - 1
        self.open_total = np.cumsum(opened)
        numbers: dict[Shape, int] = {}
        own = [[numbers.setdefault(one, len(numbers)) for one in part.shapes] for part in parts]
        self.shape = DAY_MINUTES * np.concatenate(
            [np.array(mine)[part.shape] for mine, part in zip(own, parts, strict=True)]
        )
        place_base = np.cumsum(places) - places
        open_base = self.open_total - opened
        self.after = _joined([one.after for one in parts], place_base)
        self.opened = _joined([one.opened for one in parts], open_base)
        self.close = np.concatenate([one.close for one in parts])
        self.midnight = np.concatenate([one.midnight for one in parts])
        self.place_slot = _joined([one.slot for one in parts], self.slot_base)
        self.open_end = _joined([one.open_end for one in parts], open_base)
        rows = [shape_rows(shape) for shape in numbers]
        self.receipt, self.opening, self.half_end, self.opened_by_clock, self.passed = (
            np.concatenate(column) for column in zip(*rows, strict=True)
        )

    @cached_property
    def usual_minutes(self) -> Longs:
        """The open minutes of a usual working day, by slot; 1 outside the calendars."""
        return np.concatenate([usual_minutes(one) for one in self.calendars])

    # What is asked of days, places and minutes; `which` says in which calendar

    def slots(self, which: Which, days: Longs) -> Longs:
        """The slots of days; those of days outside are the extra ones."""
        inside = np.clip(days - self.first[which] + 1, 0, self.length[which] + 1)
        return np.asarray(inside + self.slot_base[which])

    def is_outside(self, which: Which, days: Longs) -> NDArray[np.bool_]:
        """Whether days lie outside their calendar."""
        since = days - self.first[which]
        return np.asarray((since < 0) | (since >= self.length[which]))

    def next_open(self, which: Which, minutes: Longs) -> Longs:
        """As `Calendar.next_open`; at or after `BEYOND` where the calendar holds none."""
        return self._at_clock(self.opening, which, minutes)

    def received(self, which: Which, minutes: Longs) -> Longs:
        """The minute itself where it is open or served, else the next open one."""
        return self._at_clock(self.receipt, which, minutes)

    def open_until(self, which: Which, minutes: Longs) -> Longs:
        """As `Calendar.open_until`, with the calendars before it; for days inside."""
        days = minutes // DAY_MINUTES
        slots = self.slots(which, days)
        clocks = minutes - days * DAY_MINUTES
        return np.asarray(self.opened[slots] + self.opened_by_clock[self.shape[slots] + clocks])

    def after_open(self, which: Which, minutes: Longs, numbers: Longs) -> Longs:
        """As `Calendar.after_open`, for numbers ≥ 1; `BEYOND` where the calendar ends before."""
        wanted = self.open_until(which, minutes) + numbers
        total = self.open_total[which]
        is_beyond = wanted > total
        places = self._places_by(np.minimum(wanted, total))
        slots = self.place_slot[places]
        rest = np.where(is_beyond, 0, wanted - self.opened[slots])
        found = self.midnight[places] + self.passed[self.shape[slots] + rest]
        return np.where(is_beyond, BEYOND, found)

    def places_from(self, which: Which, days: Longs) -> Longs:
        """The place of each day, or of the next working day; the extra one for days outside."""
        slots = self.slots(which, days)
        end = self.place_end[which]
        return np.where(self.is_outside(which, days), end, self.after[np.maximum(slots - 1, 0)])

    def places_after(self, which: Which, days: Longs) -> Longs:
        """The place of the first working day after each day, for days inside."""
        return np.asarray(self.after[self.slots(which, days)])

    def at_place(self, which: Which, places: Longs) -> Longs:
        """The places, with those beyond the calendar at its extra one."""
        return np.minimum(places, self.place_end[which])

    @cached_property
    def _near(self) -> Longs:
        """The place where each stretch of 64 open minutes begins."""
        return np.searchsorted(self.open_end, np.arange(0, self.open_total[-1] + 1, 1 << _STRETCH))

    def _places_by(self, wanted: Longs) -> Longs:
        """The first places by whose close so many minutes were open: a look-up, then few steps."""
        places: Longs = self._near[wanted >> _STRETCH]
        while (is_short := self.open_end[places] < wanted).any():
            places += is_short
        return places

    def _at_clock(self, table: NDArray[np.int32], which: Which, minutes: Longs) -> Longs:
        days = minutes // DAY_MINUTES
        midnights = days * DAY_MINUTES
        shapes = self.shape[self.slots(which, days)]
        return np.asarray(midnights + table[shapes + (minutes - midnights)])


@lru_cache(maxsize=8)
def tables_of(calendars: tuple[Calendar, ...]) -> Tables:
    """The tables of these calendars; the last few sets are kept."""
    return Tables(calendars)


def _joined(parts: Sequence[Longs], bases: Longs) -> Longs:
    return np.concatenate([part + base for part, base in zip(parts, bases, strict=True)])
