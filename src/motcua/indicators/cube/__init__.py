"""The day cube: closing rows that every figure of a wall is a difference of (docs/adr/0018).

`READER` follows the ledger, `sweep()` lets time pass, `rebuild()` makes the cube anew from the
facts, `compare()` does so unseen and names each cell that differed; `figures` answers.
"""

from motcua.ledger.reading import FileReader

from .comparing import Difference, compare
from .keeping import advance, bookmark, rebuild, sweep

READER = FileReader(name="wall", bookmark=bookmark, advance=advance)

__all__ = ["READER", "Difference", "advance", "bookmark", "compare", "rebuild", "sweep"]
