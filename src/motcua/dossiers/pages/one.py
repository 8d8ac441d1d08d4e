"""One dossier: where it stands, its story, its parties, and what can be done next."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.accounts.actors import NotAllowed
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.accounts.queries import names_of
from motcua.citizens.queries import names
from motcua.dossiers.actions.clock import ApproverMissing
from motcua.dossiers.actions.door import (
    ChangedMeanwhile,
    PersonNotThere,
    WordsMissing,
    check_right,
    was_done,
)
from motcua.dossiers.actions.ending import LegStillOpen
from motcua.dossiers.actions.handling import LegDuePast
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import may_read, tidy_code
from motcua.dossiers.rules.legs import LegNotOpen
from motcua.dossiers.rules.moves import Move, MoveNotAllowed
from motcua.dossiers.rules.statuses import OPEN, Status
from motcua.dossiers.rules.taking import (
    ClockRunsOn,
    ExtensionTooLate,
    NewDueNotLater,
    NoOutcome,
    SameBody,
)
from motcua.kit.moments import is_past
from motcua.kit.refusals import UNPROCESSABLE, Refused
from motcua.ui.doors import SEE_OTHER, words_of
from motcua.ui.keys import key_of

from . import asked
from .facts import counted_in_short, facts_of, pauses_of
from .labels import status_words, tone_of
from .lines import procedure_name
from .move_pages import OFFERED, ONWARD, PLACES, form_of, may_make, move_named, offers_of
from .parties import parties_of, readings_of
from .scene import Scene
from .source_due import source_due
from .story import story_of
from .timing import timing_of

# Refusals of a rule that belong to one field of the form.
BESIDE: dict[type[Refused], str] = {
    WordsMissing: "words",
    NoOutcome: "outcome",
    NewDueNotLater: "due_on",
    ExtensionTooLate: "due_on",
    ClockRunsOn: "reason",
    SameBody: "body",
    LegNotOpen: "leg",
    LegDuePast: "due_on",
    ApproverMissing: "approver",
    PersonNotThere: "account",
}
BESIDE_A_FIELD: tuple[type[Refused], ...] = (*BESIDE, ChangedMeanwhile, LegStillOpen)
LONGEST_NUMBER = 10  # digits of a version


@needs(Permission.READ_DOSSIERS)
@require_GET
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show one dossier and everything that can be done with it here."""
    scene = scene_of(request, code)
    offers = offers_of(scene)
    context = {
        **head_of(scene),
        "facts": facts_of(scene),
        "pauses": pauses_of(scene),
        "counted": counted_in_short(scene),
        "source_due": source_due(scene),
        "legs": legs_of(scene),
        "owners": _owners(scene.row),
        "may_read_parties": may_read(scene.actor, scene.row, Permission.READ_PERSONAL_DATA),
        "story": story_of(scene),
        "onward": offers[ONWARD],
        "others": [(_(PLACES[place]), found) for place, found in offers.items() if found][
            1 if offers[ONWARD] else 0 :
        ],
    }
    return render(request, "dossiers/dossier.html", context)


@needs(Permission.READ_PERSONAL_DATA)
@require_GET
def parties(request: HttpRequest, code: str) -> HttpResponse:
    """Show who the parties are, and who has read it before; leaves a reading of each."""
    scene = scene_of(request, code)
    if not may_read(scene.actor, scene.row, Permission.READ_PERSONAL_DATA):
        raise NotAllowed(permission=Permission.READ_PERSONAL_DATA)
    context = {
        **head_of(scene),
        "parties": parties_of(scene),
        "readings": readings_of(scene),
    }
    return render(request, "dossiers/parties.html", context)


@needs(Permission.READ_DOSSIERS)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Show what a move does, and make it."""
    scene, chosen = scene_of(request, code), move_named(name)
    if chosen is None:
        raise Http404
    if request.method == "POST":
        return _make(request, chosen, scene)
    return _show(request, chosen, scene, form_of(chosen, scene))


def _make(request: HttpRequest, chosen: Move, scene: Scene) -> HttpResponse:
    key = key_of(request) or None
    if was_done(key, chosen, actor=scene.actor, dossier_id=scene.row.id):
        return _to_dossier(scene, scene.row)  # a second click: what it asks for is done
    form = form_of(chosen, scene, request.POST)
    if not form.is_valid():
        check_right(
            scene.actor,
            chosen,
            holder=scene.row.holder_key,
            place=scene.row.place_key,
            status=scene.row.status,
        )
        return _show(request, chosen, scene, form, status=UNPROCESSABLE)
    try:
        row = OFFERED[chosen.name].action(
            dossier_id=scene.row.id,
            actor=scene.actor,
            at=scene.now,
            key=key,
            seen_version=_version(request),
            **form.facts(),
        )
    except MoveNotAllowed as refusal:
        form.add_error(None, words_of(refusal))
        return _show(request, chosen, scene, form, status=UNPROCESSABLE)
    except BESIDE_A_FIELD as refusal:
        beside = BESIDE.get(type(refusal))
        form.add_error(beside if beside in form.fields else None, words_of(refusal))
        return _show(request, chosen, scene, form, status=UNPROCESSABLE)
    done = {"move": _(chosen.title), "status": status_words(row.status)}
    messages.success(request, _("Done: %(move)s. The dossier is now: %(status)s.") % done)
    return _to_dossier(scene, row)


def _to_dossier(scene: Scene, row: Dossier) -> HttpResponse:
    """Go to the dossier, or to the work list when another body holds it now."""
    is_mine = may_read(scene.actor, row)
    url = reverse("dossiers:dossier", args=[row.code]) if is_mine else reverse("dossiers:work")
    response = HttpResponseRedirect(url)
    response.status_code = SEE_OTHER
    return response


def _show(
    request: HttpRequest, chosen: Move, scene: Scene, form: Any, *, status: int = 200
) -> HttpResponse:
    page, row = OFFERED[chosen.name], scene.row
    sources = chosen.sources or frozenset()
    context = {
        **head_of(scene),
        "move": chosen,
        "page": page,
        "form": form,
        "key": request.POST.get("client_key", ""),
        "seen_version": request.POST.get("seen_version") or row.version,
        "target": status_words(chosen.target) if chosen.target else "",
        "is_possible": Status(row.status) in sources,
        "is_allowed": may_make(scene.actor, chosen, row),
        "second_supplement": chosen.name == "request_supplement" and row.supplements > 0,
    }
    return render(request, "dossiers/move.html", context, status=status)


def scene_of(request: HttpRequest, code: str) -> Scene:
    """Give what a page of one dossier needs to know. Errors: Http404, NotAllowed."""
    row = Dossier.objects.filter(code__in=[asked.clean(code), tidy_code(asked.clean(code))]).first()
    if row is None:
        raise Http404
    scene = Scene(row, actor_of_request(request), timezone.now())
    if not may_read(scene.actor, row):
        raise NotAllowed(permission=Permission.READ_DOSSIERS)
    return scene


def head_of(scene: Scene) -> dict[str, Any]:
    """Give what every page of one dossier shows at its head."""
    row = scene.row
    return {
        "row": row,
        "is_open": row.status in OPEN,
        "procedure": procedure_name(row, scene.known),
        "status": status_words(row.status),
        "status_tone": tone_of(row.status),
        "timing": timing_of(row, calendar=scene.calendar, now=scene.now),
        "holder": scene.unit_name(row.holder_key),
        "assignee": names_of([row.assignee_id]).get(row.assignee_id, ""),
    }


def _owners(row: Dossier) -> list[tuple[str, str]]:
    """Give role and name of each different party."""
    known = names(one for one in (row.owner_id, row.submitter_id, row.representative_id) if one)
    found = [(_("Owner of the dossier"), row.owner_id)]
    if row.submitter_id != row.owner_id:
        found.append((_("Submitter"), row.submitter_id))
    found.append((_("Representative"), row.representative_id))
    return [(role, known.get(person, "–")) for role, person in found if person]


def legs_of(scene: Scene) -> list[dict[str, Any]]:
    """Give the parts done by other bodies, with their own limits."""

    def lateness(due_at: datetime | None, closed_at: datetime | None) -> str:
        if due_at is None:
            return ""
        return "bad" if is_past(due_at, closed_at or scene.now) else ""

    return [
        {
            "number": leg.number,
            "body": scene.unit_name(leg.body_key),
            "opened_at": leg.opened_at,
            "due_at": leg.due_at,
            "closed_at": leg.closed_at,
            "tone": lateness(leg.due_at, leg.closed_at),
        }
        for leg in scene.legs
    ]


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("seen_version", "")
    is_number = text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER
    return int(text) if is_number else None
