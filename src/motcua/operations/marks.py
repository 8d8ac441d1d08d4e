"""The days on which units went over into others: what a line of figures spans must say so. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from motcua.registry.catalogue import Catalogue
from motcua.registry.sets import UnitKind

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mark:
    """A day from which other units count, and what to write beside it."""

    on: date
    label: str


def marks_of(known: Catalogue, units: Sequence[str] | None) -> Sequence[Mark]:
    """Give the days on which any of these units (None: all) went over into others, or began so.

    A day on which districts end without a district after them brings government on two tiers.
    """
    wanted = None if units is None else frozenset(units)
    days = {
        heir.on
        for key, heirs in known.picture.heirs.items()
        for heir in heirs
        if wanted is None or key in wanted or heir.unit_key in wanted
    }
    return [Mark(on, _label(known, on)) for on in sorted(days)]


def _label(known: Catalogue, on: date) -> str:
    words = (
        gettext("two-tier local government")
        if _ends_districts(known, on)
        else gettext("units rearranged")
    )
    return f"{on:%d/%m/%Y}: {words}"


def _ends_districts(known: Catalogue, on: date) -> bool:
    districts = [card for card in known.units() if card.kind is UnitKind.DISTRICT]
    ended = any(card.valid_to == on - DAY for card in districts)
    return ended and not any(card.valid_from == on for card in districts)
