"""The wall: figures of a period and a unit, each opening the list behind it."""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.indicators import queries
from motcua.kit.moments import minute_of
from motcua.operations import choosing, doors, feed
from motcua.operations.choosing import Choice, Problem
from motcua.operations.crumbs import crumbs_of
from motcua.operations.doors import Drawing
from motcua.operations.exports.panels import PANELS
from motcua.operations.links import taking
from motcua.operations.pages.chooser import against, chooser
from motcua.operations.picture import picture
from motcua.operations.scope import Scope, scope_of, top_names
from motcua.operations.sharing import State
from motcua.registry.queries import catalogue

UNPROCESSABLE = 422
FRESH: Mapping[str, str] = {"Cache-Control": "private, no-cache"}
Plain = Callable[[dict[str, Any]], dict[str, Any]]
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
    plain: Plain = dict,
    headers: Mapping[str, str] = FRESH,
) -> HttpResponse:
    """Answer a wall that asks again: 304, or what it shows now as JSON, made `plain` before.

    Errors: NotAllowed.
    """
    scope, problems = understood(choice, actor, now)
    if scope is None:
        found = {"problems": [said(one) for one in problems]}
        return JsonResponse(found, status=UNPROCESSABLE, headers=dict(headers))
    return doors.answer(request, _drawing(choice, scope, actor, plain), headers)


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


def shown(
    choice: Choice, scope: Scope, actor: Actor, now: datetime, *, plain: Plain = dict
) -> dict[str, Any]:
    """Give what a wall shows, for its page: the data for its scripts, with the lists as HTML."""
    made = _drawing(choice, scope, actor, plain).latest()
    data = json.loads(gzip.decompress(made.thing))
    html = {name: SafeString(text) for name, text in data["html"].items()}
    today = timezone.localdate(now)
    return {
        "data": {**data, "html": html},
        "html": html,
        "today": today,
        "is_running": choice.period.last >= today,
    }


def _drawing(choice: Choice, scope: Scope, actor: Actor, plain: Plain) -> Drawing:
    """Name what is asked for with all that it depends on of who asks."""
    asked, unit = scope.asked, scope.unit.key if scope.unit else ""
    token = catalogue().token  # another one comes with an event, and is asked for anew
    opens, language = actor.units_for(Permission.READ_DOSSIERS), get_language()
    name = (choice, language, unit, asked.units, opens, plain.__qualname__)

    def state() -> State:
        now = timezone.now()
        told = queries.state_of(asked, now=minute_of(now))
        return *told, timezone.localdate(now), token

    def draw() -> bytes:
        now = timezone.now()
        with override(language):
            here, _problems = understood(choice, actor, now)
            told = plain(_told(choice, here or scope, actor, now))
        return gzip.compress(json.dumps(told, cls=DjangoJSONEncoder).encode(), 4, mtime=0)

    return Drawing(name, state, draw)


def _told(choice: Choice, scope: Scope, actor: Actor, now: datetime) -> dict[str, Any]:
    known, today = catalogue(), timezone.localdate(now)
    drawn = picture(choice, scope, known=known, today=today)
    last = feed.latest(scope, actor=actor, known=known, today=today)
    context = {"picture": drawn, "feed": last, "against": against(choice)}
    html = {name: render_to_string(f"operations/parts/{name}.html", context) for name in PARTS}
    keys = ("by_day", "heat", "as_of", "tiles_are", "bars_are")
    return {**{key: drawn[key] for key in keys}, "is_live": last.is_live, "html": html}
