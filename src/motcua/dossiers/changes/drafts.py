"""What is to change, as a value and as the JSON that is kept. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any

from motcua.dossiers.change_models import What
from motcua.kit.calendar import DayKind
from motcua.kit.clock import LimitUnit
from motcua.registry.drafts import (
    CalendarDraft,
    CorrectionDraft,
    DayDraft,
    DecreeDraft,
    RemovalDraft,
    SwapDraft,
    WeekDraft,
)

ChangeDraft = CalendarDraft | CorrectionDraft
Json = dict[str, Any]

CLASSES: Mapping[What, type[Any]] = {
    What.ENTER_DAY: DayDraft,
    What.SWAP_DAYS: SwapDraft,
    What.REMOVE_DAYS: RemovalDraft,
    What.SET_WEEK_HOURS: WeekDraft,
    What.TAKE_DECREE: DecreeDraft,
    What.CORRECT_LIMIT: CorrectionDraft,
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("day", "counterpart", "valid_from", "from_day", "day_off", "day_worked"),
        date.fromisoformat,
    ),
    "kind": DayKind,
    "unit": LimitUnit,
    "week": lambda said: {int(day): spans for day, spans in said.items()},
    "entry_ids": tuple,
    "replaced_ids": tuple,
    "days": lambda said: tuple(DayDraft(**_values(one)) for one in said),
}


@dataclass(frozen=True, slots=True)
class Replaced:
    """What stood where the change writes, so that it can be put back.

    `days` by number: the entries a removal or a decree takes out. `week`, `limit`: what begins or
    stands in the same place. `entered`: the numbers of the entries the change has made.
    """

    days: Mapping[int, DayDraft] = field(default_factory=dict)
    week: WeekDraft | None = None
    limit: CorrectionDraft | None = None
    entered: tuple[int, ...] = ()


def what_of(draft: ChangeDraft) -> What:
    """Give the name of the kind of change."""
    return next(what for what, kind in CLASSES.items() if isinstance(draft, kind))


def to_json(draft: ChangeDraft) -> Json:
    """Give the draft as it is kept."""
    return {one.name: _plain(getattr(draft, one.name)) for one in fields(draft)}


def from_json(what: str, said: Json) -> ChangeDraft:
    """Give the draft that was kept."""
    read: ChangeDraft = CLASSES[What(what)](
        **{
            name: value if value is None or name not in _READ else _READ[name](value)
            for name, value in said.items()
        }
    )
    return read


def replaced_json(replaced: Replaced) -> Json:
    """Give what was replaced as it is kept."""
    return {
        "days": {str(number): to_json(draft) for number, draft in replaced.days.items()},
        "week": None if replaced.week is None else to_json(replaced.week),
        "limit": None if replaced.limit is None else to_json(replaced.limit),
        "entered": list(replaced.entered),
    }


def replaced_from(said: Json) -> Replaced:
    """Give what was kept of what was replaced."""
    days = {
        int(number): from_json(What.ENTER_DAY, one) for number, one in said.get("days", {}).items()
    }
    week, limit = said.get("week"), said.get("limit")
    return Replaced(
        days={number: one for number, one in days.items() if isinstance(one, DayDraft)},
        week=None if week is None else WeekDraft(**_values(week)),
        limit=None if limit is None else CorrectionDraft(**_values(limit)),
        entered=tuple(said.get("entered", ())),
    )


def days_entered(draft: ChangeDraft) -> tuple[DayDraft, ...]:
    """Give the entries a draft makes."""
    if isinstance(draft, DayDraft):
        return (draft,)
    if isinstance(draft, DecreeDraft):
        return draft.days
    return draft.days() if isinstance(draft, SwapDraft) else ()


def scopes_of(draft: ChangeDraft, replaced: Replaced) -> tuple[str | None, ...]:
    """Give the units whose calendars change; None is the nation. Nothing for a limit."""
    if isinstance(draft, RemovalDraft):
        return tuple(dict.fromkeys(day.unit_key for day in replaced.days.values()))
    return () if isinstance(draft, CorrectionDraft) else (draft.unit_key,)


def _values(said: Json) -> Json:
    return {
        name: value if value is None or name not in _READ else _READ[name](value)
        for name, value in said.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, DayDraft):
        return to_json(value)
    if isinstance(value, Mapping):
        return {str(key): one for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
