"""The records of a CSV file, in which a broken one loses no other."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from motcua.kit.refusals import Refused

from .refusals import CellTooLong, QuoteWrong, RowUneven


class Record(NamedTuple):
    """The cells of one row, the line it begins on, and what is wrong with its form, if anything."""

    line: int
    cells: Sequence[str]
    refusal: Refused | None


def records(lines: Iterator[str], *, columns: int, line: int) -> Iterator[Record]:
    """Give the rows after `line` lines; empty lines are none.

    A quotation mark that is not closed would swallow the rows below. Such a row ends at its
    first line, and the lines it had swallowed are read again.
    """
    feed = _Feed(lines, line)
    while True:
        reader = csv.reader(feed, strict=True)
        try:
            for cells in reader:
                since, swallowed = feed.begin()
                if len(cells) == columns:
                    yield Record(since, cells, None)
                elif swallowed:
                    yield feed.break_off(since, QuoteWrong())
                    break
                elif cells:
                    yield Record(since, cells, RowUneven(found=len(cells), wanted=columns))
            else:
                return
        except csv.Error as error:
            since, _ = feed.begin()
            yield feed.break_off(since, _refusal(error))


def _refusal(error: csv.Error) -> Refused:
    # The module has one class for all it minds, and says what it is in words only.
    if "field larger than field limit" in str(error):
        return CellTooLong(most=csv.field_size_limit())
    return QuoteWrong()


class _Feed:
    """Hands lines out, and takes those back that a broken record swallowed."""

    def __init__(self, lines: Iterator[str], line: int) -> None:
        self._lines, self._again = lines, deque[str]()
        self._taken: list[str] = []
        self._last: list[str] = []
        self._line = line

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        return line

    def begin(self) -> tuple[int, bool]:
        """Close the record just read: give its first line's number, and whether it had more."""
        since = self._line + 1
        self._last, self._taken = self._taken, []
        self._line += len(self._last)
        return since, len(self._last) > 1

    def break_off(self, since: int, refusal: Refused) -> Record:
        """Give the first line of the record just closed as a broken one; take the others back."""
        first, *others = self._last
        self._again.extendleft(reversed(others))
        self._line = since
        return Record(since, [first.rstrip("\r\n")], refusal)
