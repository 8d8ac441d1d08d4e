"""Old units under the units of a run date: whole where one goes on, in shares where it was divided.

A divided unit is never counted in fractions. Each whole dossier goes to one heir by a hash of its
id over the stated weights, so every count stays a number of dossiers that can be listed; it is an
estimate all the same, and says so (docs/guides/indicators.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import md5
from uuid import UUID

from motcua.registry.catalogue import Catalogue

SHARES = 1 << 28  # a dossier's share is a whole number from 0 to below this
SHARE = "('0x' || left(md5(dossier_id::VARCHAR), 7))::INTEGER"  # the same number, in DuckDB


def share_of(dossier_id: UUID) -> int:
    """Give the place of a dossier among those of a divided unit; it never changes."""
    return int(md5(str(dossier_id).encode(), usedforsecurity=False).hexdigest()[:7], 16)


@dataclass(frozen=True, slots=True)
class Part:
    """The dossiers of `old` with low ≤ share < high belong to `heir` on the run date."""

    old: str
    low: int
    high: int
    heir: str

    @property
    def is_whole(self) -> bool:
        """Say whether the heir goes on with all of the old unit."""
        return self.high - self.low == SHARES


@dataclass(frozen=True)
class Lineage:
    """What became, up to the run date, of every unit that went on as another."""

    on: date
    parts: tuple[Part, ...]
    _by_old: dict[str, tuple[Part, ...]] = field(repr=False, compare=False, hash=False)

    @property
    def name(self) -> str:
        """Give what tells this lineage from another one: days without a change between share it."""
        return md5(repr(self.parts).encode(), usedforsecurity=False).hexdigest()

    def parts_of(self, old: str) -> tuple[Part, ...]:
        """Give the parts of a unit; a unit that still is, or ended without heir, is its own."""
        return self._by_old.get(old) or (Part(old, 0, SHARES, old),)

    def heir(self, old: str, share: int) -> str:
        """Give the unit under which a dossier of this share counts on the run date."""
        return next(part.heir for part in self.parts_of(old) if part.low <= share < part.high)

    def heirs(self, old: str) -> tuple[str, ...]:
        """Give the units of the run date that go on with a unit, each once."""
        return tuple(dict.fromkeys(part.heir for part in self.parts_of(old)))

    def divided(self, known: Iterable[str], among: Iterable[str] | None) -> frozenset[str]:
        """Give the units of the run date whose counts are estimates, among those asked for.

        `known`: the units that have dossiers at all. An old unit all of whose heirs are asked for
        is counted whole again in the sum over them, but not in the count of each.
        """
        asked = None if among is None else set(among)
        return frozenset(
            part.heir
            for old in known
            for part in self.parts_of(old)
            if not part.is_whole and (asked is None or part.heir in asked)
        )

    def is_estimate(self, known: Iterable[str], asked: Iterable[str] | None) -> bool:
        """Say whether a sum over these units holds a part of an old unit, but not all of it."""
        if asked is None:
            return False
        inside = set(asked)
        return any(
            0 < sum(heir in inside for heir in heirs) < len(heirs)
            for heirs in map(self.heirs, known)
        )


def lineage(catalogue: Catalogue, on: date) -> Lineage:
    """Give what became of every unit up to a day."""
    return _made(catalogue.token, on, _Known(catalogue))


def below_now(catalogue: Catalogue, key: str, on: date) -> tuple[str, ...]:
    """Give today's units that a unit means: those that go on with it, and all below them.

    Errors: UnknownUnit.
    """
    catalogue.unit(key)
    heirs = lineage(catalogue, on).heirs(key)
    return tuple(dict.fromkeys(unit for heir in heirs for unit in catalogue.below(heir)))


class _Known:
    """A catalogue that does not take part in comparing the arguments of a cached function."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=32)
def _made(_token: str, on: date, known: _Known) -> Lineage:
    found: dict[str, tuple[Part, ...]] = {}
    for card in known.catalogue.units():
        parts = tuple(_parts(known.catalogue, card.key, on))
        if parts != (Part(card.key, 0, SHARES, card.key),):
            found[card.key] = parts
    return Lineage(on, tuple(part for parts in found.values() for part in parts), found)


def _parts(catalogue: Catalogue, old: str, on: date) -> Iterator[Part]:
    for low, high, heir in _ends(catalogue, old, (0, SHARES), on=on, path=(old,)):
        if low < high:
            yield Part(old, low, high, heir)


def _ends(
    catalogue: Catalogue, key: str, stretch: tuple[int, int], *, on: date, path: tuple[str, ...]
) -> Iterator[tuple[int, int, str]]:
    """Walk to the last heirs; each divides the stretch of shares it was given among its own."""
    heirs = [one for one in catalogue.heirs(key) if one.on <= on and one.unit_key not in path]
    if not heirs:
        yield (*stretch, key)
        return
    low, high = stretch
    whole, passed, start = sum(one.weight for one in heirs), 0, low
    for one in heirs:
        passed += one.weight
        end = low + (high - low) * passed // whole
        yield from _ends(catalogue, one.unit_key, (start, end), on=on, path=(*path, one.unit_key))
        start = end
