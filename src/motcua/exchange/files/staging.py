"""Where a whole file waits until it has been checked: a database that vanishes by itself.

SQLite's unnamed database lies on the disk without a name, so neither a refusal nor a kill leaves
anything behind, and a large file does not fill the memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple

from .entries import Entry, add_flag, joined
from .flags import Flag, Reject

CHUNK = 5_000
PAGE = 2_000
COLUMNS = ", ".join(Entry._fields)
MARKS = ", ".join("?" * len(Entry._fields))


class Noted(NamedTuple):
    """A line of the report: a rejected row, or a flag of a dossier that comes in."""

    line: int
    key: str
    is_rejected: bool
    reason: str
    words: str


class Staging:
    """The entries of one file, and what is to be reported of them."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(f"CREATE TABLE entry ({COLUMNS})")
        self._db.execute("CREATE TABLE noted (line, key, is_rejected, reason, words)")

    def __enter__(self) -> "Staging":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def add(self, entries: Iterable[Entry]) -> Iterator[int]:
        """Keep entries; give their count after each chunk. Those without a key are noted."""
        count, waiting = 0, iter(entries)
        while chunk := list(islice(waiting, CHUNK)):
            keyed = [entry for entry in chunk if entry.key]
            self._db.execute("BEGIN")
            self._db.executemany(f"INSERT INTO entry VALUES ({MARKS})", keyed)  # noqa: S608
            self.note(
                Noted(entry.line, "", True, Reject.NO_KEY, "") for entry in chunk if not entry.key
            )
            self._db.execute("COMMIT")
            count += len(chunk)
            yield count

    def gather(self, *, together: Flag | None = None) -> None:
        """Make one entry of the rows of a dossier that do not stand together, perhaps flagged."""
        self._db.execute("CREATE INDEX entry_key ON entry (key)")
        repeated = self._db.execute("SELECT key FROM entry GROUP BY key HAVING count(*) > 1")
        for (key,) in repeated.fetchall():
            rows = self._db.execute(
                f"SELECT {COLUMNS} FROM entry WHERE key = ? ORDER BY line",  # noqa: S608
                [key],
            )
            whole = reduce(joined, (Entry._make(row) for row in rows.fetchall()))
            if together is not None:
                whole = add_flag(whole, together)
            self._db.execute("DELETE FROM entry WHERE key = ?", [key])
            self._db.execute(f"INSERT INTO entry VALUES ({MARKS})", whole)  # noqa: S608

    def note(self, notes: Iterable[Noted]) -> None:
        """Keep lines for the report."""
        self._db.executemany("INSERT INTO noted VALUES (?, ?, ?, ?, ?)", notes)

    def entries(self) -> Iterator[Entry]:
        """All entries in the order of receipt; those without a receipt moment first."""
        found = self._db.execute(
            f"SELECT {COLUMNS} FROM entry ORDER BY received_at, line"  # noqa: S608
        )
        while page := found.fetchmany(PAGE):
            yield from map(Entry._make, page)

    def noted(self) -> Iterator[Noted]:
        """The lines of the report in the order of the file."""
        for row in self._db.execute("SELECT * FROM noted ORDER BY line, is_rejected DESC, rowid"):
            line, key, is_rejected, reason, words = row
            yield Noted(line, key, bool(is_rejected), reason, words)

    def counts(self) -> dict[str, int]:
        """How often each reason was noted."""
        found = self._db.execute("SELECT reason, count(*) FROM noted GROUP BY reason ORDER BY 1")
        return dict(found.fetchall())

    def noted_dossiers(self, *, rejected: bool) -> int:
        """How many rows were rejected, or how many dossiers are flagged."""
        distinct = "line" if rejected else "key"
        found = self._db.execute(
            f"SELECT count(DISTINCT {distinct}) FROM noted WHERE is_rejected = ?",  # noqa: S608
            [rejected],
        )
        return int(found.fetchone()[0])

    def total(self) -> int:
        """How many dossiers are staged."""
        return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def names(self, *columns: str) -> list[tuple[tuple[Any, ...], int, int]]:
        """Each combination in these columns, how often, and the first moment it is needed."""
        listed = ", ".join(columns)
        found = self._db.execute(
            f"SELECT {listed}, count(*), min(min(received_at, coalesce(filed_at, received_at)))"  # noqa: S608
            f" FROM entry WHERE received_at IS NOT NULL GROUP BY {listed} ORDER BY count(*) DESC"
        )
        return [(row[:-2], row[-2], row[-1]) for row in found.fetchall()]

    def first_moment(self) -> int:
        """The earliest receipt or filing of the file."""
        found = self._db.execute(
            "SELECT min(min(received_at, coalesce(filed_at, received_at))) FROM entry"
        )
        return int(found.fetchone()[0])
