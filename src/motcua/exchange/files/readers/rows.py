"""What every reader gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Row = tuple[int, list[str]]  # the line in the file, and its cells


@dataclass(frozen=True)
class Layout:
    """One way to read a file: an encoding and a separator, or a sheet. `rows` starts anew.

    `piece` is the place of the cell that numbers dossiers, in a file that tells by its form where
    one ends. Such a file has its header in the first row, and no titles or totals.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    encoding: str = ""
    piece: int | None = None
