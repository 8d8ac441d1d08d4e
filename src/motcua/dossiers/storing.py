"""Rows of many dossiers at once: raw SQL, behind the bulk door only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kit.moments import Minute
from motcua.ledger.recording import sqlite_moment

from .models import Crossing, Dossier, Leg, Pause, Remark
from .rows import AsColumn, columns_of, moment_or_none
from .rules.life import Life
from .told import Folded

BULK_ROOM = {"cache_size": -262_144, "wal_autocheckpoint": 32_768}  # 256 MB; 128 MB of log
Row = tuple[object, ...]


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
    # Past Django: the room is given back also when the transaction around it is broken.
    connection.ensure_connection()
    row = connection.connection.execute(f"PRAGMA {words}").fetchone()
    return row[0] if row else None


@dataclass(frozen=True)
class Form:
    """How a database takes moments and ids: SQLite as texts, PostgreSQL as they are."""

    moment: AsColumn
    key: Callable[[UUID | None], object]


def _text_moment(minute: Minute | None) -> str | None:
    return None if minute is None else sqlite_moment(minute)


SQLITE = Form(_text_moment, lambda key: None if key is None else key.hex)
POSTGRESQL = Form(moment_or_none, lambda key: key)


def insert(folded: Sequence[Folded]) -> None:
    """Write dossiers with all that belongs to them. The caller opens the transaction."""
    form = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    columns = [str(f.column) for f in Dossier._meta.concrete_fields]
    _insert(Dossier._meta.db_table, columns, (_dossier(one, columns, form) for one in folded))
    _insert(
        Pause._meta.db_table,
        ["dossier_id", "kind", "from_at", "to_at"],
        (row for one in folded if one.life.pauses for row in _pauses(one, form)),
    )
    _insert(
        Leg._meta.db_table,
        [
            "dossier_id",
            "number",
            "body_key",
            "opened_at",
            "original_due_at",
            "due_at",
            "closed_at",
        ],
        (row for one in folded if one.life.legs for row in _legs(one, form)),
    )
    _insert(
        Crossing._meta.db_table,
        ["dossier_id", "kind", "part", "due_at", "level"],
        (row for one in folded if one.life.crossings for row in _crossings(one, form)),
    )
    _insert(
        Remark._meta.db_table,
        ["dossier_id", "version", "words", "legal_basis", "approver_id"],
        (
            (form.key(one.past.id), version, told.words, "", "")
            for one in folded
            for version, told in enumerate(one.past.moves, start=1)
            if told.words
        ),
    )


def _dossier(one: Folded, columns: Sequence[str], form: Form) -> Row:
    past = one.past
    values = columns_of(one.life, moment=form.moment)
    values["id"] = form.key(past.id)
    values["code"] = one.code
    values["foreign_code"] = past.foreign_code
    values["source_key"] = past.source_key
    values["epoch"] = 0
    values["in_zone"] = past.in_zone
    values["owner_id"] = form.key(past.owner_id)
    values["submitter_id"] = form.key(past.submitter_id or past.owner_id)
    values["representative_id"] = form.key(past.representative_id)
    return tuple([values[column] for column in columns])


def _pauses(one: Folded, form: Form) -> Iterable[Row]:
    for pause in one.life.pauses:
        yield (
            form.key(one.past.id),
            pause.kind.value,
            form.moment(pause.from_at),
            form.moment(pause.to_at),
        )


def _legs(one: Folded, form: Form) -> Iterable[Row]:
    for leg in one.life.leg_rows:
        moments = (leg.opened_at, leg.original_due_at, leg.due_at, leg.closed_at)
        yield (form.key(one.past.id), leg.number, leg.body, *map(form.moment, moments))


def _crossings(one: Folded, form: Form) -> Iterable[Row]:
    for noted in one.life.crossings:
        due_at = form.moment(noted.due_at)
        yield form.key(one.past.id), noted.kind.value, noted.part, due_at, noted.level


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
            rows,
        )
        raw.close()


def move_limits(moved: Sequence[tuple[UUID, Life]]) -> None:
    """Write the moments that limits end, what is watched and the version of many dossiers."""
    form = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    rows: list[Any] = [
        (
            form.moment(life.due_at),
            form.moment(life.step_due_at),
            form.moment(life.acceptance_due_at),
            form.moment(life.answer_due_at),
            form.moment(life.watch_at),
            life.told_level,
            life.version,
            form.key(key),
        )
        for key, life in moved
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE dossiers_dossier SET due_at = %s, step_due_at = %s, acceptance_due_at = %s,"
            " answer_due_at = %s, watch_at = %s, told_level = %s, version = %s WHERE id = %s",
            rows,
        )
