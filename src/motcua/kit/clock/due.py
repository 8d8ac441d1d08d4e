"""When a dossier is due: the whole count, from receipt to due moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from motcua.kit.calendar import Calendar
from motcua.kit.clock.counts import Count, begin, begin_fixed
from motcua.kit.clock.pauses import FOR_EVER, Wait, cut, ended, merged
from motcua.kit.clock.terms import (
    ClockRules,
    Due,
    Extension,
    Limit,
    LimitUnit,
    Pause,
    PauseKind,
    Supplement,
)
from motcua.kit.moments import DAY_MINUTES, Minute, at_clock, day_of

STANDARD = ClockRules()
"""The rules where nothing else is decided."""

Beginning = Callable[[Minute], Count]
"""Begins a count at an effective receipt."""


def due_of(
    *,
    received_at: Minute,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    rules: ClockRules = STANDARD,
    extension: Extension | None = None,
    now: Minute | None = None,
) -> Due:
    """The due moment of a limit.

    `now` is only for the projection while a pause runs; without it there is none.
    Errors: BeyondCalendar, PauseBackwards.
    Source: Civil Code 2015, Art. 147–148.
    """
    if rules.hours_are_days:
        limit = in_days(limit, received_at, calendar)
    effective_at = effective_receipt(received_at, limit.unit, calendar, rules)
    count = begin(effective_at, limit, calendar, rules)
    original = count.due
    if extension is None and not pauses:
        return Due(original, None, original, effective_at)
    if extension is None and now is None and rules.supplement is Supplement.PAUSES:
        due = _through(count, cut(merged(pauses), effective_at))
        return Due(due, None, original, effective_at)
    clock = Clock(
        begin=lambda at: begin(at, limit, calendar, rules),
        unit=limit.unit,
        calendar=calendar,
        rules=rules,
    )
    return clock.due(effective_at, pauses=pauses, extension=extension, now=now)


def effective_receipt(
    received_at: Minute, unit: LimitUnit, calendar: Calendar, rules: ClockRules = STANDARD
) -> Minute:
    """The moment a receipt counts from; its day is day 0.

    A receipt in service hours counts from itself, though its day may not be counted. From the
    cut-off on, a limit that is not of the same day counts from the next working day's opening.
    Errors: BeyondCalendar.
    """
    served = calendar.is_served(received_at)
    moment = received_at if served else calendar.next_open(received_at)
    if rules.cut_off is None or unit is LimitUnit.SAME_DAY:
        return moment
    if moment % DAY_MINUTES < rules.cut_off:
        return moment
    return calendar.next_open(at_clock(day_of(moment) + 1))


def in_days(limit: Limit, received_at: Minute, calendar: Calendar) -> Limit:
    """A limit in working hours as working days, where it fills whole ones."""
    if limit.unit is not LimitUnit.WORKING_HOUR:
        return limit
    days, rest = divmod(limit.total * 60, calendar.day_minutes(day_of(received_at)))
    return limit if rest else Limit(days, LimitUnit.WORKING_DAY)


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit under one calendar and its rules, ready to go through pauses."""

    begin: Beginning
    unit: LimitUnit
    calendar: Calendar
    rules: ClockRules

    def due(
        self,
        effective_at: Minute,
        *,
        pauses: Sequence[Pause],
        extension: Extension | None = None,
        now: Minute | None = None,
    ) -> Due:
        """The due moment after everything that stopped, restarted or moved the clock.

        Errors: BeyondCalendar, PauseBackwards.
        """
        original = self.begin(effective_at).due
        due, projected = self._moved(effective_at, pauses, extension), None
        if due is None and now is not None:
            projected = self._moved(effective_at, ended(pauses, now), extension)
        return Due(due, projected, original, effective_at)

    def _moved(
        self, effective_at: Minute, pauses: Sequence[Pause], extension: Extension | None
    ) -> Minute | None:
        since, start = effective_at, partial(self.begin, effective_at)
        if extension is not None:
            since = max(since, extension.granted_at)
            start = partial(begin_fixed, extension.due_at, self.unit, self.calendar)
        waits, restarts = _split(pauses, self.rules)
        for asked_at, ended_at in restarts:
            if ended_at <= since:
                continue
            from_at = max(asked_at, since)
            earlier = [wait for wait in cut(waits, since) if wait[0] < from_at]
            due = _through(start(), earlier)
            if due is not None and due <= from_at:
                break
            if ended_at == FOR_EVER:
                return None
            since = effective_receipt(ended_at, self.unit, self.calendar, self.rules)
            start = partial(self.begin, since)
        return _through(start(), cut(waits, since))


def _split(pauses: Sequence[Pause], rules: ClockRules) -> tuple[list[Wait], list[Wait]]:
    """The pauses that stop the clock, and those that restart it, each merged."""
    if rules.supplement is Supplement.PAUSES:
        return merged(pauses), []
    supplements = merged(one for one in pauses if one.kind is PauseKind.SUPPLEMENT)
    others = merged(one for one in pauses if one.kind is not PauseKind.SUPPLEMENT)
    return others, supplements if rules.supplement is Supplement.RESTARTS else []


def _through(count: Count, waits: Sequence[Wait]) -> Minute | None:
    """The due moment after the pauses that count; None where one of them still runs."""
    for from_at, to_at in waits:
        if from_at >= count.due:
            break
        if to_at == FOR_EVER:
            return None
        count.wait(from_at, to_at)
    return count.due
