"""A sheet as CSV: RFC 4180, UTF-8 with its mark, so that spreadsheets read Vietnamese."""

import csv
import io
from datetime import date, datetime

from .sheets import Cell, Sheet

MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(sheet: Sheet) -> bytes:
    """Give the head as lines of two cells, an empty line, then the table.

    Shape: numbers plain, days 2026-11-24, moments 2026-11-24 08:30, nothing for no value. Text
    that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe(sheet.title)])
    writer.writerows([safe(label), safe(text)] for label, text in sheet.about)
    writer.writerows([safe(note)] for note in sheet.notes)
    writer.writerow([])
    writer.writerow([safe(column.title) for column in sheet.columns])
    writer.writerows([_cell(cell) for cell in row] for row in sheet.body)
    return (MARK + out.getvalue()).encode("utf-8")


def safe(text: str) -> str:
    """Give a text no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return safe(cell) if isinstance(cell, str) else cell
