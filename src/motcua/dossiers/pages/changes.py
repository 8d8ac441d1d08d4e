"""Changes of the calendar and of limits: the list, a draft, its preview, its act, its reversal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.accounts.actors import Actor, NotAllowed
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.accounts.queries import names_of
from motcua.dossiers import actions
from motcua.dossiers.actions.changing import may_keep, stands
from motcua.dossiers.change_models import RUNNING, ClockChange, Preview, State
from motcua.dossiers.changes.listing import listed, total_of, units_of
from motcua.kit.refusals import PLACE, UNPROCESSABLE
from motcua.registry.catalogue import Catalogue
from motcua.registry.draft_params import Problems, from_params
from motcua.registry.queries import catalogue
from motcua.ui.doors import SEE_OTHER, words_of
from motcua.ui.keys import key_of
from motcua.ui.parts import Pager, page_number

from .change_words import PREVIEWS, Told, facts_of, title_of, unit_name
from .labels import MACHINES

SIZE, UNITS_SHOWN = 25, 12
KEYED = ("discard", "apply", "reverse")
KEEPERS = (Permission.KEEP_CALENDARS, Permission.KEEP_PROCEDURES)


@needs(*KEEPERS)
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Show the changes this person may keep, newest first."""
    actor, known = actor_of_request(request), catalogue()
    kept_rows = _kept_by(actor)
    page = page_number(request.GET.get("page", ""))
    pager = Pager.by_page(page=page, size=SIZE, total=len(kept_rows))
    start = max(0, (pager.first or 1) - 1)
    rows = kept_rows[start : start + SIZE]
    people = names_of({row.made_by for row in rows})
    context = {
        "lines": [
            (row, Told(row, known), people.get(row.made_by, _person(row.made_by))) for row in rows
        ],
        "pager": pager,
        "may_correct": actor.may_anywhere(Permission.KEEP_PROCEDURES),
    }
    return render(request, "dossiers/changes.html", context)


def _kept_by(actor: Actor) -> list[ClockChange]:
    """Give every change this person may keep but those thrown away, newest first."""
    rows = ClockChange.objects.exclude(state=State.DISCARDED).defer("by_unit", "problem")
    units = actor.units_for(Permission.KEEP_CALENDARS)
    if units is not None:  # an empty unit is the nation, several units, or a limit
        rows = rows.filter(Q(unit_key="") | Q(unit_key__in=units))
    return [row for row in rows.order_by("-made_at", "-pk") if may_keep(row, actor)]


@needs(*KEEPERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the draft an address describes; make it a change whose preview is counted.

    Errors: those of `draft_change`.
    """
    actor, known = actor_of_request(request), catalogue()
    said = {name: str(value) for name, value in (request.POST or request.GET).items()}
    draft = from_params(said)
    if isinstance(draft, Problems):
        wrong = [words_of(one) for one in draft.by_field.values()] if "do" in said else []
        context = {"wrong": wrong, "may_correct": actor.may_anywhere(Permission.KEEP_PROCEDURES)}
        status = UNPROCESSABLE if wrong else 200
        return render(request, "dossiers/change_new.html", context, status=status)
    if request.method == "POST":
        change = actions.draft_change(
            draft=draft, actor=actor, at=timezone.now(), key=key_of(request) or None
        )
        return _to(change)
    replaced = stands(draft)
    context = {
        "title": title_of(draft, replaced, known),
        "facts": facts_of(draft, replaced, known),
        "said": said,
    }
    return render(request, "dossiers/change_new.html", context)


@needs(*KEEPERS)
@require_GET
def change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Show one change: how far it is, whom it would move or has moved, and what can be done.

    Errors: NotAllowed.
    """
    actor, known = actor_of_request(request), catalogue()
    row = kept(change_id, actor)
    told = Told(row, known)
    context = {
        "change": row,
        "told": told,
        "facts": facts_of(told.draft, told.replaced, known),
        "people": _people(row),
        "is_counting": row.state == State.DRAFT
        and row.preview in (Preview.WANTED, Preview.COUNTING),
        "is_running": row.state in RUNNING,
        "is_ready": row.state == State.DRAFT and row.preview == Preview.READY,
        "is_stale": row.registry_token != known.token,
        "another_runs": ClockChange.objects.filter(state__in=RUNNING).exclude(pk=row.pk).exists(),
        "preview_words": _(PREVIEWS[row.preview]),
        "problem": problem_words(row),
        "counts": _counts(row),
        **_shown(
            row,
            told,
            known,
            unit=request.GET.get("unit", ""),
            page=request.GET.get("page", ""),
            may_open=lambda key: actor.may(Permission.READ_DOSSIERS, unit_key=key),
        ),
    }
    return render(request, "dossiers/change.html", context)


@needs(*KEEPERS)
@require_POST
def step(request: HttpRequest, change_id: UUID, name: str) -> HttpResponse:
    """Do one step of a change: preview, stop, discard, apply, reverse.

    Errors: those of the step's action.
    """
    steps: dict[str, Callable[..., ClockChange]] = {
        "preview": actions.want_preview,
        "stop": actions.stop_preview,
        "discard": actions.discard_change,
        "apply": actions.apply_change,
        "reverse": actions.reverse_change,
    }
    act = steps.get(name)
    if act is None:
        return HttpResponse(status=404)
    get_object_or_404(ClockChange, pk=change_id)
    more = {"key": key_of(request) or None} if name in KEYED else {}
    row = act(change_id=change_id, actor=actor_of_request(request), at=timezone.now(), **more)
    if name == "discard":
        return HttpResponseRedirect(reverse("dossiers:changes"), status=SEE_OTHER)
    return _to(row)


def kept(change_id: UUID, actor: Actor) -> ClockChange:
    """Give a change this person may keep. Errors: NotAllowed, Http404."""
    row = get_object_or_404(ClockChange, pk=change_id)
    if not may_keep(row, actor):
        raise NotAllowed(permission=Permission.KEEP_CALENDARS, unit=row.unit_key)
    return row


def problem_words(row: ClockChange) -> str:
    """Say why a preview failed, in the person's language."""
    facts = row.problem.get("facts", {})
    message = row.problem.get("message", "")
    words = _(message) if message else ""
    return PLACE.sub(lambda place: str(facts.get(place[1], place[0])), words)


def _to(change: ClockChange) -> HttpResponse:
    url = reverse("dossiers:change", args=[change.pk])
    return HttpResponseRedirect(url, status=SEE_OTHER)


def _shown(
    row: ClockChange,
    told: Told,
    known: Catalogue,
    *,
    unit: str,
    page: str,
    may_open: Callable[[str], bool],
) -> dict[str, Any]:
    """Give one page of the list, and the units with most dossiers."""
    if row.state == State.DRAFT and row.preview != Preview.READY:
        return {}
    total = total_of(row, unit)
    pager = Pager.by_page(page=page_number(page), size=SIZE, total=total)
    start = max(0, (pager.first or 1) - 1)
    units = sorted(units_of(row), key=lambda one: -sum(one[1:]))
    return {
        "lines": [
            (one, unit_name(one.unit, known), told.why(one), may_open(one.unit))
            for one in listed(row, start=start, stop=start + SIZE, unit=unit)
        ],
        "pager": pager,
        "total": total,
        "unit": unit,
        "unit_words": unit_name(unit, known) if unit else "",
        "units": [(key, unit_name(key, known), *rest) for key, *rest in units[:UNITS_SHOWN]],
        "more_units": max(0, len(units) - UNITS_SHOWN),
    }


def _counts(row: ClockChange) -> dict[str, int]:
    later, earlier, other = (
        sum(counts[place] for _key, *counts in row.by_unit) for place in range(3)
    )
    return {"later": later, "earlier": earlier, "other": other}


def _people(row: ClockChange) -> dict[str, str]:
    ids = {"made": row.made_by, "begun": row.begun_by, "reversed": row.reversed_by}
    names = names_of(one for one in ids.values() if one)
    return {word: names.get(one, _person(one)) for word, one in ids.items() if one}


def _person(actor_id: str) -> str:
    return _(MACHINES.get(actor_id, actor_id))
