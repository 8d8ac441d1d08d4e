"""What every reader gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Row = tuple[int, list[str]]  # the line in the file, and its cells


@dataclass(frozen=True)
class Layout:
    """One way to read a file: an encoding and a separator, or a sheet. `rows` starts anew."""

    name: str
    rows: Callable[[], Iterator[Row]]
    encoding: str = ""
