"""The calendar of a unit by year: its months, one day in full, what is special or wrong."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.accounts.gate import actor_of_request, needs
from motcua.kit.calendar import DayKind
from motcua.kit.moments import date_of, from_iso_day
from motcua.kit.refusals import PLACE, Refused
from motcua.registry.conflicts import Found, conflicts_in
from motcua.registry.layers import FIRST, LAST, EntryRow
from motcua.registry.queries import catalogue
from motcua.registry.years import (
    DayState,
    DayView,
    Decree,
    MonthView,
    Voice,
    day_view,
    decree_of,
    months_of,
    voices_on,
    weeks_in,
)
from motcua.ui import formats
from motcua.ui.doors import words_of

from .labels import (
    DECREES,
    KINDS,
    LAYERS,
    LEVELS,
    MONTHS,
    SHORT,
    STATES,
    TONES,
    USUAL,
    WEEKDAYS,
    hours_text,
    week_text,
    weekday_name,
)
from .scene import READERS, Scene, check_year, scene_at
from .tools import removal_of, tools_for, week_removal_of

EMPTY = SafeString('<td class="none"></td>')
TODAY = SafeString(' aria-current="date"')
SQUARE = (
    '<td class="{classes}"><a id="d{iso}" href="?day={iso}#day"{current}>'
    '<b aria-hidden="true">{number}</b>{short}<span class="unseen">{words}</span></a></td>'
)
SHOWN_IN_LEGEND = (
    DayState.OPEN,
    DayState.REST,
    DayState.HOLIDAY,
    DayState.OBSERVED,
    DayState.SWAP_OFF,
    DayState.WORKED,
    DayState.SERVED,
    DayState.PART,
    DayState.CLOSURE,
)


@needs(*READERS)
@require_GET
def year(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Show the calendar of a unit in a year, and one day of it in full.

    Errors: UnknownUnit, DayOutside.
    """
    check_year(year)
    scene = scene_at(
        unit,
        known=catalogue(),
        actor=actor_of_request(request),
        today=timezone.localdate(),
    )
    chosen, problem = _chosen(request, scene, year)
    months = months_of(scene.calendar, year)
    special = [_special(scene, row) for row in _entries(scene, year)]
    context = {
        "scene": scene,
        "place": scene.place,
        "year": year,
        "years": _years(year),
        "weekdays": [(_(short), weekday_name(day)) for day, short in enumerate(WEEKDAYS)],
        "months": [_month(month, scene, chosen) for month in months],
        "working_days": sum(month.working_days for month in months),
        "legend": [(state.value, _(STATES[state]), _short(state)) for state in SHOWN_IN_LEGEND],
        "decree": _decree(scene, year),
        "chosen": _day(scene, chosen) if chosen else None,
        "problem": problem,
        "special": special,
        "has_removals": any(one["removal"] for one in special),
        "weeks": _weeks(scene, year),
        "conflicts": _conflicts(scene, year),
        "tools": tools_for(scene, chosen or date(year, 1, 1)),
    }
    return render(request, "registry/year.html", context)


def _chosen(request: HttpRequest, scene: Scene, year: int) -> tuple[date | None, str]:
    """Give the day of the address, else today when it lies in the year; and what is wrong."""
    text = request.GET.get("day", "")
    today = scene.today if scene.today.year == year else None
    if not text:
        return today, ""
    try:
        day = date_of(from_iso_day(text))
    except Refused as refusal:
        return today, words_of(refusal)
    if day.year != year:
        words = _("%(day)s does not lie in %(year)s.")
        return today, words % {"day": formats.day(day), "year": year}
    return day, ""


def _years(year: int) -> dict[str, int | None]:
    return {
        "before": year - 1 if year > FIRST.year else None,
        "after": year + 1 if year < LAST.year else None,
    }


def _short(state: DayState) -> str:
    return _(SHORT[state]) if state in SHORT else ""


def _decree(scene: Scene, year: int) -> dict[str, Any]:
    decree = decree_of(scene.voices.entries, year)
    return {
        "words": _(DECREES[decree]),
        "tone": "ok" if decree is Decree.DECIDED else "warn",
        "is_decided": decree is Decree.DECIDED,
        "is_computed": decree is Decree.COMPUTED,
    }


# The months


def _month(month: MonthView, scene: Scene, chosen: date | None) -> dict[str, Any]:
    words = {state: _(text) for state, text in STATES.items()}
    short = {
        state: format_html('<i aria-hidden="true">{}</i>', _(text)) for state, text in SHORT.items()
    }
    return {
        "name": _(MONTHS[month.number - 1]),
        "working_days": month.working_days,
        "weeks": [
            [
                EMPTY if view is None else _square(view, words, short, _mark(view, scene, chosen))
                for view in week
            ]
            for week in month.weeks
        ],
    }


def _mark(view: DayView, scene: Scene, chosen: date | None) -> tuple[bool, bool]:
    return view.day == scene.today, view.day == chosen


def _square(
    view: DayView,
    words: Mapping[DayState, str],
    short: Mapping[DayState, str],
    mark: tuple[bool, bool],
) -> SafeString:
    """Draw a day: sign, short word, and the words for who cannot see them.

    In one go: a year has 365 of them, and the template engine would take most of the page's time.
    """
    is_today, is_chosen = mark
    said = f"{words[view.state]}, {view.name}" if view.name else words[view.state]
    return format_html(
        SQUARE,
        classes=view.state + (" today" if is_today else "") + (" chosen" if is_chosen else ""),
        iso=view.day.isoformat(),
        current=TODAY if is_today else "",
        number=view.day.day,
        short=short.get(view.state, ""),
        words=f"{formats.day(view.day)}: {said}",
    )


# One day


def _day(scene: Scene, day: date) -> dict[str, Any]:
    view = day_view(scene.calendar, day)
    return {
        "day": day,
        "state": _(STATES[view.state]),
        "tone": TONES.get(view.state, "calm"),
        "name": view.name,
        "counts": view.counts,
        "hours": hours_text(view.spans),
        "served": hours_text(view.served),
        "voices": [_voice(scene, one) for one in voices_on(scene.voices, day)],
        "is_computed": decree_of(scene.voices.entries, day.year) is Decree.COMPUTED,
    }


def _voice(scene: Scene, one: Voice) -> dict[str, Any]:
    return {
        "level": _(LEVELS[one.level]),
        "who": scene.name_of(one.unit_key),
        "layer": _(LAYERS[one.says]),
        "words": _said(one),
        "source": one.source or _(USUAL),
        "legal_basis": one.legal_basis,
        "holds": one.holds,
        "is_computed": not one.is_decided,
        "removal": removal_of(scene, one.entry_id),
    }


def _said(one: Voice) -> str:
    hours = hours_text(one.spans)
    if one.kind is None:
        return hours or _("closed")
    parts = [_(KINDS[one.kind])]
    if one.name:
        parts.append(f"“{one.name}”")
    if hours:
        parts.append(hours)
    elif one.kind is DayKind.CLOSURE:
        parts.append(_("the whole day"))
    if one.counterpart:
        parts.append(_("exchanged with %(day)s") % {"day": formats.day(one.counterpart)})
    return " · ".join(parts)


# What is special, and what is wrong


def _entries(scene: Scene, year: int) -> Sequence[EntryRow]:
    order = scene.voices.order
    rows = [row for row in scene.voices.entries if row.day.year == year]
    return sorted(rows, key=lambda row: (row.day, order.index(row.unit_key)))


def _special(scene: Scene, row: EntryRow) -> dict[str, Any]:
    return {
        "day": row.day,
        "url": day_url(scene.place.param, row.day),
        "kind": _(KINDS[row.kind]),
        "name": row.name,
        "hours": hours_text(row.spans),
        "counterpart": row.counterpart,
        "counterpart_url": _url_or_nothing(scene, row.counterpart),
        "who": scene.name_of(row.unit_key),
        "source": row.source,
        "legal_basis": row.legal_basis,
        "is_decided": row.is_decided,
        "removal": removal_of(scene, row.entry_id),
    }


def _weeks(scene: Scene, year: int) -> list[dict[str, Any]]:
    return [
        {
            "first": one.first,
            "last": one.last,
            "lines": week_text(one.week),
            "who": scene.name_of(one.unit_key),
            "source": one.source or _(USUAL),
            "legal_basis": one.legal_basis,
            "is_service": one.is_service,
            "since": one.since,
            "removal": week_removal_of(scene, one),
        }
        for one in weeks_in(scene.voices, year)
    ]


def _conflicts(scene: Scene, year: int) -> list[dict[str, Any]]:
    found = conflicts_in(scene.voices, scene.calendar, year)
    return [
        {
            "day": one.day,
            "url": day_url(scene.place.param, one.day) if one.day else "",
            "words": conflict_words(one),
            "is_mild": one.is_mild,
        }
        for one in found
    ]


def conflict_words(one: Found) -> str:
    """Give what does not fit together, in the person's language."""
    said = {name: _fact(name, value) for name, value in one.facts.items()}
    return PLACE.sub(lambda place: said[place[1]], _(one.message))


def _fact(name: str, value: object) -> str:
    if name == "weekday" and isinstance(value, int):
        return weekday_name(value)
    return formats.day(value) if isinstance(value, date) else str(value)


def day_url(param: str, day: date) -> str:
    """Give the address of a day in the calendar of its year."""
    page = reverse("registry:calendar", args=(param, day.year))
    return f"{page}?{urlencode({'day': day.isoformat()})}#day"


def _url_or_nothing(scene: Scene, day: date | None) -> str:
    if day is None or not FIRST <= day <= LAST:
        return ""
    return day_url(scene.place.param, day)
