"""The forms of a change of the calendar: fields named as the parameters of a draft are."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.kit.calendar import DayKind, NoWorkingDays, WorkedDayWithoutHours
from motcua.kit.refusals import Refused
from motcua.registry import rules
from motcua.registry.checks import check_change
from motcua.registry.draft_params import (
    ENTER,
    HOURS,
    MOST_SIGNS,
    SWAP,
    WEEKDAYS,
    Problems,
    from_params,
)
from motcua.registry.drafts import CalendarDraft
from motcua.ui.doors import words_of

from .labels import KINDS, weekday_name
from .scene import Scene

# The field a refusal of the calendars themselves is told beside, where the form has it.
BESIDE: Mapping[type[Refused], tuple[str, ...]] = {
    rules.DayEnteredTwice: ("day", "day_off"),
    rules.DayOutside: ("day", "day_off"),
    WorkedDayWithoutHours: ("spans", "day_worked"),
    NoWorkingDays: (),
}


def _day(label: Any, *, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.TextInput({"type": "date", "min": "2010-01-01", "max": "2035-12-31"}),
    )


def _text(label: Any, name: str, *, hint: Any = "", **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.TextInput({"maxlength": MOST_SIGNS[name], **attributes}),
    )


class DraftForm(forms.Form):
    """A change of the calendar of one place; the draft's own rules say what is wrong with it."""

    do = ""
    use_required_attribute = False

    legal_basis = _text(
        _("Legal basis"), "legal_basis", hint=_("Number, date and article of the decision")
    )
    source = _text(_("Source"), "source", hint=_("Where it can be read: a page, a file, a paper"))

    def __init__(self, scene: Scene, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.scene = scene
        self.draft: CalendarDraft | None = None
        self.order_fields([*(name for name in self.fields if name not in TAIL), *TAIL])

    def clean(self) -> dict[str, Any]:
        """Read the draft; tell everything that is wrong beside its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        said = {name: str(value or "") for name, value in data.items()}
        flags = {name: "1" for name, value in data.items() if value is True}
        read = from_params({**said, **flags, "do": self.do, "unit": self.scene.place.param})
        if isinstance(read, Problems):
            for name, refusal in read.by_field.items():
                self.add_error(name if name in self.fields else None, words_of(refusal))
            return data
        try:
            check_change(self.scene.known, read)
        except Refused as refusal:
            self._tell(refusal)
        else:
            self.draft = read
        return data

    def _tell(self, refusal: Refused) -> None:
        beside = BESIDE.get(type(refusal), ())
        name = next((name for name in beside if name in self.fields), None)
        self.add_error(name, words_of(refusal))


TAIL = ("legal_basis", "source")


class EntryForm(DraftForm):
    """An entry of one kind for one day."""

    do = ENTER
    kind: forms.Field = forms.CharField(required=False, widget=forms.HiddenInput)
    day = _day(_("Day"))


class ClosureForm(EntryForm):
    """A closure of all or a part of a day."""

    spans = _text(
        _("Closed hours"),
        "spans",
        hint=_("As 07:30-11:30. Empty: the whole day."),
        inputmode="numeric",
        list="open-hours",
    )
    name = _text(_("Reason"), "name", hint=_("Storm, flood, power cut … as people shall read it"))


class DayOffForm(EntryForm):
    """A holiday, or a day off in its lieu."""

    kind: forms.Field = forms.ChoiceField(
        label=_("What it is"), required=False, widget=forms.RadioSelect
    )
    name = _text(_("Name"), "name")
    computed = forms.BooleanField(
        label=_("Computed, the decree of the year is not out yet"), required=False
    )

    def __init__(self, scene: Scene, *args: Any, **more: Any) -> None:
        super().__init__(scene, *args, **more)
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)  # noqa: S101  declared above
        kinds.choices = [
            (kind.value, gettext(KINDS[kind])) for kind in (DayKind.HOLIDAY, DayKind.OBSERVED)
        ]
        if scene.place.unit_key is not None:
            del self.fields["computed"]


class WorkedForm(EntryForm):
    """A day that is worked though its weekday is not."""

    spans = _text(
        _("Working hours"),
        "spans",
        hint=_("As 07:30-11:30,13:30-17:30. Empty: those of the day it is worked for."),
        inputmode="numeric",
        list="open-hours",
    )
    counterpart = _day(_("Worked for"), hint=_("The day whose hours it takes, if any"))
    name = _text(_("Name"), "name")


class ServedForm(EntryForm):
    """A day on which the counter receives though it does not count."""

    spans = _text(
        _("Hours of receiving"),
        "spans",
        hint=_("As 07:30-11:30. Papers are taken in; the day does not count."),
        inputmode="numeric",
        list="open-hours",
    )
    name = _text(_("Name"), "name")


class SwapForm(DraftForm):
    """Two days that are exchanged."""

    do = SWAP
    day_off = _day(_("Day off"))
    day_worked = _day(_("Day worked instead"), hint=_("It takes the hours of the day off"))
    name = _text(_("Name"), "name")


class WeekForm(DraftForm):
    """The hours of a week from a day on."""

    do = HOURS
    valid_from = _day(_("From"))
    service = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, scene: Scene, *args: Any, **more: Any) -> None:
        super().__init__(scene, *args, **more)
        for day, name in enumerate(WEEKDAYS):
            words = weekday_name(day)
            self.fields[name] = _text(words, "spans", inputmode="numeric", list="open-hours")
        self.order_fields(["valid_from", *WEEKDAYS, *TAIL])


FORMS: Mapping[tuple[str, str], type[DraftForm]] = {
    (ENTER, DayKind.CLOSURE): ClosureForm,
    (ENTER, DayKind.HOLIDAY): DayOffForm,
    (ENTER, DayKind.OBSERVED): DayOffForm,
    (ENTER, DayKind.WORKED): WorkedForm,
    (ENTER, DayKind.SERVED): ServedForm,
    (SWAP, ""): SwapForm,
    (HOURS, ""): WeekForm,
}
