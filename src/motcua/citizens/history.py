"""The bulk door: many persons of a history or an import at once.

Same rules and same events as `actions.enrol`, written in batches (docs/adr/0011).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.kit.moments import minute_of
from motcua.kit.text import fold
from motcua.ledger.recording import Draft, record_many

from . import kinds, rules
from .name_words import last_row, learn_after

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to enrol under an id chosen by the caller, so that a repeated run meets it."""

    person_id: UUID
    details: rules.Details


@transaction.atomic
def enrol_many(*, newcomers: Iterable[Newcomer], unit_key: str, actor: Actor, at: datetime) -> int:
    """Enrol persons in batches, all in one transaction; give how many.

    Errors: NotAllowed; DetailsNotClear for the first person that cannot be kept; IntegrityError
    for an id that is enrolled already. Nothing is kept then.
    """
    require(actor, Permission.ENROL_PERSONS, unit_key=unit_key)
    waiting, count, day = iter(newcomers), 0, timezone.localdate(at)
    while batch := list(islice(waiting, BATCH)):
        _insert([_row(each, day) for each in batch])
        record_many(_drafts(batch, unit_key, actor, at))
        count += len(batch)
    return count


def _drafts(
    batch: Sequence[Newcomer], unit_key: str, actor: Actor, at: datetime
) -> Iterator[Draft]:
    data = {
        (kind, synthetic): kinds.ENROLLED.checked({"kind": kind.value, "synthetic": synthetic})
        for kind in rules.Kind
        for synthetic in (False, True)
    }
    for each in batch:
        details = each.details
        yield Draft(
            kind=kinds.ENROLLED.name,
            subject_id=each.person_id,
            version=1,
            unit_key=unit_key,
            actor_id=actor.id,
            at=minute_of(at),
            data=data[details.kind, details.is_synthetic],
        )


_COLUMNS = (
    "id, kind, name, fold_name, identity_number, tax_number, birth_on, sex, phone, address,"
    " is_synthetic, version"
)
Row = tuple[UUID, str, str, str, str, str, date | None, str, str, str, bool, int]


def _row(newcomer: Newcomer, day: date) -> Row:
    details = rules.tidy(newcomer.details)
    rules.check(details, on=day)
    return (
        newcomer.person_id,
        details.kind.value,
        details.name,
        fold(details.name),
        details.identity_number,
        details.tax_number,
        details.birth_on,
        str(details.sex),
        details.phone,
        details.address,
        details.is_synthetic,
        1,
    )


def _insert(rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY citizens_person ({_COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        # Django's own cursor would turn each value again; SQLite takes these as they are.
        row_before = last_row()
        raw = cursor.connection.cursor()
        raw.executemany(
            f"INSERT INTO citizens_person ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
            [(row[0].hex, *row[1:6], row[6] and row[6].isoformat(), *row[7:]) for row in rows],
        )
        raw.close()
        learn_after(row_before)
