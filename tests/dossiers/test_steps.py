"""The clocks of steps, legs and the applicant's answer."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Leg
from motcua.dossiers.rules.statuses import Outcome
from motcua.ledger.models import Event
from motcua.registry import law

from .given import (
    CLERK,
    COMMUNE,
    OTHER,
    TEN_DAYS,
    WHY,
    a_dossier_in_process,
    a_received_dossier,
    a_registry,
    a_waiting_dossier,
    a_worker,
    later,
)
from .given_clocks import (
    CLERK_STEP,
    HEAD_STEP,
    NUMBER_STEP,
    SIGNATORY_STEP,
    SPECIALIST_STEP,
    WITH_STEPS,
    a_dossier_with_a_leg,
    a_procedure_with_steps,
    an_examined_dossier,
    on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()
    a_procedure_with_steps()


def last(dossier: Dossier) -> dict[str, object]:
    event = Event.objects.get(subject_id=dossier.id, subject_version=dossier.version)
    return dict(event.data)


def test_the_step_of_the_receipt_begins_with_it() -> None:
    dossier = a_received_dossier(WITH_STEPS)

    assert (dossier.step, dossier.step_due_at) == (CLERK_STEP, on(14, 15, 0))
    assert (last(dossier)["step"], last(dossier)["step_due"]) == (1, "2026-09-14T15:00")


def test_a_procedure_without_steps_has_no_step_due() -> None:
    dossier = a_dossier_in_process(TEN_DAYS)

    assert (dossier.step, dossier.step_due_at) == (1, None)


def test_each_hand_over_begins_the_limit_of_its_step() -> None:
    dossier = an_examined_dossier()

    assert (dossier.step, dossier.step_due_at) == (SPECIALIST_STEP, on(17, 17, 30))
    assert last(dossier) == {"step": 2, "step_due": "2026-09-17T17:30"}


@pytest.mark.parametrize("step", [0, SPECIALIST_STEP])
def test_a_hand_over_between_colleagues_restarts_nothing(step: int) -> None:
    before = an_examined_dossier()

    after = actions.hand_over(
        dossier_id=before.id, account_id=a_worker(), step=step, actor=CLERK, at=on(16, 9)
    )

    assert (after.step, after.step_from_at) == (before.step, before.step_from_at)
    assert (after.step_due_at, after.due_at) == (before.step_due_at, before.due_at)
    assert str(after.assignee_id) == a_worker()
    assert last(after)["step_due"] == "2026-09-17T17:30"


def test_the_step_of_the_receipt_is_not_restarted_either() -> None:
    before = a_received_dossier(WITH_STEPS)

    after = actions.hand_over(dossier_id=before.id, step=CLERK_STEP, actor=CLERK, at=on(14, 14))

    assert (after.step_from_at, after.step_due_at) == (before.step_from_at, before.step_due_at)


def test_a_hand_over_to_another_step_begins_it() -> None:
    dossier = an_examined_dossier()

    dossier = actions.hand_over(dossier_id=dossier.id, step=HEAD_STEP, actor=CLERK, at=on(16, 9))

    assert (dossier.step, dossier.step_due_at) == (HEAD_STEP, on(17, 17, 30))


def test_a_step_waits_while_the_clock_stands_still_and_moves_like_the_whole_limit() -> None:
    dossier = an_examined_dossier()

    dossier = actions.request_supplement(
        dossier_id=dossier.id, words=WHY, actor=CLERK, at=on(15, 9)
    )
    assert (dossier.due_at, dossier.step_due_at) == (None, None)
    dossier = actions.complete_supplement(dossier_id=dossier.id, actor=CLERK, at=on(17, 9))

    assert (dossier.due_at, dossier.step_due_at) == (on(30, 17, 30), on(21, 17, 30))
    assert last(dossier)["step_due"] == "2026-09-21T17:30"


def test_a_step_that_is_overdue_already_stays_so_while_the_clock_stands_still() -> None:
    dossier = an_examined_dossier()

    dossier = actions.pause_clock(dossier_id=dossier.id, words=WHY, actor=CLERK, at=on(18, 9))

    assert (dossier.due_at, dossier.step_due_at) == (None, on(17, 17, 30))


def test_a_transfer_to_another_body_restarts_nothing() -> None:
    before = an_examined_dossier()

    after = actions.transfer(dossier_id=before.id, body_key=OTHER, actor=CLERK, at=on(16, 9))

    assert (after.step, after.step_from_at) == (before.step, before.step_from_at)
    assert (after.step_due_at, after.due_at) == (before.step_due_at, before.due_at)


def test_drafts_approvals_and_signatures_move_the_step_on_and_a_result_ends_it() -> None:
    dossier_id = an_examined_dossier().id
    steps = []
    for at, make in (
        (on(16, 9), lambda **who: actions.submit(outcome=Outcome.POSITIVE, **who)),
        (on(17, 9), actions.approve),
        (on(18, 9), actions.sign),
    ):
        row = make(dossier_id=dossier_id, actor=CLERK, at=at)
        steps.append((row.step, row.step_due_at, last(row)["step"]))

    assert steps == [
        (HEAD_STEP, on(17, 17, 30), HEAD_STEP),
        (SIGNATORY_STEP, on(18, 17, 30), SIGNATORY_STEP),
        (NUMBER_STEP, on(18, 15, 0), NUMBER_STEP),
    ]
    row = actions.number(dossier_id=dossier_id, actor=CLERK, at=on(18, 10))
    assert (row.step_due_at, row.step_from_at, row.watch_at) == (None, None, None)
    row = actions.return_result(dossier_id=dossier_id, actor=CLERK, at=on(18, 11))
    assert row.step_due_at is None


def test_what_goes_straight_to_the_signature_leaves_out_the_step_of_the_head() -> None:
    dossier = actions.submit_for_signature(
        dossier_id=an_examined_dossier().id, outcome=Outcome.NEGATIVE, actor=CLERK, at=on(16, 9)
    )

    assert (dossier.step, dossier.step_due_at) == (SIGNATORY_STEP, on(17, 17, 30))


def test_a_draft_sent_back_begins_the_specialists_step_again() -> None:
    dossier_id = an_examined_dossier().id
    actions.submit(dossier_id=dossier_id, outcome=Outcome.POSITIVE, actor=CLERK, at=on(16, 9))

    dossier = actions.send_back(dossier_id=dossier_id, words=WHY, actor=CLERK, at=on(17, 9))

    assert (dossier.step, dossier.step_due_at) == (SPECIALIST_STEP, on(22, 17, 30))


def test_a_move_the_process_has_no_step_for_leaves_the_step_running() -> None:
    dossier_id = a_dossier_in_process(TEN_DAYS).id

    dossier = actions.submit(
        dossier_id=dossier_id, outcome=Outcome.POSITIVE, actor=CLERK, at=on(16, 9)
    )

    assert (dossier.step, "step" in last(dossier)) == (1, False)


@pytest.mark.parametrize("end", ["withdraw", "stop", "void"])
def test_nothing_is_waited_for_once_a_dossier_has_ended(end: str) -> None:
    dossier = an_examined_dossier()

    row = getattr(actions, end)(dossier_id=dossier.id, words=WHY, actor=CLERK, at=on(15, 9))

    assert (row.step_due_at, row.step_from_at, row.answer_due_at) == (None, None, None)
    assert (row.watch_at, row.told_level) == (None, None)


def test_a_leg_runs_on_while_the_clock_of_the_dossier_stands_still() -> None:
    dossier = a_dossier_with_a_leg(due_at=on(18, 17, 30))

    actions.request_supplement(dossier_id=dossier.id, words=WHY, actor=CLERK, at=on(15, 9))

    assert Leg.objects.get().due_at == on(18, 17, 30)


def test_a_leg_waits_with_the_clock_where_the_law_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said = law.clock_value
    waits = {"legs_wait_with_the_clock": 1}
    monkeypatch.setattr(
        "motcua.dossiers.terms.clock_value",
        lambda name, day: waits[name] if name in waits else said(name, day),
    )
    dossier = a_dossier_with_a_leg(due_at=on(18, 17, 30))

    actions.request_supplement(dossier_id=dossier.id, words=WHY, actor=CLERK, at=on(15, 9))
    assert Leg.objects.get().due_at is None
    actions.complete_supplement(dossier_id=dossier.id, actor=CLERK, at=on(17, 9))

    leg = Leg.objects.get()
    assert (leg.due_at, leg.original_due_at) == (on(22, 17, 30), on(18, 17, 30))
    actions.close_leg(dossier_id=dossier.id, leg=1, actor=CLERK, at=on(18, 9))
    assert Leg.objects.get().closed_at == on(18, 9)


def test_a_request_gives_the_applicant_a_limit_that_ends_with_the_answer() -> None:
    dossier = a_waiting_dossier(asked_at=on(15, 10))

    assert dossier.answer_due_at == on(27, 17, 30, month=10)
    assert last(dossier)["answer_due"] == "2026-10-27T17:30"
    dossier = actions.complete_supplement(dossier_id=dossier.id, actor=CLERK, at=on(17, 9))
    assert dossier.answer_due_at is None


def test_an_extension_keeps_both_due_moments() -> None:
    dossier = an_examined_dossier()

    dossier = actions.extend(
        dossier_id=dossier.id, due_at=later(days=16), words=WHY, actor=CLERK, at=later(days=9)
    )

    assert (dossier.original_due_at, dossier.due_at) == (on(28, 17, 30), later(days=16))
    assert last(dossier)["due_before"] == "2026-09-28T17:30"
    assert dossier.holder_key == COMMUNE
