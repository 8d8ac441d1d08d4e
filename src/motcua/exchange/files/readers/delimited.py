"""CSV: any separator, plain or gzip."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from motcua.exchange.files.mapping import Plan
from motcua.exchange.files.refusals import BrokenOff, QuoteOpen, WrongEncoding

from . import encodings
from .packed import open_bytes
from .rows import Layout, Row

SEPARATORS = (",", ";", "\t", "|")
UTF_8 = {"utf-8": "utf-8-sig"}


def layouts(path: Path, plan: Plan) -> list[Layout]:
    """Each way the file could be read; the header row decides between them."""
    known = encodings.candidates(path) if plan.encoding == "auto" else [plan.encoding]
    separators = (plan.separator,) if plan.separator else SEPARATORS
    return [
        Layout(f"{encoding} {separator!r}", partial(rows, path, encoding, separator), encoding)
        for encoding in known
        for separator in separators
    ]


def rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    """Rows with their line numbers.

    Errors: WrongEncoding, QuoteOpen, BrokenOff when the last row is cut.
    """
    cells: list[str] = []
    width = line = 0
    with open_bytes(path) as stream:
        text = io.TextIOWrapper(stream, encoding=UTF_8.get(encoding, encoding), newline="")
        watched = _LastLine(text)
        reader = csv.reader(watched, delimiter=separator)
        try:
            for cells in reader:
                line = reader.line_num
                width = max(width, len(cells))
                yield line, cells
        except UnicodeDecodeError as error:
            bad = encodings.first_bad_line(path, encoding)
            raise WrongEncoding(file=path.name, line=bad, encoding=encoding) from error
        except csv.Error as error:
            raise QuoteOpen(file=path.name, line=line + 1, reason=str(error)) from error
        finally:
            text.detach()
        cut = not watched.last.endswith(("\n", "\r")) or any("\n" in c for c in cells[-1:])
        if cut and 0 < len(cells) < width:
            raise BrokenOff(file=path.name, line=line)


class _LastLine:
    """Passes lines on and remembers the last, to see whether it ended."""

    def __init__(self, lines: io.TextIOWrapper) -> None:
        self.lines = lines
        self.last = "\n"

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.last = line
            yield line
