"""The running dossiers a change can touch, as columns: raw SQL, a small part at a time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from motcua.dossiers import storing
from motcua.dossiers.rules.statuses import OPEN, Status
from motcua.kit.clock import PauseKind
from motcua.kit.clock.batch import KINDS
from motcua.kit.moments import at_clock, day_number

from .rows import NO_MOMENT, Group, Names, Pauses, Rows
from .worlds import Reach

# ruff: noqa: S608 (all SQL here is made of the words of this file)
CHUNK = 20_000
_STATUSES = ", ".join(f"'{status.value}'" for status in sorted(OPEN))
_WATCHED = ", ".join(f"'{status.value}'" for status in sorted(OPEN | {Status.FILED}))
_LIMITS = ("due_at", "step_due_at", "acceptance_due_at", "answer_due_at")
Key = int | UUID


@dataclass(frozen=True)
class Dialect:
    """How a database names the place of a row, joins a list of them, and tells minutes."""

    key: str
    listed: str
    is_in: str
    minute: str
    glue: str


SQLITE = Dialect(
    key="d.rowid",
    listed="(SELECT value FROM json_each(%s))",
    is_in="IN (SELECT value FROM json_each(%s))",
    minute="unixepoch({0}) / 60 + 420",  # local time is seven hours ahead, all year
    glue="char(31)",
)
POSTGRESQL = Dialect(
    key="d.id",
    listed="unnest(%s)",
    is_in="= ANY(%s)",
    minute="floor(extract(epoch from {0}) / 60)::bigint + 420",
    glue="chr(31)",
)


def keys_of(reach: Reach) -> Sequence[Key]:
    """Give the places of the dossiers that may move, in their order; cheap to keep for a million.

    Running ones counted by our rules, received before the last day that changes, and still
    counting on the first: not due before it, or in a pause that touched it.
    """
    dialect, form = _dialect(), _form()
    where = [f"d.status IN ({_STATUSES})", "d.due_of = 'rules'"]
    given: list[Any] = []
    if reach.units is not None:
        where.append(f"d.clock_unit_key {dialect.is_in}")
        given.append(_list(sorted(reach.units)))
    if reach.procedure:
        where.append("d.procedure_code = %s")
        given.append(reach.procedure)
    if reach.last is not None:
        where.append("d.received_at < %s")
        given.append(form.moment(at_clock(day_number(reach.last) + 1)))
    if reach.first is not None:
        since = form.moment(at_clock(day_number(reach.first)))
        where.append(
            "(d.due_at IS NULL OR d.due_at >= %s OR EXISTS (SELECT 1 FROM dossiers_pause p"
            " WHERE p.dossier_id = d.id AND (p.to_at IS NULL OR p.to_at >= %s)))"
        )
        given += [since, since]
    question = f"SELECT {dialect.key} FROM dossiers_dossier d WHERE {' AND '.join(where)}"
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return sorted(key for (key,) in cursor.fetchall())


def ids_watched(reach: Reach) -> Sequence[UUID] | Sequence[str]:
    """Give the ids of those whose smaller limits or next look a change of the calendar can touch.

    Open ones and filed ones, whoever set their due moment, of which something ends or is to be
    told on the first day that changes or later, or whose clock stands still since then.
    Nobody for a limit: it says nothing of steps, of acceptance and of answers.
    """
    if reach.first is None:
        return []
    dialect, form = _dialect(), _form()
    since = form.moment(at_clock(day_number(reach.first)))
    moments = (*_LIMITS, "watch_at", "waiting_since")
    where = [f"d.status IN ({_WATCHED})", f"({' OR '.join(f'd.{one} >= %s' for one in moments)})"]
    given: list[Any] = [since] * len(moments)
    if reach.units is not None:
        where.append(f"coalesce(nullif(d.clock_unit_key, ''), d.holder_key) {dialect.is_in}")
        given.append(_list(sorted(reach.units)))
    if reach.last is not None:
        where.append("coalesce(d.received_at, d.filed_at) < %s")
        given.append(form.moment(at_clock(day_number(reach.last) + 1)))
    question = f"SELECT d.id FROM dossiers_dossier d WHERE {' AND '.join(where)}"
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return [key for (key,) in cursor.fetchall()]


def chunks_of(keys: Sequence[Key], *, size: int = CHUNK) -> Iterator[Sequence[Key]]:
    """Give the places in parts of one question each."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


class Reader:
    """Reads the columns of dossiers; remembers the groups and units it has met."""

    def __init__(self) -> None:
        self.groups: Names[Group] = Names()
        self.units: Names[str] = Names()

    def read(self, keys: Sequence[Key]) -> Rows:
        """Give the rows of these places; one that is not running any more is left out."""
        found = _ask(_columns_question(), keys)
        ids, groups, units, *moments = zip(*found, strict=True) if found else [()] * 7
        received, due, granted, extended = (
            np.fromiter(column, np.int64, len(found)) for column in moments
        )
        return Rows(
            ids=ids,
            group=self.groups.all_places(groups, _group),
            unit=self.units.all_places(units, str),
            received=received,
            due=due,
            granted=granted,
            extended=extended,
            pauses=_pauses(keys, ids),
        )


def _group(text: str) -> Group:
    procedure, channel, case, unit_key, zone = text.split("\x1f")
    return Group(procedure, channel, case, unit_key, zone in ("1", "true"))


def _columns_question() -> str:
    dialect = _dialect()
    parts = ("d.procedure_code", "d.channel", 'd."case"', "d.clock_unit_key", "d.in_zone")
    if connection.vendor == "postgresql":
        parts = (*parts[:-1], "d.in_zone::text")
    group = f" || {dialect.glue} || ".join(parts)
    moments = ", ".join(
        f"coalesce({dialect.minute.format(f'd.{name}')}, {NO_MOMENT})"
        for name in ("received_at", "due_at", "extended_at", "extended_to")
    )
    return (
        f"SELECT d.id, {group}, d.holder_key, {moments} FROM dossiers_dossier d"
        f" WHERE {dialect.key} {dialect.is_in}"
        f" AND d.status IN ({_STATUSES}) AND d.due_of = 'rules'"
    )


def _pauses(keys: Sequence[Key], ids: Sequence[object]) -> Pauses:
    dialect = _dialect()
    since, until = dialect.minute.format("p.from_at"), dialect.minute.format("p.to_at")
    found = _ask(
        f"SELECT p.dossier_id, {since}, {until}, p.kind FROM dossiers_dossier d"
        f" JOIN dossiers_pause p ON p.dossier_id = d.id WHERE {dialect.key} {dialect.is_in}",
        keys,
    )
    place = {one: n for n, one in enumerate(ids)} if found else {}
    rows = sorted(
        (place[one], from_at, NO_MOMENT if to_at is None else to_at, KINDS.index(PauseKind(kind)))
        for one, from_at, to_at, kind in found
        if one in place
    )
    return Pauses(*np.array(rows, np.int64).reshape(-1, 4).T)


def _ask(question: str, keys: Sequence[Key]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, [_list(keys)])
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _list(values: Sequence[object]) -> Any:
    return list(values) if connection.vendor == "postgresql" else json.dumps(list(values))


def _dialect() -> Dialect:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def _form() -> storing.Form:
    return storing.POSTGRESQL if connection.vendor == "postgresql" else storing.SQLITE
