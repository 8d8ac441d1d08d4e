"""Smaller clocks: of one step, of the acceptance of an online filing, and early warning."""

from collections.abc import Sequence

from motcua.kit.calendar import Calendar
from motcua.kit.clock.counts import begin_minutes
from motcua.kit.clock.due import STANDARD, Clock, due_of, effective_receipt
from motcua.kit.clock.terms import (
    PARTS_OF_A_DAY,
    ClockRules,
    Due,
    Limit,
    LimitUnit,
    Pause,
    StepLimit,
)
from motcua.kit.moments import Day, Minute, day_of

WARNINGS = (1, 3, 5)


def step_due(
    *,
    started_at: Minute,
    limit: StepLimit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    rules: ClockRules = STANDARD,
    now: Minute | None = None,
) -> Due:
    """The due moment of one step.

    Half and quarter days are parts of the open minutes of a usual working day (8 hours where
    nothing else is decided), counted like working hours and rounded down to the minute.
    Errors: BeyondCalendar, NoUsualDay, PauseBackwards.
    """
    parts = PARTS_OF_A_DAY.get(limit.unit)
    if parts is None:
        whole = Limit(limit.value, LimitUnit(limit.unit.value))
        return due_of(
            received_at=started_at,
            limit=whole,
            calendar=calendar,
            pauses=pauses,
            rules=rules,
            now=now,
        )
    effective_at = effective_receipt(started_at, LimitUnit.WORKING_HOUR, calendar, rules)
    minutes = limit.value * calendar.day_minutes(day_of(effective_at)) // parts
    clock = Clock(
        begin=lambda at: begin_minutes(at, minutes, calendar),
        unit=LimitUnit.WORKING_HOUR,
        calendar=calendar,
        rules=rules,
    )
    return clock.due(effective_at, pauses=pauses, now=now)


def acceptance_due(*, filed_at: Minute, calendar: Calendar, hours: int) -> Minute:
    """By when an online filing must be received or refused; apart from the legal clock.

    `hours` are working hours; how many is law of the day.

    Errors: BeyondCalendar, LimitTooSmall.
    """
    limit = Limit(hours, LimitUnit.WORKING_HOUR)
    return due_of(received_at=filed_at, limit=limit, calendar=calendar).original_due_at


def warn_days(due_at: Minute, calendar: Calendar) -> tuple[Day, Day, Day]:
    """The first days at whose end at most 1, 3 and 5 working days remain until a due moment.

    Where the calendar begins too late to tell, its first day.
    Errors: BeyondCalendar.
    """
    until = calendar.working_index_after(day_of(due_at))
    one, three, five = (
        calendar.working_days[until - days - 1] if until > days else calendar.first
        for days in WARNINGS
    )
    return one, three, five
