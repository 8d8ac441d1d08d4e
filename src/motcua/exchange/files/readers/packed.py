"""Opens a file as bytes, unpacked when it is gzip, with plain words for what may go wrong."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from motcua.exchange.files.refusals import PackedBroken, Unreadable

GZIP = b"\x1f\x8b"


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """The content as a stream.

    Errors: Unreadable when the file is missing or forbidden; PackedBroken.
    """
    try:
        with path.open("rb") as plain:
            packed = plain.read(len(GZIP)) == GZIP
            plain.seek(0)
            if not packed:
                yield plain
                return
            with gzip.GzipFile(fileobj=plain) as unpacked:
                yield cast(BinaryIO, unpacked)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise PackedBroken(file=path.name) from error
    except OSError as error:
        raise Unreadable(file=path.name, reason=error.strerror or str(error)) from error
