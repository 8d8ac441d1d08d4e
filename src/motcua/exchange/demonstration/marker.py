"""The file that says: this home holds the demonstration. Pages show it, a second start reads it.

It also keeps the seed and the moment of the world, so that an interrupted load goes on with the
same one, and the password of the demonstration's accounts, made once for this home.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from motcua.kit.moments import Minute

NAME = "demonstration.json"
LOCK, PLAYER_LOCK = "demonstration.lock", "live.lock"


@dataclass(frozen=True)
class Marker:
    """What is kept of the world. `is_complete` once everything is loaded.

    `levels` is how many dossiers stood at each stage at `now`: what a live world keeps to.
    """

    seed: int
    now: Minute
    scale: int
    password: str
    is_complete: bool = False
    levels: Mapping[str, int] | None = None


def read() -> Marker | None:
    """Give the marker of this home, or None where no demonstration was begun."""
    try:
        return Marker(**json.loads(_path().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def exists() -> bool:
    """Say whether a demonstration was begun here; asked on every page."""
    return _path().exists()


def write(marker: Marker) -> None:
    """Keep the marker: whole or not at all, and only for the owner of the home to read."""
    draft = _path().with_suffix(".part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(marker), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_path())


@contextmanager
def one_loader() -> Iterator[None]:
    """Let one process load at a time; another one waits, and then finds the work done."""
    with (_path().parent / LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def one_player() -> Iterator[bool]:
    """Let one process play at a time; give False when another one does."""
    with (_path().parent / PLAYER_LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _path() -> Path:
    return Path(settings.MOTCUA_HOME) / NAME
