"""What an action holds against: keys, old law, the clock of a machine, hands at the wrong place."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from motcua.accounts.actors import SYSTEM, Actor, NotAllowed
from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.actions.clock import ApproverMissing
from motcua.dossiers.actions.door import MomentBackwards, PersonNotThere, Words
from motcua.dossiers.actions.ending import LegStillOpen
from motcua.dossiers.actions.handling import LegDuePast
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.legs import LegNotOpen
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.kit.clock import LimitUnit
from motcua.ledger.keys import KeyUsedOtherwise
from motcua.ledger.models import Event
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.drafts import LimitDraft, VersionDraft
from motcua.registry.rules import NotInForce

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
    a_worker,
    later,
    local,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def test_a_key_used_on_one_dossier_is_refused_on_another() -> None:
    one, other = a_received_dossier(), a_received_dossier()
    actions.hand_over(dossier_id=one.id, actor=CLERK, at=later(minutes=1), key="same-key-1")

    with pytest.raises(KeyUsedOtherwise):
        actions.hand_over(dossier_id=other.id, actor=CLERK, at=later(minutes=1), key="same-key-1")


def test_a_filing_whose_procedure_is_no_longer_in_force_can_still_be_refused() -> None:
    dossier = a_filed_dossier()
    gone = VersionDraft(
        TEN_DAYS,
        MONDAY.date() + timedelta(days=1),
        "Đã bãi bỏ",
        "Đất đai",
        legal_basis="test",
        is_withdrawn=True,
    )
    add_procedure_version(draft=gone, actor=SYSTEM, at=MONDAY)

    with pytest.raises(NotInForce):
        actions.receive(dossier_id=dossier.id, actor=CLERK, at=later(days=1))
    dossier = actions.refuse(dossier_id=dossier.id, words=WHY, actor=CLERK, at=later(days=1))

    assert dossier.status == Status.REFUSED


def test_the_version_of_the_procedure_is_that_of_day_0_not_of_the_receipt() -> None:
    tomorrow = VersionDraft(
        TEN_DAYS,
        MONDAY.date() + timedelta(days=1),
        "Rút ngắn",
        "Đất đai",
        legal_basis="test",
        limits=[LimitDraft(3, LimitUnit.WORKING_DAY)],
    )
    add_procedure_version(draft=tomorrow, actor=SYSTEM, at=MONDAY)

    before = a_received_dossier(at=local(14, 17))
    after_closing = a_received_dossier(at=local(14, 18))

    assert before.due_at == local(28, 17, 30)
    assert after_closing.due_at == local(18, 17, 30)


def test_nothing_is_done_before_what_happened_last() -> None:
    dossier = a_dossier_in_process()

    with pytest.raises(MomentBackwards):
        actions.pause_clock(
            dossier_id=dossier.id, words=WHY, actor=CLERK, at=MONDAY - timedelta(days=3)
        )


def test_the_counter_hands_over_once_then_the_competent_body_does() -> None:
    dossier = a_dossier_in_process()
    actions.transfer(dossier_id=dossier.id, body_key=OTHER, actor=CLERK, at=later(hours=1))
    at_place = Actor("an", "An", {COMMUNE: CLERK.grants[COMMUNE]})

    with pytest.raises(NotAllowed):
        actions.assign(
            dossier_id=dossier.id, account_id=a_worker(), actor=at_place, at=later(hours=2)
        )


def test_a_leg_that_is_not_there_is_not_closed_whatever_the_key() -> None:
    dossier = a_dossier_in_process()

    with pytest.raises(LegNotOpen):
        actions.close_leg(
            dossier_id=dossier.id, leg=99, actor=CLERK, at=later(hours=1), key="leg-99-key"
        )
    assert not Event.objects.filter(kind="dossier.leg_closed").exists()


def test_closing_a_leg_twice_with_one_key_closes_it_once() -> None:
    dossier = a_dossier_in_process()
    actions.open_leg(dossier_id=dossier.id, body_key=OTHER, actor=CLERK, at=later(hours=1))

    for _ in range(2):
        actions.close_leg(
            dossier_id=dossier.id, leg=1, actor=CLERK, at=later(hours=2), key="leg-1-key"
        )

    assert Event.objects.filter(kind="dossier.leg_closed").count() == 1


def test_who_waited_a_moment_for_the_lock_is_put_in_order() -> None:
    dossier = a_dossier_in_process()

    dossier = actions.assign(
        dossier_id=dossier.id, account_id=a_worker(), actor=CLERK, at=later(minutes=5)
    )

    event = Event.objects.get(subject_id=dossier.id, subject_version=dossier.version)
    assert event.happened_at == later(minutes=10)


def test_nothing_is_numbered_while_another_body_still_has_its_leg() -> None:
    dossier = a_dossier_in_process()
    actions.open_leg(dossier_id=dossier.id, body_key=OTHER, actor=CLERK, at=later(hours=1))
    actions.submit_for_signature(
        dossier_id=dossier.id, outcome=Outcome.POSITIVE, actor=CLERK, at=later(hours=2)
    )
    actions.sign(dossier_id=dossier.id, actor=CLERK, at=later(hours=3))

    with pytest.raises(LegStillOpen, match="Leg 1"):
        actions.number(dossier_id=dossier.id, actor=CLERK, at=later(hours=4))

    assert Dossier.objects.get(pk=dossier.id).status == Status.AWAITING_NUMBER


def test_a_leg_is_not_due_before_it_begins() -> None:
    dossier = a_dossier_in_process()

    with pytest.raises(LegDuePast):
        actions.open_leg(
            dossier_id=dossier.id, body_key=OTHER, due_at=MONDAY, actor=CLERK, at=later(days=1)
        )


def test_work_is_given_only_to_who_may_do_it_there() -> None:
    dossier = a_dossier_in_process()
    for stranger in ("nobody", str(UUID(int=9)), a_worker("quy", Role.CASHIER)):
        with pytest.raises(PersonNotThere):
            actions.assign(
                dossier_id=dossier.id, account_id=stranger, actor=CLERK, at=later(hours=1)
            )
        with pytest.raises(PersonNotThere):
            actions.hand_over(
                dossier_id=dossier.id, account_id=stranger, actor=CLERK, at=later(hours=1)
            )


def test_a_second_request_to_supplement_needs_who_may_approve_it() -> None:
    dossier = a_waiting_dossier()
    actions.complete_supplement(dossier_id=dossier.id, actor=CLERK, at=later(days=2))

    def ask(words: Words) -> Dossier:
        return actions.request_supplement(
            dossier_id=dossier.id, words=words, actor=CLERK, at=later(days=3)
        )

    with pytest.raises(ApproverMissing):
        ask(WHY)
    with pytest.raises(PersonNotThere):
        ask(replace(WHY, approver_id=a_worker()))
    again = ask(replace(WHY, approver_id=a_worker("hoa", Role.HEAD_OF_DIVISION)))
    assert again.supplements == 2
