"""What happened last, in plain words and without persons.

A running period is told live, from the newest events of the ledger. Of a period that is over, of a
unit where nothing happened lately, and of one field, procedure or channel, the last receipts and
ends are told from the facts: the ledger has no order by the time things happened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext

from motcua.accounts.actors import Actor
from motcua.dossiers.queries import codes_of, readable_of
from motcua.indicators import queries
from motcua.indicators.facts import manifest
from motcua.indicators.listing import Order
from motcua.indicators.queries import Found
from motcua.kit.moments import Minute, day_number, day_of, iso_minute, minute_of
from motcua.kit.words import gettext_noop as _
from motcua.ledger.models import Event
from motcua.ledger.reading import last_event
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats

from .rows import shortest_name
from .scope import Scope

LOOKED_THROUGH = 1000
_TOLD = ("happened_at", "subject_id", "unit_key", "kind")
SHOWN = 14

SAID: Mapping[str, tuple[str, str]] = {  # kind: words, tone
    "dossier.filed": (_("Filed, waits to be received"), "info"),
    "dossier.received": (_("Received at the one-stop shop"), "info"),
    "dossier.supplement_requested": (_("Supplement requested"), "warn"),
    "dossier.supplement_completed": (_("Supplement completed"), "info"),
    "dossier.obligation_notified": (_("Financial obligation notified"), "warn"),
    "dossier.extended": (_("Appointed anew, with an apology"), "warn"),
    "dossier.due_moved": (_("Due moment moved with the calendar"), "info"),
    "dossier.transferred": (_("Handed over to another body"), "info"),
    "dossier.resolved": (_("Result ready"), "ok"),
    "dossier.returned": (_("Result handed out"), "ok"),
    "dossier.withdrawn": (_("Withdrawn by the applicant"), "calm"),
    "dossier.stopped": (_("Handling stopped"), "warn"),
    "dossier.went_overdue": (_("Passed its due moment"), "bad"),
    "dossier.acceptance_went_overdue": (_("Waits to be received for too long"), "bad"),
}
ENDED = {  # was it late: words, tone
    False: (_("Resolved in time"), "ok"),
    True: (_("Resolved late"), "bad"),
    None: (_("Resolved, no due date"), "ok"),
}


@dataclass(frozen=True)
class Line:
    """One happening: when (today the clock, else the day), which dossier, where, and what."""

    clock: str
    moment: str
    iso: str
    code: str
    where: str
    what: str
    tone: str
    may_open: bool


@dataclass(frozen=True)
class Told:
    """The lines of a feed, newest first; `is_live`: new ones come by themselves."""

    lines: Sequence[Line]
    is_live: bool


@dataclass(frozen=True)
class _Happening:
    at: Minute
    dossier_id: UUID
    unit_key: str
    said: tuple[str, str]


def latest(
    scope: Scope, *, actor: Actor, known: Catalogue, today: date, shown: int = SHOWN
) -> Told:
    """Give the last happenings of what a wall shows."""
    asked = scope.asked
    is_whole = not (asked.field or asked.procedure or asked.channel)
    is_live = is_whole and today in asked.period
    live = _live(asked.units, shown, last_event()) if is_live else ()
    found = live or _of_period(scope, shown, manifest.stamp())
    found = sorted(found, key=lambda one: one.at, reverse=True)[:shown]
    ids = {one.dossier_id for one in found}
    codes, readable = codes_of(ids), readable_of(ids, actor=actor)
    lines = [
        Line(
            clock=_clock(one.at, today),
            moment=formats.moment(one.at),
            iso=iso_minute(one.at),
            code=codes.get(one.dossier_id, ""),
            where=shortest_name(known, one.unit_key),
            what=gettext(one.said[0]),
            tone=one.said[1],
            may_open=one.dossier_id in readable,
        )
        for one in found
    ]
    return Told(lines, is_live=bool(live))


def _clock(at: Minute, today: date) -> str:
    if day_of(at) == day_number(today):
        return formats.clock(at)
    return f"{formats.as_date(day_of(at)):%d/%m}"


@lru_cache(maxsize=64)
def _live(units: tuple[str, ...] | None, shown: int, last: tuple[int, str]) -> Sequence[_Happening]:
    """Tell it once for all walls of the same units, whatever their period."""
    events = Event.objects.filter(seq__gt=last[0] - LOOKED_THROUGH, kind__in=SAID)
    if units is not None:
        events = events.filter(unit_key__in=units)
    rows = events.order_by("-happened_at", "-seq")
    return [
        _Happening(minute_of(at), dossier_id, unit_key, SAID[kind])
        for at, dossier_id, unit_key, kind in rows.values_list(*_TOLD)[:shown]
    ]


@lru_cache(maxsize=64)
def _of_period(scope: Scope, shown: int, _facts: object) -> Sequence[_Happening]:
    """Tell it once for all walls that ask the same, in the same minute, of the same facts."""
    received = _last("received", Order.RECEIVED, scope, shown)
    ended = _last("resolved", Order.ENDED, scope, shown)
    came = [
        _Happening(one.received_at, one.dossier_id, one.unit_key, SAID["dossier.received"])
        for one in received
    ]
    went = [
        _Happening(one.ended_at, one.dossier_id, one.unit_key, ENDED[one.was_late])
        for one in ended
        if one.ended_at is not None
    ]
    return came + went


def _last(measure: str, order: Order, scope: Scope, shown: int) -> Sequence[Found]:
    page = queries.found(measure, scope.asked, order=order, is_descending=True, limit=shown)
    return page.rows
