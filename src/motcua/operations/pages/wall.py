"""The wall: figures of a period and a unit, each opening the list behind it."""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.indicators import queries
from motcua.kit.moments import minute_of
from motcua.operations import choosing, doors, feed
from motcua.operations.choosing import Choice, Problem
from motcua.operations.crumbs import crumbs_of
from motcua.operations.exports.panels import PANELS
from motcua.operations.links import taking
from motcua.operations.pages.chooser import against, chooser
from motcua.operations.picture import picture
from motcua.operations.scope import Scope, scope_of, top_names
from motcua.operations.sharing import Shared
from motcua.registry.queries import catalogue

UNPROCESSABLE = 422
RIGHTS = (Permission.READ_WALL, Permission.READ_DOSSIERS)  # what a wall shows depends on
MOST_SHOWN = 256
FRESH: Mapping[str, str] = {"Cache-Control": "private, no-cache"}
PARTS = ("figures", "bars", "tiles", "low", "feed")


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
        **chooser(choice, scope, actor),
        "scope_name": named(scope, actor) if scope else "",
        "take": {
            what: taking("operations:export", {**choice.params, "what": what}) for what in PANELS
        },
        "crumbs": crumbs_of(choice, scope.unit, actor=actor, known=catalogue()) if scope else [],
        "problems": [said(one) for one in problems],
        "wrong": {one.name for one in problems},
    }
    if scope is not None:
        context |= shown(choice, scope, actor, now)
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
    return answered(request, choice, actor, now)


def answered(
    request: HttpRequest,
    choice: Choice,
    actor: Actor,
    now: datetime,
    *,
    plain: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    headers: Mapping[str, str] = FRESH,
) -> HttpResponse:
    """Answer a wall that asks again: 304, or what it shows now as JSON, made `plain` before.

    Errors: NotAllowed.
    """
    scope, problems = understood(choice, actor, now)
    if scope is None:
        found = {"problems": [said(one) for one in problems]}
        return JsonResponse(found, status=UNPROCESSABLE, headers=dict(headers))
    name = (*_who_and_what(choice, actor), plain.__qualname__)

    def make() -> bytes:
        at = timezone.now()
        here, _problems = understood(choice, actor, at)
        return _packed(plain(shown(choice, here or scope, actor, at)["data"]))

    made = doors.bodies.get(name, lambda: _state(timezone.now()), make)
    return doors.answer(request, name, made, headers)


def _packed(data: dict[str, Any]) -> bytes:
    return gzip.compress(json.dumps(data, cls=DjangoJSONEncoder).encode(), 4, mtime=0)


def understood(
    choice: Choice, actor: Actor, now: datetime
) -> tuple[Scope | None, Sequence[Problem]]:
    """Give what a choice asks, or everything that is wrong with it.

    Errors: NotAllowed.
    """
    minute = queries.live_minute(minute_of(now))
    scope = scope_of(choice, actor=actor, known=catalogue(), now=minute)
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


def shown(choice: Choice, scope: Scope, actor: Actor, now: datetime) -> dict[str, Any]:
    """Give the picture and the same as data for the scripts, with the lists as HTML."""
    key = (_who_and_what(choice, actor), _state(now))
    return _shown.get(key, lambda: _make(choice, scope, actor, now))


def _make(choice: Choice, scope: Scope, actor: Actor, now: datetime) -> dict[str, Any]:
    known, today = catalogue(), timezone.localdate(now)
    drawn = _drawn(choice, scope, (get_language(), queries.shown_stamp(), known.token))
    told = feed.latest(scope, actor=actor, known=known, today=today)
    context = {"picture": drawn, "feed": told, "against": against(choice)}
    html = {name: render_to_string(f"operations/parts/{name}.html", context) for name in PARTS}
    keys = ("by_day", "heat", "as_of")
    return {
        "picture": drawn,
        "feed": told,
        "html": html,
        "today": today,
        "is_running": choice.period.last >= today,
        "data": {**{key: drawn[key] for key in keys}, "html": html},
    }


@lru_cache(maxsize=64)
def _drawn(choice: Choice, scope: Scope, state: tuple[object, ...]) -> dict[str, Any]:
    """Draw once for all walls that ask the same, in the same minute, of the same `state`.

    The minute is in the scope; `state` names the language, cube and facts, and the registry.
    """
    return picture(choice, scope, known=catalogue(), today=timezone.localdate())


def _who_and_what(choice: Choice, actor: Actor) -> tuple[object, ...]:
    """Name what is asked for, and what the answer depends on of who asks."""
    units = (_named_units(actor.units_for(one)) for one in RIGHTS)
    return (choice, get_language(), *units)


def _state(now: datetime) -> tuple[object, ...]:
    """Name what the answer depends on else: stamp of the figures, minute, day, registry."""
    stamp = queries.shown_stamp()
    minute = queries.minute_shown(stamp, minute_of(now))
    return stamp, minute, timezone.localdate(now), catalogue().token


def _named_units(units: frozenset[str] | None) -> tuple[str, ...]:
    return ("*",) if units is None else tuple(sorted(units))


_shown: Shared[dict[str, Any]] = Shared(MOST_SHOWN)
