"""The form of one party of a new dossier, and what becomes of what is typed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.actors import Actor
from motcua.citizens.actions import enrol, renew_contact
from motcua.citizens.queries import find_by_number, names
from motcua.citizens.rules import (
    SAYS,
    Details,
    DetailsNotClear,
    Kind,
    NotACard,
    Sex,
    is_synthetic_number,
    problems_of,
    read_card,
    tidy,
)
from motcua.kit.text import fold
from motcua.ui.doors import words_of

from .labels import choice_list

BIRTH_FORMATS = ["%d/%m/%Y", "%d%m%Y", "%d-%m-%Y", "%Y-%m-%d"]


class PersonForm(forms.Form):
    """A person as typed or scanned; what cannot be is refused beside its field."""

    use_required_attribute = False

    card = forms.CharField(
        label=_("Code of the identity card"),
        required=False,
        max_length=1_000,
        help_text=_("Scan the square code on the card here and the fields fill themselves"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind"))
    identity_number = forms.CharField(
        label=_("Personal identity number"), required=False, max_length=40
    )
    name = forms.CharField(
        label=_("Full name"), max_length=400, error_messages={"required": _("Type the name.")}
    )
    birth_on = forms.DateField(
        label=_("Born on"),
        required=False,
        input_formats=BIRTH_FORMATS,
        widget=forms.DateInput({"placeholder": "24/11/1985"}, format="%d/%m/%Y"),
        error_messages={"invalid": _("Write the day like 24/11/1985.")},
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    tax_number = forms.CharField(label=_("Tax number"), required=False, max_length=40)
    address = forms.CharField(label=_("Address"), required=False, max_length=600)
    same_person = forms.BooleanField(
        label=_("I compared the papers: this is the person kept under this number"), required=False
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.known_id: UUID | None = None
        self.asks_same_person = False
        self.has_new_contact = False
        kinds = {kind.value: SAYS[kind] for kind in Kind}
        sexes = {sex.value: SAYS[sex] for sex in Sex}
        for name, choices in (
            ("kind", choice_list(kinds)),
            ("sex", [("", "–"), *choice_list(sexes)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
            field.choices = choices
        for name in ("identity_number", "phone", "tax_number"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        for name in self.fields:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def details(self) -> Details:
        data = self.cleaned_data
        return tidy(
            Details(
                kind=Kind(data.get("kind") or Kind.CITIZEN),
                name=data.get("name", ""),
                identity_number=data.get("identity_number", ""),
                tax_number=data.get("tax_number", ""),
                birth_on=data.get("birth_on"),
                sex=data.get("sex", ""),
                phone=data.get("phone", ""),
                address=data.get("address", ""),
                is_synthetic=is_synthetic_number(data.get("identity_number", "")),
            )
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        details = self.details
        for problem in problems_of(details, on=self.today):
            if problem.blocks and problem.field not in self.errors:
                self.add_error(problem.field, words_of(DetailsNotClear(problem)))
        self._meet_known(details)
        return data

    def warnings(self) -> list[str]:
        """Give what is strange but kept, and what was renewed, in words."""
        problems = problems_of(self.details, on=self.today)
        strange = [words_of(DetailsNotClear(problem)) for problem in problems if not problem.blocks]
        if not self.has_new_contact:
            return strange
        said = gettext("%(name)s was known here: phone and address are now as typed.")
        return [said % {"name": self.details.name}, *strange]

    def enrolled(self, *, unit_key: str, actor: Actor, at: datetime, key: str) -> UUID:
        """Give the person met before with the phone and address of today, or enrol a new one."""
        details = self.details
        # Looked up once more: the owner enrolled a moment ago may be the submitter too.
        known = self.known_id or _met_by_name(details)
        if known is None:
            return enrol(details=details, unit_key=unit_key, actor=actor, at=at, key=key)
        self.has_new_contact = renew_contact(
            person_id=known,
            phone=details.phone,
            address=details.address,
            unit_key=unit_key,
            actor=actor,
            at=at,
            key=f"{key}:contact" if key else None,
        )
        return known

    def _meet_known(self, details: Details) -> None:
        known = _met(details)
        if known is None:
            return
        if _is_named(known, details) or self.cleaned_data["same_person"]:
            self.known_id = known
            return
        self.asks_same_person = True
        self.add_error(
            "identity_number" if details.identity_number else "tax_number",
            gettext(
                "Another name is kept under this number. Compare number and name with the paper; "
                "if both are right, say so below."
            ),
        )


def filled_from_card(data: dict[str, str], prefix: str) -> str:
    """Put what a scanned card says into the typed data; give the problem, if it is no card."""
    scanned = data.get(f"{prefix}-card", "").strip()
    if not scanned:
        return ""
    try:
        details = read_card(scanned).details
    except NotACard as refusal:
        return words_of(refusal)
    data |= {
        f"{prefix}-card": "",
        f"{prefix}-kind": Kind.CITIZEN.value,
        f"{prefix}-identity_number": details.identity_number,
        f"{prefix}-name": details.name,
        f"{prefix}-birth_on": f"{details.birth_on:%d/%m/%Y}" if details.birth_on else "",
        f"{prefix}-sex": str(details.sex),
        f"{prefix}-address": details.address,
    }
    return ""


def _met(details: Details) -> UUID | None:
    return find_by_number(details.identity_number or details.tax_number)


def _met_by_name(details: Details) -> UUID | None:
    known = _met(details)
    return known if known is not None and _is_named(known, details) else None


def _is_named(person_id: UUID, details: Details) -> bool:
    return fold(names([person_id])[person_id]) == fold(details.name)


def one_name_each(parties: Iterable[PersonForm]) -> bool:
    """Say whether no two parties share a number but not the name; the later one is told."""
    said: dict[str, str] = {}
    for form in parties:
        details = form.details
        number, name = details.identity_number or details.tax_number, fold(details.name)
        if number and said.setdefault(number, name) != name:
            field = "identity_number" if details.identity_number else "tax_number"
            form.add_error(field, gettext("Another party above has this number."))
            return False
    return True
