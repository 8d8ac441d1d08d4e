"""The way one came down, each step a link back up: units, field, procedure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.indicators.asking import By
from motcua.indicators.names import name_of
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue

from .choosing import Choice
from .links import address

DOWN = ("unit", "field", "procedure")  # the order of the way down


@dataclass(frozen=True)
class Crumb:
    """A step of the way: what it is called, and the wall it leads back to."""

    name: str
    url: str


def crumbs_of(
    choice: Choice, unit: UnitCard | None, *, actor: Actor, known: Catalogue
) -> Sequence[Crumb]:
    """Give the steps down to a wall, the wall itself last; nothing for the wall of everything.

    What was chosen besides (period, channel, boundaries, comparison, look) stays as it is.
    """
    kept = {name: text for name, text in choice.params.items() if name not in DOWN}
    found = [Crumb(gettext("All units"), address("operations:wall", kept))]
    for key, name in _above(unit, actor, known):
        kept["unit"] = key
        found.append(Crumb(name, address("operations:wall", kept)))
    if choice.field:
        kept["field"] = choice.field
        found.append(Crumb(known.field_name(choice.field), address("operations:wall", kept)))
    if choice.procedure:
        kept["procedure"] = choice.procedure
        name = name_of(known, By.PROCEDURE, choice.procedure, on=choice.period.last)
        found.append(Crumb(name, address("operations:wall", kept)))
    return found if len(found) > 1 else []


def _above(unit: UnitCard | None, actor: Actor, known: Catalogue) -> list[tuple[str, str]]:
    """Give the chosen unit and those above it of which the person may see something."""
    if unit is None:
        return []
    seen = actor.units_for(Permission.READ_WALL)
    found = []
    for card in reversed(known.chain(unit.key)):
        below = known.below(card.key)
        if seen is not None and seen.isdisjoint(below):
            continue
        is_part = card.key == unit.key and seen is not None and not seen.issuperset(below)
        part = gettext("%(unit)s (the part you may see)") % {"unit": card.name}
        found.append((card.key, part if is_part else card.name))
    return found
