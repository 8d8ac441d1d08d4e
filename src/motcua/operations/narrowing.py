"""The question of one row of a wall: what the wall asks, of one unit, field or procedure only."""

import re
from collections.abc import Mapping
from dataclasses import replace

from motcua.accounts.actors import Actor, NotAllowed, require
from motcua.accounts.permissions import Permission
from motcua.indicators.asking import Asked
from motcua.indicators.values import known_fields
from motcua.kit.words import gettext_noop as _
from motcua.registry.catalogue import Catalogue

from .choosing import Problem
from .links import ONLY_BELOW, ONLY_FIELD, ONLY_HOUR, ONLY_PROCEDURE, ONLY_UNIT, ONLY_WEEKDAY
from .scope import Scope

NOT_WHOLE = -1


def narrowed(
    scope: Scope, params: Mapping[str, str], *, actor: Actor, known: Catalogue
) -> tuple[Asked, list[Problem]]:
    """Give the question of a row, and what is wrong with the row that was named.

    A unit here is the unit alone, not those below it.
    Errors: NotAllowed when the person may not see the unit, UnknownUnit.
    """
    asked, problems = scope.asked, []
    unit, field, procedure = (
        params.get(name, "").strip() for name in (ONLY_UNIT, ONLY_FIELD, ONLY_PROCEDURE)
    )
    if unit:
        require(actor, Permission.READ_WALL, unit_key=unit)
        if asked.units is not None and unit not in asked.units:
            problems.append(Problem("unit", _("This unit is not part of what the wall shows.")))
        asked = replace(asked, units=(unit,))
    asked = _below(asked, params.get(ONLY_BELOW, "").strip(), actor, known)
    if field:
        if asked.field not in ("", field) or not _is_field(field, known):
            problems.append(Problem("field", _("There is no such field. Choose one of the list.")))
        asked = replace(asked, field=field)
    if procedure:
        if asked.procedure not in ("", procedure) or not known.has_procedure(procedure):
            problems.append(
                Problem("procedure", _("There is no such procedure. Choose one of the list."))
            )
        asked = replace(asked, procedure=procedure)
    weekday, hour = _whole(params.get(ONLY_WEEKDAY), 7), _whole(params.get(ONLY_HOUR), 24)
    if NOT_WHOLE in (weekday, hour):
        problems.append(Problem("hour", _("There is no such hour. Go back to the wall.")))
        weekday = hour = None
    return replace(asked, weekday=weekday, hour=hour), problems


def _below(asked: Asked, unit: str, actor: Actor, known: Catalogue) -> Asked:
    """Ask of a unit and what stands below it, as far as the wall shows and the person may see."""
    if not unit:
        return asked
    allowed = actor.units_for(Permission.READ_WALL)
    keys = tuple(
        key
        for key in known.below(unit)
        if (allowed is None or key in allowed) and (asked.units is None or key in asked.units)
    )
    if not keys:
        raise NotAllowed(permission=Permission.READ_WALL, unit=unit)
    return replace(asked, units=keys)


def _whole(text: str | None, limit: int) -> int | None:
    """Give a number from 0 to below the limit, None for no text, NOT_WHOLE for anything else."""
    if not text:
        return None
    is_whole = re.fullmatch(r"[0-9]{1,2}", text, re.ASCII) and int(text) < limit
    return int(text) if is_whole else NOT_WHOLE


def _is_field(code: str, known: Catalogue) -> bool:
    return code in known.fields() or code in known_fields()
