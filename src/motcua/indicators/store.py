"""The spans as this process asks them: one DuckDB in memory, a cursor for each thread.

Small facts are copied into memory and only changed months are copied again; large ones are read
from their files (docs/adr/0005).
"""

import os
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from .facts import manifest
from .facts.cutting import COLUMNS
from .facts.manifest import MONTH, NONE, Manifest

MEMORY, THREADS = "512MB", 2
IN_MEMORY = 500_000  # spans; about 180 bytes each
TRIES = 3


@dataclass
class _Process:
    """What one process holds. `stamp` names the manifest that the table shows."""

    pid: int
    root: duckdb.DuckDBPyConnection
    lock: threading.Lock = field(default_factory=threading.Lock)
    local: threading.local = field(default_factory=threading.local)
    stamp: tuple[Path, int, int] | None = None
    shown: Manifest = NONE
    is_copy: bool = False
    replaced: int = 0  # rows deleted since the table was made; their room is given back with it


_first = threading.Lock()
_process: _Process | None = None


@contextmanager
def steady() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection with the view `spans`, which does not move within the block.

    Blocks within blocks see the same state, so that figures taken one after another agree.
    """
    process = _mine()
    held: duckdb.DuckDBPyConnection | None = getattr(process.local, "held", None)
    if held is not None:
        yield held
        return
    _keep_up(process)
    db = _cursor(process)
    with process.lock:  # what is shown does not change between the two
        db.execute("BEGIN")
        db.execute("FROM spans LIMIT 0")  # the state is held from the first look on
        months = process.shown.months.items()
        process.local.files = {month: kinds["spans"] for month, kinds in months}
        process.local.is_copy = process.is_copy
    process.local.held = db
    try:
        yield db
    finally:
        process.local.held = None
        db.execute("ROLLBACK")  # nothing was written


def files() -> Mapping[str, str]:
    """Give the file of each month of spans; within a block `steady`. A changed month has another
    file.
    """
    held: Mapping[str, str] = _mine().local.files
    return held


def of_months(months: Collection[str]) -> str:
    """Give the relation of the spans of some months, with `month`; within a block `steady`."""
    process = _mine()
    if process.local.is_copy:
        named = ", ".join(f"'{month}'" for month in months)
        return f"(FROM copied WHERE month IN ({named}))"
    paths = (str(manifest.root() / process.local.files[month]) for month in months)
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"(SELECT *, {MONTH} FROM read_parquet([{listed}], filename = true))"  # noqa: S608


def _mine() -> _Process:
    global _process  # noqa: PLW0603 (one database per process; a forked child makes its own)
    with _first:
        if _process is None or _process.pid != os.getpid():
            root = duckdb.connect(
                config={"memory_limit": MEMORY, "threads": THREADS, "temp_directory": ""}
            )
            root.execute("SET enable_progress_bar = false")  # it would stand among the figures
            _process = _Process(os.getpid(), root)
        return _process


def _cursor(process: _Process) -> duckdb.DuckDBPyConnection:
    db: duckdb.DuckDBPyConnection | None = getattr(process.local, "db", None)
    if db is None:
        db = process.local.db = process.root.cursor()
    return db


def _keep_up(process: _Process) -> None:
    """Show the generation in force.

    Errors: duckdb.IOException when a file of it stays unreadable.
    """
    if process.stamp == (manifest.root(), *manifest.stamp()):
        return
    with process.lock:
        for tries_left in reversed(range(TRIES)):
            stamp = (manifest.root(), *manifest.stamp())
            if stamp == process.stamp:
                return
            try:
                _show(process, manifest.read(), same_home=_is_same_home(process, stamp[0]))
            except duckdb.IOException:
                if not tries_left:
                    raise
                continue  # the generation ended while it was read; the next one is there
            process.stamp = stamp
            return


def _is_same_home(process: _Process, home: Path) -> bool:
    return process.stamp is not None and process.stamp[0] == home


def _show(process: _Process, new: Manifest, *, same_home: bool) -> None:
    paths = [str(path) for path in new.paths("spans")]
    old = process.shown.months
    changed = [
        month
        for month, files in new.months.items()
        if old.get(month, {}).get("spans") != files["spans"]
    ]
    with process.root.cursor() as db:
        if same_home and process.is_copy and old.keys() <= new.months.keys():
            process.replaced += _replace(db, new, changed)
            copied = db.execute("SELECT count(*) FROM copied").fetchall()[0][0]
            process.is_copy = max(process.replaced, copied) <= IN_MEMORY
        else:
            process.is_copy = False
        if not process.is_copy:
            process.is_copy, process.replaced = _make(db, paths), 0
    process.shown = new


def _make(db: duckdb.DuckDBPyConnection, paths: list[str]) -> bool:
    """Show all spans anew; tell whether as a copy in memory."""
    if not paths:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        db.execute(f"CREATE OR REPLACE TABLE copied ({columns}, month VARCHAR)")
        db.execute("CREATE OR REPLACE VIEW spans AS FROM copied")
        return True
    found = db.execute("SELECT count(*) FROM read_parquet($1)", [paths]).fetchall()
    is_small = int(found[0][0]) <= IN_MEMORY
    db.execute("BEGIN")
    if is_small:
        db.execute(
            "CREATE OR REPLACE TABLE copied AS"  # noqa: S608 (the words of this file)
            f" SELECT * EXCLUDE (filename), {MONTH} FROM read_parquet($1, filename = true)",
            [paths],
        )
        db.execute("CREATE OR REPLACE VIEW spans AS FROM copied")
    else:
        db.execute("DROP TABLE IF EXISTS copied")
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        db.execute(f"CREATE OR REPLACE VIEW spans AS FROM read_parquet([{listed}])")
    db.execute("COMMIT")
    return is_small


def _replace(db: duckdb.DuckDBPyConnection, new: Manifest, months: list[str]) -> int:
    """Copy the changed months again; give how many rows they had."""
    if not months:
        return 0
    paths = [str(manifest.root() / new.months[month]["spans"]) for month in months]
    db.execute("BEGIN")
    gone = db.execute("DELETE FROM copied WHERE month IN (SELECT unnest($1))", [months]).fetchall()
    db.execute(
        "INSERT INTO copied BY NAME"  # noqa: S608 (the words of this file)
        f" SELECT * EXCLUDE (filename), {MONTH} FROM read_parquet($1, filename = true)",
        [paths],
    )
    db.execute("COMMIT")
    return int(gone[0][0])
