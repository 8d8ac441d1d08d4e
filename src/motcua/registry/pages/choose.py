"""Whose calendar: the units of the person first, then the nation, provinces and communes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.kit.text import fold, sort_key
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.draft_params import NATION as NATION_PARAM
from motcua.registry.kinds import NATION
from motcua.registry.queries import catalogue
from motcua.registry.sets import UnitKind

from .labels import LEVELS, NATION_NAME
from .scene import READERS, place_of

PLACES = (UnitKind.PROVINCE, UnitKind.COMMUNE)
MOST_OWN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A place in the list, with how much it says itself."""

    param: str
    name: str
    above: str
    level: str
    own_days: int
    has_hours: bool
    may_keep: bool


@needs(*READERS)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show whose calendars there are; those the person works for come first."""
    known, actor, today = catalogue(), actor_of_request(request), timezone.localdate()
    wanted = request.GET.get("q", "").strip()
    units = [
        unit
        for unit in known.units()
        if unit.kind in PLACES and unit.is_valid_on(today) and _matches(unit, wanted)
    ]
    units.sort(key=lambda unit: (unit.kind is not UnitKind.PROVINCE, sort_key(unit.name)))
    lines = [_line(known, actor, unit) for unit in units]
    own = _own(actor, {unit.key for unit in units})
    mine = [line for line in lines if line.param in own][:MOST_OWN]
    context: dict[str, Any] = {
        "year": today.year,
        "text": wanted,
        "first": [] if wanted else [_nation(known, actor), *mine],
        "lines": lines,
    }
    return render(request, "registry/choose.html", context)


def _matches(unit: UnitCard, wanted: str) -> bool:
    return fold(wanted) in fold(f"{unit.name} {unit.code}")


def _own(actor: Actor, shown: set[str]) -> frozenset[str]:
    """Give the units the person keeps or works for; nothing when that is every unit."""
    for permission in (Permission.KEEP_CALENDARS, Permission.READ_DOSSIERS, Permission.READ_WALL):
        units = actor.units_for(permission)
        if units is None:
            return frozenset()
        if units & shown:
            return units & shown
    return frozenset()


def _line(known: Catalogue, actor: Actor, unit: UnitCard) -> Line:
    place = place_of(known, unit.key)
    return Line(
        param=place.param,
        name=unit.name,
        above=known.unit(unit.parent_key).name if unit.parent_key else "",
        level=place.level_name,
        own_days=known.own_days(unit.key),
        has_hours=known.has_hours(unit.key),
        may_keep=actor.may(Permission.KEEP_CALENDARS, unit_key=unit.key),
    )


def _nation(known: Catalogue, actor: Actor) -> Line:
    return Line(
        param=NATION_PARAM,
        name=_(NATION_NAME),
        above="",
        level=_(LEVELS[place_of(known, None).level]),
        own_days=known.own_days(None),
        has_hours=known.has_hours(None),
        may_keep=actor.may(Permission.KEEP_CALENDARS, unit_key=NATION),
    )
