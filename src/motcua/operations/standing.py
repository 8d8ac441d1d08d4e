"""What stands at the counter, as figures of a wall: their names, numbers and lists."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

from motcua.dossiers import counter
from motcua.dossiers.counter import Standing, Stands, Where
from motcua.indicators.asking import Asked, Boundaries
from motcua.indicators.lineage import lineage, share_of
from motcua.indicators.listing import Found, Order, Page, PlaceUnclear
from motcua.indicators.measures import ARTICLE, Kind, Measure
from motcua.kit.moments import Minute, date_of, day_of, minute_of, moment_of
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _
from motcua.ledger.reading import last_event
from motcua.registry.queries import catalogue

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        one.code: one
        for one in (
            Measure(
                Standing.RESULT.value,
                _("Results not yet collected"),
                Kind.STOCK,
                "",
                ARTICLE,
            ),
            Measure(
                Standing.ACCEPTANCE.value,
                _("Online filings waiting longer than 8 working hours"),
                Kind.STOCK,
                "",
                ARTICLE,
            ),
        )
    }
)
LARGEST_PLACE = 7  # digits of the place a page begins at


def numbers(asked: Asked) -> dict[str, int]:
    """Give how many dossiers stand at the counter at the end of the period, or now."""
    end = date_of(day_of(asked.minutes["until"]))
    return dict(_numbers(replace(asked, period=Period(end, end)), last_event()))


@lru_cache(maxsize=256)
def _numbers(asked: Asked, _last: tuple[int, str]) -> Mapping[str, int]:
    """Count once for all periods that end at the same minute, as long as nothing happens."""
    return {code: count(code, asked) for code in MEASURES}


def count(code: str, asked: Asked) -> int:
    """Give the number of one measure of the counter."""
    return counter.count(Standing(code), _where(asked), at=_at(asked))


def by_procedure(code: str, asked: Asked) -> Mapping[str, int]:
    """Give the number of each procedure that has one."""
    return counter.by_procedure(Standing(code), _where(asked), at=_at(asked))


def found(
    code: str, asked: Asked, *, order: Order, is_descending: bool, after: str | None, limit: int
) -> Page:
    """Give a page of the dossiers a number counts. Errors: PlaceUnclear."""
    if after and not re.fullmatch(rf"[0-9]{{1,{LARGEST_PLACE}}}", after, re.ASCII):
        raise PlaceUnclear
    start = int(after or 0)
    rows = counter.listed(
        Standing(code),
        _where(asked),
        at=_at(asked),
        order=list(Order).index(order),
        is_descending=is_descending,
        start=start,
        limit=limit + 1,
    )
    following = str(start + limit) if len(rows) > limit else None
    return Page(tuple(_found(code, row, asked) for row in rows[:limit]), following)


def _where(asked: Asked) -> Where:
    """Give which dossiers are asked for; under the units of today those of the old ones, too."""
    where = Where(asked.units, asked.field, asked.procedure, asked.channel)
    if asked.boundaries is Boundaries.AS_THEN or asked.units is None:
        return where
    line, inside = lineage(catalogue(), asked.run_on), frozenset(asked.units)
    heirs = {part.old: frozenset(line.heirs(part.old)) for part in line.parts}
    olds = {old for old, those in heirs.items() if those & inside}
    units = (inside - heirs.keys()) | olds
    if all(heirs[old] <= inside for old in olds):
        return replace(where, units=units)

    def takes(dossier_id: UUID, holder: str) -> bool:
        return line.heir(holder, share_of(dossier_id)) in inside

    return replace(where, units=units, takes=takes)


def _at(asked: Asked) -> datetime:
    return moment_of(asked.minutes["until"])


def _found(code: str, row: Stands, asked: Asked) -> Found:
    unit_key = row.unit_key
    if asked.boundaries is Boundaries.AS_NOW:
        line = lineage(catalogue(), asked.run_on)
        unit_key = line.heir(unit_key, share_of(row.dossier_id))
    due, ended = _minute(row.due_at), _minute(row.ended_at)
    if code == Standing.ACCEPTANCE:
        ended = None  # whatever became of it, it was waiting then
    return Found(
        dossier_id=row.dossier_id,
        unit_key=unit_key,
        procedure=row.procedure,
        field=row.field,
        channel=row.channel,
        received_at=minute_of(row.came_at),
        due_at=due,
        ended_at=ended,
        was_late=None if due is None or ended is None else ended > due,
    )


def _minute(moment: datetime | None) -> Minute | None:
    return None if moment is None else minute_of(moment)
