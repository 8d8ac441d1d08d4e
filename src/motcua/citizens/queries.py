"""Reads of persons. Names stand on lists; everything else is a card, and a card leaves a row."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.kit.text import fold

from .models import Person, Reading
from .name_words import persons_with
from .rules import Details, Purpose, ReadingNotKept, digits, tidy_phone

FEWEST_DIGITS = 9  # a whole number of an old card; with fewer, numbers could be felt for by parts
NUMBER_COLUMNS = {"identity_number": 12, "tax_number": 13, "phone": 11}


@dataclass(frozen=True, repr=False)
class PersonCard:
    """All that is kept about one person."""

    person_id: UUID
    details: Details


def is_number(text: str) -> bool:
    """Whether a text can only be a number of a person: personal data, unlike a name in a list."""
    return re.fullmatch(r"[0-9]+", tidy_phone(text)) is not None


def find_ids(text: str, *, limit: int = 200) -> list[UUID]:
    """The persons whose name holds these words, or whose number or phone begins with all of this.

    Whoever shows what a number finds asks for READ_PERSONAL_DATA first. Words match from their
    start, without tones, in any order. A match of names is a candidate, never an identity.
    """
    if is_number(text):
        number = tidy_phone(text)
        return _by_number(number, limit) if len(number) >= FEWEST_DIGITS else []
    words = re.findall(r"[^\W_]+", fold(text))
    return persons_with(words, limit=limit) if words else []


def find_by_number(number: str) -> UUID | None:
    """The person met before under this identity number or, if nobody, this tax number."""
    number = digits(number)
    if not number:
        return None
    for column in ("identity_number", "tax_number"):
        found = Person.objects.filter(**{column: number}).exclude(**{column: ""})
        if person_id := found.order_by("id").values_list("id", flat=True).first():
            return person_id
    return None


def names(person_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Names for the lists of those who handle the dossiers; no reading is kept of a bare name."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    return dict(Person.objects.filter(pk__in=wanted).values_list("id", "name"))


def card(
    person_id: UUID,
    *,
    actor: Actor,
    purpose: Purpose,
    at: datetime,
    subject_id: UUID | None = None,
) -> PersonCard:
    """Everything about one person; leaves a row of who read whom, when, why, for which dossier.

    Errors: NotAllowed. ReadingNotKept when the row cannot be written: nothing is shown then.
    Person.DoesNotExist.
    """
    require_anywhere(actor, Permission.READ_PERSONAL_DATA)
    person = Person.objects.get(pk=person_id)
    try:
        with transaction.atomic():
            Reading.objects.create(
                person_id=person_id,
                reader_id=actor.id,
                purpose=purpose,
                subject_id=subject_id,
                read_at=at,
            )
    except DatabaseError as error:
        raise ReadingNotKept from error
    return PersonCard(person.id, person.details)


def readings(
    *, person_id: UUID | None = None, subject_id: UUID | None = None, limit: int = 100
) -> list[Reading]:
    """Who read a person's data, or the persons of a dossier; latest first."""
    found = Reading.objects.all()
    if person_id is not None:
        found = found.filter(person_id=person_id)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    return list(found.order_by("-read_at", "-id")[:limit])


def _by_number(number: str, limit: int) -> list[UUID]:
    # A range of digits uses the index on both engines and under any collation; LIKE does not.
    found: dict[UUID, None] = {}
    for column, width in NUMBER_COLUMNS.items():
        if len(number) <= width:
            last = number.ljust(width, "9")
            matches = Person.objects.filter(
                **{f"{column}__gte": number, f"{column}__lte": last}
            ).exclude(**{column: ""})
            found.update(dict.fromkeys(matches.values_list("id", flat=True)[:limit]))
    return list(found)[:limit]
