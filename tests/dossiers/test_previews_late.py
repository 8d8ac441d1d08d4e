"""A preview says how many dossiers a change alone would make overdue."""

import numpy as np
import pytest

from motcua.dossiers.changes.packing import ROW
from motcua.dossiers.changes.previewing import newly_late
from motcua.dossiers.changes.rows import NO_MOMENT

NOW = 1_000


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        (NOW + 10, NOW - 1, 1),
        (NOW, NOW - 1, 1),  # in time to the very minute
        (NO_MOMENT, NOW - 1, 1),
        (NOW + 10, NOW, 0),
        (NOW + 10, NO_MOMENT, 0),
        (NOW - 5, NOW - 9, 0),  # late already
        (NOW - 5, NOW + 5, 0),
    ],
)
def test_only_those_the_change_itself_makes_late_are_counted(
    before: int, after: int, count: int
) -> None:
    table = np.zeros(1, ROW)
    table["before"], table["after"] = before, after

    assert newly_late(table, NOW) == count
