"""The parties of a dossier with their details, and the log of who read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.accounts.queries import names_of
from motcua.citizens.queries import card, names, readings
from motcua.citizens.rules import SAYS, Details, Purpose
from motcua.ui import formats

from .scene import Scene

SHOWN_READINGS = 30


@dataclass(frozen=True, repr=False)
class Party:
    """One person of the dossier, with every role it has there."""

    roles: str
    name: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, repr=False)
class Read:
    """One line of the log of readings."""

    at: datetime
    reader: str
    person: str
    why: str


def parties_of(scene: Scene) -> list[Party]:
    """Give the parties with all details; each leaves a reading.

    Errors: NotAllowed, ReadingNotKept.
    """
    return [_party(scene, person_id, roles) for person_id, roles in _roles(scene).items()]


def readings_of(scene: Scene) -> list[Read]:
    """Give who read the parties of this dossier, latest first."""
    rows = readings(subject_id=scene.row.id, limit=SHOWN_READINGS)
    people = names_of(row.reader_id for row in rows)
    persons = names(row.person_id for row in rows)
    return [
        Read(
            row.read_at,
            people.get(row.reader_id, row.reader_id),
            persons.get(row.person_id, "–"),
            _(SAYS[Purpose(row.purpose)]),
        )
        for row in rows
    ]


def _roles(scene: Scene) -> dict[UUID, list[str]]:
    row = scene.row
    found: dict[UUID, list[str]] = {}
    for role, person_id in (
        (_("Owner of the dossier"), row.owner_id),
        (_("Submitter"), row.submitter_id),
        (_("Representative"), row.representative_id),
    ):
        if person_id is not None:
            found.setdefault(person_id, []).append(role)
    return found


def _party(scene: Scene, person_id: UUID, roles: list[str]) -> Party:
    read = card(
        person_id,
        actor=scene.actor,
        purpose=Purpose.HANDLE_DOSSIER,
        at=scene.now,
        subject_id=scene.row.id,
    )
    return Party(", ".join(roles), read.details.name, _facts(read.details))


def _facts(details: Details) -> list[tuple[str, str]]:
    pairs = [
        (_("Kind"), _(SAYS[details.kind])),
        (_("Personal identity number"), details.identity_number),
        (_("Tax number"), details.tax_number),
        (_("Born on"), formats.day(details.birth_on) if details.birth_on else ""),
        (_("Sex"), _(SAYS.get(details.sex, ""))),  # type: ignore[call-overload]
        (_("Phone"), details.phone),
        (_("Address"), details.address),
        (_("Kind of data"), _("synthetic, for demonstration") if details.is_synthetic else ""),
    ]
    return [(word, value) for word, value in pairs if value]
