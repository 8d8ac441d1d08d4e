"""Time as an actor: the worker calls this every minute."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.kit.refusals import Refused

from . import actions
from .changes.going_on import go_on
from .models import Dossier
from .rules.statuses import OPEN, Status

MOST_AT_ONCE = 2_000  # the rest follows in the next minute; pages are never kept waiting


def note_overdue_dossiers(*, clock: Actor, at: datetime) -> int:
    """Note every dossier that has newly passed its due moment; return how many.

    Safe to run twice, late, or on two machines: each action locks its row and decides again.
    """
    late = Dossier.objects.filter(status__in=sorted(OPEN), due_at__lt=_minute(at)).filter(
        Q(overdue_noted_for=None) | ~Q(overdue_noted_for=F("due_at"))
    )
    return _note(late, actions.note_overdue, clock=clock, at=at)


def note_overdue_acceptances(*, clock: Actor, at: datetime) -> int:
    """Note every filing that has waited for its receipt too long; return how many."""
    late = Dossier.objects.filter(
        status=Status.FILED, acceptance_due_at__lt=_minute(at), acceptance_noted=False
    )
    return _note(late, actions.note_acceptance_overdue, clock=clock, at=at)


def go_on_with_changes(*, clock: Actor, at: datetime) -> int:
    """Do the next part of previews that are wanted and of changes that run; return how much.

    Errors: NotAllowed.
    """
    require_anywhere(clock, Permission.WATCH_CLOCK)
    return go_on(at=at)


def _note(
    late: QuerySet[Dossier], action: Callable[..., Dossier], *, clock: Actor, at: datetime
) -> int:
    # Ids first: a refusal rolls back, and SQLite loses an open cursor then.
    ids: list[UUID] = list(late.order_by("id").values_list("id", flat=True)[:MOST_AT_ONCE])
    noted = 0
    for dossier_id in ids:
        try:
            action(dossier_id=dossier_id, actor=clock, at=at)
        except Refused:  # somebody finished or paused it meanwhile
            continue
        noted += 1
    return noted


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
