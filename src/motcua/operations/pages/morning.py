"""This morning: what is late, what is due today, whose turn it is, unit by unit. For a phone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.dossiers.morning import Urgent, urgent
from motcua.dossiers.rules.statuses import NAMES
from motcua.indicators.asking import By
from motcua.indicators.names import name_of
from motcua.kit.moments import LOCAL
from motcua.kit.text import sort_key
from motcua.kit.words import gettext_noop as _
from motcua.operations.links import address
from motcua.operations.rows import short_name
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

UNIT, WAY = "unit", "way"
LATE, TODAY = "late", "today"
TURNS: Mapping[Permission, str] = {  # who has to act, by the right that is needed
    Permission.RECEIVE_DOSSIER: _("one-stop shop"),
    Permission.HANDLE_DOSSIER: _("specialist"),
    Permission.APPROVE_PROPOSAL: _("head of division"),
    Permission.SIGN_DECISION: _("signatory"),
    Permission.NUMBER_RESULT: _("registry clerk"),
}
# Seen at once, on a phone; the rest is folded away.
SHOWN_LINES, SHOWN_PLACES, SHOWN_HANDS = 3, 8, 4


@dataclass(frozen=True)
class Line:
    """A dossier of the morning, in words."""

    code: str
    url: str
    procedure: str
    status: str
    turn: str
    due_at: object
    is_late: bool


@dataclass(frozen=True)
class Place:
    """A unit: how much is late and due today, in whose hands, and its dossiers, by due moment.

    `rest` is what is folded away.
    """

    name: str
    late: int
    today: int
    late_url: str
    today_url: str
    hands: Sequence[tuple[str, int]]
    lines: Sequence[Line]
    rest: Sequence[Line]

    @property
    def count(self) -> int:
        """Give how many dossiers there are in all."""
        return len(self.lines) + len(self.rest)


@needs(Permission.READ_WALL)
@require_GET
def morning(request: HttpRequest) -> HttpResponse:
    """Show what is late or due today at the person's units; `unit` and `way` narrow it to a list.

    Errors: NotAllowed.
    """
    actor, now = actor_of_request(request), timezone.now().astimezone(LOCAL)
    found = urgent(actor, units=actor.units_for(Permission.READ_WALL), now=now)
    unit, way = request.GET.get(UNIT, ""), request.GET.get(WAY, "")
    chosen = [
        one
        for one in found
        if (not unit or one.unit_key == unit) and (way not in (LATE, TODAY) or _way(one) == way)
    ]
    known = catalogue()
    keys = sorted(
        {one.unit_key for one in chosen}, key=lambda key: sort_key(short_name(known, key))
    )
    is_list = bool(unit or way in (LATE, TODAY))
    places = [
        _place([one for one in chosen if one.unit_key == key], known, is_list) for key in keys
    ]
    places.sort(key=lambda one: (-one.late, -one.today, sort_key(one.name)))
    hands = [] if is_list else _hands(found)
    context = {
        "places": places[:SHOWN_PLACES],
        "more_places": places[SHOWN_PLACES:],
        "place_count": len(places),
        "late": sum(one.is_late for one in found),
        "today": sum(not one.is_late for one in found),
        "late_url": address("operations:morning", {WAY: LATE}),
        "today_url": address("operations:morning", {WAY: TODAY}),
        "is_list": is_list,
        "count": len(chosen),
        "hands": hands[:SHOWN_HANDS],
        "more_hands": hands[SHOWN_HANDS:],
        "now": now,
    }
    return render(request, "operations/morning.html", context)


def _place(found: Sequence[Urgent], known: Catalogue, is_list: bool) -> Place:
    key = found[0].unit_key
    lines = [_line(one, known) for one in found]
    shown = len(lines) if is_list else SHOWN_LINES
    return Place(
        name=short_name(known, key),
        late=sum(one.is_late for one in found),
        today=sum(not one.is_late for one in found),
        late_url=address("operations:morning", {UNIT: key, WAY: LATE}),
        today_url=address("operations:morning", {UNIT: key, WAY: TODAY}),
        hands=_hands(found),
        lines=lines[:shown],
        rest=lines[shown:],
    )


def _line(one: Urgent, known: Catalogue) -> Line:
    return Line(
        code=one.code,
        url=reverse("dossiers:dossier", args=[one.code]),
        procedure=name_of(known, By.PROCEDURE, one.procedure, on=one.due_at.date()),
        status=gettext(NAMES[one.status]),
        turn=_turn(one),
        due_at=one.due_at,
        is_late=one.is_late,
    )


def _hands(found: Sequence[Urgent]) -> list[tuple[str, int]]:
    return Counter(_turn(one) for one in found).most_common()


def _turn(one: Urgent) -> str:
    role = gettext(TURNS.get(one.turn, "")) if one.turn in TURNS else ""
    return f"{one.hand} ({role})" if one.hand else role


def _way(one: Urgent) -> str:
    return LATE if one.is_late else TODAY
