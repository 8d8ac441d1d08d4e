"""What a change taken back restores when something else has happened in between."""

import random
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.changes.going_on import finish, step
from motcua.dossiers.changes.moving import list_todo
from motcua.dossiers.changes.refusals import LaterChangeStands, StandsOtherwise
from motcua.dossiers.models import ClockChange, Dossier
from motcua.kit.clock import LimitUnit
from motcua.registry.actions import correct_limit, enter_day, remove_day, set_week_hours
from motcua.registry.drafts import DecreeDraft, RemovalDraft
from motcua.registry.models import CalendarEntry, ProcedureVersion
from motcua.registry.queries import limit_of, week_of
from motcua.ui.doors import words_of

from .given import CLERK, COMMUNE, MONDAY, TEN_DAYS, WHY, a_dossier_in_process, a_registry, later
from .given_changes import (
    HOLIDAY,
    NOW,
    a_previewed,
    a_world,
    an_applied,
    counted,
    dues,
    reversed_again,
)
from .test_changes import SHORTER, WEEK

pytestmark = pytest.mark.django_db
CALENDAR_DAYS = replace(SHORTER, value=12, unit=LimitUnit.CALENDAR_DAY)


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def a_pause(dossier_id: UUID, *, since: int, until: int) -> None:
    """Ask for a supplement on one day and take it in on another."""
    ask, complete = actions.request_supplement, actions.complete_supplement
    ask(dossier_id=dossier_id, words=WHY, actor=CLERK, at=later(days=since, hours=2))
    complete(dossier_id=dossier_id, actor=CLERK, at=later(days=until, hours=2))


def test_a_pause_over_the_holiday_counts_when_the_holiday_is_taken_back() -> None:
    dossier = a_dossier_in_process()
    change = an_applied(HOLIDAY)
    a_pause(dossier.pk, since=13, until=14)

    at = later(days=14, hours=3)
    actions.reverse_change(change_id=change.pk, actor=SYSTEM, at=at)
    finish(change.pk, at=at)

    # A working day again, but one on which the clock stood still.
    assert Dossier.objects.get(pk=dossier.pk).due_at == later(days=15, hours=8, minutes=30)
    assert dues() == counted()


def test_one_that_was_paused_under_the_change_is_counted_anew_when_it_is_taken_back() -> None:
    entry = enter_day(draft=HOLIDAY, actor=SYSTEM, at=MONDAY)
    dossier = a_dossier_in_process()
    ask, complete = actions.request_supplement, actions.complete_supplement
    ask(dossier_id=dossier.pk, words=WHY, actor=CLERK, at=later(days=15))
    change = an_applied(RemovalDraft((entry.pk,)))
    complete(dossier_id=dossier.pk, actor=CLERK, at=later(days=16))

    reversed_again(change)

    assert dues() == counted()


def test_another_limit_in_between_is_kept_when_the_first_change_is_taken_back() -> None:
    an_applied(CALENDAR_DAYS)
    a_dossier_in_process()
    holiday = an_applied(HOLIDAY)
    an_applied(replace(CALENDAR_DAYS, value=15))

    reversed_again(holiday)

    assert dues() == counted()


def test_one_that_stood_elsewhere_is_brought_back_there_however_often_it_is_looked() -> None:
    drifted = a_dossier_in_process()
    enter_day(draft=replace(HOLIDAY, day=date(2026, 9, 16)), actor=SYSTEM, at=MONDAY)
    change = an_applied(replace(HOLIDAY, day=date(2026, 9, 17)))
    assert change.moved == 1

    back = reversed_again(change)

    assert Dossier.objects.get(pk=drifted.pk).due_at == drifted.due_at
    assert (back.moved_back, back.passes) == (1, 2)


def test_an_older_limit_is_taken_back_only_after_the_later_one() -> None:
    a_dossier_in_process()
    before = dues()
    first = an_applied(replace(SHORTER, value=12))
    second = an_applied(replace(SHORTER, value=15))

    with pytest.raises(LaterChangeStands) as refused:
        reversed_again(first)

    assert "Thời hạn đã đính chính" in words_of(refused.value)
    assert limit_of(SHORTER).value == 15
    reversed_again(second)
    reversed_again(first)
    assert limit_of(SHORTER).value == 10
    assert dues() == before == counted()


def test_older_hours_are_taken_back_only_after_the_later_ones() -> None:
    first = an_applied(WEEK)
    second = an_applied(replace(WEEK, week=dict.fromkeys(range(5), "08:00-12:00")))

    with pytest.raises(LaterChangeStands):
        reversed_again(first)

    reversed_again(second)
    reversed_again(first)
    assert week_of(COMMUNE, WEEK.valid_from, is_service=False) is None


def test_hours_that_were_taken_out_come_back_unless_others_were_set_since() -> None:
    an_applied(WEEK)
    removed = an_applied(replace(WEEK, week={}, is_removal=True))

    reversed_again(removed)

    found = week_of(COMMUNE, WEEK.valid_from, is_service=False)
    assert found is not None
    assert found.week[5] == WEEK.week[5]
    again = an_applied(replace(WEEK, week={}, is_removal=True))
    an_applied(WEEK)
    with pytest.raises(LaterChangeStands):
        reversed_again(again)


@pytest.mark.parametrize("from_day", [None, date(2026, 11, 1)])
def test_a_version_stays_while_a_later_change_builds_on_it(from_day: date | None) -> None:
    first = an_applied(replace(SHORTER, from_day=date(2026, 10, 1)))
    on_it = replace(SHORTER, valid_from=date(2026, 10, 1), value=9, from_day=from_day)
    second = an_applied(on_it)

    with pytest.raises(LaterChangeStands):
        reversed_again(first)

    reversed_again(second)
    reversed_again(first)
    assert ProcedureVersion.objects.filter(procedure_id=TEN_DAYS).count() == 1


def test_changes_of_different_places_are_taken_back_in_any_order() -> None:
    a_world(random.Random(5), 40)
    before = dues()
    limit, hours, day = an_applied(SHORTER), an_applied(WEEK), an_applied(HOLIDAY)
    later_version = an_applied(replace(SHORTER, value=9, from_day=date(2026, 12, 1)))

    for one in (limit, day, later_version, hours):
        reversed_again(one)

    assert dues() == before == counted()


def test_a_day_that_a_later_change_took_out_is_first_put_back_there() -> None:
    a_dossier_in_process()
    before = dues()
    entered = an_applied(HOLIDAY)
    entry = CalendarEntry.objects.get(day=HOLIDAY.day)
    removed = an_applied(RemovalDraft((entry.pk,)))

    with pytest.raises(LaterChangeStands):
        reversed_again(entered)

    assert dues() == before
    reversed_again(removed)
    reversed_again(entered)
    assert not CalendarEntry.objects.filter(day=HOLIDAY.day).exists()
    assert dues() == before == counted()


def test_a_day_that_was_entered_again_stays_until_that_is_taken_back() -> None:
    entry = enter_day(draft=HOLIDAY, actor=SYSTEM, at=MONDAY)
    removed = an_applied(RemovalDraft((entry.pk,)))
    again = an_applied(DecreeDraft((HOLIDAY,)))

    with pytest.raises(LaterChangeStands):
        reversed_again(removed)

    reversed_again(again)
    reversed_again(removed)
    assert CalendarEntry.objects.get(day=HOLIDAY.day).pk == entry.pk


def test_a_day_taken_out_by_hand_lets_its_change_bring_the_dossiers_back() -> None:
    a_dossier_in_process()
    before = dues()
    change = an_applied(HOLIDAY)
    entry = CalendarEntry.objects.get(day=HOLIDAY.day)
    remove_day(entry_id=entry.pk, actor=SYSTEM, at=NOW)

    reversed_again(change)

    assert dues() == before == counted()


def test_what_was_changed_by_hand_since_is_not_overwritten() -> None:
    limit, hours = an_applied(SHORTER), an_applied(WEEK)
    version = an_applied(replace(SHORTER, value=9, from_day=date(2026, 12, 1)))
    correct_limit(draft=replace(SHORTER, value=8), actor=SYSTEM, at=NOW)
    on = {"unit_key": COMMUNE, "valid_from": WEEK.valid_from}
    said = {"legal_basis": "QĐ", "source": "test", "actor": SYSTEM, "at": NOW}
    set_week_hours(**on, week={0: "08:00-12:00"}, **said)  # type: ignore[arg-type]
    ProcedureVersion.objects.get(valid_from=date(2026, 12, 1)).limits.all().delete()

    for one in (limit, hours, version):
        with pytest.raises(StandsOtherwise):
            actions.reverse_change(change_id=one.pk, actor=SYSTEM, at=NOW)

    assert limit_of(SHORTER).value == 8


def test_who_looks_late_lists_nothing_of_a_change_that_has_ended_or_was_listed() -> None:
    dossier = a_dossier_in_process()
    ended = an_applied(HOLIDAY)
    list_todo(ended.pk, [dossier.pk.bytes], passes=ended.passes)
    assert not ended.pages.exists()

    running = a_previewed(SHORTER)
    actions.apply_change(change_id=running.pk, actor=SYSTEM, at=NOW)
    step(running.pk, at=NOW)
    list_todo(running.pk, [], passes=0)

    assert ClockChange.objects.get(pk=running.pk).passes == 1
    assert running.pages.filter(purpose="todo").count() == 1


def test_a_change_that_still_finds_somebody_goes_on_however_often_it_has_looked() -> None:
    a_dossier_in_process()
    change = a_previewed(HOLIDAY)
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    ClockChange.objects.filter(pk=change.pk).update(passes=30, moved_in_pass=1)

    assert step(change.pk, at=NOW)

    assert ClockChange.objects.get(pk=change.pk).state == "applying"
    finish(change.pk, at=NOW)
    assert ClockChange.objects.get(pk=change.pk).state == "applied"
    assert dues() == counted()
