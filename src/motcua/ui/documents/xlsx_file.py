"""A sheet as XLSX, row by row: the memory it takes does not grow with the rows."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .sheets import Cell, Column, Kind, Sheet

MOST_ROWS = 1_048_576  # of the format
LONGEST_NAME = 31  # of the tab of a worksheet
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
FONT = "Times New Roman"
SHAPES: Mapping[Kind, str] = {
    Kind.NUMBER: "#,##0",
    Kind.PERCENT: "0.00",
    Kind.DAY: "dd/mm/yyyy",
    Kind.MOMENT: "hh:mm dd/mm/yyyy",
}
OPTIONS = {  # a cell is what we say it is: no text becomes a formula, a number or a link
    "constant_memory": True,
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}


def as_xlsx(sheet: Sheet) -> bytes:
    """Give the head, the table with a filter, and the total. Rows must fit the format."""
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties({"title": sheet.title})
    page = book.add_worksheet(tab_name(sheet.title))
    _set_page(page, sheet)
    first = _write_head(book, page, sheet)
    shapes = _shapes(book, sheet.columns, is_strong=False)
    at = first + 1
    for row in sheet.rows:
        _write_row(page, at, row, shapes)
        at += 1
    if sheet.rows:
        page.autofilter(first, 0, at - 1, len(sheet.columns) - 1)
    if sheet.total is not None:
        _write_row(page, at, sheet.total, _shapes(book, sheet.columns, is_strong=True))
    book.close()
    return out.getvalue()


def tab_name(title: str) -> str:
    """Give a title as a worksheet can be called."""
    return title.translate(NOT_IN_A_NAME).strip("' ")[:LONGEST_NAME] or "1"


def _set_page(page: Worksheet, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P/&N")
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)


def _write_head(book: Workbook, page: Worksheet, sheet: Sheet) -> int:
    """Write title, facts, notes and the titles of columns; give the row of the titles."""
    title = book.add_format({"bold": True, "font_size": 14, "font_name": FONT})
    label = book.add_format({"bold": True, "font_name": FONT})
    plain = book.add_format({"font_name": FONT})
    note = book.add_format({"italic": True, "font_name": FONT, "font_size": 10})
    head = book.add_format(
        {
            "bold": True, "font_name": FONT, "text_wrap": True, "border": 1,
            "align": "center", "valign": "vcenter", "bg_color": "#E8EEF5",
        }
    )  # fmt: skip
    page.write_string(0, 0, sheet.title, title)
    at = 1
    for name, text in sheet.about:
        page.write_string(at, 0, name, label)
        page.write_string(at, 1, text, plain)
        at += 1
    for text in sheet.notes:
        page.write_string(at, 0, text, note)
        at += 1
    at += 1
    for place, column in enumerate(sheet.columns):
        page.write_string(at, place, column.title, head)
    page.freeze_panes(at + 1, 0)
    page.repeat_rows(at)
    return at


def _shapes(book: Workbook, columns: Any, *, is_strong: bool) -> list[Any]:
    return [_shape(book, column, is_strong=is_strong) for column in columns]


def _shape(book: Workbook, column: Column, *, is_strong: bool) -> Any:
    look = {"font_name": FONT, "border": 1, "border_color": "#BFC7D1", "valign": "top"}
    if column.kind in SHAPES:
        look["num_format"] = SHAPES[column.kind]
    if column.kind is Kind.TEXT:
        look["text_wrap"] = True
    return book.add_format({**look, "bold": is_strong})


def _write_row(page: Worksheet, at: int, row: Any, shapes: list[Any]) -> None:
    for place, cell in enumerate(row):
        write_cell(page, at, place, cell, shapes[place])


def write_cell(page: Worksheet, at: int, place: int, cell: Cell, shape: Any) -> None:  # noqa: PLR0917
    """Write one cell as what it is."""
    if cell is None:
        page.write_blank(at, place, None, shape)
    elif isinstance(cell, str):
        page.write_string(at, place, cell, shape)
    elif isinstance(cell, date | datetime):
        page.write_datetime(at, place, cell, shape)
    else:
        page.write_number(at, place, cell, shape)
