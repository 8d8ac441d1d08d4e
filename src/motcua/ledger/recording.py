"""The one way to write an event."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from motcua.kit.moments import Minute, moment_of

from .kinds import EventKind
from .models import Event

LEDGER_LOCK = 7_301_001  # any fixed number; names the PostgreSQL advisory lock


class Draft(NamedTuple):
    """An event of a bulk door, checked and ready to be written."""

    kind: str
    subject_id: UUID
    version: int
    unit_key: str
    actor_id: str
    at: Minute
    data: Mapping[str, object]
    epoch: int = 0


def record(
    kind: EventKind,
    *,
    subject_id: UUID,
    version: int,
    unit_key: str,
    actor_id: str,
    at: datetime,
    epoch: int = 0,
    data: Mapping[str, object] | None = None,
) -> Event:
    """Write one event in the transaction that also changes the subject's row.

    Lock every row of the action before the first call: on PostgreSQL the ledger has one writer
    at a time, and a row lock taken later could wait for somebody who waits for the ledger.

    Errors: RuntimeError outside a transaction, since row and event must stand or fall together.
    WrongEventData. IntegrityError if another action already took this version.
    """
    keep_commit_order()
    return Event.objects.create(
        kind=kind.name,
        subject_id=subject_id,
        epoch=epoch,
        subject_version=version,
        unit_key=unit_key,
        actor_id=actor_id,
        node=settings.NODE_NAME,
        happened_at=at.replace(second=0, microsecond=0),
        recorded_at=timezone.now(),
        data=kind.checked(data or {}),
    )


def record_many(drafts: Iterable[Draft]) -> int:
    """Write the checked events of a bulk door, in their order; return how many.

    Errors: RuntimeError outside a transaction; IntegrityError as in `record`.
    """
    keep_commit_order()
    recorded_at = timezone.now().astimezone(UTC)
    if connection.vendor == "postgresql":
        return _copy(drafts, recorded_at)
    return _execute_many(drafts, recorded_at)


def keep_commit_order() -> None:
    """Make the order of `seq` the order of commits.

    On PostgreSQL a lower seq can commit after a higher one, and a reader that has moved its
    bookmark past the gap would never see it. One writer at a time closes the gap; SQLite already
    works that way.

    Errors: RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event needs the transaction that changes the row")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEDGER_LOCK])


@lru_cache(maxsize=1 << 16)
def sqlite_moment(minute: Minute) -> str:
    """Give a local minute as Django stores it in SQLite: UTC, without zone."""
    return moment_of(minute).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


_COLUMNS = (
    "id, kind, subject_id, epoch, subject_version, unit_key, actor_id, node,"
    " happened_at, recorded_at, data"
)


def _execute_many(drafts: Iterable[Draft], recorded_at: datetime) -> int:
    # Django's own cursor would turn each value again; SQLite takes these texts as they are.
    now, node = recorded_at.strftime("%Y-%m-%d %H:%M:%S.%f"), settings.NODE_NAME
    dumps = json.JSONEncoder(separators=(",", ":")).encode
    rows: Sequence[tuple[object, ...]] = [
        (
            uuid4().hex,
            d.kind,
            d.subject_id.hex,
            d.epoch,
            d.version,
            d.unit_key,
            d.actor_id,
            node,
            sqlite_moment(d.at),
            now,
            dumps(d.data),
        )
        for d in drafts
    ]
    with connection.cursor() as cursor:
        raw = cursor.connection.cursor()
        raw.executemany(
            f"INSERT INTO ledger_event ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
            rows,
        )
        raw.close()
    return len(rows)


def _copy(drafts: Iterable[Draft], recorded_at: datetime) -> int:
    node, count = settings.NODE_NAME, 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ledger_event ({_COLUMNS}) FROM STDIN") as copy,
    ):
        for d in drafts:
            count += 1
            copy.write_row(
                (
                    uuid4(),
                    d.kind,
                    d.subject_id,
                    d.epoch,
                    d.version,
                    d.unit_key,
                    d.actor_id,
                    node,
                    moment_of(d.at),
                    recorded_at,
                    json.dumps(d.data, separators=(",", ":")),
                )
            )
    return count
