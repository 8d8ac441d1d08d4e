"""The clocks of steps, of legs and of the applicant's answer. Pure.

They wait while the clock of the dossier stands still, and no hand-over restarts them.
"""

from typing import Any

from motcua.kit.calendar import BeyondCalendar
from motcua.kit.clock import Extension, Limit, LimitUnit, Pause, due_of, step_due
from motcua.kit.moments import Minute, iso_minute

from .life import LegOfWork, Life, StepOfWork, Terms
from .statuses import Status

Changes = dict[str, Any]
Data = dict[str, object]
CLERK, SPECIALIST = "clerk", "specialist"
_ANY = Limit(1, LimitUnit.WORKING_DAY)  # the unit by which pauses move a leg's fixed day


def first_step(life: Life, at: Minute, terms: Terms) -> tuple[Changes, Data]:
    """Begin the step of the receipt itself, where the procedure has one."""
    if not terms.steps or terms.steps[0].role != CLERK:
        return {}, {}
    return begun(life, terms.steps[0].number, at, terms)


def begun(life: Life, number: int, at: Minute, terms: Terms) -> tuple[Changes, Data]:
    """Begin a step: its limit counts from now. Work done in another system has no steps here."""
    if life.due_of == "source":
        return {"step": number}, {"step": number}
    due_at = _step_due(number, at, (), terms)
    changes: Changes = {"step": number, "step_from_at": at, "step_due_at": due_at}
    return changes, {"step": number, **_said(due_at)}


def handed_over(life: Life, number: int, at: Minute, terms: Terms) -> tuple[Changes, Data]:
    """Begin the step the dossier is handed over to; within one step its limit runs on.

    Without a number the receipt is followed by the next step; later a colleague takes over the
    present one.
    """
    is_handled = life.status is Status.IN_PROCESS and life.step > 0
    number = number or (life.step if is_handled else life.step + 1)
    if number == life.step:
        return {}, {"step": number, **_said(life.step_due_at)}
    return begun(life, number, at, terms)


def moved_on(life: Life, role: str, at: Minute, terms: Terms) -> tuple[Changes, Data]:
    """Begin the next step that is done by this role; without one the present step goes on."""
    after = (one.number for one in terms.steps if one.role == role and one.number > life.step)
    number = next(after, None)
    return ({}, {}) if number is None else begun(life, number, at, terms)


def moved_back(life: Life, at: Minute, terms: Terms) -> tuple[Changes, Data]:
    """Begin the specialist's step again: the draft has to be mended."""
    before = [s.number for s in terms.steps if s.role == SPECIALIST and s.number < life.step]
    return begun(life, before[-1], at, terms) if before else ({}, {})


def waited(life: Life, pauses: tuple[Pause, ...], terms: Terms) -> tuple[Changes, Data]:
    """Count the step, and the legs where the law says so, through pauses that have changed."""
    changes: Changes = {}
    if terms.legs_wait and life.leg_rows:
        changes["leg_rows"] = tuple(_leg_waited(leg, pauses, terms) for leg in life.leg_rows)
    if life.step_from_at is None:
        return changes, {}
    due_at = _step_due(life.step, life.step_from_at, pauses, terms)
    return {**changes, "step_due_at": due_at}, _said(due_at)


def answer_due(life: Life, at: Minute, terms: Terms) -> Minute | None:
    """Give the close of the last day on which the applicant may answer a request made at `at`."""
    if not terms.answer_days or life.due_of == "source":
        return None
    limit = Limit(terms.answer_days, LimitUnit.WORKING_DAY)
    try:
        return due_of(received_at=at, limit=limit, calendar=terms.calendar).due_at
    except BeyondCalendar:  # nobody knows the working days of that time yet
        return None


def _step_due(
    number: int, from_at: Minute, pauses: tuple[Pause, ...], terms: Terms
) -> Minute | None:
    step = _step(number, terms)
    if step is None or step.limit is None:
        return None
    try:
        return step_due(
            started_at=from_at,
            limit=step.limit,
            calendar=terms.calendar,
            pauses=pauses,
            rules=terms.clock,
        ).due_at
    except BeyondCalendar:
        return None


def _step(number: int, terms: Terms) -> StepOfWork | None:
    return next((one for one in terms.steps if one.number == number), None)


def _leg_waited(leg: LegOfWork, pauses: tuple[Pause, ...], terms: Terms) -> LegOfWork:
    if leg.closed_at is not None or leg.original_due_at is None:
        return leg
    try:
        due_at = due_of(
            received_at=leg.opened_at,
            limit=_ANY,
            calendar=terms.calendar,
            pauses=pauses,
            rules=terms.clock,
            extension=Extension(leg.opened_at, leg.original_due_at),
        ).due_at
    except BeyondCalendar:
        return leg
    return leg._replace(due_at=due_at)


def _said(due_at: Minute | None) -> Data:
    return {} if due_at is None else {"step_due": iso_minute(due_at)}
