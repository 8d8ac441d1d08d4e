"""Text of files people hand in: decoded, parted into rows, and refused when it is none."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.kit.refusals import Refused
from motcua.kit.text import nfc
from motcua.kit.words import gettext_noop

ZIPPED = b"PK\x03\x04"
"""How every Excel workbook begins."""
OTHER_SIGNS = (";", "\t", "|")


class FileUnreadable(Refused):
    """The file is not there or may not be read."""

    message = gettext_noop("The file %(file)s cannot be read. Check its name and your rights.")


class FileEmpty(Refused):
    """Nothing to take in."""

    message = gettext_noop("The file has no rows. Nothing was changed.")


class WrongEncoding(Refused):
    """The bytes are no UTF-8."""

    message = gettext_noop(
        "The file is not in UTF-8 (line %(line)s). Save it as “CSV UTF-8” and try again. "
        "Nothing was changed."
    )


class Workbook(Refused):
    """An Excel file under another name."""

    message = gettext_noop(
        "The file is an Excel workbook, not CSV. Save it as “CSV UTF-8” and try again. "
        "Nothing was changed."
    )


class WrongSeparator(Refused):
    """Semicolons, as spreadsheets in some languages write them."""

    message = gettext_noop(
        "The columns are parted by “%(sign)s”, not by a comma. Save the file with commas and try"
        " again. Nothing was changed."
    )


class WrongColumns(Refused):
    """Columns are missing."""

    message = gettext_noop(
        "The file lacks the columns %(missing)s. It needs: %(needed)s. Nothing was changed."
    )


class HalfFile(Refused):
    """The file ends in the middle of a row."""

    message = gettext_noop(
        "The file breaks off in line %(line)s. Fetch it again; nothing was changed."
    )


class RowBroken(Refused):
    """A row that is no row."""

    message = gettext_noop("The row cannot be read.")


def decoded(raw: bytes) -> str:
    """Give the text of a file in UTF-8, with or without a mark at its beginning.

    Errors: Workbook, WrongEncoding, HalfFile, FileEmpty.
    """
    if raw.startswith(ZIPPED):
        raise Workbook
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_utf8(raw, error.start, error.end) from None
    if "\0" in text:
        raise WrongEncoding(line=text[: text.index("\0")].count("\n") + 1)
    if not text.strip():
        raise FileEmpty
    return nfc(text)


def _no_utf8(raw: bytes, start: int, end: int) -> Refused:
    """A sign cut at the very end is a file cut, not another encoding."""
    line = raw[:start].count(b"\n") + 1
    is_cut = end == len(raw) and start > 0 and len(raw) - start < 4  # noqa: PLR2004 (bytes of a sign)
    return HalfFile(line=line) if is_cut else WrongEncoding(line=line)


def csv_rows(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    """Give the rows of a CSV by line; None for one with too few or too many cells.

    Errors: WrongColumns, WrongSeparator, HalfFile.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        check_columns(header, needed)
        rows = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error:
        raise HalfFile(line=reader.line_num) from None
    if rows and _is_cut(text, header, [cells for _, cells in rows]):
        raise HalfFile(line=rows[-1][0])
    for line, cells in rows:
        is_whole = len(cells) == len(header)
        yield line, dict(zip(header, cells, strict=True)) if is_whole else None


def _is_cut(text: str, header: list[str], rows: list[list[str]]) -> bool:
    """A last row that has no line end and lacks cells, or whose last cell is shorter than all."""
    if text.endswith(("\n", "\r")):
        return False
    *others, last = rows
    if len(last) < len(header):
        return True
    shortest = min((len(cells[-1]) for cells in others if cells), default=0)
    return len(last) == len(header) and len(last[-1]) < shortest


def check_columns(found: list[str], needed: tuple[str, ...]) -> None:
    """Refuse a list that lacks columns. Errors: WrongColumns, WrongSeparator."""
    missing = [name for name in needed if name not in found]
    sign = next((sign for sign in OTHER_SIGNS if len(found) == 1 and sign in found[0]), "")
    if missing and sign:
        raise WrongSeparator(sign=sign)
    if missing:
        raise WrongColumns(missing=", ".join(missing), needed=", ".join(needed))
