"""Leaves out the rows of a table that are no data: captions, totals, signatures. Pure."""

import re
from collections.abc import Iterator

from .cells import clean
from .fields import Field
from .headers import Header
from .labels import label
from .mapping import Plan
from .readers.rows import Row

TOTAL = re.compile(r"(?:tong cong|tong so|tong hop|cong|tong)\b")
CAPTION = re.compile(r"(?:(?:[ivxl]+|[a-h]) \S|linh vuc |don vi |co quan )")
ORDINAL = re.compile(r"(?:[ivxl]+|[a-h])$")
SIGNATURE = re.compile(
    r"\b(?:nguoi lap|lap bieu|thu truong|tm uy ban|tm ubnd|tl chu tich|kt chu tich|chu tich"
    r"|giam doc|ky ten|ky ghi ro|xac nhan cua|noi nhan)\b|\bngay \d* ?thang \d* ?nam\b"
)
DIGIT = re.compile(r"\d")
COLUMN_NUMBER = re.compile(r"\(?\d{1,3}\)?(?:\s*=.*)?$")
MOST_IN_CAPTION = 3
MOST_IN_SIGNATURE = 4
FEWEST_NUMBERS = 3


class Sieve:
    """Keeps the data rows, each padded to the width of the header; counts the others."""

    def __init__(self, header: Header, plan: Plan) -> None:
        self.key = header.places[Field.KEY]
        self.received = header.places[Field.RECEIVED_AT]
        self.width = header.width
        self.header_names = frozenset(plan.columns[Field.KEY].names)
        self.left_out = 0
        self._foot = False

    def keep(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Rows with a key and a receipt moment, and those that should have had one."""
        first = True
        for line, told in rows:
            lacking = self.width - len(told)
            cells = [*told, *[""] * lacking] if lacking > 0 else told
            key = cells[self.key]
            plainly = cells[self.received] and DIGIT.search(key) and not self._foot and not first
            if plainly or self._is_data(cells, first=first):
                first = False
                yield line, cells
            else:
                self.left_out += 1

    def _is_data(self, cells: list[str], *, first: bool) -> bool:
        texts = [text for cell in cells if (text := clean(cell))]
        if not texts or label(cells[self.key]) in self.header_names:
            return False
        if first and _numbers_columns(texts):
            return False
        received = clean(cells[self.received])
        if TOTAL.match(label(texts[0])) or (not received and _is_signature(texts)):
            self._foot = True
            return False
        if received and clean(cells[self.key]):
            return True
        return not self._foot and not (not received and _is_caption(cells, texts))


def _numbers_columns(texts: list[str]) -> bool:
    """The row under the header that says (1) (2) (3)=(4)+(5)."""
    return len(texts) >= FEWEST_NUMBERS and all(COLUMN_NUMBER.match(text) for text in texts)


def _is_signature(texts: list[str]) -> bool:
    return len(texts) <= MOST_IN_SIGNATURE and any(SIGNATURE.search(label(t)) for t in texts)


def _is_caption(cells: list[str], texts: list[str]) -> bool:
    """A group's title: numbered like one, or alone in one of the first columns."""
    if len(texts) > MOST_IN_CAPTION:
        return False
    first = label(texts[0])
    alone = len(texts) == 1 and " " in texts[0] and any(clean(cell) for cell in cells[:2])
    return alone or bool(CAPTION.match(first) or ORDINAL.match(first))
