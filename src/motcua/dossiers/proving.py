"""The proof of one dossier's due moment, from its row, its pauses and the law of its day 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kit.calendar import BeyondCalendar, Calendar
from motcua.kit.moments import from_iso_minute, iso_minute, minute_of, moment_of
from motcua.kit.proof import Proof, Question, prove
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import NotInForce, UnknownProcedure, UnknownUnit

from . import kinds
from .changes.earlier import known_at_end
from .models import Dossier, Pause
from .queries import events_of
from .rows import life_of
from .rules.moves import NOTE_OVERDUE
from .terms import terms_of

NO_LAW = (UnknownUnit, UnknownProcedure, NotInForce, BeyondCalendar)


def proof_of(
    row: Dossier, pauses: Sequence[Pause], *, known: Catalogue, now: datetime
) -> Proof | None:
    """Give the proof of the legal limit of a dossier that was received.

    It ends in the row's due moment where the row is counted by the rules; where another system
    set the appointment, it is what the rules would give beside it. A dossier that has ended is
    counted by the registry as it was known then. None without a legal limit, or where the registry
    does not know the law or the days of that time.
    """
    if row.received_at is None:
        return None
    known = known_at_end(row, known)
    life = life_of(row, pauses)
    try:
        # After receipt the terms are those of day 0, whichever move asks for them.
        terms = terms_of(
            life, NOTE_OVERDUE, catalogue=known, at=minute_of(row.received_at), in_zone=row.in_zone
        )
        if terms.limit is None:
            return None
        asked = Question(
            received_at=minute_of(row.received_at),
            limit=terms.limit,
            rules=terms.clock,
            pauses=life.pauses,
            extension=life.extension,
            now_at=minute_of(now) if life.is_waiting else None,
        )
        return prove(asked, terms.calendar)
    except NO_LAW:
        return None


def proof_of_step(asked: Question, calendar: Calendar) -> Proof | None:
    """Give the proof of one step's limit; None where the calendar does not know its days."""
    try:
        return prove(asked, calendar)
    except BeyondCalendar:
        return None


@dataclass(frozen=True)
class DueMove:
    """The appointment followed a change of the calendar or of a limit. None: no appointment."""

    at: datetime
    was: datetime | None
    due: datetime | None
    change: UUID
    version: int


def moves_of(row: Dossier) -> list[DueMove]:
    """Give each time the appointment followed a change, as the ledger tells it."""
    events = [one for one in events_of(row.id) if one.kind == kinds.DUE_MOVED.name]
    return [
        DueMove(
            event.happened_at,
            _moment(event.data.get("was")),
            _moment(event.data.get("due")),
            UUID(str(event.data["change"])),
            event.subject_version,
        )
        for event in events
    ]


def differs(row: Dossier, proof: Proof | None) -> datetime | None:
    """Give the appointment on record where it is not the one counted here.

    So it is when the calendar or a rule was changed and the running dossier is not moved yet; or
    when it ended before a change that cannot be undone here, and keeps what was published.
    """
    if proof is None or row.due_of == "source" or row.due_at is None:
        return None
    due = proof.due.due_at
    return row.due_at if due is None or moment_of(due) != row.due_at else None


def known_as_of(row: Dossier, known: Catalogue) -> datetime | None:
    """Give the end of a dossier where it is counted by a registry that has changed since."""
    return None if known_at_end(row, known) is known else row.ended_at


def about(
    row: Dossier, moves: Sequence[DueMove], *, as_of: datetime | None = None
) -> dict[str, object]:
    """Say in codes what a proof is of, what stands on record, and what moved it before.

    `as_of`: when the registry was as it is counted by here, if it has changed since. Nothing of
    persons.
    """
    told = [
        {
            "at": _text(one.at),
            "was": _text(one.was),
            "due": _text(one.due),
            "change": str(one.change),
        }
        for one in moves
    ]
    return {
        **_what(row),
        **_record(row),
        **({"registry_as_of": _text(as_of)} if as_of else {}),
        **({"moves": told} if told else {}),
    }


def _what(row: Dossier) -> dict[str, object]:
    return {
        "dossier": row.code,
        "part": "whole",
        "procedure": row.procedure_code,
        "channel": row.channel,
        "clock_unit": row.clock_unit_key or row.holder_key,
    }


def _record(row: Dossier) -> dict[str, object]:
    """Give what stands on record: it is told, not counted."""
    told: dict[str, object] = {"status": row.status, "due_on_record": _text(row.due_at)}
    if row.ended_at is not None:
        told["ended_at"] = _text(row.ended_at)
    if row.due_of == "source":
        told["source_due"] = _text(row.source_due_at)
    return told


def _moment(text: object) -> datetime | None:
    return moment_of(from_iso_minute(str(text))) if text else None


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else iso_minute(minute_of(moment))
