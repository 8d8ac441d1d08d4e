"""Everything that can be done to a person's row, one at a time."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.kit.text import fold
from motcua.ledger import keys
from motcua.ledger.recording import record

from . import kinds, rules
from .models import Person
from .name_words import last_row, learn_after


@transaction.atomic
def enrol(
    *, details: rules.Details, unit_key: str, actor: Actor, at: datetime, key: str | None = None
) -> UUID:
    """Enrol a person met for the first time and give the id.

    Two people may carry one number (a typing error, two nodes offline): whether somebody is
    known already is asked before, with `queries.find_by_number`.

    Errors: NotAllowed, DetailsNotClear, KeyUsedOtherwise.
    """
    answer = keys.answer_to(key, action=kinds.ENROLLED.name, actor_id=actor.id)
    if answer is not None:
        return UUID(str(answer["person_id"]))
    require(actor, Permission.ENROL_PERSONS, unit_key=unit_key)
    details = rules.tidy(details)
    rules.check(details, on=timezone.localdate(at))
    person = Person()
    _write(person, details)
    record(
        kinds.ENROLLED,
        subject_id=person.id,
        version=person.version,
        unit_key=unit_key,
        actor_id=actor.id,
        at=at,
        data={"kind": details.kind.value, "synthetic": details.is_synthetic},
    )
    keys.keep(
        key,
        action=kinds.ENROLLED.name,
        actor_id=actor.id,
        answer={"person_id": str(person.id)},
    )
    return person.id


@transaction.atomic
def correct(
    *,
    person_id: UUID,
    details: rules.Details,
    unit_key: str,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> UUID:
    """Put right what is kept about a person; nothing happens when nothing differs.

    Errors: NotAllowed, DetailsNotClear, KeyUsedOtherwise.
    """
    answer = keys.answer_to(key, action=kinds.CORRECTED.name, actor_id=actor.id)
    if answer is not None:
        return UUID(str(answer["person_id"]))
    require(actor, Permission.ENROL_PERSONS, unit_key=unit_key)
    person = Person.objects.select_for_update().get(pk=person_id)
    details = rules.tidy(details)
    rules.check(details, on=timezone.localdate(at))
    changed = rules.changed_fields(person.details, details)
    if changed:
        _write(person, details)
        record(
            kinds.CORRECTED,
            subject_id=person.id,
            version=person.version,
            unit_key=unit_key,
            actor_id=actor.id,
            at=at,
            data={"fields": "+".join(changed)},
        )
    keys.keep(
        key,
        action=kinds.CORRECTED.name,
        actor_id=actor.id,
        answer={"person_id": str(person.id)},
    )
    return person.id


@transaction.atomic
def renew_contact(
    *,
    person_id: UUID,
    phone: str,
    address: str,
    unit_key: str,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> bool:
    """Keep a new phone or address of a known person; say whether anything was new.

    What is empty stays as it is: nothing typed is no statement.

    Errors: NotAllowed, DetailsNotClear, KeyUsedOtherwise.
    """
    require(actor, Permission.ENROL_PERSONS, unit_key=unit_key)
    known = Person.objects.select_for_update().get(pk=person_id).details
    details = rules.tidy(
        replace(known, phone=phone or known.phone, address=address or known.address)
    )
    if details == known:
        return False
    correct(person_id=person_id, details=details, unit_key=unit_key, actor=actor, at=at, key=key)
    return True


def _write(person: Person, details: rules.Details) -> None:
    person.kind = details.kind
    person.name, person.fold_name = details.name, fold(details.name)
    person.identity_number, person.tax_number = details.identity_number, details.tax_number
    person.birth_on, person.sex = details.birth_on, details.sex
    person.phone, person.address = details.phone, details.address
    person.is_synthetic = details.is_synthetic
    person.version += 1
    if person.version > 1:
        person.save()
        return
    row = last_row()
    person.save(force_insert=True)
    learn_after(row)
