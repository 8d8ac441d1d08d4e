"""Running dossiers as columns, as far as a change needs them. Pure."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from motcua.kit.clock.batch import NO_MOMENT

__all__ = ["NO_MOMENT", "Flags", "Group", "Ints", "Longs", "Names", "Pauses", "Rows"]

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

Name = TypeVar("Name", bound=Hashable)


class Group(NamedTuple):
    """What dossiers counted alike have in common, day 0 apart."""

    procedure: str
    channel: str
    case: str
    clock_unit: str
    in_zone: bool


@dataclass
class Names(Generic[Name]):
    """Gives each name a place, in the order they are met."""

    places: dict[Name, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)  # places already found by a text

    def all_places(self, texts: Sequence[str], name_of: Callable[[str], Name]) -> Ints:
        """Give the place of each of many texts; `name_of` reads one that is new."""
        for text in set(texts) - self.texts.keys():
            self.texts[text] = self.places.setdefault(name_of(text), len(self.places))
        return np.fromiter(map(self.texts.__getitem__, texts), np.int32, len(texts))

    def listed(self) -> list[Name]:
        """Give the names in the order of their places."""
        return list(self.places)


class Pauses(NamedTuple):
    """The pauses of rows, in the order of their owners.

    Shape: one entry a pause; `owner` is the place of its row. Units: local minutes; `to_at` is
    `NO_MOMENT` while a pause runs; `kind` is a place in `PauseKind`.
    """

    owner: Longs
    from_at: Longs
    to_at: Longs
    kind: Longs

    def of(self, places: Longs) -> "Pauses":
        """Give the pauses of some rows, whose owners are then their places among these."""
        if not len(self.owner):
            return self
        total = int(max(self.owner.max(), places.max() if len(places) else 0)) + 1
        new = np.full(total, -1, np.int64)
        new[places] = np.arange(len(places))
        owner = new[self.owner]
        kept = owner >= 0
        order = np.argsort(owner[kept], kind="stable")
        return Pauses(*(one[kept][order] for one in (owner, *self[1:])))


@dataclass(frozen=True, slots=True)
class Rows:
    """Some dossiers. Units: local minutes, `NO_MOMENT` where there is none.

    `group`, `unit`: places in the reader's names. `granted`, `extended`: the last extension.
    """

    ids: Sequence[Any]
    group: Ints
    unit: Ints
    received: Longs
    due: Longs
    granted: Longs
    extended: Longs
    pauses: Pauses

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.received)

    def only(self, places: Longs) -> "Rows":
        """Give the rows at some places."""
        return Rows(
            ids=[self.ids[place] for place in places],
            group=self.group[places],
            unit=self.unit[places],
            received=self.received[places],
            due=self.due[places],
            granted=self.granted[places],
            extended=self.extended[places],
            pauses=self.pauses.of(places),
        )
