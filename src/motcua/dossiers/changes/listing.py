"""The dossiers of a preview, or those a change has moved, as rows to be shown."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Count, QuerySet

from motcua.dossiers.change_models import ClockChange, ClockChangeMove, Purpose, State
from motcua.dossiers.models import Dossier
from motcua.kit.moments import Minute, minute_of

from .packing import ROW, Table, unpacked
from .previewing import PAGE
from .rows import NO_MOMENT

PREVIEWED = (State.DRAFT.value, State.APPLYING.value)


class Listed(NamedTuple):
    """One dossier that would move, or has moved. Moments are local minutes."""

    code: str
    procedure: str
    unit: str
    received_at: Minute
    before_at: Minute | None
    after_at: Minute | None


def total_of(change: ClockChange, unit: str = "") -> int:
    """Give how many rows there are, of one unit or of all."""
    if change.state not in PREVIEWED:
        return _moves(change, unit).count()
    return sum(_place(change, unit)[1])


def units_of(change: ClockChange) -> Sequence[tuple[str, int, int, int]]:
    """Give for each unit how many later, earlier, and to or from standing still."""
    if change.state in PREVIEWED:
        return [(key, later, earlier, other) for key, later, earlier, other in change.by_unit]
    counts = change.moves.values_list("dossier__holder_key").annotate(count=Count("pk"))
    return [(key, count, 0, 0) for key, count in counts.order_by("dossier__holder_key")]


def listed(change: ClockChange, *, start: int, stop: int, unit: str = "") -> list[Listed]:
    """Give some of the rows, in their order."""
    if change.state not in PREVIEWED:
        return [_of_move(move) for move in _moves(change, unit)[start:stop]]
    before, counts = _place(change, unit)
    stop = min(stop, sum(counts))
    return _of_table(change, _rows(change, before + start, before + stop))


def every(change: ClockChange, unit: str = "") -> Iterator[Listed]:
    """Give all rows, a page at a time."""
    if change.state not in PREVIEWED:
        yield from _every_move(_moves(change, unit))
        return
    for start in range(0, total_of(change, unit), PAGE):
        yield from listed(change, start=start, stop=start + PAGE, unit=unit)


def _place(change: ClockChange, unit: str) -> tuple[int, tuple[int, ...]]:
    """Give how many rows come before a unit, and its own counts."""
    before = 0
    for key, *counts in change.by_unit:
        if key == unit:
            return before, tuple(counts)
        before += sum(counts)
    return (0, (0,)) if unit else (0, (before,))


def _rows(change: ClockChange, start: int, stop: int) -> Table:
    pages = change.pages.filter(
        purpose=Purpose.PREVIEW, number__gte=start // PAGE, number__lte=max(start, stop - 1) // PAGE
    )
    found = [unpacked(page.rows) for page in pages.order_by("number")]
    first = start // PAGE * PAGE
    return np.concatenate([np.empty(0, ROW), *found])[start - first : stop - first]


def _of_table(change: ClockChange, table: Table) -> list[Listed]:
    ids = [UUID(bytes=one.tobytes()) for one in table["id"]]
    known: Mapping[UUID, tuple[str, str, str]] = {
        key: (code, procedure, holder)
        for key, code, procedure, holder in Dossier.objects.filter(pk__in=ids).values_list(
            "pk", "code", "procedure_code", "holder_key"
        )
    }
    return [
        Listed(
            *known.get(key, ("", "", "")),
            received_at=int(row["received"]),
            before_at=_minute(row["before"]),
            after_at=_minute(row["after"]),
        )
        for key, row in zip(ids, table, strict=True)
    ]


def _moves(change: ClockChange, unit: str) -> QuerySet[ClockChangeMove]:
    moves = change.moves.select_related("dossier").order_by("pk")
    return moves.filter(dossier__holder_key=unit) if unit else moves


def _every_move(moves: QuerySet[ClockChangeMove]) -> Iterator[Listed]:
    """Give all moves, each page by the key of the last one: as fast at the end as at the start."""
    last = 0
    while found := list(moves.filter(pk__gt=last)[:PAGE]):
        yield from map(_of_move, found)
        last = found[-1].pk


def _of_move(move: ClockChangeMove) -> Listed:
    row: Dossier = move.dossier
    assert row.received_at is not None  # noqa: S101  only received dossiers are moved
    return Listed(
        row.code,
        row.procedure_code,
        row.holder_key,
        received_at=minute_of(row.received_at),
        before_at=_of_moment(move.before_at),
        after_at=_of_moment(move.after_at if move.version else move.back_at),
    )


def _of_moment(moment: datetime | None) -> Minute | None:
    return None if moment is None else minute_of(moment)


def _minute(value: int) -> Minute | None:
    return None if value == NO_MOMENT else int(value)
