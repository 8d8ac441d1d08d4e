"""Walls are saved here, and kiosks opened, listed and revoked."""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.kit.refusals import Refused
from motcua.operations import actions, choosing, rules
from motcua.operations.links import address
from motcua.operations.pages.wall import UNPROCESSABLE, said, understood
from motcua.operations.queries import kiosks_at, params_of, walls_at
from motcua.operations.scope import unit_lines
from motcua.registry.queries import catalogue
from motcua.registry.rules import UnknownUnit
from motcua.ui.doors import words_of
from motcua.ui.keys import key_of

STANDARD_DAYS, STANDARD_SECONDS = 90, 30


@needs(Permission.KEEP_KIOSKS)
@require_GET
def kiosks(request: HttpRequest) -> HttpResponse:
    """Show saved walls and kiosks of the units where the person keeps them, and both forms."""
    typed = {"address": request.GET.get("address", "")}
    return render(request, "operations/kiosks.html", _page(actor_of_request(request), typed))


@needs(Permission.KEEP_KIOSKS)
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep a wall under a name.

    Errors: NotAllowed.
    """
    if request.method == "GET":  # who comes here after signing in again
        return HttpResponseRedirect(reverse("operations:kiosks"))
    actor, typed = actor_of_request(request), request.POST.dict()
    try:
        actions.save_wall(
            name=typed.get("name", "").strip(),
            params=_choice(typed.get("address", ""), actor),
            unit_key=typed.get("unit", ""),
            actor=actor,
            at=timezone.now(),
            key=key_of(request) or None,
        )
    except (rules.NoName, rules.NotAWall, UnknownUnit) as refusal:
        return _refused(request, actor, typed, refusal)
    return HttpResponseRedirect(reverse("operations:kiosks"))


@needs(Permission.KEEP_KIOSKS)
@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """Open a kiosk and show its address, this once.

    Errors: NotAllowed.
    """
    if request.method == "GET":
        return HttpResponseRedirect(reverse("operations:kiosks"))
    actor, typed = actor_of_request(request), request.POST.dict()
    secret, seconds = rules.new_secret(), typed.get("seconds", "").strip()
    try:
        is_new = actions.open_kiosk(
            name=typed.get("kiosk_name", "").strip(),
            unit_key=typed.get("kiosk_unit", ""),
            walls=[UUID(one) for one in request.POST.getlist("wall") if _is_id(one)],
            seconds=int(seconds) if re.fullmatch(r"[0-9]{1,6}", seconds, re.ASCII) else 0,
            last_day=choosing.day_of_text(typed.get("last_day", "").strip()),
            secret=secret,
            actor=actor,
            at=timezone.now(),
            key=key_of(request) or None,
        )
    except (rules.NoName, rules.NoWalls, rules.WrongPace, rules.WrongEnd) as refusal:
        chosen = {"chosen": request.POST.getlist("wall")}
        return _refused(request, actor, {**typed, **chosen}, refusal)
    url = request.build_absolute_uri(reverse("operations:kiosk", args=[secret]))
    context = {**_page(actor, {}), "opened_url": url if is_new else "", "is_told": not is_new}
    answer = render(request, "operations/kiosks.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Permission.KEEP_KIOSKS)
@require_POST
def remove(request: HttpRequest, wall_id: UUID) -> HttpResponse:
    """Show a saved wall no more. Errors: NoSuchKiosk, NotAllowed."""
    actions.remove_wall(wall_id=wall_id, actor=actor_of_request(request), at=timezone.now())
    return HttpResponseRedirect(reverse("operations:kiosks"))


@needs(Permission.KEEP_KIOSKS)
@require_POST
def revoke(request: HttpRequest, kiosk_id: UUID) -> HttpResponse:
    """Let a kiosk show nothing any more. Errors: NoSuchKiosk, NotAllowed."""
    actions.revoke_kiosk(kiosk_id=kiosk_id, actor=actor_of_request(request), at=timezone.now())
    return HttpResponseRedirect(reverse("operations:kiosks"))


def _choice(text: str, actor: Actor) -> dict[str, str]:
    """Give the choice an address of a wall carries, as it leads there again.

    Errors: NotAWall, NotAllowed.
    """
    now = timezone.now()
    parts = urlsplit(text.strip())
    if parts.path and parts.path != reverse("operations:wall"):
        raise rules.NotAWall(reason=parts.path)
    choice = choosing.read(dict(parse_qsl(parts.query)), today=timezone.localdate(now))
    _scope, problems = understood(choice, actor, now)
    if problems:
        raise rules.NotAWall(reason=" ".join(said(one) for one in problems))
    return choice.params


def _refused(
    request: HttpRequest, actor: Actor, typed: dict[str, Any], refusal: Refused
) -> HttpResponse:
    context = {**_page(actor, typed), "refusal": words_of(refusal)}
    return render(request, "operations/kiosks.html", context, status=UNPROCESSABLE)


def _page(actor: Actor, typed: dict[str, Any]) -> dict[str, Any]:
    units, today, known = actor.units_for(Permission.KEEP_KIOSKS), timezone.localdate(), catalogue()
    lines = unit_lines(units, known=known)
    standing = [line.key for line in lines if known.unit(line.key).valid_to is None]
    unit = standing[0] if standing else ""  # one that ended has no numbers of today
    standard = {
        "unit": unit,
        "kiosk_unit": unit,
        "seconds": str(STANDARD_SECONDS),
        "last_day": _day_text(today + timedelta(days=STANDARD_DAYS)),
    }
    walls = list(walls_at(units))
    return {
        "typed": {**standard, **typed},
        "units": lines,
        "walls": [
            {
                "row": wall,
                "unit": known.unit(wall.unit_key).name,
                "url": address("operations:wall", params_of(wall)),
            }
            for wall in walls
        ],
        "rotate_url": reverse("operations:rotate") if walls else "",
        "kiosks": [
            {
                "row": row,
                "unit": known.unit(row.unit_key).name,
                "walls": row.turns.filter(wall__removed_at=None).count(),
                "is_over": row.last_day < today,
            }
            for row in kiosks_at(units)
        ],
    }


def _day_text(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
