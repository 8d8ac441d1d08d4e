"""What happened last, in plain words and without persons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.dossiers.queries import codes_of
from motcua.kit.words import gettext_noop as _
from motcua.ledger.models import Event
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

LOOKED_THROUGH = 600
SHOWN = 14

SAID: Mapping[str, tuple[str, str]] = {  # kind: words, tone
    "dossier.filed": (_("Filed online, waits to be received"), "info"),
    "dossier.received": (_("Received"), "info"),
    "dossier.supplement_requested": (_("Supplement requested"), "warn"),
    "dossier.supplement_completed": (_("Supplement completed"), "info"),
    "dossier.obligation_notified": (_("Financial obligation notified"), "warn"),
    "dossier.extended": (_("Appointed anew, with an apology"), "warn"),
    "dossier.transferred": (_("Handed over to another body"), "info"),
    "dossier.resolved": (_("Result ready"), "ok"),
    "dossier.returned": (_("Result handed out"), "ok"),
    "dossier.withdrawn": (_("Withdrawn by the applicant"), "calm"),
    "dossier.stopped": (_("Handling stopped"), "warn"),
    "dossier.went_overdue": (_("Passed its due moment"), "bad"),
    "dossier.acceptance_went_overdue": (_("Waits to be received for too long"), "bad"),
}


@dataclass(frozen=True)
class Line:
    """One happening: when, which dossier, where, and what, as a msgid."""

    at: datetime
    code: str
    where: str
    what: str
    tone: str
    may_open: bool


def latest(
    *, units: Collection[str] | None, actor: Actor, known: Catalogue, shown: int = SHOWN
) -> list[Line]:
    """Give the newest happenings of the units, newest first; None means every unit."""
    events = Event.objects.filter(kind__startswith="dossier.").order_by("-seq")[:LOOKED_THROUGH]
    wanted = [
        event
        for event in events
        if event.kind in SAID and (units is None or event.unit_key in units)
    ]
    wanted = sorted(wanted, key=lambda event: (event.happened_at, event.seq), reverse=True)[:shown]
    codes = codes_of(event.subject_id for event in wanted)
    return [
        Line(
            at=event.happened_at,
            code=codes.get(event.subject_id, ""),
            where=_name(known, event.unit_key),
            what=SAID[event.kind][0],
            tone=SAID[event.kind][1],
            may_open=actor.may(Permission.READ_DOSSIERS, unit_key=event.unit_key),
        )
        for event in wanted
    ]


def _name(known: Catalogue, key: str) -> str:
    try:
        return known.unit(key).short_name or known.unit(key).name
    except UnknownUnit:
        return key
