"""A new dossier: received at the counter, or filed and still to be received.

A plain form; taking in with scans, fees and receipts has pages of its own.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.numbering import lock_counter
from motcua.dossiers.queries import may_read
from motcua.kit.moments import minute_of, moment_of
from motcua.kit.proof import Question, prove
from motcua.kit.refusals import UNPROCESSABLE
from motcua.kit.text import sort_key
from motcua.registry.cards import ProcedureCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue
from motcua.registry.rules import NoCompetentUnit, NotInForce, UnknownProcedure, UnknownUnit
from motcua.ui.doors import SEE_OTHER
from motcua.ui.keys import key_of
from motcua.ui.widgets import LongSelect

from .labels import CHANNELS, choice_list, limit_words
from .person_forms import PersonForm, filled_from_card, one_name_each
from .proof_short import short_form

PARTIES = ("owner", "submitter", "representative")
LONGEST_NAME = 110


class RequestForm(forms.Form):
    """What is asked for, where, and through which channel."""

    use_required_attribute = False

    procedure = forms.ChoiceField(
        label=_("Procedure"),
        widget=LongSelect,
        error_messages={"required": _("Choose the procedure.")},
    )
    case = forms.ChoiceField(label=_("Case"), required=False)
    channel = forms.ChoiceField(label=_("Filing"))
    place = forms.ChoiceField(label=_("Handed in at"), widget=LongSelect)
    in_zone = forms.BooleanField(label=_("Remote or difficult zone"), required=False)
    other_submitter = forms.BooleanField(
        label=_("Somebody else than the owner hands it in"), required=False
    )
    has_representative = forms.BooleanField(
        label=_("There is a representative with a power of attorney"), required=False
    )

    def __init__(self, *args: Any, known: Catalogue, actor: Actor, now: datetime, **more: Any):
        super().__init__(*args, **more)
        self.known, self.now = known, now
        today = timezone.localdate(now)
        self._offer("procedure", [("", gettext("Choose a procedure")), *_by_field(known, today)])
        places = _places(known, actor, today)
        self._offer("place", places)
        if places:  # as a browser shows it, so that the appointment is known at once
            self.initial.setdefault("place", places[0][0])
        self._offer("channel", choice_list(CHANNELS))
        self.card = _card(known, str(self["procedure"].value() or ""), now)
        cases = sorted({one.case for one in self.card.limits if one.case}) if self.card else []
        self._offer("case", [("", gettext("Usual case")), *((one, one) for one in cases)])
        if not cases:
            del self.fields["case"]

    def terms(self) -> dict[str, Any]:
        """Give limit, appointment if received now, and papers, for what is chosen so far."""
        if self.card is None:
            return {}
        chosen = {name: str(self[name].value() or "") for name in ("channel", "place")}
        case = str(self["case"].value() or "") if "case" in self.fields else ""
        limit = self.known.limit(
            self.card, chosen["channel"], case, zone=bool(self["in_zone"].value())
        )
        terms = {"card": self.card, "limit": limit_words(limit)}
        try:
            body = self.known.competent_unit(
                self.card, chosen["place"], timezone.localdate(self.now)
            )
        except (NoCompetentUnit, UnknownUnit):
            return {**terms, "has_no_body": bool(chosen["place"])}
        terms["body"] = body.name
        if limit is None:
            return terms
        asked = Question(minute_of(self.now), limit, self.card.rules)
        proof = prove(asked, self.known.calendar(body.key))
        return {
            **terms,
            "due_at": moment_of(proof.due.original_due_at),
            "counted": short_form(proof),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.card is not None and data.get("place") and self.terms().get("has_no_body"):
            self.add_error(
                "place", gettext("No body there decides this procedure. Choose another place.")
            )
        return data

    def request(self) -> actions.Request:
        data = self.cleaned_data
        return actions.Request(
            procedure_code=data["procedure"],
            channel=data["channel"],
            place_key=data["place"],
            case=data.get("case", ""),
            in_zone=data["in_zone"],
        )

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = choices


@needs(Permission.RECEIVE_DOSSIER, Permission.FILE_DOSSIER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a new dossier; receive it, or put it among the filings."""
    actor, known, now = actor_of_request(request), catalogue(), timezone.now()
    data: dict[str, str] = {name: str(value) for name, value in request.POST.items()}
    problems = {prefix: filled_from_card(data, prefix) for prefix in PARTIES}
    was_scanned = any(request.POST.get(f"{prefix}-card", "").strip() for prefix in PARTIES)
    more: dict[str, Any] = {"known": known, "actor": actor, "now": now}
    if request.method == "GET" or was_scanned or "do" not in data:
        typed = data or request.GET.dict()
        form = RequestForm(initial={"channel": "direct", **typed}, **more)
        people = _people(known, now, initial=typed)
        status = UNPROCESSABLE if any(problems.values()) else 200
        return _show(request, form, people, problems=problems, was_scanned=was_scanned, code=status)
    form, people = RequestForm(data, **more), _people(known, now, data=data)
    parties = [people[prefix] for prefix in _wanted(data)]
    are_valid = all([form.is_valid(), *(one.is_valid() for one in parties)])
    if not (are_valid and one_name_each(parties)):
        return _show(request, form, people, code=UNPROCESSABLE)
    row = _take_in(form, people, data, key=key_of(request), actor=actor, at=now)
    for one in parties:
        for warning in one.warnings():
            messages.warning(request, warning)
    said = (
        gettext("Filing %(code)s is noted; it waits to be received.")
        if data["do"] == "file"
        else gettext("Dossier %(code)s is received.")
    )
    messages.success(request, said % {"code": row.code})
    may_open = may_read(actor, row)  # a helper files, and may not read
    url = reverse("dossiers:dossier", args=[row.code]) if may_open else reverse("dossiers:new")
    response = HttpResponseRedirect(url)
    response.status_code = SEE_OTHER
    return response


@transaction.atomic
def _take_in(
    form: RequestForm,
    people: dict[str, PersonForm],
    data: dict[str, str],
    *,
    key: str,
    actor: Actor,
    at: datetime,
) -> Dossier:
    """Enrol who is new and begin the dossier, both or neither, once per client key."""
    request = form.request()
    lock_counter(place_key=request.place_key, at=at)  # before the first event: of persons
    found: dict[str, UUID] = {
        prefix: people[prefix].enrolled(
            unit_key=request.place_key, actor=actor, at=at, key=f"{key}:{prefix}" if key else ""
        )
        for prefix in _wanted(data)
    }
    begin = actions.file_dossier if data["do"] == "file" else actions.receive_new
    return begin(
        request=request,
        applicants=actions.Applicants(
            found["owner"], found.get("submitter"), found.get("representative")
        ),
        actor=actor,
        at=at,
        key=key or None,
    )


def _people(known: Catalogue, now: datetime, **more: Any) -> dict[str, PersonForm]:
    """Give the forms of the three parties; `initial` comes with the names of posted fields."""
    today, initial = timezone.localdate(now), more.pop("initial", None)
    found = {}
    for prefix in PARTIES:
        if initial is not None:
            start = f"{prefix}-"
            own = {n.removeprefix(start): v for n, v in initial.items() if n.startswith(start)}
            more["initial"] = own
        found[prefix] = PersonForm(prefix=prefix, today=today, **more)
    return found


def _wanted(data: dict[str, str]) -> list[str]:
    others = {"submitter": "other_submitter", "representative": "has_representative"}
    return ["owner", *(prefix for prefix, box in others.items() if data.get(box))]


def _show(
    request: HttpRequest,
    form: RequestForm,
    people: dict[str, PersonForm],
    *,
    problems: dict[str, str] | None = None,
    was_scanned: bool = False,
    code: int = 200,
) -> HttpResponse:
    actor = actor_of_request(request)
    context = {
        "form": form,
        "terms": form.terms(),
        "people": people,
        "card_problems": problems or {},
        "was_scanned": was_scanned and code == 200,  # noqa: PLR2004 (the HTTP status)
        "key": request.POST.get("client_key", ""),
        "may_receive": actor.may_anywhere(Permission.RECEIVE_DOSSIER),
        "may_file": actor.may_anywhere(Permission.FILE_DOSSIER),
    }
    return render(request, "dossiers/new.html", context, status=code)


def _card(known: Catalogue, code: str, now: datetime) -> ProcedureCard | None:
    try:
        return known.procedure(code, timezone.localdate(now))
    except (UnknownProcedure, NotInForce):
        return None


def _by_field(known: Catalogue, today: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for card in known.procedures(today):
        name = card.name if len(card.name) <= LONGEST_NAME else f"{card.name[:LONGEST_NAME]}…"
        found.setdefault(known.field_name(card.field_code), []).append(
            (card.code, f"{name} ({card.code})")
        )
    return [
        (field, sorted(cards, key=lambda one: sort_key(one[1])))
        for field, cards in sorted(found.items(), key=lambda one: sort_key(one[0]))
    ]


def _places(known: Catalogue, actor: Actor, today: Any) -> list[tuple[str, str]]:
    """Give where this person may take dossiers in, the counters of one-stop units first."""
    wanted = (Permission.RECEIVE_DOSSIER, Permission.FILE_DOSSIER)
    found = [
        unit
        for unit in known.units()
        if unit.is_valid_on(today) and any(actor.may(p, unit_key=unit.key) for p in wanted)
    ]
    found.sort(key=lambda unit: (not unit.receives_only, sort_key(unit.name)))
    return [(unit.key, unit.name) for unit in found]
