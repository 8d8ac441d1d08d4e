import pytest

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.deadlines import note_crossings
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


def noted(*kinds: str) -> int:
    return Event.objects.filter(kind__in=[f"dossier.{kind}" for kind in kinds]).count()


def test_a_late_dossier_is_noted_once_and_not_in_the_minute_it_is_due() -> None:
    a_received_dossier()
    a_ready_dossier()

    note_crossings(clock=SYSTEM, at=DUE)
    assert noted("went_overdue") == 0
    note_crossings(clock=SYSTEM, at=DUE.replace(minute=31))
    assert noted("went_overdue") == 1
    assert note_crossings(clock=SYSTEM, at=DUE.replace(minute=32)) == 0
    assert noted("went_overdue") == 1


def test_a_moved_due_moment_arms_the_watch_again() -> None:
    dossier = a_dossier_in_process()
    note_crossings(clock=SYSTEM, at=later(days=8, hours=10))
    actions.extend(
        dossier_id=dossier.id,
        due_at=later(days=16),
        words=WHY,
        actor=CLERK,
        at=later(days=9),
    )

    note_crossings(clock=SYSTEM, at=later(days=15))
    assert (noted("went_overdue"), noted("came_due_soon")) == (0, 1)
    note_crossings(clock=SYSTEM, at=later(days=17))
    assert noted("went_overdue") == 1


def test_nothing_becomes_overdue_while_it_waits() -> None:
    dossier = a_dossier_in_process()
    actions.request_supplement(dossier_id=dossier.id, words=WHY, actor=CLERK, at=later(days=1))

    note_crossings(clock=SYSTEM, at=later(days=80))

    assert noted("went_overdue", "came_due_soon") == 0


def test_a_filing_nobody_receives_is_noted_once() -> None:
    a_filed_dossier(at=MONDAY)

    assert note_crossings(clock=SYSTEM, at=later(days=1)) == 0
    assert note_crossings(clock=SYSTEM, at=later(days=1, hours=1)) == 1
    assert noted("acceptance_went_overdue") == 1
    note_crossings(clock=SYSTEM, at=later(days=2))
    assert noted("acceptance_went_overdue") == 1
