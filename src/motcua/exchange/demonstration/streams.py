"""Streams of chance, each by its own name: what one draws never moves what another draws. Pure."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, *names: object) -> Random:
    """Give the stream of chance with this name."""
    name = "/".join(str(part) for part in (seed, *names))
    return Random(sha256(name.encode()).digest())  # noqa: S311 (a made-up world, no secret)


class Choice(Generic[T]):
    """Draws one of several things, each by its weight."""

    __slots__ = ("_sums", "_things")

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self._things, self._sums = things, list(accumulate(weights))

    def draw(self, rng: Random) -> T:
        return rng.choices(self._things, cum_weights=self._sums)[0]

    def draw_many(self, rng: Random, number: int) -> list[T]:
        return rng.choices(self._things, cum_weights=self._sums, k=number)


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Share a whole number out by weights, without a rest: the largest fractions get the rest."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_fraction = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_fraction[: total - sum(parts)]:
        parts[place] += 1
    return parts
