"""The dossiers behind a number: as many as the number says, always."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.accounts.actors import Actor
from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.dossiers.queries import statuses_of
from motcua.dossiers.rules.statuses import NAMES
from motcua.indicators import queries
from motcua.indicators.asking import By
from motcua.indicators.listing import Order, UnknownMeasure
from motcua.indicators.measures import MEASURES
from motcua.indicators.names import CHANNELS, name_of
from motcua.kit.moments import Minute, from_iso_minute, minute_of
from motcua.operations import choosing
from motcua.operations.choosing import Choice, Problem
from motcua.operations.pages.wall import UNPROCESSABLE
from motcua.operations.scope import Scope, scope_of
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue
from motcua.ui.parts import Pager

SIZE = 50
ORDERS = {"received": Order.RECEIVED, "due": Order.DUE, "ended": Order.ENDED}


@dataclass(frozen=True)
class Line:
    """A dossier of the list. Moments are local minutes."""

    code: str
    url: str
    procedure: str
    field: str
    unit: str
    channel: str
    received_at: Minute
    due_at: Minute | None
    ended_at: Minute | None
    is_late: bool
    status: str


@needs(Permission.READ_WALL)
@require_GET
def dossiers(request: HttpRequest) -> HttpResponse:
    """Show the dossiers a number counts, page by page, under the question the number was asked.

    Errors: UnknownMeasure, MomentUnclear, PlaceUnclear, NotAllowed.
    """
    actor, known = actor_of_request(request), catalogue()
    measure = MEASURES.get(request.GET.get("measure", "received"))
    if measure is None:
        raise UnknownMeasure(measure=request.GET["measure"])
    choice = choosing.read(request.GET.dict(), today=timezone.localdate())
    scope = scope_of(choice, actor=actor, known=known, now=_now(request))
    problems = [*choice.problems, *([scope] if isinstance(scope, Problem) else [])]
    context: dict[str, Any] = {
        "measure": measure,
        "title": gettext(measure.title),
        "choice": choice,
        "problems": [(one.name, gettext(one.message) % dict(one.facts)) for one in problems],
    }
    if problems or isinstance(scope, Problem):
        return render(request, "operations/list.html", context, status=UNPROCESSABLE)
    context |= _found(request, choice, scope, known=known)
    return render(request, "operations/list.html", context)


def _found(
    request: HttpRequest, choice: Choice, scope: Scope, *, known: Catalogue
) -> dict[str, Any]:
    code = request.GET.get("measure", "received")
    order = request.GET.get("sort", "received")
    asked = replace(scope.asked, procedure=request.GET.get("procedure", "").strip())
    page = queries.found(
        code,
        asked,
        order=ORDERS.get(order, Order.RECEIVED),
        after=request.GET.get("after"),
        limit=SIZE,
    )
    back = {name: request.GET[name] for name in ("unit", "field", "channel") if name in request.GET}
    back |= {"from": choice.first_text, "to": choice.last_text}
    on = choice.period.last
    return {
        "count": queries.count(code, asked),
        "lines": _lines(page.rows, actor_of_request(request), known),
        "pager": Pager(following={"after": page.next} if page.next else {}),
        "is_first": not request.GET.get("after"),
        "unit": scope.unit,
        "field_name": known.field_name(choice.field) if choice.field else "",
        "channel_name": gettext(CHANNELS.get(choice.channel, choice.channel)),
        "procedure_name": name_of(known, By.PROCEDURE, asked.procedure, on=on)
        if asked.procedure
        else "",
        "as_of": asked.minutes["until"],
        "wall_url": f"{reverse('operations:wall')}?{urlencode(back)}",
        "order": order if order in ORDERS else "received",
    }


def _lines(rows: tuple[queries.Found, ...], actor: Actor, known: Catalogue) -> list[Line]:
    told = statuses_of(row.dossier_id for row in rows)
    return [_line(row, told, actor, known) for row in rows]


def _line(row: queries.Found, told: Any, actor: Actor, known: Catalogue) -> Line:
    code, status = told.get(row.dossier_id, ("", None))
    may_open = code and actor.may(Permission.READ_DOSSIERS, unit_key=row.unit_key)
    on = timezone.localdate()
    end = row.ended_at
    return Line(
        code=code or str(row.dossier_id),
        url=reverse("dossiers:dossier", args=[code]) if may_open else "",
        procedure=name_of(known, By.PROCEDURE, row.procedure, on=on),
        field=known.field_name(row.field),
        unit=name_of(known, By.UNIT, row.unit_key, on=on),
        channel=gettext(CHANNELS.get(row.channel, row.channel)),
        received_at=row.received_at,
        due_at=row.due_at,
        ended_at=end,
        is_late=row.due_at is not None and end is not None and end > row.due_at,
        status=gettext(NAMES[status]) if status else "",
    )


def _now(request: HttpRequest) -> Minute:
    """Give the minute the number was asked at, never later than now."""
    now = minute_of(timezone.now())
    text = request.GET.get("at", "")
    return min(from_iso_minute(text), now) if text else now
