"""What is watched goes by the law of a dossier's day 0: badge, warning and stop alike."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from motcua.accounts.actors import SYSTEM, Actor
from motcua.accounts.permissions import Permission
from motcua.dossiers.deadlines import note_crossings
from motcua.dossiers.models import Dossier
from motcua.dossiers.pages.timing import timing_of
from motcua.dossiers.queries import Wanted, soon_until, unit_of_list, work_of
from motcua.dossiers.rules.statuses import Status
from motcua.dossiers.terms import law_day, watch_on
from motcua.kit.calendar import DayKind
from motcua.kit.moments import LOCAL
from motcua.registry import law
from motcua.registry.actions import enter_day
from motcua.registry.drafts import DayDraft
from motcua.registry.queries import catalogue

from .given import (
    COMMUNE,
    MONDAY,
    OTHER,
    a_dossier_in_process,
    a_received_dossier,
    a_registry,
    a_waiting_dossier,
)
from .given_clocks import on

pytestmark = pytest.mark.django_db
CHANGED = date(2026, 9, 21)  # a Monday in the middle of what was received before


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


@pytest.fixture
def _new_law(monkeypatch: pytest.MonkeyPatch) -> Any:
    """From that day on: warn five working days before, and stop when nobody answers."""
    first = law.read_law("escalation.yaml")[0]
    tell = {**first["tell"], "due_soon": [{"to": "specialist", "before": 5, "unit": "working_day"}]}
    second = {**first, "from": CHANGED, "tell": tell, "after_answer": "stop"}
    read = law.read_law
    changed = {"escalation.yaml": [first, second]}
    monkeypatch.setattr(law, "read_law", lambda name: changed.get(name) or read(name))
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    law.escalation.cache_clear()
    watch_on.cache_clear()


def tone(row: Dossier, now: datetime) -> str:
    with translation.override("vi"):
        return timing_of(row, calendar=catalogue().calendar(COMMUNE), now=now).tone


@pytest.mark.usefixtures("_new_law")
def test_the_badge_warns_when_the_crossing_is_noted_not_by_the_law_of_today() -> None:
    row = a_dossier_in_process()  # due on Monday 28
    later_one = a_received_dossier(at=on(21, 9))  # due on Monday 5 October

    assert (tone(row, on(24, 9)), tone(row, on(25, 9))) == ("calm", "warn")
    assert (tone(later_one, on(25, 17)), tone(later_one, on(28, 9))) == ("calm", "warn")
    note_crossings(clock=SYSTEM, at=on(24, 9))
    assert Dossier.objects.get(pk=row.pk).told_level is None


@pytest.mark.usefixtures("_new_law")
def test_who_does_not_answer_is_stopped_only_where_the_law_of_day_0_says_so() -> None:
    row = a_waiting_dossier(asked_at=on(15, 10))

    note_crossings(clock=SYSTEM, at=on(27, 17, 31, month=10))

    assert Dossier.objects.get(pk=row.pk).status == Status.AWAITING_SUPPLEMENT


def test_a_receipt_from_another_time_has_its_own_day() -> None:
    calendar = catalogue().calendar(COMMUNE)

    assert law_day(datetime(1905, 1, 3, 9, tzinfo=LOCAL), calendar) == date(1905, 1, 3)
    assert law_day(datetime(2026, 9, 19, 9, tzinfo=LOCAL), calendar) == date(2026, 9, 21)


def test_due_soon_goes_by_the_calendar_of_a_list_of_one_unit() -> None:
    row, now = a_dossier_in_process(), on(24, 9)  # due on Monday 28
    closed = DayDraft(date(2026, 9, 25), DayKind.CLOSURE, "Bão", "QĐ 1", "test", unit_key=COMMUNE)
    enter_day(draft=closed, actor=SYSTEM, at=MONDAY)
    known = catalogue()
    one_unit = Wanted(scope="unit", due="soon", unit_key=COMMUNE)

    assert soon_until(now, known=known) == on(26, 0)
    assert soon_until(now, known=known, unit_key=COMMUNE) == on(29, 0)
    assert list(work_of(SYSTEM, one_unit, known=known, now=now)) == [row]
    assert tone(row, now) == "warn"
    assert soon_until(now, known=known, unit_key="nowhere") == on(26, 0)
    assert soon_until(on(24, 7), known=known) == on(25, 0)  # as the day before, until it opens


def test_a_list_is_of_one_unit_when_it_is_asked_for_or_read_for_one_only() -> None:
    one = Actor("a", grants={COMMUNE: frozenset({Permission.READ_DOSSIERS})})

    assert unit_of_list(one, Wanted()) == COMMUNE
    assert unit_of_list(SYSTEM, Wanted(unit_key=OTHER)) == OTHER
    assert unit_of_list(SYSTEM, Wanted()) is None
