"""The dossiers behind a number: as many as the number says, always."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.dossiers.counter import Standing
from motcua.indicators import queries
from motcua.indicators.asking import Asked, By
from motcua.indicators.facts import manifest
from motcua.indicators.listing import Order, UnknownMeasure
from motcua.indicators.measures import MEASURES, Measure
from motcua.indicators.names import CHANNELS, name_of
from motcua.kit.moments import Minute, from_iso_minute, minute_of, moment_of
from motcua.kit.text import sort_key
from motcua.operations import choosing, standing
from motcua.operations.choosing import Choice
from motcua.operations.crumbs import Crumb, crumbs_of
from motcua.operations.lines import lines_of
from motcua.operations.links import (
    ONLY_BELOW,
    ONLY_FIELD,
    ONLY_PROCEDURE,
    ONLY_UNIT,
    address,
    taking,
)
from motcua.operations.narrowing import narrowed
from motcua.operations.pages.wall import UNPROCESSABLE, named, said, understood
from motcua.operations.rows import short_name
from motcua.operations.scope import Scope
from motcua.registry.queries import catalogue
from motcua.ui import formats
from motcua.ui.parts import Pager

SIZE = 50
STANDARD = "received"
ORDERS = {"received": Order.RECEIVED, "due": Order.DUE, "ended": Order.ENDED}


@needs(Permission.READ_WALL)
@require_GET
def dossiers(request: HttpRequest) -> HttpResponse:
    """Show the dossiers a number counts, page by page, under the question the number was asked.

    Errors: UnknownMeasure, MomentUnclear, PlaceUnclear, NotAllowed.
    """
    actor, params = actor_of_request(request), request.GET.dict()
    measure = measure_of(params)
    choice = choosing.read(params, today=timezone.localdate())
    queries.settled()
    scope, problems = understood(choice, actor, moment_of(asked_at(params)))
    asked, wrong = narrowed(scope, params, actor=actor, known=catalogue()) if scope else (None, [])
    context: dict[str, Any] = {
        "measure": measure,
        "title": gettext(measure.title),
        "wall_url": address("operations:wall", {} if problems else choice.params),
        "problems": [said(one) for one in (*problems, *wrong)],
    }
    if scope is None or asked is None or wrong:
        return render(request, "operations/list.html", context, status=UNPROCESSABLE)
    context |= _listed(params, measure, asked, actor)
    context["crumbs"] = _crumbs(choice, scope, params, actor)
    context["about"] = _about(
        choice,
        asked,
        place=short_name(catalogue(), only) if (only := _only(params)) else named(scope, actor),
        count=context["count"],
    )
    return render(request, "operations/list.html", context)


def _crumbs(
    choice: Choice, scope: Scope, params: Mapping[str, str], actor: Actor
) -> Sequence[Crumb]:
    """Give the way down to the row of the wall the list was opened from."""
    only = _only(params)
    here = replace(
        choice,
        field=params.get(ONLY_FIELD) or choice.field,
        procedure=params.get(ONLY_PROCEDURE) or choice.procedure,
    )
    unit = catalogue().unit(only) if only else scope.unit
    return crumbs_of(here, unit, actor=actor, known=catalogue())


def _only(params: Mapping[str, str]) -> str:
    """Give the unit of the row a list was opened from, if it was one of a unit."""
    return params.get(ONLY_UNIT, "") or params.get(ONLY_BELOW, "")


def _listed(
    params: Mapping[str, str], measure: Measure, asked: Asked, actor: Actor
) -> dict[str, Any]:
    order, is_descending = order_of(params)
    source = standing if measure.code in standing.MEASURES else queries
    page = source.found(
        measure.code,
        asked,
        order=order,
        is_descending=is_descending,
        after=params.get("after"),
        limit=SIZE,
    )
    first = {name: text for name, text in params.items() if name != "after"}
    here = {name: text for name, text in first.items() if name != ONLY_PROCEDURE}
    return {
        "count": source.count(measure.code, asked),
        "lines": lines_of(page.rows, actor=actor, until=asked.minutes["until"]),
        "pager": Pager(following={"after": page.next} if page.next else {}),
        "first_url": address("operations:list", first) if "after" in params else "",
        "here": here,
        "take": taking("operations:list_export", first),
        "all_url": address("operations:list", here),
        "procedure": asked.procedure,
        "procedures": []
        if params.get("procedure")  # the wall shows this one only
        else _procedures(measure.code, asked, (manifest.stamp(), catalogue().token)),
        "is_filing": measure.code == Standing.ACCEPTANCE,
    }


def _procedures(code: str, asked: Asked, state: object) -> list[tuple[str, str]]:
    """Give the procedures of the list, whichever is chosen, with the number of each."""
    counted = _counted(code, replace(asked, procedure=""), state)
    return [(key, f"{name} ({formats.number(number)})") for key, name, number in counted]


@lru_cache(maxsize=64)
def _counted(code: str, asked: Asked, _state: object) -> Sequence[tuple[str, str, int]]:
    """Count by procedure once for all pages of a list; `_state` names facts and registry."""
    if code in standing.MEASURES:
        known, on = catalogue(), asked.period.last
        counted = [
            (key, name_of(known, By.PROCEDURE, key, on=on), number)
            for key, number in standing.by_procedure(code, asked).items()
        ]
        return sorted(counted, key=lambda one: sort_key(one[1]))
    rows = [row for row in queries.grouped(asked, By.PROCEDURE) if row.counts[code]]
    rows.sort(key=lambda row: sort_key(row.name))
    return [(row.key, row.name, row.counts[code]) for row in rows]


def _about(choice: Choice, asked: Asked, *, place: str, count: int) -> Sequence[str]:
    """Say what is counted here, in the words of the wall."""
    known, on = catalogue(), choice.period.last
    days = choice.period.first, choice.period.last
    parts = (
        ngettext("%(n)s dossier", "%(n)s dossiers", count) % {"n": formats.number(count)},
        place,
        known.field_name(asked.field) if asked.field else "",
        name_of(known, By.PROCEDURE, asked.procedure, on=on) if asked.procedure else "",
        gettext(CHANNELS.get(asked.channel, asked.channel)) if asked.channel else "",
        " – ".join(dict.fromkeys(formats.day(day) for day in days)),
        gettext("as of %(moment)s") % {"moment": formats.moment(asked.minutes["until"])},
    )
    return [part for part in parts if part]


def measure_of(params: Mapping[str, str]) -> Measure:
    """Give the measure an address names. Errors: UnknownMeasure."""
    code = params.get("measure", STANDARD)
    measure = MEASURES.get(code) or standing.MEASURES.get(code)
    if measure is None:
        raise UnknownMeasure(measure=code)
    return measure


def order_of(params: Mapping[str, str]) -> tuple[Order, bool]:
    """Give the order an address names, and whether it runs downwards."""
    sort = params.get("sort", STANDARD)
    return ORDERS.get(sort.removeprefix("-"), Order.RECEIVED), sort.startswith("-")


def asked_at(params: Mapping[str, str]) -> Minute:
    """Give the minute the number was asked at, never later than now."""
    now, text = minute_of(timezone.now()), params.get("at", "")
    return min(from_iso_minute(text), now) if text else now
