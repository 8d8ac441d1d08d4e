"""Finds the header of a table among title rows, over one to three rows. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .fields import Field
from .labels import label
from .mapping import Column
from .readers.rows import Row

DEEPEST = 3


@dataclass(frozen=True)
class Header:
    """Where the columns stand, and how many rows of the file lie above the first data row."""

    places: Mapping[Field, int]
    ends_after: int
    labels: tuple[str, ...]

    @property
    def width(self) -> int:
        return max(self.places.values(), default=-1) + 1


def find_header(head: Sequence[Row], columns: Mapping[Field, Column]) -> Header:
    """The rows that name the most columns: those that end first, and the fewest of them.

    An export of many pages prints its header again, in one row perhaps.

    Of a header without any known name only the widest row's labels are told.
    """
    texts = [cells for _, cells in head]
    labelled = [[label(cell) for cell in cells] for cells in texts]
    best = Header({}, 0, ())
    for depth in range(1, DEEPEST + 1):
        for start in range(len(labelled) - depth + 1):
            names = list(_names(labelled[start : start + depth]))
            places = _places(names, columns)
            rank = (len(places), -start - depth)
            if rank > (len(best.places), -best.ends_after) and places:
                leaves = tuple(one[-1] if one else "" for one in names)
                best = Header(places, start + depth, leaves)
    if not best.places and texts:
        widest = max(texts, key=lambda cells: sum(1 for cell in cells if cell.strip()))
        return Header({}, 0, tuple(cell.strip() for cell in widest))
    return best


def _names(levels: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """What each column may be called: its whole path, then its own lowest label.

    A merged cell holds its text in its first column; the columns right of it that have a label
    below take part in it.
    """
    width = max((len(level) for level in levels), default=0)
    reach = [""] * len(levels)
    for place in range(width):
        own = [level[place] if place < len(level) else "" for level in levels]
        path: list[str] = []
        for depth, text in enumerate(own):
            if text:
                reach[depth:] = [text, *[""] * (len(levels) - depth - 1)]
            if reach[depth] and (text or any(own[depth + 1 :])):
                path.append(reach[depth])
        leaf = next((text for text in reversed(own) if text), "")
        yield (" ".join(path), leaf) if leaf else ()


def _places(names: Sequence[tuple[str, ...]], columns: Mapping[Field, Column]) -> dict[Field, int]:
    """The first free column for each field, in the order of its names in the mapping."""
    first_at: dict[str, list[int]] = {}
    for place, alternatives in enumerate(names):
        for name in alternatives:
            first_at.setdefault(name, []).append(place)
    taken: set[int] = set()
    places: dict[Field, int] = {}
    for field, column in columns.items():
        free = (at for name in column.names for at in first_at.get(name, ()) if at not in taken)
        found = next(free, None)
        if found is not None:
            places[field] = found
            taken.add(found)
    return places
