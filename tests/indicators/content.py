"""What the facts in force say, row by row."""

from pathlib import Path

import duckdb

from motcua.indicators.facts import manifest
from motcua.indicators.facts.manifest import KINDS

Content = dict[tuple[str, str], list[tuple[object, ...]]]


def content() -> Content:
    """Give the rows of every file by kind and month, in their order."""
    now = manifest.read()
    with duckdb.connect() as db:
        return {
            (kind, month): db.execute(
                "SELECT * FROM read_parquet(?)", [str(manifest.root() / files[kind])]
            ).fetchall()
            for month, files in now.months.items()
            for kind in KINDS
        }


def files(folder: Path) -> set[str]:
    """Give the names of all files under the folder of facts but manifest and lock."""
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return found - {"manifest.json", "writer.lock"}


def named() -> set[str]:
    """Give the names the manifest in force holds."""
    return {name for month in manifest.read().months.values() for name in month.values()}
