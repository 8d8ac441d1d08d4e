"""The wall: figures of a period and a unit, each opening the list behind it."""

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.indicators.facts import manifest
from motcua.indicators.names import CHANNELS
from motcua.indicators.queries import Asked
from motcua.indicators.values import known_fields
from motcua.kit.moments import minute_of
from motcua.kit.text import sort_key
from motcua.kit.words import gettext_noop as _
from motcua.operations import choosing, feed
from motcua.operations.choosing import Choice, Problem
from motcua.operations.picture import picture
from motcua.operations.scope import Scope, scope_of, unit_lines
from motcua.registry.queries import catalogue

UNPROCESSABLE = 422
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
    """Show the wall; a choice that cannot be understood is shown with what is wrong with it."""
    actor, now = actor_of_request(request), timezone.now()
    choice = choosing.read(request.GET.dict(), today=timezone.localdate(now))
    scope, problems = _scope(choice, actor, now)
    context = {
        **_chooser(choice, scope, actor),
        "problems": [(one.name, gettext(one.message) % dict(one.facts)) for one in problems],
        "wrong": {one.name for one in problems},
    }
    if scope is not None:
        context |= _shown(choice, scope, actor, now)
    status = UNPROCESSABLE if problems else 200
    return render(request, "operations/wall.html", context, status=status)


@needs(Permission.READ_WALL)
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Give what the wall shows, for its refresh; 304 while nothing has changed."""
    actor, now = actor_of_request(request), timezone.now()
    choice = choosing.read(request.GET.dict(), today=timezone.localdate(now))
    tag = _tag(request, actor, choice, now)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    scope, problems = _scope(choice, actor, now)
    if scope is None:
        said = [gettext(one.message) % dict(one.facts) for one in problems]
        return JsonResponse({"problems": said}, status=UNPROCESSABLE)
    shown = _shown(choice, scope, actor, now)
    return JsonResponse(shown["data"], headers={"ETag": tag, "Cache-Control": "private, no-cache"})


def _scope(choice: Choice, actor: Actor, now: datetime) -> tuple[Scope | None, list[Problem]]:
    problems = list(choice.problems)
    scope = scope_of(choice, actor=actor, known=catalogue(), now=minute_of(now))
    if isinstance(scope, Problem):
        return None, [*problems, scope]
    return (None if problems else scope), problems


def _shown(choice: Choice, scope: Scope, actor: Actor, now: datetime) -> dict[str, Any]:
    """Give the picture and the same as data for the scripts, with the lists as HTML."""
    drawn = _drawn(choice, scope, (get_language(), manifest.stamp(), catalogue().token))
    lines = feed.latest(units=scope.asked.units, actor=actor, known=catalogue())
    context = {"picture": drawn, "feed": lines}
    parts = ("figures", "fields", "tiles", "low", "feed")
    html = {name: render_to_string(f"operations/parts/{name}.html", context) for name in parts}
    keys = ("figures", "sparks", "by_day", "heat", "as_of")
    return {
        "picture": drawn,
        "html": html,
        "data": {**{key: drawn[key] for key in keys}, "html": html},
    }


@lru_cache(maxsize=64)
def _drawn(choice: Choice, scope: Scope, state: tuple[object, ...]) -> dict[str, Any]:
    """Draw once for all walls that ask the same, in the same minute, of the same `state`.

    The minute is in the scope; `state` names the language, the facts and the registry.
    """
    return picture(choice, scope, known=catalogue(), today=timezone.localdate())


def _tag(request: HttpRequest, actor: Actor, choice: Choice, now: datetime) -> str:
    parts = (
        sorted(choice.params.items()),
        manifest.stamp(),
        catalogue().token,
        minute_of(now),
        get_language(),
        actor.id,
        sorted(actor.units_for(Permission.READ_WALL) or ()),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _chooser(choice: Choice, scope: Scope | None, actor: Actor) -> dict[str, Any]:
    known, unit = catalogue(), scope.unit if scope else None
    rest = {k: v for k, v in choice.params.items() if k not in ("period", "from", "to")}
    fields = {code: known.field_name(code) for code in known_fields()}
    return {
        "choice": choice,
        "unit": unit,
        "presets": [
            {
                "name": gettext(name),
                "is_current": preset == choice.preset,
                "url": f"{reverse('operations:wall')}?{urlencode({'period': preset, **rest})}",
            }
            for preset, name in PRESET_NAMES.items()
        ],
        "period_name": _period_name(choice),
        "units": unit_lines(actor=actor, known=known),
        "unit_key": unit.key if unit else choice.unit,
        "fields": sorted(fields.items(), key=lambda one: sort_key(one[1])),
        "channels": [(code, gettext(name)) for code, name in CHANNELS.items()],
        "data_url": f"{reverse('operations:wall_data')}?{urlencode(choice.params)}",
    }


def _period_name(choice: Choice) -> str:
    label = choice.period.label()
    return gettext(label.message) % label.facts


__all__ = ["Asked", "data", "wall"]
