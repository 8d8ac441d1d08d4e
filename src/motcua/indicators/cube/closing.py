"""Closing rows on disk: per field, channel and day one blob [slot, part] of int32 in SQLite.

A row holds sums over all days up to its own; a day on which nothing changed has no row of its own.
The database gives what a mapped file would need by hand: one moment for every reader, and nothing
half-written after a kill. A part is an old unit with the heir it counts for now; index 0 of
field and channel stands for all of them.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pysqlite3
from django.conf import settings
from numpy.typing import NDArray

from .booking import WIDTH, Booked, Keys

FORMAT = 3  # raise it when a slot changes its place or meaning: the cube is then made anew
MOST_PARTS_CROSSED = 1000  # beyond that no rows for field × channel: they would be most of the disk
NEWS_KEPT = 5_000  # rounds of news; who asks less often is told that all changed
ALL = 0
FILLING = "filling.lock"
KINDS = ((0, 0), (1, 0), (0, 1), (1, 1))  # of layers, as (by field, by channel)
Cells = NDArray[np.int32]  # [part, slot]
Places = NDArray[np.int32]
_SCHEMA = """
PRAGMA page_size = 16384;
PRAGMA journal_mode = wal;
CREATE TABLE closing (field INTEGER, channel INTEGER, day INTEGER, cells BLOB,
  UNIQUE (field, channel, day));
CREATE TABLE known (kind TEXT, place INTEGER, name TEXT, UNIQUE (kind, place));
CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE ahead (dossier TEXT PRIMARY KEY, moment INTEGER) WITHOUT ROWID;
CREATE INDEX ahead_moment ON ahead (moment);
CREATE TABLE news (number INTEGER, seq INTEGER, unit TEXT, heir TEXT, field TEXT, channel TEXT);
CREATE INDEX news_number ON news (number);
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

    def marks(self) -> Mapping[str, str]:
        """Give all marks of one moment."""
        return dict(self.db.execute("SELECT name, value FROM mark").fetchall())

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
        return unpacked(row[0]) if row else _EMPTY

    def rows(
        self, first: int, last: int, *, field: int = ALL, channel: int = ALL
    ) -> Iterator[tuple[int, Cells]]:
        """Give the stored rows of a layer between two days, both included, by day."""
        for day, blob in self.blobs(first, last, field=field, channel=channel):
            yield day, unpacked(blob)

    def blobs(
        self, first: int, last: int, *, field: int = ALL, channel: int = ALL
    ) -> Iterator[tuple[int, bytes]]:
        """Give the same rows packed."""
        sql = (
            "SELECT day, cells FROM closing WHERE field = ? AND channel = ?"
            " AND day BETWEEN ? AND ? ORDER BY day"
        )
        yield from self.db.execute(sql, (field, channel, first, last))

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
        order = np.argsort(_narrow(booked.day), kind="stable")
        day, key, number = booked.day[order], booked.key[order], booked.number[order]
        part, field, channel = self._places_of(booked.keys)
        size, is_crossed = len(self.known("part")), len(self.known("part")) <= MOST_PARTS_CROSSED
        cell = booked.slot[order] * size + part[key]
        step = int(channel.max()) + 1
        for by_field, by_channel in kinds:
            if by_field and by_channel and not is_crossed:
                continue
            layer = (field * by_field * step + channel * by_channel)[key]
            of_layer = np.argsort(_narrow(layer), kind="stable")
            ones, starts = np.unique(layer[of_layer], return_index=True)
            for one, here in zip(ones.tolist(), np.split(of_layer, starts[1:]), strict=True):
                self._add_to(divmod(one, step), day[here], cell[here], number[here])

    def _places_of(self, keys: Sequence[Keys]) -> Iterator[Places]:
        """Give the places of part, field and channel of each key, new ones at the end."""
        units, heirs, fields, channels = zip(*keys, strict=True)
        parts = [f"{unit}|{heir}" for unit, heir in zip(units, heirs, strict=True)]
        named = (("part", parts, 0), ("field", fields, 1), ("channel", channels, 1))
        for kind, names, first in named:
            yield np.array(self.places(kind, names, first=first), np.int32)

    def _add_to(self, layer: tuple[int, int], day: Places, cell: Places, number: Places) -> None:
        """Add to one layer. Shapes: [booking], by day; `cell` is a place in [slot, part]."""
        first, size = int(day[0]), len(self.known("part"))
        before = self.cells(first - 1, field=layer[0], channel=layer[1])
        sql = "SELECT day, cells FROM closing WHERE field = ? AND channel = ? AND day >= ?"
        stored = dict(self.db.execute(sql, (*layer, first)).fetchall())
        changed = _changed(before, stored, day=day, cell=cell, number=number, size=size)
        sql = "INSERT OR REPLACE INTO closing VALUES (?, ?, ?, ?)"
        self.db.executemany(sql, ((*layer, at, _blob(cells)) for at, cells in changed))

    # What is still to come

    def note_ahead(self, dossiers: Iterable[str], moments: Iterable[tuple[str, int]]) -> None:
        """Say anew when these dossiers must be looked at again; only within `writing`."""
        self.db.executemany("DELETE FROM ahead WHERE dossier = ?", [(one,) for one in dossiers])
        self.db.executemany("INSERT OR REPLACE INTO ahead VALUES (?, ?)", moments)

    def passed(self, until: int) -> list[str]:
        """Give the dossiers whose next moment is not after `until`."""
        sql = "SELECT dossier FROM ahead WHERE moment <= ?"
        return [row[0] for row in self.db.execute(sql, [until])]

    # Where something happened last

    def add_news(self, seq: int, places: Iterable[tuple[str, str, str, str]]) -> None:
        """Say where the events up to `seq`, or the time that passed, changed something: unit, heir,
        field, channel; an empty text is any. Only within `writing`.
        """
        number = int(self.mark("news") or 0) + 1
        rows = [(number, seq, *place) for place in places]
        if rows:
            self.db.executemany("INSERT INTO news VALUES (?, ?, ?, ?, ?, ?)", rows)
            self.db.execute("DELETE FROM news WHERE number <= ?", [number - NEWS_KEPT])
            self.set_marks(news=number)

    def news(self, after: int) -> Iterator[tuple[int, int, str, str, str, str]]:
        """Give what was said since news number `after`: number, seq and place, oldest first."""
        sql = "SELECT * FROM news WHERE number > ? ORDER BY number"
        yield from self.db.execute(sql, [after])


def _changed(
    before: Cells,
    stored: Mapping[int, bytes],
    *,
    day: Places,
    cell: Places,
    number: Places,
    size: int,
) -> Iterator[tuple[int, Cells]]:
    """Give the rows of a layer from the first booking on, with the bookings in them."""
    days, starts = np.unique(day, return_index=True)
    ends = np.append(starts[1:], len(day)).tolist()
    booked = {d: slice(s, e) for d, s, e in zip(days.tolist(), starts.tolist(), ends, strict=True)}
    base, extra = before, np.zeros(WIDTH * size, np.int32)
    for at in sorted({*stored, *booked}):
        if at in stored:
            base = unpacked(stored[at])
        if at in booked:
            np.add.at(extra, cell[booked[at]], number[booked[at]])
        whole = extra.reshape(WIDTH, size).copy()
        whole[:, : len(base)] += base.T
        yield at, whole.T


def _narrow(numbers: Places) -> NDArray[np.integer]:
    """Give numbers in the same order, sixteen bits wide where they fit: those are sorted faster."""
    low, high = numbers.min(), numbers.max()
    return (numbers - low).astype(np.uint16) if high - low < 1 << 16 else numbers


# Bytes of one weight side by side: most of the heavier ones are zeros, and pack to nothing.
_codec = pa.Codec("lz4_raw")


def unpacked(blob: bytes) -> Cells:
    """Give a row as it lies in the file. Shape: [part, slot]."""
    parts = int.from_bytes(blob[:4], "little")
    planes = np.frombuffer(_codec.decompress(blob[4:], 4 * WIDTH * parts), np.uint8)
    planes = planes.reshape(4, WIDTH * parts)
    cells: NDArray[np.uint32] = planes[0].astype(np.uint32)
    for weight in (1, 2, 3):
        if planes[weight].any():
            cells |= planes[weight].astype(np.uint32) << np.uint32(8 * weight)
    found: Cells = cells.view(np.int32).reshape(WIDTH, parts).T
    return found


def _blob(cells: Cells) -> bytes:
    by_slot = np.ascontiguousarray(cells.T, "<i4").reshape(-1)
    planes = np.ascontiguousarray(by_slot.view(np.uint8).reshape(-1, 4).T)
    return len(cells).to_bytes(4, "little") + bytes(_codec.compress(planes))


# The file in force

_local = threading.local()


def folder() -> Path:
    """Give the folder of cubes."""
    return Path(settings.MOTCUA_HOME, "facts", "cube")


def current() -> Path | None:
    """Give the file in force, None when there is none."""
    place = folder()
    try:
        with open(place / "current") as file:  # asked for by every wall each second
            return place / file.read().strip()
    except FileNotFoundError:
        return None


def publish(path: Path) -> None:
    """Put a finished file in force; the one before it goes once nobody can be asked for it.

    So does what a killed process left half filled, unless somebody is filling a file just now.
    """
    before, new = current(), folder() / "next"
    new.write_text(path.name)
    os.replace(new, folder() / "current")
    with _if_nobody_fills() as nobody_does:
        gone = "*.sqlite*" if nobody_does else f"{before.name if before else path.name}*"
        for other in folder().glob(gone):
            if not other.name.startswith(path.name):
                other.unlink(missing_ok=True)  # who reads it still has it open


@contextmanager
def filling() -> Iterator[None]:
    """Keep a file that is filled unseen from being taken for what a killed process left."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / FILLING).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _if_nobody_fills() -> Iterator[bool]:
    with (folder() / FILLING).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


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


def names_of(known: Mapping[str, int]) -> tuple[str, ...]:
    """Give names by their place; for fields and channels the first one has place 1."""
    return tuple(known)  # `Cube.known` holds them so
