"""Rows of a preview and lists of dossiers as bytes: a page of a few thousand in one column."""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

ROW = np.dtype(
    [("id", "V16"), ("unit", "<i4"), ("received", "<i4"), ("before", "<i4"), ("after", "<i4")]
)
"""One dossier of a preview: its id, the place of its unit, and three moments in local minutes."""
Table = NDArray[Any]


def ids_bytes(keys: Sequence[UUID] | Sequence[str]) -> bytes:
    """Give the bytes of dossiers' ids, as a database gives them: 16 each, one behind the other."""
    if keys and isinstance(keys[0], str):
        return bytes.fromhex("".join(map(str, keys)))
    return b"".join(UUID(str(key)).bytes for key in keys)


def packed(table: Table) -> bytes:
    """Give the bytes of some rows."""
    return zlib.compress(table.tobytes(), 1)


def unpacked(rows: bytes | memoryview) -> Table:
    """Give the rows of some bytes."""
    return np.frombuffer(zlib.decompress(bytes(rows)), ROW)


def packed_ids(ids: Iterable[bytes]) -> bytes:
    """Give the bytes of a list of ids."""
    return b"".join(ids)


def unpacked_ids(rows: bytes | memoryview) -> Sequence[UUID]:
    """Give the ids of some bytes."""
    whole = bytes(rows)
    return [UUID(bytes=whole[n : n + 16]) for n in range(0, len(whole), 16)]
