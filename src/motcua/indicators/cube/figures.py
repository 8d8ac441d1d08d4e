"""What a wall asks, as differences of closing rows: the row of B less the one before A."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motcua.indicators.asking import Asked, Boundaries
from motcua.indicators.lineage import lineage
from motcua.indicators.measures import MEASURES
from motcua.indicators.series import DayCount
from motcua.kit.moments import Minute, date_of, day_of
from motcua.registry.queries import catalogue

from . import closing
from .booking import FIRST_STOCK, RECEIPTS, SLOT, SLOTS, WIDTH
from .closing import ALL, FORMAT, Cells, Cube, NoCube

Counts = Mapping[str, int]
Sums = NDArray[np.int64]
# What cannot be summed from closing rows: cohorts, which need each dossier's end beside its start.
COHORTS = frozenset({"new_with_due", "new_in_time", "fallen_due", "fallen_due_on_time"})
LAST_OF_DAY = 1439
CODES = tuple(code for code in MEASURES if code not in COHORTS)
_FLOWS_OF_DAY = [CODES.index(code) for code in ("received", "resolved", "on_time", "late")]


@dataclass(frozen=True)
class _Question:
    """A question in the places of a cube. `takes`: the parts that count."""

    cube: Cube
    asked: Asked
    field: int
    channel: int
    takes: NDArray[np.int64]
    before: int
    last: int


def live_minute(now: Minute, *, patience: Minute = 2) -> Minute:
    """Give the minute figures are ready for: that of the cube, if it is no older than `patience`
    minutes, else now.
    """
    try:
        swept = int(closing.mine().mark("until"))
    except (NoCube, ValueError):
        return now
    return swept if now - patience <= swept <= now else now


def stamp() -> tuple[str, str, str]:
    """Give what changes with every change of the cube; empty texts when there is none."""
    try:
        cube = closing.mine()
        with cube.reading():
            return cube.path.name, cube.mark("bookmark"), cube.mark("until")
    except NoCube:
        return "", "", ""


@contextmanager
def _reading(asked: Asked) -> Iterator[_Question]:
    """Read one state of the cube. Errors: NoCube when it cannot answer this question."""
    if asked.procedure or asked.place or asked.weekday is not None or asked.hour is not None:
        raise NoCube("not an axis of the cube")
    cube = closing.mine()
    with cube.reading():
        yield _question(cube, asked)


def _question(cube: Cube, asked: Asked) -> _Question:
    if cube.mark("format") != str(FORMAT):
        raise NoCube("another format")
    swept, minutes = int(cube.mark("until")), asked.minutes
    ends_before = minutes["until"] % 1440 == LAST_OF_DAY and minutes["until"] < swept
    if not (ends_before or minutes["until"] == swept):
        raise NoCube("swept to another minute")
    if asked.boundaries is Boundaries.AS_NOW:
        line = lineage(catalogue(), asked.run_on)
        if line.name != cube.mark("lineage"):
            raise NoCube("other successions")
    field = cube.known("field").get(asked.field, -1) if asked.field else ALL
    channel = cube.known("channel").get(asked.channel, -1) if asked.channel else ALL
    if field > ALL and channel > ALL and len(cube.known("part")) > closing.MOST_PARTS_CROSSED:
        raise NoCube("no rows for field and channel together")
    return _Question(
        cube,
        asked,
        field,
        channel,
        _takes(cube, asked),
        before=day_of(minutes["before"]),
        last=day_of(minutes["until"]),
    )


def _names(cube: Cube, asked: Asked) -> list[str]:
    """Give for each part the unit it counts under."""
    side = 1 if asked.boundaries is Boundaries.AS_NOW else 0
    return [part.split("|")[side] for part in closing.names_of(cube.known("part"))]


def _takes(cube: Cube, asked: Asked) -> NDArray[np.int64]:
    names = _names(cube, asked)
    if asked.units is None:
        return np.arange(len(names))
    wanted = set(asked.units)
    return np.array([n for n, name in enumerate(names) if name in wanted], np.int64)


def total(asked: Asked) -> Counts:
    """Count every additive measure over all dossiers asked for. Errors: NoCube."""
    with _reading(asked) as q:
        opening, closed = (
            _sum(q.cube.cells(day, field=q.field, channel=q.channel), q.takes)
            for day in (q.before, q.last)
        )
    return _counts(opening, closed, asked)


def overview(asked: Asked) -> tuple[dict[tuple[str, str], Counts], tuple[DayCount, ...]]:
    """Count for each unit and field that has one to count, and the flows of each day, from one
    state of the cube.

    Errors: NoCube.
    """
    with _reading(asked) as q:
        return _cells(q), _days(q)


def by_unit(asked: Asked) -> dict[str, Counts]:
    """Count for each unit that has one to count. Errors: NoCube."""
    with _reading(asked) as q:
        return dict(_of_units(q, _names(q.cube, asked), q.field))


def cells(asked: Asked) -> dict[tuple[str, str], Counts]:
    """Count for each unit and field that has one to count. Errors: NoCube."""
    with _reading(asked) as q:
        return _cells(q)


def _cells(q: _Question) -> dict[tuple[str, str], Counts]:
    names, places = _names(q.cube, q.asked), q.cube.known("field")
    fields = [q.asked.field] if q.asked.field else closing.names_of(places)
    return {
        (unit, field): counts
        for field in fields
        for unit, counts in _of_units(q, names, places.get(field, -1))
    }


def by_channel(asked: Asked) -> dict[str, Counts]:
    """Count for each channel that has one to count. Errors: NoCube."""
    with _reading(asked) as q:
        found = {}
        for name, place in q.cube.known("channel").items():
            if asked.channel not in ("", name):
                continue
            opening, closed = (
                _sum(q.cube.cells(day, field=q.field, channel=place), q.takes)
                for day in (q.before, q.last)
            )
            found[name] = _counts(opening, closed, asked)
        return {name: counts for name, counts in found.items() if any(counts.values())}


def by_day(asked: Asked) -> tuple[DayCount, ...]:
    """Count flows on each day of the period, days with none as well. Errors: NoCube."""
    with _reading(asked) as q:
        return _days(q)


def _days(q: _Question) -> tuple[DayCount, ...]:
    rows = q.cube.rows(q.before + 1, q.last, field=q.field, channel=q.channel)
    days = {day: _sum(found, q.takes) for day, found in rows}
    sums = [_sum(q.cube.cells(q.before, field=q.field, channel=q.channel), q.takes)]
    numbers = range(q.before + 1, q.last + 1)
    for day in numbers:
        sums.append(days.get(day, sums[-1]))
    told = np.stack(sums)
    table = _table(told[:-1], told[1:], q.asked)[:, _FLOWS_OF_DAY].tolist()
    return tuple(DayCount(date_of(day), *flows) for day, flows in zip(numbers, table, strict=True))


def known_units() -> tuple[str, ...]:
    """Give the keys of all units that ever held a received dossier. Errors: NoCube."""
    parts = closing.mine().known("part")
    return tuple(sorted({part.split("|")[0] for part in parts}))


def known_fields() -> tuple[str, ...]:
    """Give the codes of all fields that have dossiers. Errors: NoCube."""
    return tuple(sorted(closing.mine().known("field")))


def _of_units(q: _Question, names: Sequence[str], field: int) -> Iterator[tuple[str, Counts]]:
    opening, closed = (
        _padded(q.cube.cells(day, field=field, channel=q.channel), len(names))
        for day in (q.before, q.last)
    )
    takes = q.takes[closed[q.takes].any(axis=1)]
    units: dict[str, int] = {}
    row = [units.setdefault(names[n], len(units)) for n in takes.tolist()]
    sums = np.zeros((2, len(units), WIDTH), np.int64)
    for side, cells in enumerate((opening, closed)):
        np.add.at(sums[side], row, cells[takes])
    table = _table(sums[0], sums[1], q.asked)
    for unit, counts in zip(units, table.tolist(), strict=True):
        if any(counts):
            yield unit, dict(zip(CODES, counts, strict=True))


def _padded(found: Cells, size: int) -> Sums:
    """Give a row with room for parts that came later. Shape: [part, slot]."""
    whole = np.zeros((size, WIDTH), np.int64)
    whole[: len(found)] = found
    return whole


def _sum(found: Cells, takes: NDArray[np.int64]) -> Sums:
    """Give the sum over the parts that count. Shape: [slot]."""
    known = takes[takes < len(found)]
    return np.asarray(found[known].sum(0, dtype=np.int64))


def _counts(opening: Sums, closed: Sums, asked: Asked) -> Counts:
    """Give every additive measure from the rows before and at the end. Shapes: [slot]."""
    [counts] = _table(opening[None], closed[None], asked).tolist()
    return dict(zip(CODES, counts, strict=True))


def _table(opening: Sums, closed: Sums, asked: Asked) -> Sums:
    """Count many cells at once. Shapes: sums [cell, slot]; the answer [cell, code of `CODES`]."""
    n = closed - opening
    n[:, FIRST_STOCK:] = closed[:, FIRST_STOCK:]
    of = dict(zip(SLOTS, n.T, strict=True))
    on_time = of["early"] + of["on_the_day"]
    with_due = on_time + of["late"]
    resolved = with_due + of["no_due"]
    is_now = asked.boundaries is Boundaries.AS_NOW
    received = n[:, [SLOT[code] for code in RECEIPTS[:4]]].sum(1)
    of |= {
        "received": received,
        "resolved": resolved,
        "on_time": on_time,
        "resolved_with_due": with_due,
        "transferred_in": of["in_now" if is_now else "transferred_in"],
        "transferred_out": of["out_now" if is_now else "transferred_out"],
        "carried_over": opening[:, SLOT["open"]],
        "in_time": of["open"] - of["waiting"] - of["open_no_due"] - of["overdue"],
        "direct_post_other": of["direct"] + of["post"] + of["other"],
        "on_the_day_or_no_due": of["on_the_day"] + of["no_due"],
        "open_not_overdue": of["open"] - of["overdue"],
        "received_or_carried": received + opening[:, SLOT["open"]],
        "asked_766": resolved + of["open"],
        "good_766": of["good_ended"] + of["open"] - of["bad_766"],
    }
    return np.stack([of[code] for code in CODES], axis=1)
