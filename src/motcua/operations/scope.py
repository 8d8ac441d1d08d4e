"""Which units a person may see on a wall, and what a choice asks of the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from motcua.accounts.actors import Actor, NotAllowed
from motcua.accounts.permissions import Permission
from motcua.indicators.asking import Asked, Boundaries
from motcua.indicators.lineage import below_now
from motcua.indicators.names import unit_meant
from motcua.indicators.values import known_fields, known_units
from motcua.kit.moments import Minute, date_of, day_of
from motcua.kit.words import gettext_noop as _
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .choosing import Choice, Problem

MOST_NAMED = 2  # units a heading can name


@dataclass(frozen=True)
class Scope:
    """What is asked, and the unit it is asked for (None: all the person may see).

    `is_part`: the person may see only some of what lies below the unit.
    """

    asked: Asked
    unit: UnitCard | None
    is_part: bool = False


@dataclass(frozen=True)
class UnitLine:
    """A unit of the chooser. `depth` says how far below the top it stands."""

    key: str
    name: str
    depth: int
    years: str

    @property
    def indent(self) -> range:
        """Something to loop over once for each step below the top."""
        return range(self.depth)


def scope_of(choice: Choice, *, actor: Actor, known: Catalogue, now: Minute) -> Scope | Problem:
    """Give the question of a choice, or why its unit or field cannot be asked for.

    Errors: NotAllowed when the person may not see the unit.
    """
    try:
        unit = unit_meant(known, choice.unit, on=choice.period.last)
    except UnknownUnit as refusal:
        return Problem("unit", refusal.message, refusal.facts)
    if choice.field and choice.field not in known.fields() and choice.field not in known_fields():
        return Problem("field", _("There is no such field. Choose one of the list."))
    if choice.procedure and not known.has_procedure(choice.procedure):
        message = _("There is no such procedure. Choose one of the list.")
        return Problem("procedure", message)
    below = _below(unit, choice, known=known, now=now) if unit else None
    seen = _seen(below, actor.units_for(Permission.READ_WALL))
    if unit and not seen:
        raise NotAllowed(permission=Permission.READ_WALL, unit=unit.key)
    asked = Asked.of(choice.period, now=now, units=seen)
    is_part = below is not None and seen is not None and len(seen) < len(below)
    texts = {name: getattr(choice, name) for name in ("field", "procedure", "channel")}
    said = replace(asked, **texts, boundaries=choice.boundaries)
    return Scope(said, unit, is_part)


def _below(unit: UnitCard, choice: Choice, *, known: Catalogue, now: Minute) -> Sequence[str]:
    if choice.boundaries is Boundaries.AS_THEN:
        return known.below(unit.key)
    return below_now(known, unit.key, date_of(day_of(now)))


def _seen(below: Sequence[str] | None, allowed: frozenset[str] | None) -> tuple[str, ...] | None:
    if below is None:
        return None if allowed is None else tuple(sorted(allowed))
    return tuple(key for key in below if allowed is None or key in allowed)


def top_names(*, actor: Actor, known: Catalogue) -> list[str]:
    """Name what a person sees when no unit is chosen, if it is few enough to be named."""
    allowed = actor.units_for(Permission.READ_WALL) or frozenset()
    cards = [chain[0] for key in sorted(allowed) if (chain := _chain(known, key))]
    tops = [card.name for card in cards if card.parent_key not in allowed]
    return tops if len(tops) <= MOST_NAMED else []


def unit_lines(allowed: frozenset[str] | None, *, known: Catalogue) -> Sequence[UnitLine]:
    """Give the units of the chooser: those that have dossiers, and what stands above them."""
    wanted: dict[str, None] = {}
    for key in known_units():
        for card in _chain(known, key):
            if allowed is None or card.key in allowed:
                wanted[card.key] = None
    children: dict[str | None, list[UnitCard]] = {}
    for key in wanted:
        card = known.unit(key)
        above = card.parent_key if card.parent_key in wanted else None
        children.setdefault(above, []).append(card)
    return list(_lines(children, None, 0))


def _lines(
    children: Mapping[str | None, list[UnitCard]], above: str | None, depth: int
) -> list[UnitLine]:
    lines: list[UnitLine] = []
    for card in sorted(children.get(above, ()), key=lambda card: (card.valid_from, card.name)):
        lines.append(UnitLine(card.key, card.name, depth, _years(card)))
        lines += _lines(children, card.key, depth + 1)
    return lines


def _years(card: UnitCard) -> str:
    if card.valid_to is None:
        return f"{card.valid_from:%d/%m/%Y} –"
    return f"{card.valid_from:%d/%m/%Y} – {card.valid_to:%d/%m/%Y}"


def _chain(known: Catalogue, key: str) -> Sequence[UnitCard]:
    try:
        return known.chain(key)
    except UnknownUnit:
        return ()
