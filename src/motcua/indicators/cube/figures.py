"""What a wall asks, as differences of closing rows: the row of B less the one before A."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from motcua.indicators.asking import Asked, Boundaries
from motcua.indicators.lineage import lineage
from motcua.indicators.measures import MEASURES
from motcua.indicators.series import DayCount
from motcua.indicators.table import Counts, Table
from motcua.kit.moments import Minute, date_of, day_of
from motcua.registry.queries import catalogue

from . import closing
from .booking import FIRST_STOCK, RECEIPTS, SLOT, SLOTS, WIDTH
from .closing import ALL, FORMAT, Cells, Cube, NoCube

Sums = NDArray[np.integer]
# What cannot be summed from closing rows: cohorts, which need each dossier's end beside its start.
COHORTS = frozenset({"new_with_due", "new_in_time", "fallen_due", "fallen_due_on_time"})
LAST_OF_DAY = 1439
MOST_SUMS = 16_384  # about 7 MB
CODES = tuple(code for code in MEASURES if code not in COHORTS)
_FLOWS_OF_DAY = [CODES.index(code) for code in ("received", "resolved", "on_time", "late")]


@dataclass(frozen=True, eq=False)  # known by itself: `_takes` keeps it
class _Taken:
    """The parts that count, unit by unit. Shapes: places [part], starts [unit]."""

    units: tuple[str, ...]
    places: NDArray[np.int64]
    starts: NDArray[np.int64]


_sums: dict[tuple[bytes, _Taken], Sums] = {}


@dataclass(frozen=True)
class _Question:
    """A question in the places of a cube."""

    cube: Cube
    asked: Asked
    field: int
    channel: int
    takes: _Taken
    before: int
    last: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """A state of the cube: file, bookmark, minute swept to, number of the last news."""

    file: str
    bookmark: int
    until: Minute
    news: int


NO_STAMP = Stamp("", 0, 0, 0)


def live_minute(now: Minute, *, patience: Minute = 2) -> Minute:
    """Give the minute figures are ready for: that of the cube, if it is no older than `patience`
    minutes, else now.
    """
    return minute_shown(stamp(), now, patience=patience)


def minute_shown(stamp: Stamp, now: Minute, *, patience: Minute = 2) -> Minute:
    """Give the same of a stamp that was taken before."""
    is_ready = stamp.file != "" and now - patience <= stamp.until <= now
    return stamp.until if is_ready else now


def stamp() -> Stamp:
    """Give the state of the cube in force; `NO_STAMP` when there is none."""
    try:
        cube = closing.mine()
        marks = cube.marks()
        numbers = (int(marks.get(name) or 0) for name in ("bookmark", "until", "news"))
        return Stamp(cube.path.name, *numbers)
    except NoCube:
        return NO_STAMP


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
        _takes(closing.names_of(cube.known("part")), asked.boundaries, asked.units),
        before=day_of(minutes["before"]),
        last=day_of(minutes["until"]),
    )


@lru_cache(maxsize=256)
def _takes(parts: tuple[str, ...], boundaries: Boundaries, units: tuple[str, ...] | None) -> _Taken:
    """Find the parts that count for some units, or for all of them."""
    side, wanted = (
        (1 if boundaries is Boundaries.AS_NOW else 0),
        None if units is None else {*units},
    )
    of: dict[str, list[int]] = {}
    for place, part in enumerate(parts):
        unit = part.split("|")[side]
        if wanted is None or unit in wanted:
            of.setdefault(unit, []).append(place)
    sizes = [len(places) for places in of.values()]
    return _Taken(
        tuple(of),
        np.array([place for places in of.values() for place in places], np.int64),
        np.cumsum([0, *sizes[:-1]], dtype=np.int64),
    )


def total(asked: Asked) -> Counts:
    """Count every additive measure over all dossiers asked for. Errors: NoCube."""
    with _reading(asked) as q:
        return _total(q, q.channel)


def _total(q: _Question, channel: int) -> Counts:
    opening, closed = (
        _sum(q.cube.cells(day, field=q.field, channel=channel), q.takes)[:, None]
        for day in (q.before, q.last)
    )
    return dict(zip(CODES, _table(opening, closed, q.asked)[:, 0].tolist(), strict=True))


def overview(asked: Asked) -> tuple[Table[tuple[str, str]], tuple[DayCount, ...]]:
    """Count for each unit and field that has one to count, and the flows of each day, from one
    state of the cube.

    Errors: NoCube.
    """
    with _reading(asked) as q:
        return _cells(q), _days(q)


def by_unit(asked: Asked) -> Table[str]:
    """Count for each unit that has one to count. Errors: NoCube."""
    with _reading(asked) as q:
        values = _table(*_of_units(q, q.field), asked)
        busy = np.flatnonzero(values.any(axis=0))
        return Table(CODES, [q.takes.units[n] for n in busy.tolist()], values[:, busy])


def cells(asked: Asked) -> Table[tuple[str, str]]:
    """Count for each unit and field that has one to count. Errors: NoCube."""
    with _reading(asked) as q:
        return _cells(q)


def _cells(q: _Question) -> Table[tuple[str, str]]:
    places = q.cube.known("field")
    fields = [q.asked.field] if q.asked.field else list(closing.names_of(places))
    keys: list[tuple[str, str]] = []
    sides: list[list[Sums]] = [[], []]
    for field in fields:
        sums = _of_units(q, places.get(field, -1))
        busy = np.flatnonzero(sums[1].any(axis=0))
        keys += [(q.takes.units[n], field) for n in busy.tolist()]
        for side, found in zip(sides, sums, strict=True):
            side.append(found[:, busy])
    if not keys:
        return Table(CODES, (), np.zeros((len(CODES), 0), np.int64))
    values = _table(np.concatenate(sides[0], axis=1), np.concatenate(sides[1], axis=1), q.asked)
    busy = np.flatnonzero(values.any(axis=0))
    return Table(CODES, [keys[n] for n in busy.tolist()], values[:, busy])


def by_channel(asked: Asked) -> dict[str, Counts]:
    """Count for each channel that has one to count. Errors: NoCube."""
    with _reading(asked) as q:
        found = {}
        for name, place in q.cube.known("channel").items():
            if asked.channel in ("", name):
                found[name] = _total(q, place)
        return {name: counts for name, counts in found.items() if any(counts.values())}


def by_day(asked: Asked) -> tuple[DayCount, ...]:
    """Count flows on each day of the period, days with none as well. Errors: NoCube."""
    with _reading(asked) as q:
        return _days(q)


def _days(q: _Question) -> tuple[DayCount, ...]:
    rows = q.cube.blobs(q.before + 1, q.last, field=q.field, channel=q.channel)
    days = {day: _sum_of(blob, q.takes) for day, blob in rows}
    sums = [_sum(q.cube.cells(q.before, field=q.field, channel=q.channel), q.takes)]
    numbers = range(q.before + 1, q.last + 1)
    for day in numbers:
        sums.append(days.get(day, sums[-1]))
    told = np.stack(sums, axis=1)
    table = _table(told[:, :-1], told[:, 1:], q.asked)[_FLOWS_OF_DAY].T.tolist()
    return tuple(DayCount(date_of(day), *flows) for day, flows in zip(numbers, table, strict=True))


def known_units() -> tuple[str, ...]:
    """Give the keys of all units that ever held a received dossier. Errors: NoCube."""
    parts = closing.mine().known("part")
    return tuple(sorted({part.split("|")[0] for part in parts}))


def known_fields() -> tuple[str, ...]:
    """Give the codes of all fields that have dossiers. Errors: NoCube."""
    return tuple(sorted(closing.mine().known("field")))


def _of_units(q: _Question, field: int) -> tuple[Sums, Sums]:
    """Give the sums of each unit before and at the end. Shapes: [slot, unit]."""
    size, sums = len(q.cube.known("part")), []
    for day in (q.before, q.last):
        found = q.cube.cells(day, field=field, channel=q.channel)
        if len(found) < size:  # parts came later
            found = np.vstack((found, np.zeros((size - len(found), WIDTH), found.dtype)))
        taken = found.T[:, q.takes.places]
        if len(q.takes.units) < len(q.takes.places):
            taken = np.add.reduceat(taken, q.takes.starts, axis=1)
        sums.append(taken)
    return sums[0], sums[1]


def _sum_of(blob: bytes, takes: _Taken) -> Sums:
    """Give the sum over the parts that count of a packed row. Most days of a wall are over."""
    key = blake2b(blob, digest_size=16).digest(), takes
    found = _sums.get(key)
    if found is None:
        if len(_sums) >= MOST_SUMS:
            _sums.clear()
        found = _sums[key] = _sum(closing.unpacked(blob), takes)
    return found


def _sum(found: Cells, takes: _Taken) -> Sums:
    """Give the sum over the parts that count. Shape: [slot]."""
    known = takes.places[takes.places < len(found)]
    return np.asarray(found.T[:, known].sum(1, dtype=np.int64))


def _table(opening: Sums, closed: Sums, asked: Asked) -> NDArray[np.int64]:
    """Count many cells at once. Shapes: sums [slot, cell]; the answer [code of `CODES`, cell]."""
    n: NDArray[np.int64] = closed.astype(np.int64)
    n[:FIRST_STOCK] -= opening[:FIRST_STOCK]
    of = dict(zip(SLOTS, n, strict=True))
    on_time = of["early"] + of["on_the_day"]
    with_due = on_time + of["late"]
    resolved = with_due + of["no_due"]
    is_now = asked.boundaries is Boundaries.AS_NOW
    received = n[[SLOT[code] for code in RECEIPTS[:4]]].sum(0)
    of |= {
        "received": received,
        "resolved": resolved,
        "on_time": on_time,
        "resolved_with_due": with_due,
        "transferred_in": of["in_now" if is_now else "transferred_in"],
        "transferred_out": of["out_now" if is_now else "transferred_out"],
        "carried_over": opening[SLOT["open"]],
        "in_time": of["open"] - of["waiting"] - of["open_no_due"] - of["overdue"],
        "direct_post_other": of["direct"] + of["post"] + of["other"],
        "on_the_day_or_no_due": of["on_the_day"] + of["no_due"],
        "open_not_overdue": of["open"] - of["overdue"],
        "received_or_carried": received + opening[SLOT["open"]],
        "asked_766": resolved + of["open"],
        "good_766": of["good_ended"] + of["open"] - of["bad_766"],
    }
    return np.stack([of[code] for code in CODES])
