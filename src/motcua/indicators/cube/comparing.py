"""The cube made anew beside the one in force: every cell that differs is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from django.utils import timezone

from motcua.kit.moments import Minute, date_of, minute_of

from . import closing
from .booking import SLOTS, WIDTH
from .closing import ALL, Cells, Cube
from .keeping import fill, only_writer, step, usable

MOST_NAMED = 1000


@dataclass(frozen=True)
class Difference:
    """One cell of one day: what the cube said, and what the facts say. Empty: all of them."""

    day: date
    unit: str
    heir: str
    field: str
    channel: str
    measure: str
    told: int
    right: int


def compare(*, now: Minute | None = None) -> tuple[Difference, ...]:
    """Make the cube anew, give each cell in which the one in force differed (at most 1,000), and
    put the new one in force.

    The long part is done unseen, while the old one goes on.
    """
    now = minute_of(timezone.now()) if now is None else now
    with closing.filling():
        new = fill(now)
        try:
            with only_writer():
                found = tuple(_brought_together(new, now))
                closing.publish(new.path)
        finally:
            new.close()
    return found


def _brought_together(new: Cube, now: Minute) -> Iterator[Difference]:
    old = usable(now)
    if old is None:  # another ledger, format or reorganisation: there is nothing to compare
        step(new, now=now)
        return
    step(old, now=now)
    step(new, now=int(old.mark("until")), last=int(old.mark("bookmark")))
    yield from islice(differences(old, new), MOST_NAMED)


def differences(old: Cube, new: Cube) -> Iterator[Difference]:
    """Give each cell in which two cubes that stand at the same bookmark differ."""
    layers = {(_name(cube, *layer), layer) for cube in (old, new) for layer in cube.layers()}
    for field, channel in sorted({name for name, _layer in layers}):
        pairs = [_rows(cube, field, channel) for cube in (old, new)]
        days = sorted({day for rows in pairs for day in rows})
        last: list[dict[str, Cells]] = [{}, {}]
        for day in days:
            last = [rows.get(day, was) for rows, was in zip(pairs, last, strict=True)]
            yield from _of_day((day, field, channel), told=last[0], right=last[1])


def _of_day(
    where: tuple[int, str, str], *, told: dict[str, Cells], right: dict[str, Cells]
) -> Iterator[Difference]:
    day, field, channel = where
    nothing = np.zeros(WIDTH, np.int32)
    for part in sorted({*told, *right}):
        was, is_right = told.get(part, nothing), right.get(part, nothing)
        unit, heir = part.split("|")
        for slot in np.flatnonzero(was != is_right):
            yield Difference(
                date_of(day),
                *(unit, heir, field, channel, SLOTS[slot]),
                *(int(was[slot]), int(is_right[slot])),
            )


def _name(cube: Cube, field: int, channel: int) -> tuple[str, str]:
    fields, channels = (
        {place: name for name, place in cube.known(kind).items()} for kind in ("field", "channel")
    )
    return fields.get(field, ""), channels.get(channel, "")


def _rows(cube: Cube, field: str, channel: str) -> dict[int, dict[str, Cells]]:
    """Give the rows of a layer by day and part; parts without a count are left out."""
    parts = closing.names_of(cube.known("part"))
    place = {
        "field": cube.known("field").get(field, -1) if field else ALL,
        "channel": cube.known("channel").get(channel, -1) if channel else ALL,
    }
    return {
        day: {parts[int(n)]: cells[n] for n in np.flatnonzero(cells.any(axis=1))}
        for day, cells in cube.rows(-(2**31), 2**31, **place)
    }
