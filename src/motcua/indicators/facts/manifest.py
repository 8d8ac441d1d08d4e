"""The one file that says which files hold the facts (docs/adr/0005).

A generation is a set of Parquet files that nobody ever changes, and the manifest that names them.
The manifest is renamed into place last: before that moment every reader sees the old generation,
after it the new one.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

FORMAT = 2  # raise it when a column changes its name or meaning: all is then made anew
KINDS = ("events", "spans", "filings")
REST = 120  # seconds an old file stays for those who still read it
PART = ".part"
MONTH = "left(parse_filename(filename), 7) AS month"  # in DuckDB: files are named by their month


@dataclass(frozen=True)
class Manifest:
    """One generation. `months`: month → kind of file → path under the folder of facts.

    `anchor` is the id of the event the bookmark stands at: a ledger that was put back from a copy,
    or another ledger, does not have it there, and the facts are made anew.
    """

    seq: int = 0
    anchor: str = ""
    generation: int = 0
    months: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def paths(self, kind: str) -> list[Path]:
        """Give the files of one kind, by month."""
        return [root() / self.months[month][kind] for month in sorted(self.months)]

    def is_whole(self) -> bool:
        """Tell whether every file it names is there."""
        return all(path.exists() for kind in KINDS for path in self.paths(kind))


NONE = Manifest()


def root() -> Path:
    """Give the folder of the facts."""
    return Path(settings.MOTCUA_HOME) / "facts"


def read() -> Manifest:
    """Give the generation in force; one nobody can use (no file, another format) counts as none."""
    try:
        told = json.loads((root() / "manifest.json").read_bytes())
        if told["format"] != FORMAT:
            return NONE
        return Manifest(told["seq"], told["anchor"], told["generation"], dict(told["months"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):  # damaged in any way
        return NONE


def stamp() -> tuple[int, int]:
    """Give what changes whenever another manifest is renamed into place; (0, 0) for none."""
    try:
        found = (root() / "manifest.json").stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def publish(manifest: Manifest) -> None:
    """Put a generation in force. Its files must be in place already."""
    for kind in KINDS:
        sync(root() / kind)
    text = json.dumps(
        {
            "format": FORMAT,
            "seq": manifest.seq,
            "anchor": manifest.anchor,
            "generation": manifest.generation,
            "months": {month: dict(files) for month, files in sorted(manifest.months.items())},
        },
        indent=1,
    )
    new = root() / f"manifest.json{PART}"
    with new.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(new, root() / "manifest.json")
    sync(root())


def put_in_place(part: Path) -> Path:
    """Give a finished file its name, with its content on the disk."""
    sync(part)
    target = part.with_name(part.name.removesuffix(PART))
    os.replace(part, target)
    return target


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def retire(old: Manifest, new: Manifest) -> None:
    """Let files that left the facts rest, and remove those that rested long enough."""
    now = time.time()
    kept = {path for kind in KINDS for path in new.paths(kind)}
    for path in {path for kind in KINDS for path in old.paths(kind)} - kept:
        with suppress(FileNotFoundError):  # somebody took it away: nothing is left to rest
            os.utime(path, (now, now))
    for path in (path for kind in KINDS for path in (root() / kind).iterdir()):
        if path not in kept and path.stat().st_mtime < now - REST:
            path.unlink(missing_ok=True)


@contextmanager
def only_writer() -> Iterator[None]:
    """Wait until no other process or thread writes facts. A killed writer lets go by itself."""
    for kind in KINDS:
        (root() / kind).mkdir(parents=True, exist_ok=True)
    with (root() / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
