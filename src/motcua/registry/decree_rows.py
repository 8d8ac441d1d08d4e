"""Reads the CSV of a yearly decree: `date,kind,name_vi,counterpart_date,source`.

`spans` and `legal_basis` may stand beside them. A row is one entry of the calendar; what is wrong
with one is told by its line, and nothing is guessed.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.kit.calendar import DayKind
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry.decrees import BESIDE_OTHERS, Row, Wrong
from motcua.registry.draft_params import ENTER, NATION, Problems, from_params
from motcua.registry.drafts import DayDraft
from motcua.registry.files import FileEmpty, RowBroken, csv_rows, decoded
from motcua.registry.law import basis_of_kind

COLUMNS = ("date", "kind", "name_vi", "counterpart_date", "source")
PARAMS = {
    "date": "day",
    "kind": "kind",
    "name_vi": "name",
    "counterpart_date": "counterpart",
    "source": "source",
    "spans": "spans",
    "legal_basis": "legal_basis",
}
NAMES = {param: column for column, param in PARAMS.items()}
MOST_BYTES = 1024 * 1024
OFF = frozenset({DayKind.HOLIDAY, DayKind.OBSERVED})


class TooLargeForADecree(Refused):
    """Far more than a calendar."""

    message = gettext_noop(
        "The file has %(size)s kB; a calendar has at most %(most)s kB. Check that it is the right"
        " file. Nothing was changed."
    )


class CellWrong(Refused):
    """A cell of a row that cannot be used."""

    message = gettext_noop("%(column)s: %(why)s")


class DayTwice(Refused):
    """The day stands in an earlier row."""

    message = gettext_noop("The day %(day)s stands in line %(line)s already.")


class CounterpartOfNothing(Refused):
    """A day off that is no swap names another day."""

    message = gettext_noop("counterpart_date: only swapped and worked days name another day.")


def read_decree(
    raw: bytes, *, unit_key: str | None, decree: str = ""
) -> tuple[list[Row], list[Wrong]]:
    """Give the rows of a file that can be used, and those that cannot.

    `decree`: the paper the rows come from, for those that do not name one themselves.
    Errors: TooLargeForADecree, WrongEncoding, WrongColumns, HalfFile, FileEmpty.
    """
    if len(raw) > MOST_BYTES:
        raise TooLargeForADecree(size=len(raw) // 1024, most=MOST_BYTES // 1024)
    rows: list[Row] = []
    wrong: list[Wrong] = []
    seen: dict[tuple[date, bool, str], int] = {}
    for line, cells in _cells(decoded(raw)):
        try:
            row = _row(line, cells, unit_key=unit_key, decree=decree)
            _check_twice(row, seen)
        except Refused as refusal:
            wrong.append(Wrong(line, _shown(cells), refusal))
        else:
            rows.append(row)
    if not rows and not wrong:
        raise FileEmpty
    return rows, wrong


def _cells(text: str) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    """Blank rows below a table, as spreadsheets leave them, are none."""
    for line, cells in csv_rows(text, COLUMNS):
        if cells is None or any(str(cell).strip() for cell in cells.values()):
            yield line, cells


def _row(line: int, cells: Mapping[str, Any] | None, *, unit_key: str | None, decree: str) -> Row:
    if cells is None:
        raise RowBroken
    said = {param: str(cells.get(column) or "") for column, param in PARAMS.items()}
    paper = said["legal_basis"].strip() or decree.strip()
    said["legal_basis"] = paper or _usual_basis(said)
    read = from_params({**said, "do": ENTER, "unit": unit_key or NATION})
    if isinstance(read, Problems):
        raise _told(read)
    if not isinstance(read, DayDraft):  # no other comes of `enter_day`
        raise TypeError(read)
    if read.kind in OFF and read.counterpart is not None:
        raise CounterpartOfNothing
    return Row(line, read, has_paper=bool(paper))


def _usual_basis(said: Mapping[str, str]) -> str:
    return basis_of_kind(said["kind"].strip(), said["day"].strip()[:4])


def _told(problems: Problems) -> Refused:
    """The first thing wrong, with the name its column has in the file."""
    name, refusal = next(iter(problems.by_field.items()))
    return CellWrong(column=NAMES.get(name, name), why=refusal)


def _check_twice(row: Row, seen: dict[tuple[date, bool, str], int]) -> None:
    draft = row.draft
    is_beside = draft.kind in BESIDE_OTHERS
    key = (draft.day, is_beside, f"{draft.kind} {draft.spans}" if is_beside else "")
    if key in seen:
        raise DayTwice(day=draft.day, line=seen[key])
    seen[key] = row.line


def _shown(cells: Mapping[str, Any] | None) -> str:
    return "" if cells is None else str(cells.get("date") or "").strip()[:40]
