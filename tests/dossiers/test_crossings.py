"""Whatever happens and whenever the clock looks: each crossing once, and none forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.deadlines import note_crossings
from motcua.dossiers.models import Crossing, Dossier
from motcua.dossiers.rules.statuses import OPEN, Status
from motcua.kit.calendar import Calendar
from motcua.kit.moments import DAY_MINUTES, at_clock, day_of, minute_of, moment_of
from motcua.kit.refusals import Refused
from motcua.registry.law import law_folder
from motcua.registry.queries import catalogue
from tests.sizes import sized, soaks

from .given import APPLICANT, CLERK, COMMUNE, MONDAY, OTHER, a_request, a_worker
from .given_clocks import WITH_STEPS, Noted, a_procedure_with_steps, stored, told
from .test_story import NAMES, NOTED, a_fresh_registry, attempt

pytestmark = [pytest.mark.django_db, soaks]

AHEAD = ("due_soon", "answer_soon")
LEVELS = {"specialist": 1, "head": 2, "signatory": 3}
MADE = [name for name in NAMES if name not in NOTED and name != "escalate"]
WORK = ["hand_over", "submit", "request_supplement", "complete_supplement", "extend", "open_leg"]
RUNS = ["run", "run twice", "run behind", "run in time", "run in time"]
MINUTES = st.one_of(st.integers(0, 600), st.integers(0, 30_000))
DEEDS = st.lists(
    st.tuples(st.sampled_from([*RUNS, *WORK, *MADE]), MINUTES),
    max_size=16,
)


@cache
def tellings() -> dict[str, list[dict[str, Any]]]:
    """Give who is told, read from the law's own file."""
    [rules] = yaml.safe_load((law_folder() / "escalation.yaml").read_text("utf-8"))
    return dict(rules["tell"])


def open_minutes(since: int, until: int, calendar: Calendar) -> int:
    """Count the open minutes of [since, until), the slow and obvious way."""
    return sum(
        1
        for minute in range(since, until)
        if any(a <= minute % DAY_MINUTES < b for a, b in calendar.spans_of(day_of(minute)))
    )


def first_minute(due: int, telling: dict[str, Any], calendar: Calendar) -> int:
    """Give from when a level is told, by walking through days and minutes."""
    count = telling.get("after", 0) or telling.get("before", 0)
    if count == 0:
        return due + 1
    if telling["unit"] == "working_hour":
        return by_minutes(due, count * 60, -1 if "before" in telling else 1, calendar)
    walk = last_days if "before" in telling else next_days
    day = walk(day_of(due), count, calendar)
    return at_clock(day) + calendar.spans_of(day)[0][0]


def next_days(day: int, count: int, calendar: Calendar) -> int:
    while count:
        day += 1
        count -= calendar.is_working(day)
    return day


def last_days(day: int, count: int, calendar: Calendar) -> int:
    """Give the first working day on which at most `count` are left."""
    while count >= calendar.is_working(day):
        count -= calendar.is_working(day)
        day -= 1
    while not calendar.is_working(day):
        day += 1
    return day


def by_minutes(due: int, count: int, step: int, calendar: Calendar) -> int:
    minute = due
    while count:
        count -= open_minutes(min(minute, minute + step), max(minute, minute + step), calendar)
        minute += step
    while step < 0 and not open_minutes(minute - 1, minute, calendar):  # a close, no opening
        minute -= 1
    return minute


def watched(row: Dossier) -> Iterator[tuple[str, int, datetime | None]]:
    """Give each limit of a stored dossier that stands now."""
    if row.status == Status.FILED:
        yield "acceptance_overdue", 0, row.acceptance_due_at
    if row.status in OPEN:
        yield "due_soon", 0, row.due_at
        yield "overdue", 0, row.due_at
        yield "step_overdue", row.step, row.step_due_at
        yield "answer_soon", 0, row.answer_due_at
        yield "answer_over", 0, row.answer_due_at
        for leg in row.leg_rows.filter(closed_at=None):
            yield "leg_overdue", leg.number, leg.due_at


def expected(row: Dossier, at: datetime) -> set[Noted]:
    """Give what must have been noted once the clock has looked at a moment."""
    calendar, now = catalogue().calendar(row.clock_unit_key or row.holder_key), minute_of(at)
    return {
        (kind, part, due_at, LEVELS[telling["to"]])
        for kind, part, due_at in watched(row)
        if due_at is not None and not (kind in AHEAD and at > due_at)
        for telling in tellings()[kind]
        if now >= first_minute(minute_of(due_at), telling, calendar)
    }


def the_clock_looks(dossier: Dossier, at: datetime) -> None:
    before = Dossier.objects.get(pk=dossier.pk)
    had, due = set(stored(before)), expected(before, at)

    note_crossings(clock=SYSTEM, at=at)

    assert set(stored(before)) == had | due
    row = Dossier.objects.get(pk=dossier.pk)
    stands = {(kind, part, due_at) for kind, part, due_at in watched(row)}
    levels = [noted[3] for noted in stored(row) if noted[:3] in stands]
    assert row.told_level == max(levels, default=None)
    assert row.crossed == Crossing.objects.filter(dossier=row).count()
    assert row.watch_at is None or row.watch_at > at


def in_time(dossier: Dossier, at: datetime) -> datetime:
    """Look a minute before the row asks for it and then; give the moment it has become."""
    the_clock_looks(dossier, at)
    watch_at = Dossier.objects.get(pk=dossier.pk).watch_at
    if watch_at is None:
        return at
    the_clock_looks(dossier, max(watch_at - timedelta(minutes=1), at))
    the_clock_looks(dossier, watch_at)
    return watch_at


def begun(filed: bool) -> Dossier:
    Dossier.objects.update(watch_at=None)  # those of earlier examples rest
    begin = actions.file_dossier if filed else actions.receive_new
    request = a_request(WITH_STEPS, channel="online")
    return begin(request=request, applicants=APPLICANT, actor=CLERK, at=MONDAY)


def a_registry_with_steps() -> None:
    a_fresh_registry()
    if not catalogue().has_procedure(WITH_STEPS):
        a_procedure_with_steps()


@settings(max_examples=sized(whole=160, part=40), suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS, filed=st.booleans())
def test_random_lives_and_random_looks_note_each_crossing_once(
    deeds: list[tuple[str, int]], filed: bool
) -> None:
    a_registry_with_steps()
    dossier, at = begun(filed), MONDAY
    for name, minutes in deeds:
        at += timedelta(minutes=minutes)
        if name == "run in time":
            at = in_time(dossier, at)
        elif name.startswith("run"):
            the_clock_looks(dossier, at - timedelta(minutes=5 if name == "run behind" else 0))
        if name == "run twice":
            assert note_crossings(clock=SYSTEM, at=at) == 0
        if not name.startswith("run"):
            _attempt(name, dossier, at)
    the_clock_looks(dossier, at + timedelta(days=30))

    counts = told(dossier)
    assert counts == stored(dossier)
    assert set(counts.values()) <= {1}


def _attempt(name: str, dossier: Dossier, at: datetime) -> None:
    row = Dossier.objects.get(pk=dossier.pk)
    try:
        if name == "open_leg":
            due_at = at + timedelta(days=3)
            actions.open_leg(dossier_id=row.id, body_key=OTHER, due_at=due_at, actor=CLERK, at=at)
        elif name in ("assign", "hand_over"):
            attempt(name, row, at, account=a_worker())
        else:
            attempt(name, row, at, body=OTHER if row.holder_key == COMMUNE else COMMUNE)
    except Refused:
        return


def test_the_slow_reference_knows_the_hours_by_heart() -> None:
    a_registry_with_steps()
    calendar = catalogue().calendar(COMMUNE)
    friday = minute_of(MONDAY) + 4 * DAY_MINUTES + 60  # Friday 18 September, 10:00

    def told_at(**telling: Any) -> str:
        return moment_of(first_minute(friday, telling, calendar)).strftime("%d/%m %H:%M")

    assert told_at(after=0) == "18/09 10:01"
    assert told_at(after=4, unit="working_hour") == "18/09 16:00"
    assert told_at(before=4, unit="working_hour") == "17/09 16:00"
    assert told_at(after=1, unit="working_day") == "21/09 07:30"
    assert told_at(before=1, unit="working_day") == "17/09 07:30"
