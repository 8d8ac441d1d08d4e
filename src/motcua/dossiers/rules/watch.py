"""What is watched of a dossier's time, and from which moment whom to tell. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from motcua.kit.calendar import BeyondCalendar, Calendar
from motcua.kit.moments import DAY_MINUTES, Minute, at_clock, day_of

HOUR_MINUTES = 60


class Crossing(StrEnum):
    """A limit of a dossier that comes near or is passed."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    STEP_OVERDUE = "step_overdue"
    LEG_OVERDUE = "leg_overdue"
    ACCEPTANCE_OVERDUE = "acceptance_overdue"
    ANSWER_SOON = "answer_soon"  # the applicant's own limit for a supplement
    ANSWER_OVER = "answer_over"


AHEAD = frozenset({Crossing.DUE_SOON, Crossing.ANSWER_SOON})  # of no use after the moment itself


class Post(StrEnum):
    """Who is told, from the one who works on it upwards."""

    SPECIALIST = "specialist"  # whoever works on the dossier: specialist, counter, registry clerk
    HEAD = "head"  # of division
    SIGNATORY = "signatory"


LEVELS: Mapping[Post, int] = {post: level for level, post in enumerate(Post, start=1)}
POSTS: Mapping[int, Post] = {level: post for post, level in LEVELS.items()}


class DelayUnit(StrEnum):
    """What the distance to a due moment is counted in."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"


@dataclass(frozen=True, slots=True)
class Telling:
    """When a level is told of a crossing: `value` units after the due moment, before if negative.

    Days begin at their opening; 0 is the minute after the due moment.
    """

    level: int
    value: int
    unit: DelayUnit = DelayUnit.WORKING_HOUR

    def from_at(self, due_at: Minute, calendar: Calendar) -> Minute:
        """Give the first minute at which the level is told."""
        if self.value == 0:
            return due_at + 1
        try:
            if self.unit is DelayUnit.WORKING_HOUR:
                return _open_minutes_from(due_at, self.value * HOUR_MINUTES, calendar)
            return _working_days_from(due_at, self.value, calendar)
        except BeyondCalendar:  # told from another time: plain time then
            length = HOUR_MINUTES if self.unit is DelayUnit.WORKING_HOUR else DAY_MINUTES
            return due_at + self.value * length


Watch = Mapping[Crossing, tuple[Telling, ...]]


class Noted(NamedTuple):
    """A crossing that was noted. `part`: the number of the step or the leg, else 0."""

    kind: Crossing
    part: int
    due_at: Minute
    level: int


def _open_minutes_from(due_at: Minute, number: int, calendar: Calendar) -> Minute:
    if number > 0:
        return calendar.after_open(due_at, number)
    first = at_clock(calendar.first)
    return calendar.after_open(first, max(calendar.open_until(due_at) + number, 0))


def _working_days_from(due_at: Minute, number: int, calendar: Calendar) -> Minute:
    """Count from the due day, or from the last working day before it as the words do."""
    place = calendar.working_index_after(day_of(due_at)) - 1 + number
    return calendar.next_open(at_clock(calendar.working_day_at(max(place, 0))))
