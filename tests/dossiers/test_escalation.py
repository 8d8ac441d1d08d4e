"""Who is told of a passed limit, how far up, and what follows when nobody answers."""

from typing import Any

import pytest

from motcua.accounts.actors import SYSTEM, Actor, NotAllowed
from motcua.accounts.permissions import Permission
from motcua.dossiers import actions
from motcua.dossiers.deadlines import note_crossings
from motcua.dossiers.models import Crossing, Dossier, Remark
from motcua.dossiers.rules.crossings import NothingCrossed
from motcua.dossiers.rules.statuses import Status
from motcua.dossiers.rules.taking import AnswerNotOver
from motcua.dossiers.rules.watch import Crossing as Kind
from motcua.ledger.models import Event
from motcua.registry import law

from .given import (
    CLERK,
    MONDAY,
    WHY,
    a_dossier_in_process,
    a_filed_dossier,
    a_registry,
    a_waiting_dossier,
    later,
)
from .given_clocks import (
    a_dossier_with_a_leg,
    a_procedure_with_steps,
    an_examined_dossier,
    on,
    told,
)

pytestmark = pytest.mark.django_db
DUE = on(28, 17, 30)
CLOCK = Actor.everywhere("clock", {Permission.WATCH_CLOCK})


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()
    a_procedure_with_steps()


def kinds_of(dossier: Dossier, *, after: int) -> list[str]:
    rows = Event.objects.filter(subject_id=dossier.id, subject_version__gt=after)
    return list(rows.order_by("subject_version").values_list("kind", flat=True))


def test_an_overdue_dossier_is_told_to_the_specialist_then_the_head_then_the_signatory() -> None:
    dossier = a_dossier_in_process()
    levels = []
    for at in (on(28, 17, 31), on(29, 11, 29), on(29, 11, 30), on(30, 7, 29), on(30, 7, 30)):
        note_crossings(clock=CLOCK, at=at)
        levels.append(Dossier.objects.get(pk=dossier.id).told_level)

    assert levels == [1, 1, 2, 2, 3]
    posts = Event.objects.filter(kind="dossier.escalated").order_by("seq")
    assert [(one.data["crossing"], one.data["to"]) for one in posts] == [
        ("overdue", "head"),
        ("overdue", "signatory"),
    ]


def test_a_new_appointment_begins_anew_and_forgets_nothing() -> None:
    dossier = a_dossier_in_process()
    note_crossings(clock=CLOCK, at=on(25, 8))  # due soon
    row = actions.extend(
        dossier_id=dossier.id, due_at=on(30, 17, 30), words=WHY, actor=CLERK, at=on(26, 9)
    )
    assert (row.told_level, row.crossed) == (None, 1)

    note_crossings(clock=CLOCK, at=on(29, 8))

    assert [key[:1] + key[2:] for key in sorted(told(dossier))] == [
        ("due_soon", DUE, 1),
        ("due_soon", on(30, 17, 30), 1),
    ]


def test_a_worker_that_comes_late_tells_every_level_and_no_warning_that_is_over() -> None:
    dossier = a_dossier_in_process()

    assert note_crossings(clock=CLOCK, at=later(days=60)) == 3
    assert note_crossings(clock=CLOCK, at=later(days=60)) == 0

    assert kinds_of(dossier, after=dossier.version) == [
        "dossier.went_overdue",
        "dossier.escalated",
        "dossier.escalated",
    ]


def test_a_filing_nobody_receives_is_told_up_to_the_signatory() -> None:
    dossier = a_filed_dossier(at=MONDAY)

    note_crossings(clock=CLOCK, at=later(days=3))

    assert sorted(key[3] for key in told(dossier)) == [1, 2, 3]
    assert {key[0] for key in told(dossier)} == {"acceptance_overdue"}
    received = actions.receive(dossier_id=dossier.id, actor=CLERK, at=later(days=3, minutes=5))
    assert received.told_level is None


def test_a_step_and_a_leg_are_told_of_by_their_number() -> None:
    dossier = a_dossier_with_a_leg(due_at=on(16, 17, 30))

    note_crossings(clock=CLOCK, at=on(18, 8))

    assert set(told(dossier)) == {
        ("step_overdue", 2, on(17, 17, 30), 1),
        ("step_overdue", 2, on(17, 17, 30), 2),
        ("leg_overdue", 1, on(16, 17, 30), 1),
        ("leg_overdue", 1, on(16, 17, 30), 2),
    }
    closed = actions.close_leg(dossier_id=dossier.id, leg=1, actor=CLERK, at=on(18, 9))
    assert closed.told_level == 2  # the step is overdue still


def test_the_applicants_time_is_warned_of_and_over_and_the_dossier_waits_for_the_specialist() -> (
    None
):
    dossier = a_waiting_dossier(asked_at=on(15, 10))  # until Tuesday 27 October

    note_crossings(clock=CLOCK, at=on(22, 7, 30, month=10))
    note_crossings(clock=CLOCK, at=on(27, 17, 31, month=10))

    row = Dossier.objects.get(pk=dossier.id)
    assert (row.status, row.told_level) == (Status.AWAITING_SUPPLEMENT, 1)
    assert [key[0] for key in sorted(told(dossier))] == ["answer_over", "answer_soon"]


def test_where_the_rules_say_stop_the_program_stops_handling_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules: dict[str, Any] = {**law.escalation(MONDAY.date()), "after_answer": "stop"}
    monkeypatch.setattr("motcua.dossiers.actions.watching.escalation", lambda _on: rules)
    dossier = a_waiting_dossier(asked_at=on(15, 10))

    note_crossings(clock=CLOCK, at=on(27, 17, 30, month=10))
    assert Dossier.objects.get(pk=dossier.id).status == Status.AWAITING_SUPPLEMENT
    note_crossings(clock=CLOCK, at=on(27, 17, 31, month=10))
    note_crossings(clock=CLOCK, at=on(28, 17, 31, month=10))

    row = Dossier.objects.get(pk=dossier.id)
    assert (row.status, row.outcome, row.ended_at) == (
        Status.STOPPED,
        "stopped",
        on(27, 17, 31, month=10),
    )
    assert kinds_of(dossier, after=row.version - 2) == [
        "dossier.answer_went_overdue",
        "dossier.stopped",
    ]
    remark = Remark.objects.get(dossier=row, version=row.version)
    assert (remark.words, remark.legal_basis) == (
        rules["stop_reason"],
        rules["stop_legal_basis"],
    )


def test_nobody_is_stopped_before_the_time_is_over() -> None:
    dossier = a_waiting_dossier(asked_at=on(15, 10))

    with pytest.raises(AnswerNotOver):
        actions.stop_unanswered(
            dossier_id=dossier.id, words=WHY, actor=CLOCK, at=on(27, 17, 30, month=10)
        )


def test_a_crossing_is_refused_before_its_time_twice_and_for_a_level_nobody_is_told() -> None:
    dossier = an_examined_dossier()

    def note(kind: Kind, level: int, part: int = 0) -> None:
        actions.note_crossing(
            dossier_id=dossier.id,
            crossing=kind,
            level=level,
            part=part,
            actor=CLOCK,
            at=on(17, 17, 31),
        )

    note(Kind.STEP_OVERDUE, 1)
    for kind, level, part in (
        (Kind.STEP_OVERDUE, 1, 2),
        (Kind.STEP_OVERDUE, 2, 2),
        (Kind.STEP_OVERDUE, 3, 2),
        (Kind.OVERDUE, 1, 0),
    ):
        with pytest.raises(NothingCrossed):
            note(kind, level, part)
    assert Crossing.objects.count() == 1


def test_only_the_clock_may_note() -> None:
    dossier = a_dossier_in_process()

    with pytest.raises(NotAllowed):
        actions.note_crossings(dossier_id=dossier.id, actor=Actor("lan", "Lan"), at=later(days=60))


def test_a_dossier_nobody_can_tell_of_rests_and_keeps_no_other_waiting() -> None:
    lost, late = a_dossier_in_process(), a_dossier_in_process()
    Dossier.objects.filter(pk=lost.id).update(procedure_code="9.999999", watch_at=MONDAY)

    note_crossings(clock=SYSTEM, at=later(days=20))

    assert Dossier.objects.get(pk=lost.id).watch_at == later(days=20, hours=1)
    assert told(late)


def test_looking_too_early_does_no_harm_and_leaves_no_event() -> None:
    dossier = a_dossier_in_process()
    Dossier.objects.filter(pk=dossier.id).update(watch_at=MONDAY)

    assert note_crossings(clock=SYSTEM, at=later(days=1)) == 0

    row = Dossier.objects.get(pk=dossier.id)
    assert (row.version, row.watch_at) == (dossier.version, on(25, 7, 30))


def test_every_crossing_is_told_to_the_specialist_first_and_upwards_in_order() -> None:
    rules = law.read_law("escalation.yaml")
    posts = ["specialist", "head", "signatory"]

    for version in rules:
        assert set(version["tell"]) == {kind.value for kind in Kind}
        assert version["after_answer"] in {"ask", "stop"}
        for tellings in version["tell"].values():
            told_to = [one["to"] for one in tellings]
            assert told_to == posts[: len(told_to)]
            assert told_to
