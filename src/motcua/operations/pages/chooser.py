"""The chooser of a wall: what may be chosen, what is, and the addresses of other choices."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.indicators.asking import Boundaries, By
from motcua.indicators.facts import manifest
from motcua.indicators.names import CHANNELS, name_of
from motcua.indicators.values import known_fields, known_procedures
from motcua.kit.text import sort_key
from motcua.kit.words import gettext_noop as _
from motcua.operations.choosing import Choice, Compare, Theme
from motcua.operations.links import address
from motcua.operations.scope import Scope, UnitLine, unit_lines
from motcua.registry.queries import catalogue

PRESET_NAMES = {
    "day": _("Today"),
    "month": _("This month"),
    "quarter": _("This quarter"),
    "year": _("This year"),
    "last_year": _("Last year"),
    "whole": _("Since 2021"),
}
COMPARISONS = {
    Compare.BEFORE: _("The period before"),
    Compare.YEAR_AGO: _("The same period a year ago"),
}
AGAINST = {
    Compare.BEFORE: _("against the period before"),
    Compare.YEAR_AGO: _("against a year ago"),
}
BOUNDARIES = {
    Boundaries.AS_THEN: _("Units as they were then"),
    Boundaries.AS_NOW: _("Units as they are now"),
}


def chooser(choice: Choice, scope: Scope | None, actor: Actor) -> dict[str, Any]:
    """Give what the chooser offers, what is chosen, and the addresses of other choices."""
    known, unit = catalogue(), scope.unit if scope else None
    state = (manifest.stamp(), known.token)
    rest = {k: v for k, v in choice.params.items() if k not in ("period", "from", "to")}
    return {
        "choice": choice,
        "presets": [
            {
                "name": gettext(name),
                "is_current": preset == choice.preset,
                "url": address("operations:wall", {"period": preset, **rest}),
            }
            for preset, name in PRESET_NAMES.items()
        ],
        "period_name": _period_name(choice),
        "units": _units(actor.units_for(Permission.READ_WALL), state),
        "unit_key": unit.key if unit else choice.unit,
        "fields": _fields(state),
        "channels": [(code, gettext(name)) for code, name in CHANNELS.items()],
        "procedures": _procedures(state, choice.period.last),
        "comparisons": [(code.value, gettext(name)) for code, name in COMPARISONS.items()],
        "boundary_ways": [(code.value, gettext(name)) for code, name in BOUNDARIES.items()],
        "channel_name": gettext(CHANNELS.get(choice.channel, choice.channel)),
        "save_url": _save_url(choice)
        if scope and actor.may_anywhere(Permission.KEEP_KIOSKS)
        else "",
        "is_as_now": choice.boundaries is Boundaries.AS_NOW,
        "is_light": choice.theme is Theme.LIGHT,
        "theme_url": address("operations:wall", replace(choice, theme=_other(choice)).params),
        "data_url": f"{reverse('operations:wall_data')}?{urlencode(choice.params)}",
    }


def against(choice: Choice) -> str:
    """Say what the figures are held against."""
    return gettext(AGAINST[choice.compare])


def _save_url(choice: Choice) -> str:
    return address("operations:kiosks", {"address": address("operations:wall", choice.params)})


def _other(choice: Choice) -> Theme:
    return Theme.DARK if choice.theme is Theme.LIGHT else Theme.LIGHT


def unit_choices(actor: Actor) -> Sequence[UnitLine]:
    """Give the units a person may choose."""
    state = (manifest.stamp(), catalogue().token)
    return _units(actor.units_for(Permission.READ_WALL), state)


@lru_cache(maxsize=64)
def _units(allowed: frozenset[str] | None, _state: object) -> Sequence[UnitLine]:
    return unit_lines(allowed, known=catalogue())


@lru_cache(maxsize=4)
def _fields(_state: object) -> Sequence[tuple[str, str]]:
    names = [(code, catalogue().field_name(code)) for code in known_fields()]
    return sorted(names, key=lambda one: sort_key(one[1]))


@lru_cache(maxsize=16)
def _procedures(_state: object, on: date) -> Sequence[tuple[str, str]]:
    known = catalogue()
    codes = dict.fromkeys((*known_procedures(), *(card.code for card in known.procedures(on))))
    names = [(code, name_of(known, By.PROCEDURE, code, on=on)) for code in codes]
    return sorted(names, key=lambda one: sort_key(one[1]))


def _period_name(choice: Choice) -> str:
    label = choice.period.label()
    return gettext(label.message) % label.facts
