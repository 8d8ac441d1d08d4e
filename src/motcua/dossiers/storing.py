"""Rows of many dossiers at once: raw SQL, behind the bulk door only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from motcua.kit.moments import Minute, minute_of, moment_of
from motcua.ledger.recording import sqlite_moment

from .models import Dossier, Leg, Pause, Remark
from .rows import columns_of
from .rules.moves import CLOSE_LEG, OPEN_LEG
from .told import Folded

BULK_ROOM = {"cache_size": -262_144, "wal_autocheckpoint": 32_768}  # 256 MB; 128 MB of log
Row = tuple[object, ...]
Encode = Callable[[object], object]


@contextmanager
def room_for_bulk() -> Iterator[None]:
    """Give SQLite room for much at once; nothing else is changed, least of all its durability.

    With its usual 2 MB of pages the random keys of rows and events are read back again and again,
    and every 4 MB of log are copied into the database. PostgreSQL looks after itself.
    """
    if connection.vendor != "sqlite":
        yield
        return
    usual = {name: _pragma(name) for name in BULK_ROOM}
    try:
        for name, value in BULK_ROOM.items():
            _pragma(f"{name} = {value}")
        yield
    finally:
        for name, before in usual.items():
            _pragma(f"{name} = {before}")


def _pragma(words: str) -> object:
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {words}").fetchone()
    return row[0] if row else None


def insert(folded: Sequence[Folded]) -> None:
    """Write dossiers with their pauses, legs and remarks. The caller opens the transaction."""
    columns = [str(f.column) for f in Dossier._meta.concrete_fields]
    _insert(Dossier._meta.db_table, columns, (_dossier(one, columns) for one in folded))
    _insert(
        Pause._meta.db_table,
        ["dossier_id", "kind", "from_at", "to_at"],
        (
            (one.past.id, pause.kind.value, _moment(pause.from_at), _moment(pause.to_at))
            for one in folded
            for pause in one.life.pauses
        ),
    )
    _insert(
        Leg._meta.db_table,
        ["dossier_id", "number", "body_key", "opened_at", "due_at", "closed_at"],
        (row for one in folded if one.life.legs for row in _legs(one)),
    )
    _insert(
        Remark._meta.db_table,
        ["dossier_id", "version", "words", "legal_basis", "approver_id"],
        (
            (one.past.id, version, told.words, "", "")
            for one in folded
            for version, told in enumerate(one.past.moves, start=1)
            if told.words
        ),
    )


def _dossier(one: Folded, columns: Sequence[str]) -> Row:
    past = one.past
    values: dict[str, object] = {
        "id": past.id,
        "code": one.code,
        "foreign_code": past.foreign_code,
        "source_key": past.source_key,
        "epoch": 0,
        "in_zone": past.in_zone,
        "owner_id": past.owner_id,
        "submitter_id": past.submitter_id or past.owner_id,
        "representative_id": past.representative_id,
        **columns_of(one.life),
    }
    return tuple(values[column] for column in columns)


def _legs(one: Folded) -> Iterable[Row]:
    closed = {t.facts.leg: t.at for t in one.past.moves if t.move is CLOSE_LEG}
    opened = [t for t in one.past.moves if t.move is OPEN_LEG]
    for number, told in enumerate(opened, start=1):
        yield (
            one.past.id,
            number,
            told.facts.body,
            _moment(told.at),
            _moment(told.facts.due_at),
            _moment(closed.get(number)),
        )


def _moment(minute: Minute | None) -> datetime | None:
    return None if minute is None else moment_of(minute)


def _insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(columns))
        raw = cursor.connection.cursor()
        raw.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  names of our columns
            ([_for_sqlite(value) for value in row] for row in rows),
        )
        raw.close()


def _for_sqlite(value: object) -> object:
    if isinstance(value, datetime):
        return sqlite_moment(minute_of(value.astimezone(UTC)))
    return value.hex if isinstance(value, UUID) else value
