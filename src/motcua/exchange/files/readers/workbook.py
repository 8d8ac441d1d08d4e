"""XLSX, read as a stream."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from motcua.exchange.files.mapping import Plan
from motcua.exchange.files.refusals import (
    BookBroken,
    NoWorkbook,
    SheetMissing,
    TooMuchText,
    Unreadable,
)

from .rows import Layout, Row

MOST_SHARED_TEXT = 400_000_000  # bytes; openpyxl keeps shared texts in memory
BLOCK = 500
PLAINLY_BROKEN = (zipfile.BadZipFile, InvalidFileException, KeyError, EOFError, SyntaxError)


def layouts(path: Path, plan: Plan) -> list[Layout]:
    """Each sheet, or the one the mapping names."""
    _check_package(path)
    names = _sheet_names(path)
    if plan.sheet:
        if plan.sheet not in names:
            raise SheetMissing(file=path.name, sheet=plan.sheet, found=", ".join(names))
        names = [plan.sheet]
    return [Layout(name, partial(rows, path, name)) for name in names]


def _check_package(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            sizes = {part.filename: part.file_size for part in package.infolist()}
    except zipfile.BadZipFile as error:
        raise BookBroken(file=path.name) from error
    except OSError as error:
        raise Unreadable(file=path.name, reason=error.strerror or str(error)) from error
    if "xl/workbook.xml" not in sizes:
        raise NoWorkbook(file=path.name)
    if sizes.get("xl/sharedStrings.xml", 0) > MOST_SHARED_TEXT:
        raise TooMuchText(file=path.name)


def _open(path: Path) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions we do not read
        try:
            return load_workbook(path, read_only=True, data_only=True)
        except PLAINLY_BROKEN as error:
            raise BookBroken(file=path.name) from error


def _sheet_names(path: Path) -> list[str]:
    book = _open(path)
    try:
        return [sheet.title for sheet in book.worksheets]
    finally:
        book.close()


def rows(path: Path, sheet: str) -> Iterator[Row]:
    """Rows of the sheet. Dates become "2025-07-05 08:21:33", whole numbers lose their ".0".

    Errors: BookBroken.
    """
    book = _open(path)
    try:
        table = book[sheet]
        table.reset_dimensions()  # exporters write wrong ones
        found = enumerate(table.iter_rows(values_only=True), start=1)
        while block := _block(path, found):
            yield from block
    finally:
        book.close()


def _block(path: Path, found: Iterator[tuple[int, tuple[object, ...]]]) -> list[Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a date out of range comes as a number
        try:
            return [(line, [_text(v) for v in cells]) for line, cells in islice(found, BLOCK)]
        except PLAINLY_BROKEN as error:
            raise BookBroken(file=path.name) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        whole = value.time() == time(0)
        return f"{value:%Y-%m-%d}" if whole else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value)
