"""Files kept by the hash of their content, and never changed."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

CHUNK = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


class FileTooLarge(Refused):
    message = gettext_noop(
        "The file is larger than %(limit_mb)s MB. Make it smaller and try again."
    )


@dataclass(frozen=True)
class FileRef:
    """A kept file: the SHA-256 of its content, and its size in bytes."""

    sha256: str
    size: int


def store(stream: BinaryIO, *, limit_mb: int = 50) -> FileRef:
    """Keep the content and give its name. Storing the same content again changes nothing.

    Errors: FileTooLarge; OSError when the disk is full (nothing is left behind).
    """
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, temporary = tempfile.mkstemp(dir=root, prefix="incoming-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit_mb * 1_000_000:
                    raise FileTooLarge(limit_mb=limit_mb)
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        _put_in_place(Path(temporary), _path(digest.hexdigest()))
    finally:
        Path(temporary).unlink(missing_ok=True)
    return FileRef(digest.hexdigest(), size)


def open_file(sha256: str) -> BinaryIO:
    """Open a kept file for reading.

    Errors: FileNotFoundError; ValueError for what is no hash.
    """
    return _path(sha256).open("rb")


def is_intact(ref: FileRef) -> bool:
    """Tell whether the kept bytes still are what their name says."""
    digest = hashlib.sha256()
    with open_file(ref.sha256) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == ref.sha256


def _put_in_place(temporary: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    os.replace(temporary, target)
    for folder in (target.parent, target.parent.parent):  # the names, too, must survive a crash
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _path(sha256: str) -> Path:
    if not _NAME.fullmatch(sha256):
        raise ValueError("a kept file is named by 64 hexadecimal digits")
    return _root() / sha256[:2] / sha256[2:]


def _root() -> Path:
    return Path(settings.MOTCUA_HOME) / "files"
