"""Events on their way from the ledger's table into DuckDB."""

import json
from collections.abc import Iterator, Sequence
from math import floor
from uuid import UUID

import duckdb
import pyarrow as pa
from django.db import connection

from motcua.ledger.models import Event

CHUNK = 20_000
QUESTION = 500  # subjects asked for at once; SQLite allows 32,766 places
PREFIX = "dossier."
FIRST_MINUTE, LAST_MINUTE = -(2**31) + 2, 2**31 - 2  # what a column of minutes can hold: year 6053

_UNIX = {
    "sqlite": "unixepoch(happened_at)",
    "postgresql": "floor(extract(epoch from happened_at))::bigint",
}
_TEXT = {"sqlite": "", "postgresql": "::text"}
_NAMES = ("seq", "dossier", "epoch", "version", "kind", "unit_key", "unix", "data")
_TYPES = (
    pa.int64(),
    pa.string(),
    pa.int32(),
    pa.int32(),
    pa.string(),
    pa.string(),
    pa.int64(),
    pa.string(),
)

_SHAPES = """{"due":"TIMESTAMP","warn_1":"DATE","warn_3":"DATE","warn_5":"DATE","waits":"BOOLEAN",
 "procedure":"VARCHAR","field":"VARCHAR","channel":"VARCHAR","case":"VARCHAR","place":"VARCHAR",
 "online_offered":"BOOLEAN","source":"VARCHAR","outcome":"VARCHAR","acceptance_due":"TIMESTAMP"}"""


def _minutes(seconds: str) -> str:
    # `least` and `greatest` pass over nulls: the CASE keeps "no due moment" what it is.
    minute = f"least(greatest(floor(({seconds}) / 60.0), {FIRST_MINUTE}), {LAST_MINUTE})::INTEGER"
    return f"CASE WHEN ({seconds}) IS NOT NULL THEN {minute} END"


def _days(date: str) -> str:
    return f"({date} - DATE '1970-01-01')::INTEGER"


# ruff: noqa: S608 (all SQL here is made of the words of this file)
EVENT = f"""
SELECT seq, dossier::UUID AS dossier_id, epoch, version, kind, unit_key,
  {_minutes("unix + 25200")} AS happened_at,
  {_minutes("epoch(told.due)")} AS due, {_days("told.warn_1")} AS warn_1,
  {_days("told.warn_3")} AS warn_3, {_days("told.warn_5")} AS warn_5, told.waits,
  told.procedure, told.field, told.channel, told."case" AS case_code, told.place,
  told.online_offered, told.source, told.outcome,
  {_minutes("epoch(told.acceptance_due)")} AS acceptance_due
FROM (SELECT *, json_transform(data, '{_SHAPES}') AS told FROM chunk)
"""  # 25200: local time is seven hours ahead, all year


def take_in(db: duckdb.DuckDBPyConnection, *, after: int, until: int) -> None:
    """Make the table `arrived`: the events of dossiers with after < seq ≤ until."""
    made = False
    for rows in _chunks(after, until):
        columns = zip(*rows, strict=True) if rows else [()] * len(_NAMES)
        arrays = [pa.array(values, kind) for values, kind in zip(columns, _TYPES, strict=True)]
        db.register("chunk", pa.table(arrays, names=list(_NAMES)))
        db.execute(f"INSERT INTO arrived {EVENT}" if made else f"CREATE TABLE arrived AS {EVENT}")
        db.unregister("chunk")
        made = True


def take_in_of(db: duckdb.DuckDBPyConnection, dossiers: Sequence[UUID], *, until: int) -> None:
    """Make the table `arrived` anew: all events of these dossiers with seq ≤ until."""
    rows: list[tuple[object, ...]] = []
    for start in range(0, len(dossiers), QUESTION):
        known = Event.objects.filter(
            subject_id__in=dossiers[start : start + QUESTION],
            seq__lte=until,
            kind__startswith=PREFIX,
        )
        rows += (
            (
                *(event.seq, str(event.subject_id), event.epoch, event.subject_version),
                *(event.kind.removeprefix(PREFIX), event.unit_key),
                *(floor(event.happened_at.timestamp()), json.dumps(event.data)),
            )
            for event in known
        )
    columns = zip(*rows, strict=True) if rows else [()] * len(_NAMES)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, _TYPES, strict=True)]
    db.register("chunk", pa.table(arrays, names=list(_NAMES)))
    db.execute(f"CREATE OR REPLACE TABLE arrived AS {EVENT}")
    db.unregister("chunk")


def _chunks(after: int, until: int) -> Iterator[Sequence[tuple[object, ...]]]:
    """Give the rows in the order of seq, at least one (maybe empty) chunk of them.

    One question for all: asked chunk by chunk, PostgreSQL may sort the whole ledger each time.
    """
    text = _TEXT[connection.vendor]
    question = (
        f"SELECT seq, subject_id{text}, epoch, subject_version, substr(kind, {len(PREFIX) + 1}),"
        f" unit_key, {_UNIX[connection.vendor]}, data{text} FROM ledger_event"
        " WHERE seq > %s AND seq <= %s AND kind LIKE 'dossier.%%' ORDER BY seq"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(question, [after, until])
        rows = cursor.fetchmany(CHUNK)
        yield rows
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def first_moments(dossiers: Sequence[UUID], *, until: int) -> Iterator[tuple[UUID, int]]:
    """Give, for each dossier the ledger knew at `until`, when its first event happened.

    First means first to arrive: that never changes, so neither does the month a dossier is
    filed under. Units: unix seconds.
    """
    for start in range(0, len(dossiers), QUESTION):
        ids = dossiers[start : start + QUESTION]
        firsts: dict[UUID, tuple[int, int]] = {}
        known = Event.objects.filter(subject_id__in=ids, seq__lte=until, kind__startswith=PREFIX)
        for dossier, seq, at in known.values_list("subject_id", "seq", "happened_at"):
            found = (seq, int(at.timestamp()))
            firsts[dossier] = min(firsts.get(dossier, found), found)
        yield from ((dossier, unix) for dossier, (_, unix) in firsts.items())
