"""How the appointment of a dossier is counted: the proof, line by line, to read, print and keep."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import motcua
from motcua.accounts.gate import needs
from motcua.accounts.permissions import Permission
from motcua.dossiers.models import Dossier
from motcua.dossiers.proving import about, differs, known_as_of, moves_of
from motcua.dossiers.rules.statuses import OPEN
from motcua.kit.moments import is_past
from motcua.kit.proof import paper_of, paper_text
from motcua.registry.cards import ProcedureCard

from .one import head_of, legs_of, scene_of
from .proof_moves import move_rows
from .proof_short import answer, sections_of, short_form
from .proof_words import usual_hours
from .source_due import source_due
from .step_rows import steps_of


@needs(Permission.READ_DOSSIERS)
@require_GET
def clock(request: HttpRequest, code: str) -> HttpResponse:
    """Show how the appointment is counted, the answer first."""
    scene = scene_of(request, code)
    row, proof = scene.row, scene.proof
    if row.received_at is None:
        raise Http404
    context = {
        **head_of(scene),
        "part": _("How the appointment is counted"),
        "proof": proof,
        "answer": answer(proof) if proof else _("No legal limit is counted here"),
        "counted": short_form(proof) if proof else "",
        "sections": sections_of(proof, law=law_of(scene.card)) if proof else [],
        "hours": usual_hours(proof) if proof else [],
        "source_due": source_due(scene),
        "differs": differs(row, proof),
        "as_of": known_as_of(row, scene.known),
        "index_766": both_verdicts(row, scene.now),
        "moves": move_rows(row, moves_of(row), scene.known),
        "steps": steps_of(scene),
        "legs": legs_of(scene),
    }
    return render(request, "dossiers/clock.html", context)


@needs(Permission.READ_DOSSIERS)
@require_GET
def proof_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the proof as a file that anybody can count again."""
    scene = scene_of(request, code)
    if scene.proof is None:
        raise Http404
    as_of = known_as_of(scene.row, scene.known)
    told = about(scene.row, moves_of(scene.row), as_of=as_of)
    text = paper_text(paper_of(scene.proof, about=told, program=motcua.__version__))
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(scene.row.code)}.json"'
    return response


def law_of(card: ProcedureCard | None) -> str:
    """Give the decision and the law the limit of a procedure rests on; nothing if unknown."""
    parts = (card.decision, card.legal_basis) if card is not None else ()
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _file_name(code: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in code)


def both_verdicts(row: Dossier, now: datetime) -> dict[str, object] | None:
    """Give both verdicts on a dossier that was asked to supplement more than once.

    Source: Decision 766/QĐ-TTg, test of handling in time: more than one request counts as late.
    """
    if row.supplements <= 1:
        return None
    if row.due_at is None:
        verdict = _("the clock stands still, nothing is late")
    elif row.status in OPEN:
        verdict = _("overdue") if is_past(row.due_at, now) else _("in time")
    else:
        is_late = row.ended_at is not None and is_past(row.due_at, row.ended_at)
        verdict = _("late") if is_late else _("on time")
    return {"count": row.supplements, "verdict": verdict}
