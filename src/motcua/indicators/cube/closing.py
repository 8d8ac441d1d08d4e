"""Closing rows on disk: per field, channel and day one blob [part, slot] of int32 in SQLite.

A row holds sums over all days up to its own; a day on which nothing changed has no row of its own.
The database gives what a mapped file would need by hand: one moment for every reader, and nothing
half-written after a kill. A part is an old unit with the heir it counts for now; index 0 of
field and channel stands for all of them.
"""

import heapq
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import numpy as np
import pysqlite3
from django.conf import settings
from numpy.typing import NDArray

from .booking import WIDTH, Booked

FORMAT = 1  # raise it when a slot changes its place or meaning: the cube is then made anew
MOST_PARTS_CROSSED = 1000  # beyond that no rows for field × channel: they would be most of the disk
ALL = 0
KINDS = ((0, 0), (1, 0), (0, 1), (1, 1))  # of layers, as (by field, by channel)
Cells = NDArray[np.int32]
_SCHEMA = """
PRAGMA page_size = 16384;
PRAGMA journal_mode = wal;
CREATE TABLE closing (field INTEGER, channel INTEGER, day INTEGER, cells BLOB,
  UNIQUE (field, channel, day));
CREATE TABLE known (kind TEXT, place INTEGER, name TEXT, UNIQUE (kind, place));
CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE ahead (dossier TEXT PRIMARY KEY, moment INTEGER) WITHOUT ROWID;
CREATE INDEX ahead_moment ON ahead (moment);
"""
_LATEST = (
    "SELECT cells FROM closing WHERE field = ? AND channel = ? AND day <= ?"
    " ORDER BY day DESC LIMIT 1"
)
_EMPTY = np.zeros((0, WIDTH), np.int32)


class NoCube(Exception):
    """There is no cube that can be read; the facts answer instead."""


class Cube:
    """One file. Every block `reading` or `writing` is one transaction."""

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        self.path = path
        flags = "rwc" if is_new else "rw"
        try:
            self.db = pysqlite3.connect(
                f"file:{path}?mode={flags}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=30,
            )
            if is_new:
                self.db.executescript(_SCHEMA)
            self.db.executescript("PRAGMA synchronous = full; PRAGMA mmap_size = 1073741824;")
        except (sqlite3.Error, pysqlite3.Error) as error:
            raise NoCube(str(error)) from error
        self._known: dict[str, dict[str, int]] = {}

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Show one state of the cube within the block."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK")  # nothing was written

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Change rows, marks and names together, or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            self._known.clear()
            raise
        self.db.execute("COMMIT")

    # Marks and names

    def mark(self, name: str) -> str:
        """Give a mark, empty when it was never set."""
        row = self.db.execute("SELECT value FROM mark WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else ""

    def set_marks(self, **marks: object) -> None:
        """Set marks; only within `writing`."""
        rows = [(name, str(value)) for name, value in marks.items()]
        self.db.executemany("INSERT OR REPLACE INTO mark VALUES (?, ?)", rows)

    def known(self, kind: str) -> Mapping[str, int]:
        """Give the names of a kind (part, field, channel) with their places, by place."""
        has = self._known.setdefault(kind, {})
        sql = "SELECT name, place FROM known WHERE kind = ? AND place > ? ORDER BY place"
        last = max(has.values(), default=-1)
        has.update((name, place) for name, place in self.db.execute(sql, [kind, last]))
        return has

    def places(self, kind: str, names: Iterable[str], *, first: int = 0) -> list[int]:
        """Give the place of each name, new ones at the end; only within `writing`."""
        known, found = dict(self.known(kind)), []
        for name in names:
            if name not in known:
                known[name] = len(known) + first
                row = (kind, known[name], name)
                self.db.execute("INSERT INTO known VALUES (?, ?, ?)", row)
            found.append(known[name])
        return found

    # Rows

    def cells(self, day: int, *, field: int = ALL, channel: int = ALL) -> Cells:
        """Give one closing row: the last one up to this day. Shape: [part, slot]."""
        row = self.db.execute(_LATEST, (field, channel, day)).fetchone()
        return _cells(row[0]) if row else _EMPTY

    def rows(
        self, first: int, last: int, *, field: int = ALL, channel: int = ALL
    ) -> Iterator[tuple[int, Cells]]:
        """Give the stored rows of a layer between two days, both included, by day."""
        sql = (
            "SELECT day, cells FROM closing WHERE field = ? AND channel = ?"
            " AND day BETWEEN ? AND ? ORDER BY day"
        )
        for day, blob in self.db.execute(sql, (field, channel, first, last)):
            yield day, _cells(blob)

    def layers(self) -> list[tuple[int, int]]:
        """Give every layer that has rows, as (field, channel)."""
        sql = "SELECT DISTINCT field, channel FROM closing ORDER BY 1, 2"
        return [(int(field), int(channel)) for field, channel in self.db.execute(sql)]

    def add(self, booked: Booked, kinds: Sequence[tuple[int, int]] = KINDS) -> None:
        """Add bookings to their day and every later one; only within `writing`.

        `kinds` names the kinds of layers they are added to, as (by field, by channel).
        """
        if not len(booked.day):
            return
        part, field, channel = self._places_of(booked, kinds)
        is_crossed = len(self.known("part")) <= MOST_PARTS_CROSSED
        for by_field, by_channel in kinds:
            if by_field and by_channel and not is_crossed:
                continue
            of_field, of_channel = field * by_field, channel * by_channel
            layer = of_field * (1 << 32) + of_channel
            order = np.argsort(layer, kind="stable")
            ones, starts = np.unique(layer[order], return_index=True)
            for one, here in zip(ones, np.split(order, starts[1:]), strict=True):
                place = int(one) >> 32, int(one) & 0xFFFFFFFF
                self._add_to(place, booked.day[here], part[here], booked.counts[here])

    def sum_up(self) -> None:
        """Make the layer of everything from those of the channels; only within `writing`."""
        size, sql = len(self.known("part")), "INSERT OR REPLACE INTO closing VALUES (0, 0, ?, ?)"
        total, last = np.zeros((size, WIDTH), np.int32), dict[int, Cells]()
        layers = [self._rows_of(place) for place in self.known("channel").values()]
        merged = heapq.merge(*layers, key=lambda row: row[:2])
        for day, rows in groupby(merged, key=lambda row: row[0]):
            for _day, channel, cells in rows:
                was = last.get(channel, _EMPTY)
                total[: len(was)] -= was
                total[: len(cells)] += cells
                last[channel] = cells
            self.db.execute(sql, (day, _blob(total)))

    def _rows_of(self, channel: int) -> Iterator[tuple[int, int, Cells]]:
        for day, cells in self.rows(-(2**31), 2**31, channel=channel):
            yield day, channel, cells

    def _places_of(
        self, booked: Booked, kinds: Sequence[tuple[int, int]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        units, heirs, fields, channels = zip(*booked.keys, strict=True)
        parts = [f"{unit}|{heir}" for unit, heir in zip(units, heirs, strict=True)]
        named = [("part", parts, 0), ("field", fields, 1), ("channel", channels, 1)]
        if not any(by_field for by_field, _by_channel in kinds):
            del named[1]  # the bookings are not told apart by field, and say none
        place = {
            kind: np.array(self.places(kind, names, first=first), np.int64)[booked.key]
            for kind, names, first in named
        }
        part, channel = place["part"], place["channel"]
        field = place.get("field", np.zeros_like(part))
        return part, field, channel

    def _add_to(
        self,
        layer: tuple[int, int],
        day: NDArray[np.int64],
        part: NDArray[np.int64],
        counts: NDArray[np.int64],
    ) -> None:
        first, size = int(day.min()), len(self.known("part"))
        before = self.cells(first - 1, field=layer[0], channel=layer[1])
        stored = self.rows(first, 2**31, field=layer[0], channel=layer[1])
        changed = _changed(before, stored, day=day, part=part, counts=counts, size=size)
        sql = "INSERT OR REPLACE INTO closing VALUES (?, ?, ?, ?)"
        self.db.executemany(sql, [(*layer, at, _blob(cells)) for at, cells in changed])

    # What is still to come

    def note_ahead(self, dossiers: Iterable[str], moments: Iterable[tuple[str, int]]) -> None:
        """Say anew when these dossiers must be looked at again; only within `writing`."""
        self.db.executemany("DELETE FROM ahead WHERE dossier = ?", [(one,) for one in dossiers])
        self.db.executemany("INSERT OR REPLACE INTO ahead VALUES (?, ?)", moments)

    def passed(self, until: int) -> list[str]:
        """Give the dossiers whose next moment is not after `until`."""
        sql = "SELECT dossier FROM ahead WHERE moment <= ?"
        return [row[0] for row in self.db.execute(sql, [until])]


def _changed(
    before: Cells,
    stored: Iterable[tuple[int, Cells]],
    *,
    day: NDArray[np.int64],
    part: NDArray[np.int64],
    counts: NDArray[np.int64],
    size: int,
) -> Iterator[tuple[int, Cells]]:
    """Give the rows of a layer from the first booking on, with the bookings in them."""
    order = np.argsort(day, kind="stable")
    day, part, counts = day[order], part[order], counts[order]
    days, starts = np.unique(day, return_index=True)
    ends = np.append(starts[1:], len(day))
    booked = {int(d): slice(s, e) for d, s, e in zip(days, starts, ends, strict=True)}
    kept = list(stored) if size else []
    base, extra = before, np.zeros((size, WIDTH), np.int64)
    old = dict(kept)
    for at in sorted({*old, *booked}):
        base = old.get(at, base)
        if at in booked:
            np.add.at(extra, part[booked[at]], counts[booked[at]])
        cells = extra.copy()
        cells[: len(base)] += base
        yield at, cells.astype(np.int32)


def _cells(blob: bytes) -> Cells:
    return np.frombuffer(zlib.decompress(blob), "<i4").reshape(-1, WIDTH)


def _blob(cells: Cells) -> bytes:
    return zlib.compress(cells.astype("<i4").tobytes(), 1)


# The file in force

_local = threading.local()


def folder() -> Path:
    """Give the folder of cubes."""
    return Path(settings.MOTCUA_HOME) / "facts" / "cube"


def current() -> Path | None:
    """Give the file in force, None when there is none."""
    try:
        name = (folder() / "current").read_text().strip()
    except FileNotFoundError:
        return None
    return folder() / name


def publish(path: Path) -> None:
    """Put a finished file in force; the one before it goes once nobody can be asked for it."""
    new = folder() / "next"
    new.write_text(path.name)
    os.replace(new, folder() / "current")
    for other in folder().glob("*.sqlite*"):
        if not other.name.startswith(path.name):
            other.unlink(missing_ok=True)  # who reads it still has it open


def mine() -> Cube:
    """Give this thread's connection to the file in force.

    Errors: NoCube.
    """
    path = current()
    held: tuple[Path, int, Cube] | None = getattr(_local, "held", None)
    if held is not None and held[0] == path and held[1] == os.getpid():
        return held[2]
    if path is None or not path.exists():
        raise NoCube(str(path))
    cube = Cube(path)
    _local.held = (path, os.getpid(), cube)
    return cube


def names_of(known: Mapping[str, int]) -> Sequence[str]:
    """Give names by their place; for fields and channels the first one has place 1."""
    return sorted(known, key=lambda name: known[name])
