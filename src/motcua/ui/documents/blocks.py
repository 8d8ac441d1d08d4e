"""What stands on a page set for print, as plain values. Pure; `typst/page.typ` draws them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Span:
    """A piece of text; a number that opens its list carries the address of it, and its value."""

    text: str
    url: str = ""
    is_strong: bool = False
    value: float | None = None


@dataclass(frozen=True)
class Heading:
    """A heading inside the page."""

    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    """Prose, piece by piece. `is_item`: a line of a list."""

    spans: Sequence[Span]
    is_item: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Facts:
    """Lines of a label and what is said of it."""

    pairs: Sequence[tuple[str, str]]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class HeadCell:
    """A cell of the head of a table, over as many columns and rows as it says."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    cells: Sequence[Span]
    is_strong: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. `widths`: 0 takes what it needs, else a share of what is left; `aligns`: left,
    center or right of each column.
    """

    widths: Sequence[float]
    aligns: Sequence[str]
    head: Sequence[Sequence[HeadCell]]
    lines: Sequence[Line]
    size: float = 9.0  # points
    kind: str = field(default="grid", init=False)


@dataclass(frozen=True)
class Series:
    """The values of one line or one group of bars."""

    name: str
    values: Sequence[int]
    is_dashed: bool = False


@dataclass(frozen=True)
class Mark:
    """Something to know from a label on: the place of the label, and the words."""

    at: int
    label: str


@dataclass(frozen=True)
class LineChart:
    """Lines over labels."""

    labels: Sequence[str]
    series: Sequence[Series]
    marks: Sequence[Mark] = ()
    kind: str = field(default="lines", init=False)


@dataclass(frozen=True)
class HeatMap:
    """A field of cells, the fuller the darker: `values[row][column]`."""

    columns: Sequence[str]
    rows: Sequence[str]
    values: Sequence[Sequence[int]]
    kind: str = field(default="heat", init=False)


@dataclass(frozen=True)
class Bar:
    """One bar: its value, how it is written, and a note in a tone (ok, info, warn, bad, none)."""

    name: str
    value: float
    shown: str
    note: str = ""
    tone: str = "info"


@dataclass(frozen=True)
class BarList:
    """Bars from the same zero line."""

    bars: Sequence[Bar]
    kind: str = field(default="bars", init=False)


@dataclass(frozen=True)
class Notes:
    """Footnotes and sources."""

    texts: Sequence[str]
    kind: str = field(default="notes", init=False)


@dataclass(frozen=True)
class Signatures:
    """The places to sign, side by side: each a list of lines, the first in bold."""

    places: Sequence[Sequence[str]]
    kind: str = field(default="signatures", init=False)


Drawing: TypeAlias = LineChart | HeatMap | BarList
Block: TypeAlias = Heading | Paragraph | Facts | Grid | Drawing | Notes | Signatures


@dataclass(frozen=True)
class LetterHead:
    """The head of an official paper: who writes, under whom, the motto, number, place and date."""

    above: str
    body: str
    motto: Sequence[str]
    number: str
    place_date: str


@dataclass(frozen=True)
class Page:
    """A document. `footer` stands on every page beside the page number."""

    title: str
    blocks: Sequence[Block]
    subtitle: str = ""
    footer: str = ""
    language: str = "vi"
    is_landscape: bool = False
    letter_head: LetterHead | None = None

    def as_plain(self) -> Mapping[str, Any]:
        """Give the page as values a template reads."""
        return asdict(self)
