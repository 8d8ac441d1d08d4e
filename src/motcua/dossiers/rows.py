"""Between the row of a dossier and the plain values the rules work on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.kit.clock import Extension, PauseKind
from motcua.kit.clock import Pause as PauseOfClock
from motcua.kit.moments import Minute, minute_of, moment_of

from .models import Dossier, Pause
from .rules.life import Life
from .rules.statuses import Outcome, Status

MOMENTS = (
    "filed_at",
    "acceptance_due_at",
    "received_at",
    "due_at",
    "original_due_at",
    "source_due_at",
    "step_due_at",
    "ended_at",
    "returned_at",
    "overdue_noted_for",
)
SAME = (
    "case",
    "source",
    "channel",
    "online_offered",
    "version",
    "acceptance_noted",
    "due_of",
    "extensions",
    "supplements",
    "legs",
    "step",
)
RENAMED = {  # life: row
    "procedure": "procedure_code",
    "field": "field_code",
    "place": "place_key",
    "holder": "holder_key",
    "clock_unit": "clock_unit_key",
    "assignee": "assignee_id",
}


def life_of(row: Dossier, pauses: Sequence[Pause]) -> Life:
    """Give what the rules know of a stored dossier."""
    extension = None
    if row.extended_at and row.extended_to:
        extension = Extension(minute_of(row.extended_at), minute_of(row.extended_to))
    same: dict[str, Any] = {
        **{name: getattr(row, column) for name, column in RENAMED.items()},
        **{name: getattr(row, name) for name in SAME},
        **{name: _minute(getattr(row, name)) for name in MOMENTS},
    }
    return Life(
        **same,
        status=Status(row.status) if row.status else None,
        outcome=Outcome(row.outcome) if row.outcome else None,
        pauses=tuple(
            PauseOfClock(minute_of(p.from_at), _minute(p.to_at), PauseKind(p.kind))
            for p in sorted(pauses, key=lambda p: (p.from_at, p.pk))
        ),
        extension=extension,
    )


def columns_of(life: Life) -> dict[str, object]:
    """Give the columns of the row that say what the life says."""
    ext = life.extension
    waiting_since = life.pauses[-1].from_at if life.is_waiting else None
    return {
        **{column: getattr(life, name) for name, column in RENAMED.items()},
        **{name: getattr(life, name) for name in SAME},
        **{name: _moment(getattr(life, name)) for name in MOMENTS},
        "status": life.status.value if life.status else "",
        "outcome": life.outcome.value if life.outcome else "",
        "waiting_since": _moment(waiting_since),
        "extended_at": _moment(ext.granted_at) if ext else None,
        "extended_to": _moment(ext.due_at) if ext else None,
    }


def _minute(moment: datetime | None) -> Minute | None:
    return None if moment is None else minute_of(moment)


def _moment(minute: Minute | None) -> datetime | None:
    return None if minute is None else moment_of(minute)
