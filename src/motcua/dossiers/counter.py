"""Reads of what stands at the counter: results to hand out, online filings nobody accepted in time.

Both can be asked for any moment, as far as the rows tell: a result handed out later, a filing
received or refused later stood there still. A filing given back before receipt is with its
applicant and waits for nobody here.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from itertools import islice
from operator import or_
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan

from .models import Dossier
from .rules.statuses import Outcome, Status


class Standing(StrEnum):
    """What a dossier waits for at the counter."""

    RESULT = "results_waiting"  # decided, the result not yet collected
    ACCEPTANCE = "acceptance_overdue"  # filed online, not received within its 8 working hours


@dataclass(frozen=True)
class Where:
    """Which dossiers are asked for; None or an empty text leaves a dimension open.

    `units` are those of the bodies that hold them, not of the places of receipt. `takes` says of a
    dossier and the body that holds it what no column tells; None takes all.
    """

    units: Collection[str] | None = None
    field: str = ""
    procedure: str = ""
    channel: str = ""
    takes: Callable[[UUID, str], bool] | None = None


@dataclass(frozen=True)
class Stands:
    """A dossier at the counter. `came_at` and `due_at` are, of a filing, its filing and the limit
    to accept it; of a result, the receipt and the due moment its end is measured by.
    """

    dossier_id: UUID
    unit_key: str
    procedure: str
    field: str
    channel: str
    came_at: datetime
    due_at: datetime | None
    ended_at: datetime | None


COLUMNS = {
    Standing.RESULT: ("received_at", "due_at", "ended_at"),
    Standing.ACCEPTANCE: ("filed_at", "acceptance_due_at", "ended_at"),
}


def count(kind: Standing, where: Where, *, at: datetime) -> int:
    """Give how many dossiers stood at the counter at a moment."""
    parts = [_within(part, where) for part in _parts(kind, at)]
    if where.takes is None:
        return sum(rows.count() for rows in parts)
    return sum(1 for rows in parts for _procedure in _taken(rows, where.takes))


def by_procedure(kind: Standing, where: Where, *, at: datetime) -> Mapping[str, int]:
    """Give how many dossiers of each procedure stood at the counter at a moment."""
    found: Counter[str] = Counter()
    for part in _parts(kind, at):
        rows = _within(part, where).order_by()
        if where.takes is not None:
            found.update(_taken(rows, where.takes))
        else:
            found.update(dict(rows.values_list("procedure_code").annotate(Count("pk"))))
    return found


def listed(
    kind: Standing,
    where: Where,
    *,
    at: datetime,
    order: int = 0,
    is_descending: bool = False,
    start: int = 0,
    limit: int = 50,
) -> Sequence[Stands]:
    """Give `limit` of the dossiers that stood at the counter, from the place `start` on.

    `order`: 0 by arrival, 1 by due moment, 2 by end; what has no such moment comes last.
    """
    columns = COLUMNS[kind]
    column = F(columns[order])
    ranked = column.desc(nulls_last=True) if is_descending else column.asc(nulls_last=True)
    keys = ("pk", "holder_key", "procedure_code", "field_code", "channel", *columns)
    wanted = reduce(or_, _parts(kind, at))
    rows = _within(wanted, where).order_by(ranked, "pk").values_list(*keys)
    if where.takes is None:
        return [Stands(*row) for row in rows[start : start + limit]]
    taken = (Stands(*row) for row in rows.iterator() if where.takes(row[0], row[1]))
    return list(islice(taken, start, start + limit))


def _taken(rows: QuerySet[Dossier], takes: Callable[[UUID, str], bool]) -> Iterator[str]:
    """Give the procedure of each dossier that is taken."""
    told = rows.order_by().values_list("pk", "holder_key", "procedure_code")
    return (procedure for pk, holder, procedure in told.iterator() if takes(pk, holder))


def _within(wanted: Q, where: Where) -> QuerySet[Dossier]:
    rows = Dossier.objects.filter(wanted)
    if where.units is not None:
        rows = rows.filter(holder_key__in=sorted(where.units))
    columns = {
        "field_code": where.field,
        "procedure_code": where.procedure,
        "channel": where.channel,
    }
    return rows.filter(**{name: text for name, text in columns.items() if text})


_STATUS = Coalesce("status", Value(""))


def _parts(kind: Standing, at: datetime) -> Sequence[Q]:
    """Give conditions that no dossier fulfils two of, each found by an index of its own: what
    stands there still, and what went on later.
    """
    if kind is Standing.RESULT:
        decided = Q(outcome__in=[Outcome.POSITIVE.value, Outcome.NEGATIVE.value], ended_at__lte=at)
        return (
            decided & Q(status=Status.RESULT_READY.value),
            # Nearly all rows are returned: no help from the index by status, which SQLite takes.
            decided & Q(returned_at__gt=at) & Q(Exact(_STATUS, Status.RETURNED.value)),
        )
    waited = Q(channel="online", filed_at__lte=at, acceptance_due_at__lt=at)
    gone_on = waited & ~Q(status__in=[Status.FILED.value, Status.VOIDED.value])
    return (
        waited & Q(status=Status.FILED.value),
        # The first of both tests is that of the index by entry.
        gone_on & Q(GreaterThan(Coalesce("received_at", "filed_at"), at)) & Q(received_at__gt=at),
        gone_on & Q(received_at__isnull=True, ended_at__gt=at),
    )
