"""The forms of the moves: what each asks for, and what it gives to its action."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.permissions import Permission
from motcua.dossiers.actions.door import Words
from motcua.dossiers.hands import WORKERS
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.dossiers.rules.taking import ClockRunsOn
from motcua.dossiers.terms import law_day
from motcua.kit.moments import date_of, day_number, day_of, day_text, minute_of, moment_of
from motcua.registry.law import escalation
from motcua.registry.years import knows_days_off
from motcua.ui.widgets import LongSelect

from .labels import PAUSE_REASONS, TRANSFER_REASONS, WAYS, choice_list
from .scene import Scene

Choices = Iterable[tuple[str | int, str]]
MOST_WORDS = 4_000
EXTENDED_BY = 5  # working days proposed for a new appointment


class MoveForm(forms.Form):
    """A form of one move; without fields it only asks to confirm."""

    required_css_class = "required"
    use_required_attribute = False  # the server says what is missing, in the person's language

    def __init__(self, scene: Scene, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.scene = scene
        self.prepare(scene)

    def prepare(self, scene: Scene) -> None:
        """Fill in choices and proposals from the dossier."""

    def offer(self, name: str, choices: Choices, **more: Any) -> None:
        """Give a field its choices, and other attributes."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
        field.choices = list(choices)
        for attribute, value in more.items():
            setattr(field, attribute, value)

    def facts(self) -> dict[str, Any]:
        """Give what the action takes beside dossier, actor, moment and key."""
        return {}


def words_field(label: Any, *, required: bool, hint: Any = "", rows: int = 3) -> forms.CharField:
    """A field for the reason, in the person's own words."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": _("Write the reason: the applicant has a right to it.")},
    )


def basis_field() -> forms.CharField:
    """A field for the article that is cited."""
    return forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        help_text=_("Article and document, as it stands on the paper"),
        error_messages={"required": _("Name the article: the paper must cite it.")},
    )


class NoteForm(MoveForm):
    """A move that may carry words."""

    words = words_field(_("Note"), required=False, rows=2)

    def facts(self) -> dict[str, Any]:
        return {"words": Words(self.cleaned_data["words"])}


class ReasonForm(MoveForm):
    """A move that needs a reason."""

    words = words_field(_("Reason"), required=True)

    def facts(self) -> dict[str, Any]:
        return {"words": Words(self.cleaned_data["words"])}


class ReasonAndBasisForm(MoveForm):
    """A move whose paper gives the reason and cites the article."""

    words = words_field(
        _("Reason, and what the applicant can do"), required=True, hint=_("Printed on the paper")
    )
    legal_basis = basis_field()

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"words": Words(data["words"], legal_basis=data["legal_basis"])}


class UnansweredForm(ReasonAndBasisForm):
    """Form 05 when the applicant did not answer: the reason is there already."""

    def prepare(self, scene: Scene) -> None:
        rules = escalation(law_day(scene.row.received_at or scene.now, scene.calendar))
        self.fields["words"].initial = rules["stop_reason"]
        self.fields["legal_basis"].initial = rules["stop_legal_basis"]


class RefilingForm(ReasonForm):
    words = words_field(
        _("What has to be mended"), required=True, hint=_("All of it, once: one line for each")
    )


class AssignForm(MoveForm):
    account = forms.ChoiceField(label=_("Person"), widget=LongSelect)

    def prepare(self, scene: Scene) -> None:
        people = scene.people(*WORKERS)
        nobody = "" if people else gettext("Nobody at this body may handle dossiers yet.")
        self.offer("account", people, initial=scene.actor.id, help_text=nobody)

    def facts(self) -> dict[str, Any]:
        return {"account_id": self.cleaned_data["account"]}


class HandOverForm(MoveForm):
    step = forms.TypedChoiceField(label=_("Step"), coerce=int, required=False)
    account = forms.ChoiceField(label=_("Handed to"), required=False, widget=LongSelect)

    def prepare(self, scene: Scene) -> None:
        anybody = ("", gettext("Whoever takes it at the body"))
        self.offer("account", [anybody, *scene.people(*WORKERS)])
        steps = scene.card.steps if scene.card else ()
        if not steps:
            del self.fields["step"]
            return
        named = [(one.number, f"{one.number}. {one.name}") for one in steps]
        # The first step is the receipt itself: it is done when a dossier is first handed over.
        is_handled = scene.row.status == Status.IN_PROCESS
        self.offer("step", named, initial=max(scene.row.step + (0 if is_handled else 1), 2))

    def facts(self) -> dict[str, Any]:
        return {
            "account_id": self.cleaned_data["account"],
            "step": self.cleaned_data.get("step") or 0,
        }


class BodyForm(MoveForm):
    body = forms.ChoiceField(label=_("Body"), widget=LongSelect)
    words = words_field(_("What is asked"), required=False, rows=2)

    def prepare(self, scene: Scene) -> None:
        self.offer("body", [("", gettext("Choose a body")), *scene.bodies])

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"body_key": data["body"], "words": Words(data["words"])}


class TransferForm(BodyForm):
    reason = forms.ChoiceField(label=_("Why"))
    words = words_field(_("Note"), required=False, rows=2)
    field_order = ("body", "reason", "words")

    def prepare(self, scene: Scene) -> None:
        super().prepare(scene)
        self.offer("reason", choice_list(TRANSFER_REASONS))

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "reason": self.cleaned_data["reason"]}


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or typed."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget, **more)


class WorkingDayForm(MoveForm):
    """A move with a day, which must be one on which the body works."""

    def close_of(self, day: date) -> datetime:
        return moment_of(self.scene.calendar.close_of(day_number(day)))

    def check_day(self, day: date | None) -> date | None:
        if day is None:
            return None
        number, calendar = day_number(day), self.scene.calendar
        if not calendar.first <= number <= calendar.last:
            raise forms.ValidationError(gettext("The working calendar does not reach this day."))
        if not calendar.is_working(number):
            said = {"next": day_text(calendar.next_working_day(number))}
            raise forms.ValidationError(
                gettext("The office is closed on that day. The next working day is %(next)s.")
                % said
            )
        if not knows_days_off(calendar, number):
            raise forms.ValidationError(
                gettext("The days off of %(year)s are not known yet. Choose an earlier day.")
                % {"year": day.year}
            )
        return day


class LegForm(WorkingDayForm):
    body = forms.ChoiceField(label=_("Body"), widget=LongSelect)
    due_on = DayField(label=_("To be done by"), required=False)

    def prepare(self, scene: Scene) -> None:
        self.offer("body", [("", gettext("Choose a body")), *scene.bodies])

    def clean_due_on(self) -> date | None:
        return self.check_day(self.cleaned_data["due_on"])

    def facts(self) -> dict[str, Any]:
        day = self.cleaned_data["due_on"]
        due_at = self.close_of(day) if day else None
        return {"body_key": self.cleaned_data["body"], "due_at": due_at}


class CloseLegForm(MoveForm):
    leg = forms.TypedChoiceField(label=_("Leg"), coerce=int)

    def prepare(self, scene: Scene) -> None:
        legs = scene.open_legs
        self.offer(
            "leg", [(leg.number, f"{leg.number}. {scene.unit_name(leg.body_key)}") for leg in legs]
        )

    def facts(self) -> dict[str, Any]:
        return {"leg": self.cleaned_data["leg"]}


class SupplementForm(MoveForm):
    """Form 02: one complete list. A second one needs an approver and counts as late (766)."""

    papers = forms.MultipleChoiceField(
        label=_("Papers that are missing or wrong"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = words_field(
        _("Other papers and guidance"),
        required=False,
        hint=_("Say all of it now, one line for each: what is missing, and how to mend it"),
        rows=4,
    )
    legal_basis = basis_field()
    approver = forms.ChoiceField(
        label=_("Approved by"),
        required=False,
        error_messages={"required": _("A second request needs an approver.")},
    )

    def prepare(self, scene: Scene) -> None:
        components = scene.card.components if scene.card else ()
        self.offer("papers", [(one.name, one.name) for one in components])
        if not components:
            del self.fields["papers"]
        if not scene.row.supplements:
            del self.fields["approver"]
            return
        people = scene.people(Permission.APPROVE_PROPOSAL)
        self.offer("approver", [("", gettext("Nobody yet")), *people], required=True)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self._lines():
            self.add_error("words", gettext("Name at least one paper."))
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = Words(
            "\n".join(self._lines()),
            legal_basis=data["legal_basis"],
            approver_id=data.get("approver", ""),
        )
        return {"words": words}

    def _lines(self) -> list[str]:
        typed = self.cleaned_data.get("words", "").splitlines()
        lines = [*self.cleaned_data.get("papers", ()), *(line.strip() for line in typed)]
        return [line for line in lines if line]


class PauseForm(ReasonForm):
    reason = forms.ChoiceField(label=_("What the law does not count"))
    words = words_field(_("Where, when, and by whom"), required=True, rows=2)
    field_order = ("reason", "words")

    def prepare(self, scene: Scene) -> None:
        allowed = scene.pause_reasons
        found = [one for one in choice_list(PAUSE_REASONS) if one[0] in allowed]
        refusal = gettext(ClockRunsOn.message)
        self.offer("reason", found, help_text="" if found else refusal)
        self.fields["reason"].error_messages["invalid_choice"] = refusal

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "reason": self.cleaned_data["reason"]}


class ExtendForm(WorkingDayForm, ReasonForm):
    """Form 04: the apology with its reason, and the new appointment."""

    due_on = DayField(label=_("New appointment"), help_text=_("Until the close of that day"))
    words = words_field(_("Apology and reason"), required=True, hint=_("Printed on the paper"))
    field_order = ("due_on", "words")

    def prepare(self, scene: Scene) -> None:
        if scene.row.due_at is not None:
            last = max(minute_of(scene.row.due_at), minute_of(scene.now))
            proposed = scene.calendar.add_working_days(day_of(last), EXTENDED_BY)
            self.fields["due_on"].initial = date_of(proposed)

    def clean_due_on(self) -> date | None:
        return self.check_day(self.cleaned_data["due_on"])

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "due_at": self.close_of(self.cleaned_data["due_on"])}


class DecisionForm(MoveForm):
    """The draft decision; a negative one gives its reasons, for the letter."""

    outcome = forms.ChoiceField(
        label=_("Draft decision"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.POSITIVE.value, _("The conditions are met: grant")),
            (Outcome.NEGATIVE.value, _("The conditions are not met: negative decision")),
        ],
        error_messages={"required": _("Say whether the decision is positive or negative.")},
    )
    words = words_field(
        _("Reasons"), required=False, hint=_("Needed when the conditions are not met"), rows=2
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("outcome") == Outcome.NEGATIVE and not data.get("words"):
            self.add_error("words", gettext("A negative decision needs its reasons."))
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"outcome": Outcome(data["outcome"]), "words": Words(data["words"])}


class ReturnForm(MoveForm):
    way = forms.ChoiceField(label=_("How it is handed out"), widget=forms.RadioSelect)

    def prepare(self, scene: Scene) -> None:
        ways = [
            (code, text)
            for code, text in choice_list(WAYS)
            if code != "representative" or scene.row.representative_id
        ]
        usual = "online" if scene.row.channel == "online" else "counter"
        self.offer("way", ways, initial=usual)

    def facts(self) -> dict[str, Any]:
        return {"way": self.cleaned_data["way"]}
