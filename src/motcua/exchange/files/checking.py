"""Reads a whole file into staging and checks it. Nothing is written anywhere else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import groupby
from pathlib import Path

from motcua.kit.moments import date_of, day_of
from motcua.kit.words import gettext_noop

from .entries import Entry, joined
from .flags import Flag
from .judging import rejected, strange
from .mapping import Plan
from .persons import owner_details
from .readers.rows import Row
from .refusals import Empty, WordsUnknown
from .sieve import Sieve
from .staging import Noted, Staging
from .tables import open_table
from .understanding import Understanding

MOST_LISTED = 40
READING = gettext_noop("read: %(count)s rows")
CHECKING = gettext_noop("checked: %(count)s dossiers")

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Read:
    """How many rows and dossiers were read, and how many rows are no data."""

    rows: int
    left_out: int
    dossiers: int


def read_whole(path: Path, plan: Plan, staged: Staging, *, progress: Progress) -> Read:
    """Stage every row of the file.

    Errors: FileRefused for a file that cannot be taken in as a whole.
    """
    table = open_table(path, plan)
    sieve = Sieve(table.header, plan)
    understanding = Understanding(plan, table.header.places)
    piece = table.layout.piece
    if piece is None:
        rows = _Counted(sieve.keep(table.below()))
        entries = _entries(rows, understanding)
    else:
        rows = _Counted(table.below())
        entries = _entries_of_pieces(rows, understanding, piece)
    for count in staged.add(entries):
        progress(READING, count)
    if understanding.unknown_words:
        raise WordsUnknown(file=path.name, mapping=plan.name, listed=_unknown(understanding))
    if not rows.count:
        raise Empty(file=path.name)
    staged.gather(together=None if piece is None else Flag.TOLD_TWICE)
    return Read(rows.count, sieve.left_out, staged.total())


class _Counted:
    """Passes rows on and counts them."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _entries(rows: _Counted, understanding: Understanding) -> Iterator[Entry]:
    """An entry for each run of rows of one dossier."""
    current: Entry | None = None
    for line, cells in rows:
        entry = understanding.read(line, cells)
        if current is None:
            current = entry
        elif entry.key == current.key != "":
            current = joined(current, entry)
        elif current.key and understanding.goes_on(entry, cells):
            current = joined(current, entry._replace(code=""))
        else:
            yield current
            current = entry
    if current is not None:
        yield current


def _entries_of_pieces(rows: _Counted, understanding: Understanding, piece: int) -> Iterator[Entry]:
    """An entry for each dossier of a file that numbers them itself, also for one without a key."""
    for _, run in groupby(rows, key=lambda row: row[1][piece]):
        yield reduce(joined, (understanding.read(line, cells) for line, cells in run))


def _unknown(understanding: Understanding) -> str:
    lines = [
        f"  {field}: “{word}” (×{unknown.times}, {unknown.line})"
        for field, words in understanding.unknown_words.items()
        for word, unknown in words.items()
    ]
    return "\n".join(lines[:MOST_LISTED])


def check_rows(staged: Staging, *, now: int, progress: Progress) -> int:
    """Note every rejection and flag for the report; give how many dossiers can come in."""
    today = date_of(day_of(now))
    notes: list[Noted] = []
    good = 0
    for count, entry in enumerate(staged.entries(), start=1):
        reason = rejected(entry)
        if reason is not None:
            notes.append(Noted(entry.line, entry.key, True, *reason))
        else:
            good += 1
            notes += _notes(entry, strange(entry, now=now), today)
        if count % 20_000 == 0:
            progress(CHECKING, count)
    staged.note(notes)
    return good


def _notes(entry: Entry, flags: list[Flag], today: date) -> Iterator[Noted]:
    for flag in flags:
        yield Noted(entry.line, entry.key, False, flag, "")
    for reason, words in entry.flagged:
        yield Noted(entry.line, entry.key, False, reason, words)
    if entry.owner and owner_details(entry, on=today)[1]:
        yield Noted(entry.line, entry.key, False, Flag.PERSON_UNCLEAR, "")
