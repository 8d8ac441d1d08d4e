"""My work list: what is mine and my unit's, what is due first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.dossiers.queries import (
    BY_CODE,
    ESCALATED,
    GROUPS,
    TOLD_BY,
    Wanted,
    counts_of,
    tallies_of,
    unit_of_list,
    work_of,
)
from motcua.kit.text import sort_key
from motcua.kit.words import gettext_noop
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue
from motcua.ui import formats

from . import asked
from .lines import lines_of
from .paging import order_of, page_of

DUES: Mapping[str, tuple[str, str]] = {  # words and tone
    "overdue": (gettext_noop("Overdue"), "bad"),
    "today": (gettext_noop("Due today"), "warn"),
    "soon": (gettext_noop("Due soon"), "warn"),
    "step": (gettext_noop("Step overdue"), "warn"),
    "unanswered": (gettext_noop("Supplement overdue"), "warn"),
    ESCALATED: (gettext_noop("Told up to me"), "bad"),
}
SCOPES = {"mine": gettext_noop("Mine"), "unit": gettext_noop("All of my unit")}
MOST_UNITS = 400


@needs(Permission.READ_DOSSIERS)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that wait for this person or this unit, due first."""
    if asked.clean(request.GET.get("q", "")):
        return HttpResponseRedirect(asked.address_with(request, request.GET["q"]))
    actor, known, now = actor_of_request(request), catalogue(), timezone.localtime()
    wanted = _wanted(request)
    rows = work_of(actor, wanted, known=known, now=now)
    standard = "-received" if wanted.group == "ended" else "due"
    order = order_of(request.GET, standard=standard)
    shown, pager = page_of(rows, order, request.GET)
    context = {
        "wanted": wanted,
        "lines": lines_of(shown, known=known, now=now),
        "pager": pager,
        "standard": standard,
        "tabs": _tabs(request, actor, wanted, known=known, now=now),
        "scopes": _scopes(request, wanted),
        "dues": _dues(actor),
        "alerts": _alerts(request, actor, wanted, known=known, now=now),
        "units": _units(actor, known),
        "may_file": actor.may_anywhere(Permission.RECEIVE_DOSSIER)
        or actor.may_anywhere(Permission.FILE_DOSSIER),
        "is_narrowed": bool(wanted.unit_key or wanted.due or wanted.text),
    }
    return render(request, "dossiers/work.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    read = request.GET.get
    group, due = read("group", ""), read("due", "")
    return Wanted(
        scope="unit" if read("scope") == "unit" else "mine",
        group=group if group in BY_CODE else "",
        unit_key=asked.clean(read("unit", "")),
        procedure=asked.clean(read("procedure", "")),
        due=due if due in DUES else "",
        text=asked.text_of(request),
    )


def _tabs(
    request: HttpRequest, actor: Actor, wanted: Wanted, *, known: Catalogue, now: Any
) -> list[Mapping[str, Any]]:
    wide = Wanted(wanted.scope, "", wanted.unit_key, wanted.procedure, wanted.due, wanted.text)
    counts = counts_of(work_of(actor, wide, known=known, now=now))
    everything = {
        "title": _("All open"),
        "url": _address(request, group=None),
        "count": sum(counts.values()),
        "is_here": not wanted.group,
    }
    return [
        everything,
        *(
            {
                "title": _(group.title),
                "url": _address(request, group=group.code),
                "count": counts.get(group.code),
                "is_here": wanted.group == group.code,
            }
            for group in GROUPS
        ),
    ]


def _dues(actor: Actor) -> list[tuple[str, str]]:
    """Give the choices of time; only superiors are told anything."""
    is_told = any(actor.may_anywhere(permission) for permission in TOLD_BY.values())
    return [(code, _(words)) for code, (words, __) in DUES.items() if code != ESCALATED or is_told]


def _alerts(
    request: HttpRequest, actor: Actor, wanted: Wanted, *, known: Catalogue, now: Any
) -> list[Mapping[str, Any]]:
    """Give the times at which something waits, with their counts; what has none is left out."""
    plain = replace(wanted, due="")
    rows, unit_key = work_of(actor, plain, known=known, now=now), unit_of_list(actor, plain)
    counts = dict(tallies_of(rows, known=known, now=now, unit_key=unit_key))
    told = work_of(actor, replace(wanted, due=ESCALATED), known=known, now=now)
    counts[ESCALATED] = told.count()
    return [
        {
            "title": _(words),
            "tone": tone,
            "url": _address(request, due=None if wanted.due == code else code),
            "count": counts[code],
            "is_here": wanted.due == code,
        }
        for code, (words, tone) in DUES.items()
        if counts[code] or wanted.due == code
    ]


def _scopes(request: HttpRequest, wanted: Wanted) -> list[Mapping[str, Any]]:
    return [
        {
            "title": _(title),
            "url": _address(request, scope=None if code == "mine" else code),
            "is_here": wanted.scope == code,
        }
        for code, title in SCOPES.items()
    ]


def _address(request: HttpRequest, **changes: str | None) -> str:
    query = request.GET.copy()
    for name in ("after", "before", *changes):
        query.pop(name, None)
    query.update({name: value for name, value in changes.items() if value is not None})
    return f"?{query.urlencode()}" if query else request.path


def _units(actor: Actor, known: Catalogue) -> list[tuple[str, str]]:
    """Give the bodies to choose from; no choice when there is only one."""
    keys = actor.units_for(Permission.READ_DOSSIERS)
    found = [
        (unit.key, _named(unit))
        for unit in known.units()
        if not unit.receives_only and (keys is None or unit.key in keys)
    ]
    if len(found) < 2 or len(found) > MOST_UNITS:  # noqa: PLR2004 (a choice needs two)
        return []
    return sorted(found, key=lambda unit: sort_key(unit[1]))


def _named(unit: UnitCard) -> str:
    if unit.valid_to is None:
        return unit.name
    said = {"name": unit.name, "day": formats.day(unit.valid_to)}
    return _("%(name)s (until %(day)s)") % said
