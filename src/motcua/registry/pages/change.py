"""A change of the calendar is typed and checked here; what it would move is shown by dossiers.

Nothing is written on this page: a draft without fault goes on, as the parameters of an address,
to the list of running dossiers it would move, and is done there.
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.accounts.actors import NotAllowed, require
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.kit.calendar import DayKind
from motcua.kit.moments import date_of, day_number, from_iso_day
from motcua.kit.refusals import UNPROCESSABLE, Refused
from motcua.kit.words import gettext_noop
from motcua.registry.checks import check_change, scopes_of
from motcua.registry.draft_params import (
    HOURS,
    NO_HOURS,
    REMOVE,
    SWAP,
    WEEKDAYS,
    Problems,
    UnknownChange,
    from_params,
    to_params,
)
from motcua.registry.drafts import CalendarDraft
from motcua.registry.kinds import NATION
from motcua.registry.layers import FIRST, LAST
from motcua.registry.queries import catalogue
from motcua.registry.years import Decree, decree_of
from motcua.ui.doors import SEE_OTHER

from .change_forms import FORMS, DraftForm
from .labels import typed_hours
from .scene import Scene, scene_at

PREVIEW = "dossiers:change_new"
NAMES_OF_DAYS = ("day", "day_off", "day_worked", "valid_from")
HEADINGS: Mapping[tuple[str, str], str] = {
    ("enter_day", DayKind.CLOSURE): gettext_noop("Closure"),
    ("enter_day", DayKind.HOLIDAY): gettext_noop("Day off"),
    ("enter_day", DayKind.OBSERVED): gettext_noop("Day off"),
    ("enter_day", DayKind.WORKED): gettext_noop("Worked day"),
    ("enter_day", DayKind.SERVED): gettext_noop("Receiving only"),
    (SWAP, ""): gettext_noop("Swap of two days"),
    (HOURS, ""): gettext_noop("Hours of the week"),
}


@needs(Permission.KEEP_CALENDARS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, unit: str) -> HttpResponse:
    """Show the form of a change; send a draft without fault on to what it would move.

    Errors: UnknownUnit, UnknownChange, NoSuchEntry, NoSuchHours, NotAllowed.
    """
    said = request.POST if request.method == "POST" else request.GET
    scene = scene_at(
        unit,
        known=catalogue(),
        actor=actor_of_request(request),
        today=timezone.localdate(),
    )
    if said.get("do") in (REMOVE, NO_HOURS):
        return _onward(_removal(scene, said.dict()))
    require(scene.actor, Permission.KEEP_CALENDARS, unit_key=scene.place.unit_key or NATION)
    key = (said.get("do", ""), said.get("kind", ""))
    form_class = FORMS.get(key)
    if form_class is None:
        raise UnknownChange
    if request.method == "POST":
        form = form_class(scene, request.POST)
        if form.is_valid() and form.draft is not None:
            return _onward(form.draft)
        return _page(request, scene, form, key, status=UNPROCESSABLE)
    form = form_class(scene, initial=_proposed(scene, said.dict()))
    return _page(request, scene, form, key)


def _onward(draft: CalendarDraft) -> HttpResponse:
    url = f"{reverse(PREVIEW)}?{urlencode(to_params(draft))}"
    return HttpResponseRedirect(url, status=SEE_OTHER)


def _removal(scene: Scene, said: Mapping[str, str]) -> CalendarDraft:
    read = from_params(said)
    if isinstance(read, Problems):
        raise next(iter(read.by_field.values()))
    for scope in scopes_of(scene.known, read):
        if not scene.may_keep(scope):
            raise NotAllowed(permission=Permission.KEEP_CALENDARS, unit=scope or NATION)
    check_change(scene.known, read)
    return read


def _page(
    request: HttpRequest, scene: Scene, form: DraftForm, key: tuple[str, str], *, status: int = 200
) -> HttpResponse:
    day = _day_in(form, scene)
    is_service = str(form["service"].value() or "") in {"1", "True"} if key[0] == HOURS else False
    context = {
        "scene": scene,
        "place": scene.place,
        "form": form,
        "do": key[0],
        "heading": _("Service hours of the week") if is_service else _(HEADINGS[key]),
        "is_service": is_service,
        "usual": _usual(scene, day),
        "back": f"{reverse('registry:calendar', args=(scene.place.param, day.year))}"
        f"?{urlencode({'day': day.isoformat()})}#day",
    }
    return render(request, "registry/change.html", context, status=status)


def _day_in(form: DraftForm, scene: Scene) -> date:
    """Give the day the form is about, as far as it can be read."""
    typed = (str(form[name].value() or "") for name in NAMES_OF_DAYS if name in form.fields)
    return next(filter(None, map(_read, typed)), scene.today)


def _read(text: str) -> date | None:
    try:
        day = date_of(from_iso_day(text))
    except Refused:
        return None
    return day if FIRST <= day <= LAST else None


def _usual(scene: Scene, day: date) -> list[str]:
    """Give the hours of the day that can be picked: each stretch, then all together."""
    hours = scene.calendar.hours_of(day_number(day))
    spans = hours.spans[day.weekday()] or next(filter(None, hours.spans), ())
    return [typed_hours((one,)) for one in spans] + ([typed_hours(spans)] if len(spans) > 1 else [])


def _proposed(scene: Scene, said: Mapping[str, str]) -> dict[str, object]:
    """Give what the form begins with: what the address says, and the hours there are now."""
    day = _read(said.get("day") or said.get("valid_from") or "") or scene.today
    is_weekend = not scene.calendar.hours_of(day_number(day)).spans[day.weekday()]
    swapped = "day_worked" if is_weekend else "day_off"
    said = {"day": day.isoformat(), swapped: day.isoformat(), **said}
    if said.get("do") == HOURS:
        return {**_week_now(scene, day, is_service="service" in said), **said}
    is_open_question = decree_of(scene.voices.entries, day.year) is not Decree.DECIDED
    return {**said, "computed": is_open_question}


def _week_now(scene: Scene, day: date, *, is_service: bool) -> dict[str, str]:
    if is_service:
        return {}
    week = scene.calendar.hours_of(day_number(day)).spans
    return {name: typed_hours(spans) for name, spans in zip(WEEKDAYS, week, strict=True)}
