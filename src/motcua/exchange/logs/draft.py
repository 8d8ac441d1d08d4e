"""A file written beside its place, which takes it only when it is whole."""

import errno
import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self, cast

from .refusals import Unwritable

PACKED = ".gz"
PIECE = 1 << 18


class Draft:
    """Takes text in UTF-8; packs it when the name of its place says so.

    Errors: Unwritable, from every step.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._draft = target.with_name(f"{target.name}.{os.getpid()}.part")
        self._waiting: list[str] = []
        self._size = 0
        self._packed: gzip.GzipFile | None = None

    def __enter__(self) -> Self:
        if self._target.is_dir():
            raise Unwritable(file=self._target, reason=os.strerror(errno.EISDIR))
        with self._refusing():
            self._file = self._draft.open("wb")
        if self._target.name.lower().endswith(PACKED):
            # Without a name and a moment inside, the same log gives the same file.
            self._packed = gzip.GzipFile(filename="", mode="wb", fileobj=self._file, mtime=0)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what could not be written is thrown away with the draft
            self._file.close()
        with suppress(OSError):
            self._draft.unlink(missing_ok=True)

    def write(self, text: str) -> None:
        """Write more of it."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= PIECE:
            self._flush()

    def keep(self) -> None:
        """Let the file take its place."""
        self._flush()
        with self._refusing():
            if self._packed is not None:
                self._packed.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._draft.replace(self._target)

    def _flush(self) -> None:
        text = "".join(self._waiting)
        self._waiting, self._size = [], 0
        with self._refusing():
            cast(BinaryIO, self._packed or self._file).write(text.encode())

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Unwritable(file=self._target, reason=error.strerror or str(error)) from error
