from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from motcua.accounts.actors import SYSTEM, Actor, NotAllowed
from motcua.dossiers import actions
from motcua.dossiers.actions.door import ChangedMeanwhile, WordsMissing
from motcua.dossiers.models import Dossier, Leg, Pause, Remark
from motcua.dossiers.rules.moves import MoveNotAllowed
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.dossiers.rules.taking import (
    ExtensionTooLate,
    NewDueNotLater,
    NoDueToMove,
    NoOutcome,
    NoSuchExtension,
    SameBody,
)
from motcua.kit.clock import LimitUnit
from motcua.ledger.keys import KeyUsedOtherwise
from motcua.ledger.models import Event
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.drafts import LimitDraft, VersionDraft

from .given import (
    APPLICANT,
    CLERK,
    COMMUNE,
    FROM,
    MONDAY,
    NO_LIMIT,
    OTHER,
    SAME_DAY,
    WHY,
    a_dossier_in_process,
    a_filed_dossier,
    a_ready_dossier,
    a_received_dossier,
    a_registry,
    a_request,
    a_waiting_dossier,
    a_worker,
    later,
    local,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def last_event(dossier: Dossier) -> Event:
    return Event.objects.get(subject_id=dossier.id, subject_version=dossier.version)


def test_a_receipt_starts_the_clock_and_tells_what_facts_need() -> None:
    dossier = a_received_dossier()

    assert dossier.status == Status.RECEIVED
    assert dossier.due_at == dossier.original_due_at == local(28, 17, 30)
    assert last_event(dossier).data == {
        "procedure": "1.004199",
        "field": dossier.field_code,
        "channel": "direct",
        "place": COMMUNE,
        "online_offered": True,
        "due": "2026-09-28T17:30",
        "warn_1": "2026-09-25",
        "warn_3": "2026-09-23",
        "warn_5": "2026-09-21",
        "due_of": "rules",
        "limit": 10,
        "limit_unit": "working_day",
    }


def test_a_same_day_limit_ends_at_the_close_of_the_day_or_of_the_next() -> None:
    morning = a_received_dossier(SAME_DAY, at=local(14, 9))
    late = a_received_dossier(SAME_DAY, at=local(14, 15))

    assert morning.due_at == local(14, 17, 30)
    assert late.due_at == local(15, 17, 30)


def test_a_procedure_without_a_limit_gives_no_due_moment() -> None:
    dossier = a_received_dossier(NO_LIMIT)

    assert dossier.due_at is None
    assert "due" not in last_event(dossier).data


def test_an_online_filing_has_a_clock_of_its_own_until_it_is_received() -> None:
    dossier = a_filed_dossier(at=local(14, 14))
    assert dossier.acceptance_due_at == local(15, 14)
    assert dossier.due_at is None

    dossier = actions.receive(dossier_id=dossier.id, actor=CLERK, at=local(15, 8))

    assert (dossier.status, dossier.due_at) == (Status.RECEIVED, local(29, 17, 30))


def test_a_filing_given_back_and_filed_again_waits_anew() -> None:
    dossier = a_filed_dossier()
    actions.return_for_refiling(dossier_id=dossier.id, words=WHY, actor=CLERK, at=later(hours=1))

    dossier = actions.refile(dossier_id=dossier.id, actor=CLERK, at=local(16, 8))

    assert (dossier.status, dossier.acceptance_due_at) == (Status.FILED, local(17, 8))
    assert Remark.objects.get(dossier=dossier).words == WHY.text


def test_a_refusal_needs_its_reason() -> None:
    dossier = a_filed_dossier()
    nothing = type(WHY)("  ")

    with pytest.raises(WordsMissing):
        actions.refuse(dossier_id=dossier.id, words=nothing, actor=CLERK, at=later(hours=1))

    dossier = actions.refuse(dossier_id=dossier.id, words=WHY, actor=CLERK, at=later(hours=1))
    assert (dossier.status, dossier.outcome) == (Status.REFUSED, Outcome.REFUSED)


def test_a_supplement_stops_the_clock_and_moves_the_due_moment() -> None:
    dossier = a_waiting_dossier(asked_at=local(15, 10))
    assert dossier.due_at is None
    assert last_event(dossier).data == {"waits": True, "answer_due": "2026-10-27T17:30"}

    dossier = actions.complete_supplement(dossier_id=dossier.id, actor=CLERK, at=local(18, 9))

    assert dossier.due_at == local(1, 17, 30, month=10)  # three working days later
    assert dossier.original_due_at == local(28, 17, 30)
    assert Pause.objects.get(dossier=dossier).to_at == local(18, 9)


def test_a_dossier_overdue_before_its_pause_stays_overdue() -> None:
    dossier = a_waiting_dossier(asked_at=local(30, 10))

    assert dossier.due_at == local(28, 17, 30)
    assert "waits" not in last_event(dossier).data


def test_an_obligation_stops_the_clock_where_the_procedure_says_so() -> None:
    dossier = a_dossier_in_process()

    dossier = actions.notify_obligation(dossier_id=dossier.id, actor=CLERK, at=local(16, 9))
    assert dossier.due_at is None
    dossier = actions.meet_obligation(dossier_id=dossier.id, actor=CLERK, at=local(17, 9))

    assert dossier.due_at == local(29, 17, 30)


def test_verification_on_the_spot_is_not_counted() -> None:
    dossier = a_dossier_in_process()
    actions.pause_clock(dossier_id=dossier.id, words=WHY, actor=CLERK, at=local(15, 9))

    dossier = actions.resume_clock(dossier_id=dossier.id, actor=CLERK, at=local(17, 9))

    assert dossier.due_at == local(30, 17, 30)


def test_an_extension_is_granted_once_in_time_and_only_forward() -> None:
    dossier_id = a_dossier_in_process().id

    def extend(due_at: datetime, at: datetime) -> Dossier:
        return actions.extend(dossier_id=dossier_id, due_at=due_at, words=WHY, actor=CLERK, at=at)

    with pytest.raises(NewDueNotLater):
        extend(local(28, 17, 30), local(21, 9))
    with pytest.raises(ExtensionTooLate):
        extend(local(30, 17, 30), local(28, 9))
    assert extend(local(30, 17, 30), local(25, 9)).due_at == local(30, 17, 30)
    with pytest.raises(NoSuchExtension):
        extend(local(2, 17, 30, month=10), local(25, 10))


def test_what_has_no_appointment_cannot_be_extended() -> None:
    dossier = a_received_dossier(NO_LIMIT)

    with pytest.raises(NoDueToMove):
        actions.extend(
            dossier_id=dossier.id, due_at=later(days=3), words=WHY, actor=CLERK, at=MONDAY
        )


def test_the_clock_ends_when_the_result_is_numbered_not_when_it_is_collected() -> None:
    dossier = a_ready_dossier()

    assert dossier.ended_at == later(days=2, hours=2)
    assert last_event(dossier).data == {"due": "2026-09-28T17:30", "outcome": "positive"}
    dossier = actions.return_result(dossier_id=dossier.id, actor=CLERK, at=later(days=30))
    assert (dossier.status, dossier.ended_at) == (Status.RETURNED, later(days=2, hours=2))


def test_a_negative_decision_is_a_decision() -> None:
    assert a_ready_dossier(Outcome.NEGATIVE).outcome == Outcome.NEGATIVE


def test_a_draft_needs_an_outcome() -> None:
    dossier = a_dossier_in_process()

    with pytest.raises(NoOutcome):
        actions.submit(
            dossier_id=dossier.id, outcome=Outcome.STOPPED, actor=CLERK, at=later(days=1)
        )


def test_a_draft_goes_through_the_head_of_division_and_may_come_back() -> None:
    dossier_id = a_dossier_in_process().id
    actions.submit(dossier_id=dossier_id, outcome=Outcome.POSITIVE, actor=CLERK, at=later(days=1))
    actions.approve(dossier_id=dossier_id, actor=CLERK, at=later(days=1, hours=1))

    dossier = actions.send_back(
        dossier_id=dossier_id, words=WHY, actor=CLERK, at=later(days=1, hours=2)
    )

    assert dossier.status == Status.IN_PROCESS


def test_a_transfer_changes_the_holder_and_never_the_clock() -> None:
    dossier = a_dossier_in_process()
    due_at = dossier.due_at

    dossier = actions.transfer(dossier_id=dossier.id, body_key=OTHER, actor=CLERK, at=later(days=3))

    assert (dossier.holder_key, dossier.place_key, dossier.due_at) == (OTHER, COMMUNE, due_at)
    assert last_event(dossier).unit_key == OTHER
    assert last_event(dossier).data == {"from_unit": COMMUNE, "reason": "competence"}
    with pytest.raises(SameBody):
        actions.transfer(dossier_id=dossier.id, body_key=OTHER, actor=CLERK, at=later(days=3))


def test_a_leg_is_opened_and_closed_once() -> None:
    dossier_id = a_dossier_in_process().id
    actions.open_leg(
        dossier_id=dossier_id,
        body_key=OTHER,
        due_at=later(days=2),
        actor=CLERK,
        at=later(days=1),
    )

    actions.close_leg(dossier_id=dossier_id, leg=1, actor=CLERK, at=later(days=2))

    assert Leg.objects.get(dossier_id=dossier_id).closed_at == later(days=2)
    with pytest.raises(Exception, match="Leg 1"):
        actions.close_leg(dossier_id=dossier_id, leg=1, actor=CLERK, at=later(days=2))


def test_consultation_keeps_the_time_running() -> None:
    dossier = a_dossier_in_process()

    dossier = actions.ask_consultation(
        dossier_id=dossier.id, body_key=OTHER, actor=CLERK, at=later(days=1)
    )
    assert dossier.due_at == local(28, 17, 30)
    dossier = actions.answer_consultation(dossier_id=dossier.id, actor=CLERK, at=later(days=2))

    assert dossier.status == Status.IN_PROCESS


def test_a_dossier_withdrawn_while_it_waits_is_measured_as_if_it_went_on_then() -> None:
    dossier = a_waiting_dossier(asked_at=local(15, 10))

    dossier = actions.withdraw(dossier_id=dossier.id, actor=CLERK, at=local(18, 9))

    assert (dossier.status, dossier.due_at) == (Status.WITHDRAWN, local(1, 17, 30, month=10))
    assert last_event(dossier).data == {"due": "2026-10-01T17:30"}
    assert not Pause.objects.filter(to_at=None).exists()


def test_an_ended_dossier_takes_no_more_moves() -> None:
    dossier_id = a_received_dossier().id
    actions.stop(dossier_id=dossier_id, words=WHY, actor=CLERK, at=later(days=1))

    with pytest.raises(MoveNotAllowed):
        actions.hand_over(dossier_id=dossier_id, actor=CLERK, at=later(days=2))


def test_an_entry_by_mistake_is_voided_with_its_reason() -> None:
    dossier = actions.void(
        dossier_id=a_received_dossier().id, words=WHY, actor=CLERK, at=later(minutes=5)
    )

    assert (dossier.status, last_event(dossier).kind) == (Status.VOIDED, "dossier.voided")


def test_the_same_key_gives_the_same_answer_for_ever() -> None:
    key = str(uuid4())

    def receive() -> Dossier:
        return actions.receive_new(
            request=a_request(), applicants=APPLICANT, actor=CLERK, at=MONDAY, key=key
        )

    first, again = receive(), receive()

    assert first.id == again.id
    assert Dossier.objects.count() == 1
    with pytest.raises(KeyUsedOtherwise):
        actions.hand_over(dossier_id=first.id, actor=CLERK, at=later(minutes=1), key=key)


def test_a_stale_page_is_refused() -> None:
    dossier = a_received_dossier()
    actions.assign(dossier_id=dossier.id, account_id=a_worker(), actor=CLERK, at=later(minutes=1))

    with pytest.raises(ChangedMeanwhile):
        actions.hand_over(dossier_id=dossier.id, actor=CLERK, at=later(minutes=2), seen_version=1)


def test_a_stranger_may_do_nothing_and_the_place_only_what_is_done_at_the_counter() -> None:
    dossier_id = actions.transfer(
        dossier_id=a_dossier_in_process().id, body_key=OTHER, actor=CLERK, at=later(hours=1)
    ).id
    at_place = Actor("an", "An", {COMMUNE: CLERK.grants[COMMUNE]})

    with pytest.raises(NotAllowed):
        actions.withdraw(dossier_id=dossier_id, actor=Actor("x"), at=later(hours=2))
    with pytest.raises(NotAllowed):
        actions.request_supplement(
            dossier_id=dossier_id, words=WHY, actor=at_place, at=later(hours=2)
        )
    actions.withdraw(dossier_id=dossier_id, actor=at_place, at=later(hours=2))


def test_codes_count_on_by_unit_and_day() -> None:
    codes = [a_received_dossier(at=local(14, 9)).code for _ in range(2)]
    tomorrow = a_received_dossier(at=local(15, 9)).code

    assert codes == ["24877-260914-0001", "24877-260914-0002"]
    assert tomorrow == "24877-260915-0001"


def test_a_case_the_registry_names_in_words_has_its_own_limit() -> None:
    version = VersionDraft(
        "1.013831",
        FROM,
        "Đăng ký biến động",
        "Đất đai",
        legal_basis="test",
        limits=[
            LimitDraft(10, LimitUnit.WORKING_DAY),
            LimitDraft(5, LimitUnit.WORKING_DAY, case="thừa kế"),
        ],
    )
    add_procedure_version(draft=version, actor=SYSTEM, at=MONDAY)
    request = replace(a_request("1.013831"), case="thừa kế")

    dossier = actions.receive_new(request=request, applicants=APPLICANT, actor=CLERK, at=MONDAY)

    assert dossier.due_at == local(21, 17, 30)
    assert last_event(dossier).data["case"] == "thua-ke"
