"""Finds what a file names, units and procedures, in the registry. Reads only."""

import re
from collections.abc import Sequence
from datetime import date

from motcua.kit.moments import date_of, day_of
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue

from .cells import procedure_code
from .labels import code_of, label, unit_labels
from .mapping import Plan

UNIT_CODE_LENGTH = 28
UNIT_CODE = re.compile(r"[A-Za-z0-9._-]{1,28}", re.ASCII)
ProcedureName = tuple[str, str]  # code and name as the file has them


class Names:
    """The registry by the names other systems use."""

    def __init__(self, known: Catalogue, plan: Plan) -> None:
        self._known = known
        self._plan = plan
        self._units = _units_by_name(known)
        self._procedures = _procedures_by_name(known)
        self._met_units: dict[tuple[str, int], str | None] = {}
        self._met_procedures: dict[ProcedureName, str | None] = {}

    def unit(self, name: str, minute: int) -> str | None:
        """The key of the unit of this code or name on that day, None when there is not one."""
        place = (name, day_of(minute))
        if place not in self._met_units:
            card = self._find_unit(name, date_of(place[1]))
            self._met_units[place] = card.key if card else None
        return self._met_units[place]

    def procedure(self, code: str, name: str) -> str | None:
        """The registry's code of a procedure known by code, else by name."""
        if (code, name) not in self._met_procedures:
            self._met_procedures[code, name] = self._find_procedure(code, name)
        return self._met_procedures[code, name]

    def _find_unit(self, name: str, on: date) -> UnitCard | None:
        told = self._plan.units.get(label(name), name)
        for called in (told, made_unit_code(told), *unit_labels(told)):
            if found := self._units.get(called):
                return _one(found, on)
        return None

    def _find_procedure(self, code: str, name: str) -> str | None:
        told = self._plan.procedures.get(label(code or name), code)
        if told:
            made = procedure_code(told)
            return made if self._known.has_procedure(made) else None
        if found := self._procedures.get(label(name)):
            return found
        made = code_of(name)
        return made if self._known.has_procedure(made) else None


def made_unit_code(name: str) -> str:
    """The code of a unit that only this name is known of; a short name is its own code."""
    return name if UNIT_CODE.fullmatch(name) else code_of(name, length=UNIT_CODE_LENGTH)


def _one(cards: Sequence[UnitCard], on: date) -> UnitCard | None:
    """The unit of that day; when none was there that day, the last before it, else the first.

    Two units of one name on one day are none: the mapping has to name the code.
    """
    valid = [card for card in cards if card.is_valid_on(on)]
    if valid:
        return valid[0] if len(valid) == 1 else None
    begun = [card for card in cards if card.valid_from <= on]
    return max(begun, key=_first_day) if begun else min(cards, key=_first_day)


def _first_day(card: UnitCard) -> date:
    return card.valid_from


def _units_by_name(known: Catalogue) -> dict[str, list[UnitCard]]:
    found: dict[str, list[UnitCard]] = {}
    for card in known.units():
        names = {card.code, card.key, *unit_labels(card.name), *unit_labels(card.short_name)}
        for name in names - {""}:
            found.setdefault(name, []).append(card)
    return found


def _procedures_by_name(known: Catalogue) -> dict[str, str]:
    """Codes by name; a name two procedures share names none of them."""
    found: dict[str, set[str]] = {}
    for code in known.procedure_codes():
        for card in known.versions(code):
            found.setdefault(label(card.name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
