"""Between the row of a dossier and the plain values the rules work on."""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from motcua.kit.clock import Extension, PauseKind
from motcua.kit.clock import Pause as PauseOfClock
from motcua.kit.moments import Minute, minute_of, moment_of

from .models import Dossier, Pause
from .rules.life import LegOfWork, Life
from .rules.statuses import Outcome, Status
from .rules.watch import Crossing, Noted

MOMENTS = (
    "filed_at",
    "acceptance_due_at",
    "received_at",
    "due_at",
    "original_due_at",
    "source_due_at",
    "step_from_at",
    "step_due_at",
    "answer_due_at",
    "ended_at",
    "returned_at",
    "watch_at",
)
SAME = (
    "case",
    "source",
    "channel",
    "online_offered",
    "version",
    "due_of",
    "extensions",
    "supplements",
    "legs",
    "step",
    "told_level",
)
RENAMED = {  # life: row
    "procedure": "procedure_code",
    "field": "field_code",
    "place": "place_key",
    "holder": "holder_key",
    "clock_unit": "clock_unit_key",
    "assignee": "assignee_id",
}
_renamed, _same, _moments = attrgetter(*RENAMED), attrgetter(*SAME), attrgetter(*MOMENTS)
AsColumn = Callable[[Minute | None], object]


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
        leg_rows=_legs(row) if row.legs else (),
        crossings=_crossings(row) if row.crossed else (),
    )


def _legs(row: Dossier) -> tuple[LegOfWork, ...]:
    return tuple(
        LegOfWork(
            leg.number,
            leg.body_key,
            minute_of(leg.opened_at),
            _minute(leg.original_due_at),
            _minute(leg.due_at),
            _minute(leg.closed_at),
        )
        for leg in row.leg_rows.order_by("number")
    )


def _crossings(row: Dossier) -> tuple[Noted, ...]:
    return tuple(
        Noted(Crossing(one.kind), one.part, minute_of(one.due_at), one.level)
        for one in row.crossings.order_by("pk")
    )


def moment_or_none(minute: Minute | None) -> datetime | None:
    """Give the moment of a minute, and nothing for nothing."""
    return None if minute is None else moment_of(minute)


def columns_of(life: Life, *, moment: AsColumn = moment_or_none) -> dict[str, object]:
    """Give the columns of the row that say what the life says.

    `moment` turns a minute into what the database takes; bulk doors bring their own.
    """
    ext = life.extension
    columns: dict[str, object] = dict(zip(RENAMED.values(), _renamed(life), strict=True))
    columns.update(zip(SAME, _same(life), strict=True))
    columns.update(zip(MOMENTS, map(moment, _moments(life)), strict=True))
    columns["crossed"] = len(life.crossings)
    columns["status"] = life.status.value if life.status else ""
    columns["outcome"] = life.outcome.value if life.outcome else ""
    columns["waiting_since"] = moment(life.pauses[-1].from_at if life.is_waiting else None)
    columns["extended_at"] = moment(ext.granted_at if ext else None)
    columns["extended_to"] = moment(ext.due_at if ext else None)
    return columns


def _minute(moment: datetime | None) -> Minute | None:
    return None if moment is None else minute_of(moment)
