"""Time left and time past the limit are said in working time, as a person would say it."""

from datetime import datetime

import pytest
from django.utils import translation

from motcua.dossiers.models import Dossier
from motcua.dossiers.pages.timing import timing_of
from motcua.dossiers.rules.statuses import Status
from motcua.kit.moments import LOCAL, day_number
from motcua.registry.queries import catalogue

from . import given

pytestmark = pytest.mark.django_db
# In this week Tuesday 24/11/2026 is a holiday, 28 and 29 are a weekend.


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


def on(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=LOCAL)


def said(due_at: datetime, now: datetime, status: Status = Status.IN_PROCESS) -> tuple[str, str]:
    row = Dossier(status=status.value, due_at=due_at, acceptance_due_at=due_at)
    with translation.override("en"):
        timing = timing_of(row, calendar=catalogue().calendar(given.COMMUNE), now=now)
    return timing.words, timing.tone


@pytest.mark.parametrize(
    ("due", "now", "words", "tone"),
    [
        (on(25, "17:30"), on(23, "9:00"), "1 working day left", "warn"),
        (on(27, "17:30"), on(23, "9:00"), "3 working days left", "calm"),
        (on(23, "17:30"), on(23, "17:30"), "due today", "warn"),
        (on(23, "17:30"), on(23, "18:00"), "overdue", "bad"),
        (on(23, "17:30"), on(24, "14:00"), "overdue", "bad"),
        (on(23, "17:30"), on(25, "8:00"), "1 working day overdue", "bad"),
        (on(27, "17:30"), on(29, "8:00"), "overdue", "bad"),
        (on(23, "9:00"), on(23, "9:20"), "20 minutes overdue", "bad"),
        (on(23, "9:00"), on(23, "14:00"), "3 working hours overdue", "bad"),
        (on(29, "17:30"), on(28, "9:00"), "1 day left", "warn"),
    ],
)
def test_what_is_due_is_said_in_working_time(
    due: datetime, now: datetime, words: str, tone: str
) -> None:
    assert said(due, now) == (words, tone)


@pytest.mark.parametrize(
    ("due", "now", "words"),
    [
        (on(25, "17:30"), on(23, "19:00"), "8 working hours left"),
        (on(23, "17:30"), on(23, "16:31"), "59 minutes left"),
        (on(23, "17:30"), on(24, "14:00"), "overdue"),
        (on(23, "17:30"), on(26, "8:00"), "2 working days overdue"),
    ],
)
def test_what_waits_to_be_received_is_said_in_working_hours(
    due: datetime, now: datetime, words: str
) -> None:
    assert said(due, now, Status.FILED)[0] == words


def test_beyond_the_calendar_plain_days_are_counted() -> None:
    last = catalogue().calendar(given.COMMUNE).last
    beyond = datetime(2290, 1, 5, 17, 30, tzinfo=LOCAL)
    assert day_number(beyond.date()) > last

    assert said(beyond, datetime(2290, 1, 3, 9, 0, tzinfo=LOCAL))[0] == "2 days left"
    assert said(beyond, datetime(2290, 1, 7, 9, 0, tzinfo=LOCAL))[0] == "2 days overdue"
    assert said(beyond, datetime(2290, 1, 5, 19, 0, tzinfo=LOCAL))[0] == "1 working hour overdue"
