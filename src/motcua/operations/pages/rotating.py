"""Saved walls in turn: for who is signed in, and on a kiosk for whoever has its address."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.accounts.actors import Actor, NotAllowed
from motcua.accounts.gate import actor_of_request, needs, open_to_all
from motcua.accounts.permissions import Permission
from motcua.kit.moments import minute_of
from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.words import gettext_noop
from motcua.operations import choosing
from motcua.operations.links import address
from motcua.operations.models import Kiosk, SavedWall
from motcua.operations.pages.chooser import chooser
from motcua.operations.pages.wall import FRESH, Plain, answered, named, said, shown, understood
from motcua.operations.queries import kiosk_of, params_of, walls_at, walls_named, walls_of
from motcua.operations.rules import FASTEST, SLOWEST, NoSuchKiosk
from motcua.operations.throttle import Throttle
from motcua.operations.unlinked import without_addresses
from motcua.registry.queries import catalogue

STANDARD_SECONDS = 30
A_MINUTE = 600  # questions of one address; four screens that ask each second, and their pages
ASKED = Throttle(A_MINUTE)
QUIET = {  # no secret of an address leaves with a link, and nothing is kept on the way
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


QUIET_DATA = {**QUIET, **FRESH}  # kept by who asked, else no later question could be answered 304


class TooMany(Refused):
    """One address asks more than screens can."""

    message = gettext_noop("Too many questions from this address. Wait a minute.")
    status = 429


class NoKiosk(Refused):
    """A secret that opens nothing: wrong, revoked or expired."""

    message = gettext_noop(
        "This address shows no walls: it was revoked, has expired, or is not written whole."
        " Ask who set the screen up for a new one."
    )
    status = NOT_FOUND


@needs(Permission.READ_WALL)
@require_safe
def rotate(request: HttpRequest) -> HttpResponse:
    """Show saved walls in turn: `w` their numbers, or none for all; `place` whose turn it is.

    Errors: NoSuchKiosk, NotAllowed.
    """
    actor, params = actor_of_request(request), request.GET.dict()
    units = actor.units_for(Permission.READ_WALL)
    ids = _ids(params.get("w", ""))
    walls = walls_named(ids, units) if ids else list(walls_at(units))
    if not walls:
        raise NoSuchKiosk
    place = _whole(params.get("place", "")) % len(walls)
    seconds = min(max(_whole(params.get("seconds", "")) or STANDARD_SECONDS, FASTEST), SLOWEST)
    kept = {"w": params.get("w", ""), "seconds": str(seconds)}
    following = {**kept, "place": str((place + 1) % len(walls))}
    context = _wall(walls[place], actor, timezone.now())
    context |= {"next_url": address("operations:rotate", following), "seconds": seconds}
    return render(request, "operations/wall.html", context)


@open_to_all
@require_safe
def kiosk(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the walls of a kiosk in turn: numbers only, no ways on, no cookies.

    Errors: TooMany, NoKiosk.
    """
    row = _opened(request, secret)
    walls = walls_of(row)
    if not walls:
        raise NoKiosk
    place = _whole(request.GET.get("place", "")) % len(walls)
    here = reverse("operations:kiosk", args=[secret])
    actor = _actor_of(row)
    context = _wall(walls[place], actor, timezone.now(), plain=without_addresses) | {
        "is_kiosk": True,
        "crumbs": [],
        "data_url": f"{reverse('operations:kiosk_data', args=[secret])}?place={place}",
        "next_url": f"{here}?place={(place + 1) % len(walls)}",
        "seconds": row.seconds,
    }
    return _quiet(render(request, "operations/kiosk.html", context))


@open_to_all
@require_safe
def kiosk_data(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Give what a wall of a kiosk shows, for its refresh; 304 while nothing has changed.

    Errors: TooMany, NoKiosk.
    """
    row, now = _opened(request, secret), timezone.now()
    walls = walls_of(row)
    if not walls:
        raise NoKiosk
    wall = walls[_whole(request.GET.get("place", "")) % len(walls)]
    actor = _actor_of(row)
    choice = choosing.read(params_of(wall), today=timezone.localdate(now))
    return answered(request, choice, actor, now, plain=without_addresses, headers=QUIET_DATA)


def _wall(wall: SavedWall, actor: Actor, now: datetime, *, plain: Plain = dict) -> dict[str, Any]:
    """Give the page of a saved wall; one that cannot be drawn any more says why."""
    choice = choosing.read(params_of(wall), today=timezone.localdate(now))
    try:
        scope, problems = understood(choice, actor, now)
        texts = [said(one) for one in problems]
    except NotAllowed as refusal:
        scope, texts = None, [gettext(refusal.message)]
    context = {
        **chooser(choice, scope, actor),
        "scope_name": named(scope, actor) if scope else "",
        "saved_name": wall.name,
        "problems": texts,
        "wrong": frozenset[str](),
    }
    return context | (shown(choice, scope, actor, now, plain=plain) if scope else {})


def _opened(request: HttpRequest, secret: str) -> Kiosk:
    now = timezone.now()
    if not ASKED.lets_in(request.META.get("REMOTE_ADDR", ""), minute=minute_of(now)):
        raise TooMany
    row = kiosk_of(secret, today=timezone.localdate(now))
    if row is None:
        raise NoKiosk
    return row


def _actor_of(row: Kiosk) -> Actor:
    """Give an actor that may read the wall of the kiosk's unit and nothing else."""
    may: Mapping[str, frozenset[Permission]] = {
        key: frozenset({Permission.READ_WALL}) for key in catalogue().below(row.unit_key)
    }
    return Actor(id=f"kiosk:{row.pk}", grants=may)


def _quiet(answer: HttpResponse) -> HttpResponse:
    for name, value in QUIET.items():
        answer[name] = value
    return answer


def _ids(text: str) -> Sequence[UUID]:
    found = []
    for part in text.split(","):
        try:
            found.append(UUID(part.strip()))
        except ValueError:
            continue
    return found


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text, re.ASCII) else 0
