"""One table of figures: each row says what it is compared with and whether the goal was met."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured thing.

    Units: as `unit` says. `ratio` is value ÷ compared value, measured in the same run.
    """

    name: str
    value: float
    unit: str
    compared_with: str = ""
    ratio: float | None = None
    goal: str = ""
    is_met: bool | None = None  # None: no goal, or nothing to hold it against
    note: str = ""


def as_text(figures: Iterable[Figure]) -> str:
    """Give the table for people."""
    rows = [("figure", "value", "unit", "compared with", "ratio", "goal", "met")]
    for f in figures:
        met = {True: "yes", False: "MISSED", None: "–"}[f.is_met]
        ratio = "" if f.ratio is None else f"{f.ratio:.2f}"
        rows.append((f.name, f"{f.value:,.3g}", f.unit, f.compared_with, ratio, f.goal, met))
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    notes = [f"  {f.name}: {f.note}" for f in figures if f.note]
    return "\n".join([*lines, *([""] if notes else []), *notes])


def as_json(figures: Iterable[Figure]) -> str:
    """Give the table for machines."""
    return json.dumps([asdict(f) for f in figures], ensure_ascii=False, indent=1)


def hand_back(figures: Iterable[Figure]) -> None:
    """Print the figures as the last line of a measure, for the table."""
    print(json.dumps([asdict(figure) for figure in figures]))
