"""Counts of many keys at once, as columns: units and fields of a nation are 130,000. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .measures import MEASURES

Counts = Mapping[str, int]
K = TypeVar("K")
L = TypeVar("L")


class Table(Mapping[K, Counts]):
    """A mapping from a key to its counts, which are put together when they are asked for.

    Shapes: `counts` [code, key].
    """

    def __init__(self, codes: Sequence[str], keys: Sequence[K], counts: NDArray[np.int64]) -> None:
        self.codes, self.names, self.counts = tuple(codes), tuple(keys), counts
        self._place = {key: n for n, key in enumerate(self.names)}

    @classmethod
    def of(cls, rows: Mapping[K, Counts]) -> "Table[K]":
        """Make one of rows; what one of them does not know, the table does not know."""
        codes = [code for code in MEASURES if all(code in counts for counts in rows.values())]
        found = np.array([[counts[code] for counts in rows.values()] for code in codes], np.int64)
        return cls(codes, tuple(rows), found)

    def __getitem__(self, key: K) -> Counts:
        return dict(zip(self.codes, self.counts[:, self._place[key]].tolist(), strict=True))

    def __iter__(self) -> Iterator[K]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def columns(self, *codes: str) -> Iterator[tuple[Any, ...]]:
        """Give each key with some of its counts: key, count, count, …"""
        some = (self.counts[self.codes.index(code)].tolist() for code in codes)
        return zip(self.names, *some, strict=True)

    def by(self, name: Callable[[K], L]) -> "Table[L]":
        """Add up the counts of all keys of one name."""
        places: dict[L, int] = {}
        at = [places.setdefault(name(key), len(places)) for key in self.names]
        found = np.zeros((len(self.codes), len(places)), np.int64)
        if at:
            order = np.argsort(at, kind="stable")
            starts = np.flatnonzero(np.diff(np.array(at)[order], prepend=-1))
            found = np.add.reduceat(self.counts[:, order], starts, axis=1)
        return Table(self.codes, tuple(places), found)

    def total(self) -> Counts:
        """Add up the counts of all keys."""
        return dict(zip(self.codes, self.counts.sum(axis=1).tolist(), strict=True))
