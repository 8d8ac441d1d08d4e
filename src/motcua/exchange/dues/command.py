"""The door of the command line: reads a file in pieces, writes the answers, then shows them."""

import csv
import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Self

from motcua.kit.calendar import Calendar
from motcua.ui.doors import words_of

from .counting import COLUMNS, Counted, count
from .outcome import Outcome
from .records import records
from .refusals import (
    ColumnsMissing,
    NothingInside,
    NotText,
    OneFile,
    Unreadable,
    Unwritable,
    Workbook,
    WrongSeparator,
)

PIECE = 10_000
"""Rows held in memory at once."""
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
DUE = "due_at"
ZIPPED = b"PK\x03\x04"
"""How every Excel workbook begins."""
OTHER_SIGNS = (";", "\t", "|")
ABOUT_ERRORS = ("row", "reason")


def count_file(source: Path, target: Path, calendar: Calendar) -> Outcome:
    """Write the rows of a CSV file with their due moments; wrong ones beside, with the reason.

    Both files appear whole or not at all; an old file of wrong rows is taken away when no row
    is wrong. A column `due_at` of the source is written anew.
    Errors: OneFile, Unreadable, Workbook, NotText, NothingInside, ColumnsMissing, WrongSeparator,
    Unwritable.
    """
    errors = target.with_name(f"{target.name}.errors.csv")
    if source.resolve() in (target.resolve(), errors.resolve()):
        raise OneFile(file=source.name)
    with (
        _unswept(),
        _reading(source) as lines,
        _Draft(target) as good,
        _Draft(errors) as bad,
    ):
        counts = _count(lines, source.name, calendar, good=good, bad=bad)
        good.keep()
        if counts["wrong"]:
            bad.keep()
        else:
            errors.unlink(missing_ok=True)
    return Outcome(**counts, errors=errors if counts["wrong"] else None)


def _count(
    lines: Iterator[str], name: str, calendar: Calendar, *, good: "_Draft", bad: "_Draft"
) -> dict[str, int]:
    """Write header and rows; give how many of them are due, waiting and wrong."""
    first = next(lines, "")
    mark = BOM if first.startswith(BOM) else ""
    header = _header(first.removeprefix(BOM), name)
    places = {column: header.index(column) for column in COLUMNS}
    due_place = header.index(DUE) if DUE in header else len(header)
    good.begin(mark, [*header[:due_place], DUE, *header[due_place + 1 :]])
    bad.begin(mark, [*ABOUT_ERRORS, *header])
    counts = {"due": 0, "waiting": 0, "wrong": 0}
    read = records(lines, columns=len(header), line=1)
    while piece := list(islice(read, PIECE)):
        counted = count(piece, places, calendar)
        right = [one for one in counted if one.refusal is None]
        good.write([_answered(one, due_place) for one in right])
        bad.write(_refused(one) for one in counted if one.refusal is not None)
        due = sum(bool(one.due_at) for one in right)
        counts["due"] += due
        counts["waiting"] += len(right) - due
        counts["wrong"] += len(counted) - len(right)
    return counts


def _header(line: str, name: str) -> list[str]:
    """The names of the columns.

    Errors: NothingInside, NotText, ColumnsMissing, WrongSeparator.
    """
    if not line:
        raise NothingInside(file=name)
    if "\0" in line:
        raise NotText(file=name, line=1)
    try:
        header = [cell.strip() for cell in next(csv.reader([line], strict=True), [])]
    except csv.Error:
        header = []
    lacking = [column for column in COLUMNS if header.count(column) != 1]
    sign = next((sign for sign in OTHER_SIGNS if len(header) == 1 and sign in header[0]), "")
    if lacking and sign:
        raise WrongSeparator(file=name, sign=sign)
    if lacking:
        raise ColumnsMissing(file=name, missing=", ".join(lacking))
    return header


def _answered(one: Counted, due_place: int) -> list[str]:
    cells = one.record.cells
    return [*cells[:due_place], one.due_at, *cells[due_place + 1 :]]


def _refused(one: Counted) -> list[object]:
    words = words_of(one.refusal) if one.refusal is not None else ""
    return [one.record.line, words, *one.record.cells]


@contextmanager
def _unswept() -> Iterator[None]:
    """Without the collector of circles: rows make none, and it would look at all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _reading(source: Path) -> Iterator[Iterator[str]]:
    """The lines of a text in UTF-8. Errors: Unreadable, Workbook, NotText."""
    read = 0

    def lines(file: IO[str]) -> Iterator[str]:
        nonlocal read
        for line in file:
            read += 1
            yield line

    try:
        if source.is_file() and _begins_as_workbook(source):
            raise Workbook(file=source.name)
        with source.open(encoding="utf-8", newline="") as file:
            yield lines(file)
    except UnicodeDecodeError:
        raise NotText(file=source.name, line=read) from None
    except OSError as error:
        raise Unreadable(file=source.name, reason=error.strerror) from error


def _begins_as_workbook(source: Path) -> bool:
    with source.open("rb") as file:
        return file.read(len(ZIPPED)) == ZIPPED


class _Draft:
    """A table written beside its place, which takes it only when it is whole.

    Errors: Unwritable, from every step.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._draft = target.with_name(f"{target.name}.{os.getpid()}.part")

    def __enter__(self) -> Self:
        with self._refusing():
            self._file = self._draft.open("w", encoding="utf-8", newline="")
        self._table = csv.writer(self._file, lineterminator="\n")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what could not be written is thrown away with the draft
            self._file.close()
        self._draft.unlink(missing_ok=True)

    def begin(self, mark: str, header: Sequence[str]) -> None:
        """Write the mark of the encoding, if the source has one, and the header."""
        with self._refusing():
            self._file.write(mark)
            self._table.writerow(header)

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows."""
        with self._refusing():
            self._table.writerows(rows)

    def keep(self) -> None:
        """Let the table take its place."""
        with self._refusing():
            self._file.close()
            self._draft.replace(self._target)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Unwritable(file=self._target, reason=error.strerror) from error
