"""The wall: figures of a period and a unit, each opening the list behind it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.indicators.facts import manifest
from motcua.indicators.names import CHANNELS
from motcua.indicators.values import known_fields
from motcua.kit.moments import minute_of
from motcua.kit.text import sort_key
from motcua.kit.words import gettext_noop as _
from motcua.operations import choosing, feed
from motcua.operations.choosing import Choice, Problem
from motcua.operations.exports.panels import PANELS
from motcua.operations.links import taking
from motcua.operations.picture import picture
from motcua.operations.scope import Scope, UnitLine, scope_of, top_names, unit_lines
from motcua.registry.queries import catalogue

UNPROCESSABLE = 422
RIGHTS = (Permission.READ_WALL, Permission.READ_DOSSIERS)  # what a wall shows depends on
PARTS = ("figures", "fields", "tiles", "low", "feed")
PRESET_NAMES = {
    "day": _("Today"),
    "month": _("This month"),
    "quarter": _("This quarter"),
    "year": _("This year"),
    "last_year": _("Last year"),
    "whole": _("Since 2021"),
}


@needs(Permission.READ_WALL)
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wall; a choice that cannot be understood is shown with what is wrong with it.

    Errors: NotAllowed.
    """
    actor, now = actor_of_request(request), timezone.now()
    choice = choosing.read(request.GET.dict(), today=timezone.localdate(now))
    scope, problems = understood(choice, actor, now)
    context = {
        **_chooser(choice, scope, actor),
        "scope_name": named(scope, actor) if scope else "",
        "problems": [said(one) for one in problems],
        "wrong": {one.name for one in problems},
    }
    if scope is not None:
        context |= _shown(choice, scope, actor, now)
    status = UNPROCESSABLE if problems else 200
    return render(request, "operations/wall.html", context, status=status)


@needs(Permission.READ_WALL)
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Give what the wall shows, for its refresh; 304 while nothing has changed.

    Errors: NotAllowed.
    """
    actor, now = actor_of_request(request), timezone.now()
    choice = choosing.read(request.GET.dict(), today=timezone.localdate(now))
    tag = _tag(actor, choice, now)
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return unchanged
    scope, problems = understood(choice, actor, now)
    if scope is None:
        return JsonResponse({"problems": [said(one) for one in problems]}, status=UNPROCESSABLE)
    shown = _shown(choice, scope, actor, now)
    return JsonResponse(shown["data"], headers={"ETag": tag, "Cache-Control": "private, no-cache"})


def understood(
    choice: Choice, actor: Actor, now: datetime
) -> tuple[Scope | None, Sequence[Problem]]:
    """Give what a choice asks, or everything that is wrong with it.

    Errors: NotAllowed.
    """
    scope = scope_of(choice, actor=actor, known=catalogue(), now=minute_of(now))
    if isinstance(scope, Problem):
        return None, [*choice.problems, scope]
    return (None if choice.problems else scope), choice.problems


def said(problem: Problem) -> str:
    """Say what is wrong, and what would be right."""
    return gettext(problem.message) % dict(problem.facts)


def named(scope: Scope, actor: Actor) -> str:
    """Name the unit a wall shows; without one, what the person may see."""
    if scope.unit is None:
        tops = top_names(actor=actor, known=catalogue())
        return " · ".join(tops) if tops else gettext("All units you may see")
    if scope.is_part:
        return gettext("%(unit)s (the part you may see)") % {"unit": scope.unit.name}
    return scope.unit.name


def _shown(choice: Choice, scope: Scope, actor: Actor, now: datetime) -> dict[str, Any]:
    """Give the picture and the same as data for the scripts, with the lists as HTML."""
    known, today = catalogue(), timezone.localdate(now)
    drawn = _drawn(choice, scope, (get_language(), manifest.stamp(), known.token))
    told = feed.latest(scope, actor=actor, known=known, today=today)
    context = {"picture": drawn, "feed": told}
    html = {name: render_to_string(f"operations/parts/{name}.html", context) for name in PARTS}
    keys = ("by_day", "heat", "as_of")
    return {
        "picture": drawn,
        "feed": told,
        "html": html,
        "is_running": choice.period.last >= today,
        "data": {**{key: drawn[key] for key in keys}, "html": html},
    }


@lru_cache(maxsize=64)
def _drawn(choice: Choice, scope: Scope, state: tuple[object, ...]) -> dict[str, Any]:
    """Draw once for all walls that ask the same, in the same minute, of the same `state`.

    The minute is in the scope; `state` names the language, the facts and the registry.
    """
    return picture(choice, scope, known=catalogue(), today=timezone.localdate())


def _tag(actor: Actor, choice: Choice, now: datetime) -> str:
    parts = (
        choice,
        manifest.stamp(),
        catalogue().token,
        minute_of(now),
        get_language(),
        actor.id,
        [sorted(actor.units_for(one) or "*") for one in RIGHTS],
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _chooser(choice: Choice, scope: Scope | None, actor: Actor) -> dict[str, Any]:
    known, unit = catalogue(), scope.unit if scope else None
    state = (manifest.stamp(), known.token)
    rest = {k: v for k, v in choice.params.items() if k not in ("period", "from", "to")}
    return {
        "choice": choice,
        "presets": [
            {
                "name": gettext(name),
                "is_current": preset == choice.preset,
                "url": f"{reverse('operations:wall')}?{urlencode({'period': preset, **rest})}",
            }
            for preset, name in PRESET_NAMES.items()
        ],
        "period_name": _period_name(choice),
        "units": _units(actor.units_for(Permission.READ_WALL), state),
        "unit_key": unit.key if unit else choice.unit,
        "fields": _fields(state),
        "channels": [(code, gettext(name)) for code, name in CHANNELS.items()],
        "narrowed_to": [
            name
            for name in (
                known.field_name(choice.field) if choice.field else "",
                gettext(CHANNELS.get(choice.channel, choice.channel)) if choice.channel else "",
            )
            if name and scope
        ],
        "take": {
            what: taking("operations:export", {**choice.params, "what": what}) for what in PANELS
        },
        "data_url": f"{reverse('operations:wall_data')}?{urlencode(choice.params)}",
    }


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


def _period_name(choice: Choice) -> str:
    label = choice.period.label()
    return gettext(label.message) % label.facts
