"""The smaller limits that follow a change of the calendar: step, acceptance, answer. Pure.

The due moment stands, or has been moved on its own. Limits agreed with another body (legs) stay.
"""

from typing import Any

from motcua.kit.clock import acceptance_due
from motcua.kit.moments import Minute, iso_minute
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

from . import steps
from .life import Facts, Life, Terms
from .statuses import OPEN, Status

Changes = dict[str, Any]
Data = dict[str, object]
STEP = "step_due_at"
SAID = {STEP: "step_due", "acceptance_due_at": "acceptance_due", "answer_due_at": "answer_due"}


class LimitsStand(Refused):
    message = gettext_noop("The limits stand there already.")


def counted(life: Life, terms: Terms) -> dict[str, Minute | None]:
    """Give the smaller limits that are watched, as these terms count them.

    Errors: BeyondCalendar.
    """
    found: dict[str, Minute | None] = {}
    if life.status is Status.FILED and life.filed_at is not None:
        found["acceptance_due_at"] = acceptance_due(
            filed_at=life.filed_at, hours=terms.acceptance_hours, calendar=terms.calendar
        )
    if life.status in OPEN and life.step_from_at is not None:
        step, _ = steps.waited(life._replace(leg_rows=()), life.pauses, terms)
        found[STEP] = step[STEP]
    if life.status is Status.AWAITING_SUPPLEMENT and life.is_waiting:
        found["answer_due_at"] = steps.answer_due(life, life.pauses[-1].from_at, terms)
    return found


def to_follow(life: Life, *, before: Terms, after: Terms) -> tuple[str, ...]:
    """Give the names of the limits a change moves.

    One that stands elsewhere than the terms without the change count it stays: the change back
    could not restore it. So does one that the calendar does not reach any more.
    Errors: BeyondCalendar.
    """
    was, now = counted(life, before), counted(life, after)
    return tuple(
        name
        for name, due_at in now.items()
        if was[name] == getattr(life, name) != due_at
        and (due_at is not None or (name == STEP and life.is_waiting))
    )


def move_limits(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    """Stand where the terms that hold now count the named limits.

    Errors: LimitsStand, BeyondCalendar.
    """
    now = counted(life, terms)
    changes = {
        name: now[name] for name in facts.limits if name in now and now[name] != getattr(life, name)
    }
    if not changes:
        raise LimitsStand
    data: Data = {SAID[name]: iso_minute(due) for name, due in changes.items() if due is not None}
    if None in changes.values():  # only a step that stands still now
        data["step_waits"] = True
    return changes, {**data, "change": facts.change}
