"""Our own due moment beside the appointment of another system."""

from datetime import datetime
from uuid import UUID

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.history import write_history
from motcua.dossiers.models import Dossier
from motcua.dossiers.proving import proof_of
from motcua.dossiers.rules.moves import BY_NAME
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import minute_of, moment_of
from motcua.registry.queries import catalogue

from .given import (
    CLERK,
    COMMUNE,
    MONDAY,
    NO_LIMIT,
    TEN_DAYS,
    WHY,
    a_dossier_in_process,
    a_filed_dossier,
    a_received_dossier,
    a_registry,
    a_waiting_dossier,
)
from .given_clocks import on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def imported(*moves: Told) -> Dossier:
    """Give a dossier another system appointed for 21 September, 09:00."""
    past = Past(
        id=UUID(int=99),
        source="onegate",
        source_key="1",
        procedure=TEN_DAYS,
        channel="direct",
        place=COMMUNE,
        holder=COMMUNE,
        moves=[Told(BY_NAME["receive_new"], minute_of(MONDAY)), *moves],
        due_of="source",
        source_due_at=minute_of(on(21, 9)),
    )
    [written] = write_history([past], actor=SYSTEM, at=MONDAY)
    assert not written.refused
    return Dossier.objects.get(pk=past.id)


def own_due(row: Dossier) -> datetime | None:
    proof = proof_of(row, list(row.pauses.all()), known=catalogue(), now=on(30, 9))
    if proof is None or proof.due.due_at is None:
        return None
    return moment_of(proof.due.due_at)


def told(name: str, day: int) -> Told:
    return Told(BY_NAME[name], minute_of(on(day, 9)))


def test_the_appointment_of_a_source_stands_beside_our_own() -> None:
    row = imported()

    assert (row.due_at, row.source_due_at) == (on(21, 9), on(21, 9))
    assert own_due(row) == on(28, 17, 30)


def test_pauses_the_source_told_of_move_our_own_due_moment() -> None:
    row = imported(told("request_supplement", 15), told("complete_supplement", 17))

    assert own_due(row) == on(30, 17, 30)


def test_an_ended_dossier_keeps_the_due_moment_it_was_measured_by() -> None:
    row = imported(told("request_supplement", 15), told("withdraw", 17))

    assert row.due_at == on(21, 9)
    assert own_due(row) == on(30, 17, 30)


def test_of_our_own_dossiers_it_is_the_due_moment() -> None:
    row = a_dossier_in_process()
    actions.request_supplement(dossier_id=row.id, words=WHY, actor=CLERK, at=on(15, 9))
    actions.complete_supplement(dossier_id=row.id, actor=CLERK, at=on(17, 9))
    row = actions.extend(
        dossier_id=row.id, due_at=on(29, 9, month=10), words=WHY, actor=CLERK, at=on(18, 9)
    )

    assert own_due(row) == row.due_at == on(29, 9, month=10)


def test_there_is_none_before_receipt_without_a_limit_while_waiting_or_without_known_law() -> None:
    unknown = imported()
    unknown.procedure_code = "9.999999"

    for row in (
        a_filed_dossier(),
        a_received_dossier(NO_LIMIT),
        a_waiting_dossier(),
        unknown,
    ):
        assert own_due(row) is None
