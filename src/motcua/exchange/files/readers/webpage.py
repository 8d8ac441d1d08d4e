"""HTML that calls itself .xls: what many one-stop software write as "export to Excel"."""

import codecs
import io
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from motcua.exchange.files.mapping import Plan
from motcua.exchange.files.refusals import BrokenOff, WrongEncoding

from . import encodings
from .packed import open_bytes
from .rows import Layout, Row

HEAD = 4096
BLOCK = 1 << 18
MOST_COLUMNS = 1000
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w\-]+)", re.IGNORECASE)
PARTS_OF_ROW = ("td", "th")


def layouts(path: Path, plan: Plan) -> list[Layout]:
    """One for each encoding the page may have; a page that names its own is believed."""
    declared = _declared(path)
    if plan.encoding != "auto":
        known = [plan.encoding]
    else:
        known = [declared] if declared else encodings.candidates(path)
    return [Layout(name, partial(rows, path, name), name) for name in known]


def _declared(path: Path) -> str:
    with open_bytes(path) as stream:
        head = stream.read(HEAD)
    found = CHARSET.search(head)
    if found is None or head.startswith(tuple(bom for bom, _ in encodings.BOMS)):
        return ""
    try:
        return codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""


def rows(path: Path, encoding: str) -> Iterator[Row]:
    """The rows of all tables, numbered as a spreadsheet shows them.

    A cell over several rows is repeated in each; over several columns it stands in the first.
    Errors: WrongEncoding; BrokenOff when the table is not closed.
    """
    above: dict[int, tuple[str, int]] = {}
    line, tail = 0, ""
    for piece in _pieces(path, encoding):
        tail = (tail + piece)[-HEAD:]
        for row in _parsed(piece):
            line += 1
            yield line, _cells(row, above)
    if "</table" not in tail.lower():
        raise BrokenOff(file=path.name, line=line)


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    """The page in pieces that end between two rows.

    One parser for the whole page would keep the page: libxml2 never lets go of what it was fed.
    """
    waiting = ""
    for text in _texts(path, encoding):
        waiting += text
        cut = max(waiting.rfind("<tr"), waiting.rfind("<TR"))
        if cut > 0:
            yield waiting[:cut]
            waiting = waiting[cut:]
    yield waiting


def _parsed(piece: str) -> Iterator[etree._Element]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    whole = f"<table>{piece}".replace("\x00", "").encode("utf-8", "replace")
    return etree.fromstring(whole, parser).iter("tr")


def _texts(path: Path, encoding: str) -> Iterator[str]:
    with open_bytes(path) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding)
        try:
            while block := text.read(BLOCK):
                yield block
        except UnicodeDecodeError as error:
            bad = encodings.first_bad_line(path, encoding)
            raise WrongEncoding(file=path.name, line=bad, encoding=encoding) from error
        finally:
            text.detach()


def _cells(row: etree._Element, above: dict[int, tuple[str, int]]) -> list[str]:
    """The texts of a row, with what hangs down from the rows above it."""
    cells: list[str] = []

    def hang() -> None:
        while len(cells) in above:
            text, left = above.pop(len(cells))
            if left > 1:
                above[len(cells)] = (text, left - 1)
            cells.append(text)

    for part in row:
        if part.tag not in PARTS_OF_ROW:
            continue
        hang()
        text = " ".join("".join(map(str, part.itertext())).split())
        width, height = _span(part, "colspan"), _span(part, "rowspan")
        for place in range(width):
            shown = text if place == 0 else ""
            if height > 1:
                above[len(cells)] = (shown, height - 1)
            cells.append(shown)
    hang()
    return cells


def _span(part: etree._Element, name: str) -> int:
    told = part.get(name, "1")
    return min(max(int(told), 1), MOST_COLUMNS) if told.isdigit() else 1
