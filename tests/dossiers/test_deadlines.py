import pytest

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.deadlines import note_overdue_acceptances, note_overdue_dossiers
from motcua.ledger.models import Event

from .given import (
    CLERK,
    MONDAY,
    WHY,
    a_dossier_in_process,
    a_filed_dossier,
    a_ready_dossier,
    a_received_dossier,
    a_registry,
    later,
)

pytestmark = pytest.mark.django_db
DUE = later(days=14, hours=8, minutes=30)  # Monday 28 September, 17:30


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def test_a_late_dossier_is_noted_once_and_not_in_the_minute_it_is_due() -> None:
    a_received_dossier()
    a_ready_dossier()

    assert note_overdue_dossiers(clock=SYSTEM, at=DUE) == 0
    assert note_overdue_dossiers(clock=SYSTEM, at=DUE.replace(minute=31)) == 1
    assert note_overdue_dossiers(clock=SYSTEM, at=DUE.replace(minute=32)) == 0
    assert Event.objects.filter(kind="dossier.went_overdue").count() == 1


def test_a_moved_due_moment_arms_the_watch_again() -> None:
    dossier = a_dossier_in_process()
    actions.extend(
        dossier_id=dossier.id,
        due_at=later(days=16),
        words=WHY,
        actor=CLERK,
        at=later(days=9),
    )

    assert note_overdue_dossiers(clock=SYSTEM, at=later(days=15)) == 0
    assert note_overdue_dossiers(clock=SYSTEM, at=later(days=17)) == 1


def test_nothing_becomes_overdue_while_it_waits() -> None:
    dossier = a_dossier_in_process()
    actions.request_supplement(dossier_id=dossier.id, words=WHY, actor=CLERK, at=later(days=1))

    assert note_overdue_dossiers(clock=SYSTEM, at=later(days=60)) == 0


def test_a_filing_nobody_receives_is_noted_once() -> None:
    a_filed_dossier(at=MONDAY)

    assert note_overdue_acceptances(clock=SYSTEM, at=later(days=1)) == 0
    assert note_overdue_acceptances(clock=SYSTEM, at=later(days=1, hours=1)) == 1
    assert note_overdue_acceptances(clock=SYSTEM, at=later(days=2)) == 0
