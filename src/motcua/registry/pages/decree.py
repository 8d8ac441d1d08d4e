"""The CSV of a yearly decree: chosen, looked at row by row, and sent on to what it would move."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.accounts.actors import require
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.kit.refusals import UNPROCESSABLE, Refused
from motcua.kit.words import gettext_noop
from motcua.registry.decree_import import check_plan, plan_decree
from motcua.registry.decree_rows import COLUMNS, MOST_BYTES
from motcua.registry.decrees import Plan, Wrong
from motcua.registry.draft_params import to_params
from motcua.registry.drafts import DayDraft
from motcua.registry.kinds import NATION
from motcua.registry.layers import EntryRow
from motcua.registry.queries import catalogue
from motcua.ui.doors import SEE_OTHER, words_of

from .change import PREVIEW
from .labels import DECREES, KINDS
from .scene import Scene, scene_at

LONGEST_ADDRESS = 7_000  # signs; common proxies take 8,000


class TooManyDays(Refused):
    """More days than an address can carry."""

    message = gettext_noop(
        "The file changes %(days)s days: too many for this page. Take it in year by year, or with"
        " “motcua import calendar”."
    )


class DecreeForm(forms.Form):
    """The file, its paper, and what becomes of computed days. The text is kept between pages."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV in UTF-8 with the columns %(columns)s"),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    decree = forms.CharField(
        label=_("Decree"),
        required=False,
        max_length=300,
        help_text=_("Number and date. Without it the days stay computed, not decided."),
    )
    drops_computed = forms.BooleanField(
        label=_("Remove computed days of these years that the file does not name"),
        required=False,
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = str(self.fields["file"].help_text)
        self.fields["file"].help_text = words % {"columns": ", ".join(COLUMNS)}

    def raw(self) -> bytes:
        """Give the bytes of the file, or of the text that was kept of it."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            return bytes(file.read(MOST_BYTES + 1))
        return str(self.cleaned_data.get("text") or "").encode()


@needs(Permission.KEEP_CALENDARS)
@require_http_methods(["GET", "POST"])
def decree(request: HttpRequest, unit: str) -> HttpResponse:
    """Show what a file would change; send a plan without fault on to what it would move.

    Errors: UnknownUnit, NotAllowed.
    """
    scene = scene_at(
        unit,
        known=catalogue(),
        actor=actor_of_request(request),
        today=timezone.localdate(),
    )
    require(scene.actor, Permission.KEEP_CALENDARS, unit_key=scene.place.unit_key or NATION)
    if request.method == "GET":
        return _page(request, scene, DecreeForm())
    form = DecreeForm(request.POST, request.FILES)
    raw = form.raw() if form.is_valid() else b""
    if not raw:
        form.add_error("file", gettext("Choose the file of the decree."))
        return _page(request, scene, form)
    try:
        plan = _plan(scene, form, raw)
        if "go_on" in request.POST:
            return _onward(plan)
    except Refused as refusal:
        form.add_error("file", words_of(refusal))
        return _page(request, scene, form)
    return _page(request, scene, form, plan=plan, text=raw.decode("utf-8-sig"))


def _plan(scene: Scene, form: DecreeForm, raw: bytes) -> Plan:
    return plan_decree(
        raw,
        known=scene.known,
        unit_key=scene.place.unit_key,
        decree=form.cleaned_data["decree"],
        drops_computed=form.cleaned_data["drops_computed"],
    )


def _onward(plan: Plan) -> HttpResponse:
    check_plan(plan)
    url = f"{reverse(PREVIEW)}?{urlencode(to_params(plan.draft))}"
    if len(url) > LONGEST_ADDRESS:
        raise TooManyDays(days=len(plan.draft.days))
    return HttpResponseRedirect(url, status=SEE_OTHER)


def _page(
    request: HttpRequest,
    scene: Scene,
    form: DecreeForm,
    *,
    plan: Plan | None = None,
    text: str = "",
) -> HttpResponse:
    context = {
        "scene": scene,
        "place": scene.place,
        "form": form,
        "back": reverse("registry:calendar", args=(scene.place.param, scene.today.year)),
        "plan": plan and _shown(plan),
        "text": text,
    }
    is_wrong = bool(form.errors) or (plan is not None and bool(plan.wrong))
    return render(
        request, "registry/decree.html", context, status=UNPROCESSABLE if is_wrong else 200
    )


def _shown(plan: Plan) -> dict[str, Any]:
    decided = {one.day for one in plan.decided}
    lines = [_line(one, is_new=one.day not in decided) for one in plan.draft.days]
    return {
        "rows": plan.rows,
        "lines": sorted(lines, key=lambda line: str(line["iso"])),
        "left": len(plan.left),
        "other": [_entry(row, is_dropped=row in plan.dropped) for row in plan.other],
        "wrong": [_wrong(one) for one in plan.wrong],
        "years": [(year, gettext(DECREES[decree]), decree.value) for year, decree in plan.years],
        "may_go_on": not (plan.wrong or plan.changes_nothing),
        "changes_nothing": plan.changes_nothing and not plan.wrong,
    }


def _line(one: DayDraft, *, is_new: bool) -> dict[str, Any]:
    return {
        "iso": one.day.isoformat(),
        "day": one.day,
        "kind": gettext(KINDS[one.kind]),
        "name": one.name,
        "counterpart": one.counterpart,
        "is_new": is_new,
        "is_decided": one.is_decided,
        "legal_basis": one.legal_basis,
        "source": one.source,
    }


def _entry(row: EntryRow, *, is_dropped: bool) -> dict[str, Any]:
    return {"day": row.day, "name": row.name, "is_dropped": is_dropped}


def _wrong(one: Wrong) -> dict[str, Any]:
    return {"line": one.line, "text": one.text, "words": words_of(one.refusal)}
