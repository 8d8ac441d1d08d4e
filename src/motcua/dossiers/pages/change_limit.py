"""The form that corrects a limit of a version of a procedure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.dossiers import actions
from motcua.dossiers.changes.refusals import FirstDayPast
from motcua.kit.clock import LimitUnit
from motcua.kit.refusals import UNPROCESSABLE, Refused
from motcua.kit.text import sort_key
from motcua.registry.cards import LimitCard, ProcedureCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.drafts import CorrectionDraft
from motcua.registry.queries import catalogue
from motcua.registry.rules import NothingCorrected, VersionExists
from motcua.ui import formats
from motcua.ui.doors import SEE_OTHER, words_of
from motcua.ui.keys import key_of

from .labels import CHANNELS, limit_words

LONGEST_NAME, MOST = 110, 999
UNITS = (
    (LimitUnit.WORKING_DAY, _("working days")),
    (LimitUnit.WORKING_HOUR, _("working hours")),
    (LimitUnit.CALENDAR_DAY, _("days")),
    (LimitUnit.MONTH, _("months")),
    (LimitUnit.SAME_DAY, _("within the day")),
)
RUNNING = (
    ("yes", _("Yes: the decision says so. They are counted anew.")),
    ("no", _("No: they keep the old limit. The corrected one is for receipts from a day on.")),
)


# The field a refusal of the action is told beside.
BESIDE: Mapping[type[Refused], str] = {
    FirstDayPast: "from_day",
    VersionExists: "from_day",
    NothingCorrected: "value",
}


class LimitForm(forms.Form):
    """Which limit, what it should be, and what decides it."""

    use_required_attribute = False

    place = forms.ChoiceField(label=_("Version, channel and case"))
    value = forms.IntegerField(
        label=_("Corrected limit"), min_value=1, max_value=MOST, required=False
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS)
    zone_extra = forms.IntegerField(
        label=_("More in remote or difficult zones"),
        min_value=0,
        max_value=MOST,
        required=False,
    )
    decision = forms.CharField(label=_("Decision, number and day"), max_length=200)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=500)
    running = forms.ChoiceField(
        label=_("Does it touch running dossiers?"), choices=RUNNING, widget=forms.RadioSelect
    )
    from_day = forms.DateField(
        label=_("For receipts from"),
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        help_text=_("Day/month/year, after today. Only where running dossiers keep the old limit."),
    )

    def __init__(self, *args: Any, versions: tuple[ProcedureCard, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.versions = versions
        self.places = {
            f"{card.valid_from.isoformat()}|{one.channel}|{one.case}": (card, one)
            for card in reversed(versions)
            for one in card.limits
        }
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(key, _place_words(*place)) for key, place in self.places.items()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        is_counted = data.get("unit") != LimitUnit.SAME_DAY
        if is_counted and not data.get("value") and "value" not in self.errors:
            self.add_error("value", gettext("Give a whole number of at least 1."))
        needs_day = data.get("running") == "no" and not data.get("from_day")
        if needs_day and "from_day" not in self.errors:
            self.add_error("from_day", gettext("Give the first day of the corrected limit."))
        return data

    def draft(self) -> CorrectionDraft:
        """Give what was typed as a draft."""
        data = self.cleaned_data
        card, one = self.places[data["place"]]
        unit = LimitUnit(data["unit"])
        is_same_day = unit is LimitUnit.SAME_DAY
        return CorrectionDraft(
            procedure=card.code,
            valid_from=card.valid_from,
            value=1 if is_same_day else data["value"],
            unit=unit,
            decision=data["decision"],
            legal_basis=data["legal_basis"],
            channel=one.channel,
            case=one.case,
            zone_extra=0 if is_same_day else data["zone_extra"] or 0,
            from_day=data["from_day"] if data["running"] == "no" else None,
        )


@needs(Permission.KEEP_PROCEDURES)
@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest) -> HttpResponse:
    """Choose a procedure, then one of its limits, and say what it should be.

    Errors: those of `draft_change`.
    """
    known, said = catalogue(), request.POST or request.GET
    code = said.get("procedure", "")
    versions = known.versions(code)
    context: dict[str, Any] = {
        "procedures": _procedures(known, timezone.localdate()),
        "code": code,
        "name": versions[-1].name if versions else "",
    }
    if not versions:
        return render(request, "dossiers/change_limit.html", context)
    if request.method == "GET":
        context["form"] = LimitForm(versions=versions, initial=_proposed(versions))
        return render(request, "dossiers/change_limit.html", context)
    form = context["form"] = LimitForm(request.POST, versions=versions)
    if form.is_valid():
        try:
            change = actions.draft_change(
                draft=form.draft(),
                actor=actor_of_request(request),
                at=timezone.now(),
                key=key_of(request) or None,
            )
        except Refused as refusal:
            form.add_error(BESIDE.get(type(refusal)), words_of(refusal))
        else:
            url = reverse("dossiers:change", args=[change.pk])
            return HttpResponseRedirect(url, status=SEE_OTHER)
    return render(request, "dossiers/change_limit.html", context, status=UNPROCESSABLE)


def _proposed(versions: tuple[ProcedureCard, ...]) -> dict[str, Any]:
    limits = versions[-1].limits
    unit = limits[0].limit.unit if limits else LimitUnit.WORKING_DAY
    return {"unit": unit.value}


def _place_words(card: ProcedureCard, one: LimitCard) -> str:
    parts = [gettext("from %(day)s") % {"day": formats.day(card.valid_from)}]
    parts.append(gettext(CHANNELS[one.channel]) if one.channel else gettext("every channel"))
    if one.case:
        parts.append(one.case)
    return f"{' · '.join(parts)}: {limit_words(one.limit)}"


def _procedures(known: Catalogue, today: date) -> list[tuple[str, str]]:
    cards = [card for card in known.procedures(today) if card.limits]
    named = [(card.code, f"{_short(card.name)} ({card.code})") for card in cards]
    return sorted(named, key=lambda one: sort_key(one[1]))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
