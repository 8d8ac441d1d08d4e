"""Values that components show. Pages build them; templates draw them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

LONGEST_PAGE = 9  # digits; no list has a page beyond


@dataclass(frozen=True)
class Happening:
    """One entry of a time line. `tone` is ok, warn, bad, info or calm; `now` marks the present."""

    title: str
    at: datetime | int | None = None
    who: str = ""
    text: str = ""
    tone: str = "calm"
    icon: str = ""
    is_now: bool = False
    is_ahead: bool = False


@dataclass(frozen=True)
class Pager:
    """Where a list stands. `previous` and `following` change the address's parameters.

    A list by page number gives `page` and `last_page`; a list by key (fast at any depth) gives
    only the parameters of its neighbours, such as `{"after": "…"}`.
    """

    total: int | None = None
    first: int | None = None
    last: int | None = None
    previous: Mapping[str, str | int | None] = field(default_factory=dict)
    following: Mapping[str, str | int | None] = field(default_factory=dict)

    @classmethod
    def by_page(cls, *, page: int, size: int, total: int) -> "Pager":
        """Give the pager of page `page` (from 1) of a list of `total` rows."""
        last_page = max(1, math.ceil(total / size))
        here = min(max(page, 1), last_page)
        first = (here - 1) * size + 1 if total else 0
        return cls(
            total=total,
            first=first,
            last=min(here * size, total),
            previous={"page": here - 1} if here > 1 else {},
            following={"page": here + 1} if here < last_page else {},
        )


def page_number(text: str) -> int:
    """Give the page an address asks for; the first where it names none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE
    return int(text) if is_number else 1


@dataclass(frozen=True)
class BarRow:
    """A row of a bar list: a name, its value, a note beside it and the list behind it."""

    name: str
    value: float
    shown: str
    note: str = ""
    tone: str = "info"
    url: str = ""


def sparkline(values: Sequence[float], *, width: int = 120, height: int = 36) -> str:
    """Give the SVG path of a small line through `values`; nothing for fewer than two."""
    if len(values) < 2:  # noqa: PLR2004 (a line has two ends)
        return ""
    low, high = min(values), max(values)
    scale = (height - 6) / (high - low or 1)
    points = (
        f"{spark_x(i, len(values), width=width)} {height - 3 - (v - low) * scale:.1f}"
        for i, v in enumerate(values)
    )
    return "M" + "L".join(points)


def spark_x(at: int, number: int, *, width: int = 120) -> str:
    """Give how far from the left the value at a place of `number` values stands."""
    return f"{at * width / max(number - 1, 1):.1f}"
