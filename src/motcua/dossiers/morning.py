"""Reads for the start of a day: what is late or due today, where, and whose turn it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.accounts.queries import names_of

from .models import Dossier
from .queries import WORKED_BY, visible_to
from .rules.statuses import OPEN, Status

MOST = 5000  # of one look; a morning with more is no matter of single dossiers


@dataclass(frozen=True)
class Urgent:
    """A dossier that is late or due today. `due_at` of a filing is the limit to accept it.

    `hand` names the official it lies with, where the person may know; else it is empty and
    `turn` says which right the one needs who has to act.
    """

    code: str
    procedure: str
    unit_key: str
    status: Status
    due_at: datetime
    is_late: bool
    turn: Permission
    hand: str


def urgent(actor: Actor, *, units: Collection[str] | None, now: datetime) -> Sequence[Urgent]:
    """Give what is late or due today at these units (None: all the person may read), latest first.

    What waits for the applicant is nobody's turn here and is left out, unless it is late already.
    """
    rows = Dossier.objects.filter(visible_to(actor)).filter(_late(now) | _today(now))
    if units is not None:
        rows = rows.filter(holder_key__in=sorted(units))
    columns = ("code", "procedure_code", "holder_key", "status", "due_at", "acceptance_due_at")
    told = list(rows.order_by().values_list(*columns, "assignee_id")[:MOST])
    seen = actor.units_for(Permission.READ_DOSSIERS)
    names = names_of({row[-1] for row in told if seen is None or row[2] in seen})
    return sorted((_urgent(row, names, seen, now) for row in told), key=lambda one: one.due_at)


def _urgent(
    row: tuple[str, str, str, str, datetime, datetime, str],
    names: Mapping[str, str],
    seen: Collection[str] | None,
    now: datetime,
) -> Urgent:
    code, procedure, unit_key, status_code, due_at, acceptance_due_at, assignee = row
    status = Status(status_code)
    due = acceptance_due_at if status is Status.FILED else due_at
    turn = WORKED_BY.get(status, Permission.HANDLE_DOSSIER)
    is_known = seen is None or unit_key in seen
    hand = names.get(assignee, "") if is_known and turn is Permission.HANDLE_DOSSIER else ""
    return Urgent(code, procedure, unit_key, status, due, due < now, turn, hand)


def _late(now: datetime) -> Q:
    filed = Q(status=Status.FILED.value, acceptance_due_at__lt=_minute(now))
    return filed | Q(status__in=sorted(OPEN), due_at__lt=_minute(now))


def _today(now: datetime) -> Q:
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    filed = Q(status=Status.FILED.value, acceptance_due_at__gte=_minute(now))
    running = Q(status__in=sorted(OPEN), due_at__gte=_minute(now), due_at__lt=tomorrow)
    return filed & Q(acceptance_due_at__lt=tomorrow) | running


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
