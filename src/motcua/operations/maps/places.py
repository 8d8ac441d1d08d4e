"""Which units of a wall have a place on its map, and which stand beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.indicators.asking import Asked, Boundaries
from motcua.registry.boundaries.layer import Layer, layer
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit
from motcua.registry.sets import UnitKind

FEWEST = 3  # two places are no map
LEAST_BUSY = 0.25  # of the places: below, those without dossiers are left out
PLACES = (UnitKind.COMMUNE, UnitKind.DISTRICT, UnitKind.PROVINCE)


@dataclass(frozen=True)
class Places:
    """What a map draws: `busy` have dossiers, `quiet` have none, `left_out` is how many more."""

    land: Layer
    busy: tuple[str, ...]
    quiet: tuple[str, ...]
    left_out: int


def places_of(keys: Sequence[str], asked: Asked, *, known: Catalogue, today: date) -> Places | None:
    """Give the places among the units of a wall; None where there are too few for a map.

    A map shows one state of the land: units that had ended, or stand above others, are not on it.
    """
    cards = _without_those_above(_cards(keys, known), known)
    if len(cards) < FEWEST:
        return None
    kind = Counter(card.kind for card in cards).most_common(1)[0][0]
    cards = [card for card in cards if card.kind is kind]
    on = _day(cards, asked, today=today)
    land = layer(known, kind=kind, on=on)
    busy = tuple(card.key for card in cards if card.key in land.areas)
    if len(busy) < FEWEST:
        return None
    quiet = _quiet(land, busy, asked, known)
    is_sparse = len(busy) < LEAST_BUSY * (len(busy) + len(quiet))
    return Places(land, busy, () if is_sparse else quiet, len(quiet) if is_sparse else 0)


def _cards(keys: Sequence[str], known: Catalogue) -> list[UnitCard]:
    found = []
    for key in keys:
        try:
            card = known.unit(key)
        except UnknownUnit:
            continue
        if card.kind in PLACES:
            found.append(card)
    return found


def _without_those_above(cards: list[UnitCard], known: Catalogue) -> list[UnitCard]:
    above = {over.key for card in cards for over in known.chain(card.key)[1:]}
    return [card for card in cards if card.key not in above]


def _day(cards: list[UnitCard], asked: Asked, *, today: date) -> date:
    """The last day of the period that most recent ones of these units lived to see."""
    last = today if asked.boundaries is Boundaries.AS_NOW else min(asked.period.last, today)
    return min(last, max(card.valid_to or last for card in cards))


def _quiet(land: Layer, busy: tuple[str, ...], asked: Asked, known: Catalogue) -> tuple[str, ...]:
    """Units beside the busy ones, under the same parents' province, that the person may see."""
    tops = {known.chain(key)[-1].key for key in busy}
    allowed = None if asked.units is None else set(asked.units)
    return tuple(
        key
        for key in land.areas
        if key not in busy
        and (allowed is None or key in allowed)
        and known.chain(key)[-1].key in tops
    )
