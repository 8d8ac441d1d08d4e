"""A page as XLSX: head of the paper, prose, tables with a head of several rows, places to sign."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .blocks import (
    Block,
    Facts,
    Grid,
    Heading,
    LetterHead,
    Notes,
    Page,
    Paragraph,
    Signatures,
    Span,
)
from .xlsx_file import FONT, tab_name

LETTERS_OF_A_ROW = 150
LINE = 17.0  # points
LONGEST_ADDRESS = 2079  # of a link, by the format


@dataclass
class Writer:
    """Writes a page from top to bottom; `at` is the next row, `last` the last column."""

    book: Workbook
    page: Worksheet
    last: int
    at: int = 0

    def shape(self, **look: Any) -> Any:
        """Give a shape of cells."""
        return self.book.add_format({"font_name": FONT, "font_size": 12, **look})

    def across(self, text: str, shape: Any, *, first: int = 0, last: int | None = None) -> None:
        """Write a text over several columns of this row."""
        end = self.last if last is None else last
        if end > first:
            self.page.merge_range(self.at, first, self.at, end, "", shape)
        self.page.write_string(self.at, first, text, shape)


def as_xlsx(page: Page) -> bytes:
    """Give a page on A4, wide enough for its widest table."""
    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": page.title})
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    last = max([len(grid.widths) for grid in grids], default=8) - 1
    writer = Writer(book, book.add_worksheet(tab_name(page.title)), last)
    _set_paper(writer, page, grids)
    if page.letter_head is not None:
        _letter_head(writer, page.letter_head)
    centre = {"align": "center", "text_wrap": True}
    writer.across(page.title, writer.shape(bold=True, **{**centre, "font_size": 14}))
    writer.at += 1
    if page.subtitle:
        writer.across(page.subtitle, writer.shape(italic=True, **centre))
        writer.at += 1
    for block in page.blocks:
        writer.at += 1
        _block(writer, block)
    book.close()
    return out.getvalue()


def _set_paper(writer: Writer, page: Page, grids: list[Grid]) -> None:
    sheet = writer.page
    sheet.set_paper(9)  # A4
    if page.is_landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{page.footer.replace('&', '&&')}&R&8&P/&N")
    if grids:
        for place, share in enumerate(grids[0].widths):
            sheet.set_column(place, place, 34 if share else 10)


def _letter_head(writer: Writer, head: LetterHead) -> None:
    middle = max(writer.last // 3, 1)
    centre = {"align": "center", "text_wrap": True}
    pairs: tuple[tuple[str, dict[str, Any], str, dict[str, Any]], ...] = (
        (head.above.upper(), {}, head.motto[0].upper(), {"bold": True}),
        (head.body.upper(), {"bold": True}, head.motto[1], {"bold": True, "underline": 1}),
        (head.number, {}, head.place_date, {"italic": True}),
    )
    for left, left_look, right, right_look in pairs:
        writer.across(left, writer.shape(**centre, **left_look), last=middle)
        writer.across(right, writer.shape(**centre, **right_look), first=middle + 1)
        writer.at += 1
    writer.at += 1


def _block(writer: Writer, block: Block) -> None:
    if isinstance(block, Heading):
        writer.across(block.text, writer.shape(bold=True))
        writer.at += 1
    elif isinstance(block, Grid):
        _grid(writer, block)
    elif isinstance(block, Signatures):
        _signatures(writer, block)
    else:
        for text, look in _texts(block):
            _prose(writer, text, **look)


def _texts(block: Block) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the lines of a block that is only text."""
    if isinstance(block, Paragraph):
        yield "".join(span.text for span in block.spans), {}
    elif isinstance(block, Facts):
        yield from ((f"{label}: {text}", {}) for label, text in block.pairs)
    elif isinstance(block, Notes):
        yield from ((text, {"font_size": 10, "italic": True}) for text in block.texts)


def _prose(writer: Writer, text: str, **look: Any) -> None:
    writer.across(text, writer.shape(text_wrap=True, valign="top", **look))
    writer.page.set_row(writer.at, LINE * (1 + len(text) // LETTERS_OF_A_ROW))
    writer.at += 1


def _grid(writer: Writer, grid: Grid) -> None:
    head = writer.shape(
        bold=True, border=1, align="center", valign="vcenter", text_wrap=True, bg_color="#E8EEF5"
    )
    taken: set[tuple[int, int]] = set()
    for down, cells in enumerate(grid.head):
        place = 0
        for cell in cells:
            while (down, place) in taken:
                place += 1
            top, bottom = writer.at + down, writer.at + down + cell.rows - 1
            if cell.columns > 1 or cell.rows > 1:
                writer.page.merge_range(top, place, bottom, place + cell.columns - 1, "", head)
            writer.page.write_string(top, place, cell.text, head)
            taken |= {(down + n, place + m) for n in range(cell.rows) for m in range(cell.columns)}
            place += cell.columns
    writer.page.repeat_rows(writer.at, writer.at + len(grid.head) - 1)
    writer.at += len(grid.head)
    shapes = _shapes(writer)
    for line in grid.lines:
        for place, span in enumerate(line.cells):
            _cell(writer, place, span, shapes[line.is_strong, type(span.value)])
        writer.at += 1


def _shapes(writer: Writer) -> dict[tuple[bool, type], Any]:
    """Give the shape of a cell by what it is: text, a count, a share in per cent."""
    forms: dict[type, str] = {type(None): "@", int: "#,##0", float: "0.00"}
    return {
        (is_strong, kind): writer.shape(
            border=1, text_wrap=True, valign="top", bold=is_strong, num_format=form
        )
        for is_strong in (False, True)
        for kind, form in forms.items()
    }


def _cell(writer: Writer, place: int, span: Span, shape: Any) -> None:
    if span.url and len(span.url) <= LONGEST_ADDRESS:
        writer.page.write_url(writer.at, place, span.url, shape, span.text)
    if span.value is None:
        writer.page.write_string(writer.at, place, span.text, shape)
    else:  # the link stays, the cell is the number itself
        writer.page.write_number(writer.at, place, span.value, shape)


def _signatures(writer: Writer, block: Signatures) -> None:
    wide = (writer.last + 1) // len(block.places)
    lines = max(len(place) for place in block.places)
    for n in range(lines):
        for nth, place in enumerate(block.places):
            if n < len(place):
                look = {"bold": True} if n == 0 else {"italic": True}
                first = nth * wide
                writer.across(
                    place[n].upper() if n == 0 else place[n],
                    writer.shape(align="center", **look),
                    first=first,
                    last=first + wide - 1,
                )
        writer.at += 1
