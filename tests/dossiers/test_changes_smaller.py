"""The smaller limits under a change of the calendar: step, acceptance, answer; the next look."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions, deadlines
from motcua.dossiers.changes import moving
from motcua.dossiers.changes.going_on import finish, step
from motcua.dossiers.changes.looking import worlds_of
from motcua.dossiers.history import write_history
from motcua.dossiers.models import ClockChange, Dossier
from motcua.dossiers.pages.change_reasons import reason_of
from motcua.dossiers.rows import life_of
from motcua.dossiers.rules.following import LimitsStand, move_limits
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.moves import BY_NAME, MOVE_LIMITS
from motcua.dossiers.terms import terms_of
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import minute_of
from motcua.ledger.models import Event
from motcua.registry.actions import enter_day
from motcua.registry.drafts import RemovalDraft
from motcua.registry.queries import catalogue

from .given import (
    CLERK,
    COMMUNE,
    MONDAY,
    OTHER,
    TEN_DAYS,
    WHY,
    a_dossier_in_process,
    a_filed_dossier,
    a_received_dossier,
    a_registry,
    a_waiting_dossier,
    later,
)
from .given_changes import (
    HOLIDAY,
    NOW,
    a_previewed,
    an_applied,
    reversed_again,
    smaller,
    smaller_counted,
)
from .given_clocks import a_procedure_with_steps, an_examined_dossier, on
from .test_changes import SHORTER, WEEK

pytestmark = pytest.mark.django_db
WEDNESDAY = replace(HOLIDAY, day=date(2026, 9, 16))
SOON = later(hours=1)


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def extended(dossier: Dossier, *, days: int = 7) -> Dossier:
    due_at = dossier.due_at
    assert due_at is not None
    return actions.extend(
        dossier_id=dossier.pk,
        due_at=due_at + timedelta(days=days),
        words=WHY,
        actor=CLERK,
        at=SOON,
    )


def test_the_step_of_an_extended_dossier_follows_while_its_appointment_stands() -> None:
    a_procedure_with_steps()
    dossier = extended(an_examined_dossier())
    assert dossier.step_due_at == on(17, 17, 30)

    change = an_applied(WEDNESDAY, at=later(hours=2))

    row = fresh(dossier)
    assert (row.due_at, row.step_due_at) == (dossier.due_at, on(18, 17, 30))
    assert row.watch_at == on(18, 17, 31)
    assert (change.moved, change.followed) == (0, 1)
    event = Event.objects.get(kind="dossier.limits_moved")
    assert event.data == {"step_due": "2026-09-18T17:30", "change": str(change.pk)}
    assert event.subject_version == row.version == dossier.version + 1
    back = reversed_again(change)
    assert fresh(dossier).step_due_at == dossier.step_due_at
    said = [reason_of(dossier.pk, change.pk, row.version + n, catalogue()) for n in (0, 1)]
    assert said[1] == f"Rút lại: {said[0]}"
    assert (back.moved_back, back.followed_back) == (0, 1)


def test_the_acceptance_of_a_filed_dossier_follows_and_comes_back() -> None:
    dossier = a_filed_dossier()
    assert dossier.acceptance_due_at == on(15, 9)

    here = replace(HOLIDAY, day=date(2026, 9, 15), unit_key=COMMUNE)
    change = an_applied(here, at=SOON)

    assert fresh(dossier).acceptance_due_at == on(16, 9)
    event = Event.objects.get(kind="dossier.limits_moved")
    assert event.data == {"acceptance_due": "2026-09-16T09:00", "change": str(change.pk)}
    deadlines.note_crossings(clock=SYSTEM, at=on(15, 9, 1))
    assert not Event.objects.filter(kind="dossier.acceptance_went_overdue").exists()
    reversed_again(change)
    assert fresh(dossier).acceptance_due_at == dossier.acceptance_due_at


def test_a_filing_handed_on_keeps_the_acceptance_its_first_body_counted() -> None:
    dossier = a_filed_dossier()
    today = replace(WEDNESDAY, day=date(2026, 9, 14), unit_key=OTHER)
    enter_day(draft=today, actor=SYSTEM, at=SOON)
    actions.transfer(dossier_id=dossier.pk, body_key=OTHER, actor=CLERK, at=SOON)

    change = an_applied(replace(HOLIDAY, day=date(2026, 9, 15)), at=later(hours=2))

    assert fresh(dossier).acceptance_due_at == dossier.acceptance_due_at
    assert change.followed == 0


def test_the_applicants_own_time_follows_and_handling_is_not_stopped_too_early() -> None:
    dossier = a_waiting_dossier()
    ends = dossier.answer_due_at
    assert ends is not None

    change = an_applied(HOLIDAY)

    row = fresh(dossier)
    assert row.answer_due_at == ends + timedelta(days=1)
    assert Event.objects.get(kind="dossier.limits_moved").data == {
        "answer_due": f"{ends + timedelta(days=1):%Y-%m-%d}T17:30",
        "change": str(change.pk),
    }
    deadlines.note_crossings(clock=SYSTEM, at=ends + timedelta(minutes=10))
    assert not Event.objects.filter(kind="dossier.answer_went_overdue").exists()
    reversed_again(change)
    assert fresh(dossier).answer_due_at == ends


def test_an_appointment_and_an_answer_that_both_move_are_told_one_after_the_other() -> None:
    dossier = a_waiting_dossier(asked_at=later(days=15))  # overdue when it was asked: it stays so

    change = an_applied(WEEK, at=later(days=15, hours=1))  # Saturdays count now

    row = fresh(dossier)
    assert (row.due_at or NOW) < (dossier.due_at or MONDAY)
    assert (row.answer_due_at or later(days=99)) < (dossier.answer_due_at or MONDAY)
    assert (change.moved, change.followed) == (1, 1)
    events = Event.objects.filter(subject_id=dossier.pk).order_by("subject_version")
    told = list(events.values_list("kind", "subject_version"))[-2:]
    assert told == [
        ("dossier.due_moved", row.version - 1),
        ("dossier.limits_moved", row.version),
    ]
    actions.reverse_change(change_id=change.pk, actor=SYSTEM, at=later(days=15, hours=2))
    finish(change.pk, at=later(days=15, hours=2))
    row = fresh(dossier)
    assert (row.due_at, row.answer_due_at) == (dossier.due_at, dossier.answer_due_at)


def test_a_step_that_ran_out_before_the_pause_may_stand_still_under_the_change() -> None:
    a_procedure_with_steps()
    dossier = an_examined_dossier()  # its step until Thursday
    asked = actions.request_supplement(
        dossier_id=dossier.pk, words=WHY, actor=CLERK, at=on(17, 17, 40)
    )
    assert asked.step_due_at == on(17, 17, 30)

    change = an_applied(WEDNESDAY, at=on(18, 9))  # until Friday now, and asked before that

    assert fresh(dossier).step_due_at is None
    [event] = Event.objects.filter(kind="dossier.limits_moved", data__step_waits=True)
    assert "step_due" not in event.data
    reversed_again(change)
    assert fresh(dossier).step_due_at == on(17, 17, 30)


def test_a_step_that_stands_still_may_have_run_out_before_under_the_change() -> None:
    a_procedure_with_steps()
    tuesday = enter_day(draft=replace(HOLIDAY, day=date(2026, 9, 15)), actor=SYSTEM, at=MONDAY)
    dossier = an_examined_dossier()  # its step until Friday
    paused = actions.notify_obligation(dossier_id=dossier.pk, actor=CLERK, at=on(17, 17, 40))
    assert (paused.due_at, paused.step_due_at, paused.answer_due_at) == (None, None, None)

    change = an_applied(RemovalDraft((tuesday.pk,)), at=on(18, 9))

    row = fresh(dossier)
    assert (row.due_at, row.step_due_at, row.watch_at) == (None, on(17, 17, 30), on(17, 17, 31))
    reversed_again(change)
    assert (fresh(dossier).step_due_at, fresh(dossier).watch_at) == (None, None)


def test_a_limit_that_stands_elsewhere_for_another_reason_stays() -> None:
    a_procedure_with_steps()
    dossier = extended(an_examined_dossier())
    enter_day(draft=WEDNESDAY, actor=SYSTEM, at=SOON)  # and nobody follows

    change = an_applied(replace(HOLIDAY, day=date(2026, 9, 15)), at=later(hours=2))

    assert fresh(dossier).step_due_at == dossier.step_due_at
    assert change.followed == 0


def test_a_warning_comes_earlier_when_a_day_before_the_appointment_is_closed() -> None:
    dossier = extended(a_dossier_in_process(), days=4)  # Friday, 2 October
    assert dossier.watch_at == on(1, 7, 30, month=10)

    change = an_applied(replace(HOLIDAY, day=date(2026, 10, 1)), at=SOON)

    row = fresh(dossier)
    assert (row.watch_at, row.version) == (on(30, 7, 30), dossier.version)
    reversed_again(change)
    assert fresh(dossier).watch_at == dossier.watch_at


def test_a_superior_is_told_earlier_when_a_closed_day_is_worked_after_all() -> None:
    entry = enter_day(draft=replace(HOLIDAY, day=date(2026, 9, 29)), actor=SYSTEM, at=MONDAY)
    dossier = a_received_dossier()
    for at in (on(25, 8), on(28, 17, 31)):
        deadlines.note_crossings(clock=SYSTEM, at=at)
    deadlines.note_crossings(clock=SYSTEM, at=on(28, 17, 32))
    assert fresh(dossier).watch_at == on(30, 11, 30)

    an_applied(RemovalDraft((entry.pk,)), at=on(28, 18))

    assert fresh(dossier).watch_at == on(29, 11, 30)
    assert fresh(dossier).told_level == 1


def test_the_next_look_at_an_appointment_of_another_system_follows_too() -> None:
    past = Past(
        id=uuid4(),
        source="other",
        source_key="1",
        procedure=TEN_DAYS,
        channel="direct",
        place=COMMUNE,
        holder=COMMUNE,
        moves=[Told(BY_NAME["receive_new"], minute_of(MONDAY))],
        due_of="source",
        source_due_at=minute_of(on(2, 17, month=10)),
    )
    list(write_history([past], actor=SYSTEM, at=MONDAY))
    assert Dossier.objects.get().watch_at == on(1, 7, 30, month=10)

    an_applied(replace(HOLIDAY, day=date(2026, 10, 1)), at=SOON)

    row = Dossier.objects.get()
    assert (row.due_at, row.watch_at) == (on(2, 17, month=10), on(30, 7, 30))


def test_a_corrected_limit_and_a_day_that_is_over_look_at_nobody_in_vain() -> None:
    a_filed_dossier()
    extended(a_dossier_in_process())

    for draft in (SHORTER, replace(HOLIDAY, day=date(2026, 8, 31))):
        change = a_previewed(draft, at=SOON)
        would_move = change.would_move
        actions.apply_change(change_id=change.pk, actor=SYSTEM, at=SOON)
        step(change.pk, at=SOON)
        change.refresh_from_db()
        assert change.total == would_move == 0
        finish(change.pk, at=SOON)


def test_broken_off_among_the_smaller_limits_it_goes_on_and_each_follows_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moving, "BATCH", 2)
    a_procedure_with_steps()
    rows = [extended(an_examined_dossier()) for _ in range(5)]
    change = a_previewed(WEDNESDAY, at=later(hours=2))
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=later(hours=2))
    for _ in range(2):
        step(change.pk, at=later(hours=2))
    followed = Event.objects.filter(kind="dossier.limits_moved")
    assert followed.count() == 2

    actions.hand_over(dossier_id=rows[-1].pk, actor=CLERK, at=later(hours=3))
    finish(change.pk, at=later(hours=3))

    assert followed.count() >= 4
    assert len({one.subject_id for one in followed}) == followed.count()
    assert smaller() == smaller_counted()


def test_a_second_look_is_only_at_those_to_whom_something_happened_meanwhile() -> None:
    for _ in range(3):
        a_filed_dossier(at=SOON)
    change = a_previewed(replace(HOLIDAY, day=date(2026, 9, 15)), at=later(hours=2))
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=later(hours=2))
    for _ in range(2):  # who must move, and their page
        step(change.pk, at=later(hours=2))
    late = a_filed_dossier(at=later(hours=2))
    # As if it had been counted with the calendar of the moment before.
    Dossier.objects.filter(pk=late.pk).update(acceptance_due_at=on(15, 11))

    step(change.pk, at=later(hours=3))

    change.refresh_from_db()
    assert (change.followed, change.total) == (3, 1)
    finish(change.pk, at=later(hours=3))
    assert fresh(late).acceptance_due_at == late.acceptance_due_at
    assert smaller() == smaller_counted()


def test_the_two_registries_are_laid_out_once_for_all_pages_of_a_step() -> None:
    change = a_previewed(HOLIDAY)
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    change.refresh_from_db()
    first = worlds_of(change)
    assert worlds_of(ClockChange.objects.get(pk=change.pk)) is first

    enter_day(draft=WEDNESDAY, actor=SYSTEM, at=NOW)

    after = worlds_of(change)
    assert after.after is catalogue()
    assert after is not first
    finish(change.pk, at=NOW)
    actions.reverse_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    change.refresh_from_db()
    assert worlds_of(change).before is not after.before


def test_nothing_is_told_of_limits_that_stand() -> None:
    row = a_filed_dossier()
    life = life_of(row, [])
    terms = terms_of(life, MOVE_LIMITS, catalogue=catalogue(), at=minute_of(NOW))

    with pytest.raises(LimitsStand):
        move_limits(life, minute_of(NOW), Facts(limits=("acceptance_due_at",)), terms)
    with pytest.raises(LimitsStand):
        move_limits(life, minute_of(NOW), Facts(limits=("answer_due_at",)), terms)
