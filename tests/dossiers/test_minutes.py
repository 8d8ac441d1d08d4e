"""Seconds are dropped before any comparison: in its own minute nothing is overdue yet."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.pages.clock import both_verdicts
from motcua.dossiers.pages.one import legs_of
from motcua.dossiers.pages.scene import Scene
from motcua.dossiers.pages.step_rows import steps_of
from motcua.dossiers.pages.story import story_of
from motcua.dossiers.pages.timing import timing_of
from motcua.dossiers.queries import Wanted, tallies_of, work_of
from motcua.kit.moments import is_past
from motcua.registry.queries import catalogue

from .given import CLERK, COMMUNE, WHY, a_filed_dossier, a_registry, a_waiting_dossier
from .given_clocks import (
    HEAD_STEP,
    a_dossier_with_a_leg,
    a_procedure_with_steps,
    an_examined_dossier,
    on,
)

pytestmark = pytest.mark.django_db
LATER_IN_THE_MINUTE, NEXT_MINUTE = timedelta(seconds=59), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()
    a_procedure_with_steps()


def found(due: str, now: datetime) -> int:
    wanted = Wanted(scope="unit", due=due)
    count = work_of(SYSTEM, wanted, known=catalogue(), now=now).count()
    everything = work_of(SYSTEM, Wanted(scope="unit"), known=catalogue(), now=now)
    assert tallies_of(everything, known=catalogue(), now=now)[due] == count
    return count


def test_a_due_moment_is_past_from_the_minute_after_it() -> None:
    due = on(28, 17, 30)

    assert [is_past(due, due + after) for after in (LATER_IN_THE_MINUTE, NEXT_MINUTE)] == [
        False,
        True,
    ]


def test_lists_call_overdue_what_is_a_whole_minute_late() -> None:
    filed = a_filed_dossier()
    assert filed.acceptance_due_at
    row = an_examined_dossier()
    assert row.due_at
    assert row.step_due_at

    for due, at, before in (
        ("overdue", filed.acceptance_due_at, 0),
        ("step", row.step_due_at, 0),
        ("overdue", row.due_at, 1),
    ):
        counts = [found(due, at + after) for after in (LATER_IN_THE_MINUTE, NEXT_MINUTE)]
        assert counts == [before, before + 1], due
    assert found("soon", row.due_at + LATER_IN_THE_MINUTE) == 1


def test_an_answer_is_over_a_whole_minute_late() -> None:
    row = a_waiting_dossier()
    assert row.answer_due_at

    counts = [
        found("unanswered", row.answer_due_at + one) for one in (LATER_IN_THE_MINUTE, NEXT_MINUTE)
    ]

    assert counts == [0, 1]
    calendar = catalogue().calendar(COMMUNE)
    tones = [
        timing_of(row, calendar=calendar, now=row.answer_due_at + after).tone
        for after in (LATER_IN_THE_MINUTE, NEXT_MINUTE)
    ]
    assert tones == ["calm", "warn"]


def test_the_pages_compare_minutes_too() -> None:
    row = a_dossier_with_a_leg(due_at=on(17, 17, 30))
    row = Dossier.objects.get(pk=row.pk)
    row.supplements = 2  # what the page reads of it, not more
    assert row.due_at
    assert row.step_due_at == on(17, 17, 30)

    def tones(after: timedelta) -> list[str]:
        scene = Scene(row, CLERK, on(17, 17, 30) + after)
        legs = [str(one["tone"]) for one in legs_of(scene)]
        also = timing_of(row, calendar=scene.calendar, now=scene.now).also
        return [*legs, steps_of(scene)[-1].tone, "bad" if also else ""]

    assert tones(LATER_IN_THE_MINUTE) == ["", "", ""]
    assert tones(NEXT_MINUTE) == ["bad", "bad", "bad"]
    with translation.override("vi"):
        verdicts = [
            (both_verdicts(row, row.due_at + after) or {})["verdict"]
            for after in (LATER_IN_THE_MINUTE, NEXT_MINUTE)
        ]
    assert verdicts == ["còn hạn", "quá hạn"]


def test_the_appointment_stands_ahead_in_the_story_until_its_minute_is_over() -> None:
    row = an_examined_dossier()
    assert row.due_at

    ahead = [
        any(one.is_ahead for one in story_of(Scene(row, CLERK, row.due_at + after)))
        for after in (LATER_IN_THE_MINUTE, NEXT_MINUTE)
    ]

    assert ahead == [True, False]


def test_a_step_shows_no_limit_while_the_clock_waits_and_its_own_again_afterwards() -> None:
    row = an_examined_dossier()
    actions.request_supplement(dossier_id=row.pk, words=WHY, actor=CLERK, at=on(15, 9))
    waiting = Dossier.objects.get(pk=row.pk)

    shown = steps_of(Scene(waiting, CLERK, on(18, 9)))[-1]

    assert (shown.due_at, shown.counted, shown.tone) == (None, "", "")
    again = actions.complete_supplement(dossier_id=row.pk, actor=CLERK, at=on(17, 9))
    assert steps_of(Scene(again, CLERK, on(18, 9)))[-1].due_at == on(21, 17, 30)


def test_a_step_that_is_done_keeps_the_limit_that_followed_the_pause() -> None:
    row = an_examined_dossier()
    actions.request_supplement(dossier_id=row.pk, words=WHY, actor=CLERK, at=on(15, 9))
    actions.complete_supplement(dossier_id=row.pk, actor=CLERK, at=on(17, 9))
    row = actions.hand_over(dossier_id=row.pk, step=HEAD_STEP, actor=CLERK, at=on(18, 9))

    examined = steps_of(Scene(row, CLERK, on(18, 10)))[1]

    assert (examined.due_at, examined.ended_at) == (on(21, 17, 30), on(18, 9))


@pytest.mark.parametrize("stop", ["request_supplement", "notify_obligation"])
def test_a_step_that_ended_while_it_waited_shows_no_limit_either(stop: str) -> None:
    row = an_examined_dossier()
    getattr(actions, stop)(dossier_id=row.pk, words=WHY, actor=CLERK, at=on(15, 9))
    ended = actions.withdraw(dossier_id=row.pk, words=WHY, actor=CLERK, at=on(25, 9))

    shown = steps_of(Scene(ended, CLERK, on(25, 10)))[-1]

    assert (shown.due_at, shown.tone) == (None, "")


@pytest.mark.parametrize("ended", [False, True])
def test_a_step_waits_though_the_whole_was_overdue_before(ended: bool) -> None:
    row = an_examined_dossier()
    actions.hand_over(dossier_id=row.pk, step=HEAD_STEP, actor=CLERK, at=on(29, 9))
    row = actions.notify_obligation(dossier_id=row.pk, actor=CLERK, at=on(29, 10))
    assert (row.due_at, row.step_due_at) == (on(28, 17, 30), None)
    if ended:
        actions.meet_obligation(dossier_id=row.pk, actor=CLERK, at=on(29, 11))
        actions.request_supplement(dossier_id=row.pk, words=WHY, actor=CLERK, at=on(29, 14))
        row = actions.withdraw(dossier_id=row.pk, words=WHY, actor=CLERK, at=on(30, 9))

    shown = steps_of(Scene(row, CLERK, on(30, 10)))[-1]

    assert (shown.name[:2], shown.due_at) == ("3.", None)


def test_a_hand_over_within_a_step_is_no_step_of_its_own() -> None:
    row = an_examined_dossier()
    row = actions.hand_over(dossier_id=row.pk, actor=CLERK, at=on(16, 9))

    shown = steps_of(Scene(row, CLERK, on(18, 9)))

    assert [one.name for one in shown] == ["1. Tiếp nhận", "2. Thẩm tra"]
    assert shown[-1].due_at == on(17, 17, 30)
    assert shown[-1].counted
    assert shown[-1].tone == "bad"
