"""A table to take away: its head, its typed columns and its rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from .blocks import Drawing

Cell: TypeAlias = str | int | float | date | datetime | None
Row: TypeAlias = Sequence[Cell]


class Kind(StrEnum):
    """What the cells of a column are. `percent` is a number of hundredths, 99.52 for 99,52 %."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Column:
    """A column. Units: `width` in letters."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A table. `about` are the lines of its head, `drawing` is what a chart shows of it.

    Moments are local and carry no zone: a sheet has no way to write one.
    """

    title: str
    about: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    rows: Sequence[Row]
    total: Row | None = None
    notes: Sequence[str] = ()
    language: str = "vi"
    drawing: Drawing | None = field(default=None)

    @property
    def body(self) -> Sequence[Row]:
        """Give the rows, and the total as the last one."""
        return self.rows if self.total is None else [*self.rows, self.total]
