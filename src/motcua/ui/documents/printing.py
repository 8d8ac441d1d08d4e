"""Pages set by typst: tagged PDF, or PNG as one tall picture; no network, no system fonts."""

import json
from pathlib import Path
from typing import Literal

import typst

from motcua.ui import formats

from .blocks import (
    BarList,
    Block,
    Facts,
    Grid,
    HeadCell,
    HeatMap,
    Line,
    LineChart,
    Notes,
    Page,
    Span,
)
from .sheets import Cell, Kind, Sheet

HERE = Path(__file__).parent / "typst"
FONTS = Path(__file__).parents[1] / "static" / "vendor" / "print"
PNG_PPI = 160.0  # a page 210 mm wide gives some 1320 dots
MANY_COLUMNS = 7


def as_pdf(page: Page) -> bytes:
    """Give a page as PDF."""
    return _compiled(page, form="pdf")


def as_png(page: Page) -> bytes:
    """Give a page as one picture, as tall as it must be."""
    return _compiled(page, form="png")


def page_of(sheet: Sheet, *, footer: str = "") -> Page:
    """Give a sheet as a page: its head, its drawing, its table, its notes."""
    drawn: list[Block] = [Facts(sheet.about)]
    if sheet.drawing is not None:
        drawn.append(sheet.drawing)
    drawn += [_grid(sheet), Notes(sheet.notes)]
    return Page(
        title=sheet.title,
        blocks=drawn,
        footer=footer,
        language=sheet.language,
        is_landscape=len(sheet.columns) > MANY_COLUMNS,
    )


def picture_of(sheet: Sheet, *, footer: str = "") -> Page:
    """Give a sheet as a picture: the drawing where there is one, else the table."""
    is_drawn = isinstance(sheet.drawing, LineChart | HeatMap | BarList)
    whole = page_of(sheet, footer=footer)
    kept = [one for one in whole.blocks if not (is_drawn and isinstance(one, Grid))]
    return Page(
        title=whole.title,
        blocks=kept,
        footer=footer,
        language=whole.language,
        is_landscape=is_drawn or whole.is_landscape,
    )


def _grid(sheet: Sheet) -> Grid:
    kinds = [column.kind for column in sheet.columns]
    texts = (Kind.TEXT,)
    lines = [
        Line([Span(shown(c, k)) for c, k in zip(row, kinds, strict=True)]) for row in sheet.rows
    ]
    if sheet.total is not None:
        cells = [Span(shown(c, k)) for c, k in zip(sheet.total, kinds, strict=True)]
        lines.append(Line(cells, is_strong=True))
    return Grid(
        widths=[column.width if column.kind in texts else 0 for column in sheet.columns],
        aligns=["right" if k in (Kind.NUMBER, Kind.PERCENT) else "left" for k in kinds],
        head=[[HeadCell(column.title) for column in sheet.columns]],
        lines=lines,
    )


def shown(cell: Cell, kind: Kind) -> str:
    """Write a cell as people read it."""
    if cell is None or isinstance(cell, str):
        return cell if cell else formats.NOTHING
    if isinstance(cell, int | float):
        return formats.percent(cell) if kind is Kind.PERCENT else formats.number(cell)
    return f"{cell:%H:%M %d/%m/%Y}" if kind is Kind.MOMENT else f"{cell:%d/%m/%Y}"


def _compiled(page: Page, *, form: Literal["pdf", "png"]) -> bytes:
    told = {**page.as_plain(), "is_picture": form == "png"}
    made = typst.compile(
        str(HERE / "page.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format=form,
        ppi=PNG_PPI if form == "png" else None,
        sys_inputs={"page": json.dumps(told, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("A picture is one page as tall as it must be.")
    return made
