"""How a dossier stands with its time, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.statuses import OPEN, Status
from motcua.dossiers.rules.watch import LEVELS, Crossing, Post
from motcua.dossiers.rules.watch import POSTS as POST_AT
from motcua.dossiers.terms import law_day, watch_on
from motcua.kit.calendar import BeyondCalendar, Calendar
from motcua.kit.moments import Minute, day_of, is_past, minute_of
from motcua.kit.words import gettext_noop
from motcua.ui import formats

from .labels import POSTS

WAITS_FOR = {
    Status.AWAITING_SUPPLEMENT: gettext_noop("waiting for a supplement"),
    Status.AWAITING_OBLIGATION: gettext_noop("waiting for the financial obligation"),
    Status.ON_HOLD: gettext_noop("verification or posting: the clock stands still"),
}
MINUTES_OF_HOUR = 60


@dataclass(frozen=True)
class Timing:
    """The words for a list and the tone of their urgency."""

    words: str
    tone: str
    due_at: datetime | None = None
    also: tuple[str, ...] = ()  # the smaller clocks: the applicant's answer, the step, who is told


def timing_of(row: Dossier, *, calendar: Calendar, now: datetime) -> Timing:
    """Give the time left, the reason why no time runs, or how it ended."""
    if row.status == Status.FILED and row.acceptance_due_at:
        return _to_receive(row.acceptance_due_at, calendar, now)
    if row.status in OPEN:
        return replace(_running(row, calendar, now), also=tuple(_also(row, calendar, now)))
    return _how_it_ended(row)


def _running(row: Dossier, calendar: Calendar, now: datetime) -> Timing:
    if row.due_at is not None:
        return _left(row, row.due_at, calendar, now)
    if row.waiting_since is None:
        return Timing(_("no appointment"), "calm")
    is_over = row.answer_due_at is not None and is_past(row.answer_due_at, now)
    words = WAITS_FOR.get(Status(row.status), gettext_noop("the clock stands still"))
    return Timing(_(words), "warn" if is_over else "calm")


def _also(row: Dossier, calendar: Calendar, now: datetime) -> Iterator[str]:
    """Give the smaller clocks in words."""
    at = minute_of(now)
    if row.answer_due_at is not None:
        yield _answer(minute_of(row.answer_due_at), at, calendar)
    if row.step_due_at is not None and is_past(row.step_due_at, now):
        late = {"number": row.step, "time": _overdue(minute_of(row.step_due_at), at, calendar)}
        yield _("step %(number)s: %(time)s") % late
    if row.told_level is not None and row.told_level > LEVELS[Post.SPECIALIST]:
        yield _("told to the %(post)s") % {"post": _(POSTS[POST_AT[row.told_level]])}


def _answer(due: Minute, at: Minute, calendar: Calendar) -> str:
    if at > due:
        return _("the applicant is %(time)s with the supplement") % {
            "time": _overdue(due, at, calendar)
        }
    days, unit = _days(at, due, calendar)
    if days == 0:
        return _("the applicant's last day to supplement is today")
    return _("the applicant has %(time)s to supplement") % {"time": formats.time_left(days, unit)}


def _to_receive(due_at: datetime, calendar: Calendar, now: datetime) -> Timing:
    due, at = minute_of(due_at), minute_of(now)
    if at > due:
        return Timing(_overdue(due, at, calendar), "bad", due_at)
    minutes = _open_minutes(at, due, calendar)
    if minutes < MINUTES_OF_HOUR:
        return Timing(formats.time_left(minutes, "minute"), "warn", due_at)
    return Timing(formats.time_left(minutes // MINUTES_OF_HOUR, "working_hour"), "calm", due_at)


def _left(row: Dossier, due_at: datetime, calendar: Calendar, now: datetime) -> Timing:
    due, at = minute_of(due_at), minute_of(now)
    if at > due:
        return Timing(_overdue(due, at, calendar), "bad", due_at)
    days, unit = _days(at, due, calendar)
    if days == 0 and day_of(at) != day_of(due):  # told by a source that works on days off
        days, unit = day_of(due) - day_of(at), "day"
    soon = watch_on(law_day(row.received_at or now, calendar))[Crossing.DUE_SOON][0]
    return Timing(
        formats.time_left(days, unit),
        "warn" if at >= soon.from_at(due, calendar) else "calm",
        due_at,
    )


def _overdue(due: Minute, at: Minute, calendar: Calendar) -> str:
    """Say how long ago it was due: nights, Sundays and holidays are nobody's delay."""
    days, unit = _days(due, at, calendar)
    if days:
        return formats.time_left(-days, unit)
    minutes = _open_minutes(due, at, calendar)
    if minutes >= MINUTES_OF_HOUR:
        return formats.time_left(-(minutes // MINUTES_OF_HOUR), "working_hour")
    return formats.time_left(-minutes, "minute") if minutes else _("overdue")


def _open_minutes(since: Minute, until: Minute, calendar: Calendar) -> int:
    try:
        return calendar.count_open(since, until)
    except BeyondCalendar:
        return until - since


def _days(one: Minute, other: Minute, calendar: Calendar) -> tuple[int, str]:
    """Give the working days from one moment to a later one."""
    first, last = day_of(one), day_of(other)
    try:
        return calendar.count_working_days(first, last), "working_day"
    except BeyondCalendar:  # told from another time: plain days then
        return last - first, "day"


def _how_it_ended(row: Dossier) -> Timing:
    if row.ended_at is None or row.due_at is None:
        return Timing("", "calm", row.due_at)
    ended, due = minute_of(row.ended_at), minute_of(row.due_at)
    if ended > due:
        return Timing(_("late"), "bad", row.due_at)
    if day_of(ended) < day_of(due):
        return Timing(_("early"), "ok", row.due_at)
    return Timing(_("on time"), "ok", row.due_at)
