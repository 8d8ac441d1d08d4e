"""The owners and submitters of imported dossiers, enrolled once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from motcua.accounts.actors import Actor
from motcua.citizens.history import Newcomer, enrol_many
from motcua.citizens.queries import find_by_number, names
from motcua.citizens.rules import Details, Kind, problems_of, tidy

from .entries import Entry
from .labels import label

SPACE = UUID("0f7b1d58-3a36-5c1e-8a34-9b8f2f3f6f52")  # any fixed one: names persons of all sources
IDENTITY_LENGTHS = frozenset({9, 12})
TAX_LENGTHS = frozenset({10, 13})
COMPANY = re.compile(r"(?:cong ty|doanh nghiep|hop tac xa|htx|chi nhanh|ngan hang)\b")
HOUSEHOLD = re.compile(r"(?:ho kinh doanh|hkd)\b")
MAY_BE_LEFT_OUT = frozenset({"identity_number", "tax_number", "phone", "address"})


@dataclass(frozen=True)
class Parties:
    """Who a dossier belongs to and who handed it in."""

    owner_id: UUID | None = None
    submitter_id: UUID | None = None


NOBODY = Parties()


def owner_details(entry: Entry, *, on: date) -> tuple[Details | None, bool]:
    """The owner as far as the rules keep it, and whether something of it was left out."""
    if not entry.owner:
        return None, False
    number, name = entry.identity_number, label(entry.owner)
    kind = Kind.CITIZEN
    if HOUSEHOLD.match(name):
        kind = Kind.HOUSEHOLD_BUSINESS
    elif COMPANY.match(name) or len(number) in TAX_LENGTHS:
        kind = Kind.ENTERPRISE
    told = tidy(
        Details(
            kind=kind,
            name=entry.owner,
            identity_number=number if len(number) in IDENTITY_LENGTHS else "",
            tax_number=number if len(number) in TAX_LENGTHS else "",
            phone=entry.phone,
            address=entry.address,
        )
    )
    kept = _kept(told, on=on)
    wrong_number = bool(number) and len(number) not in IDENTITY_LENGTHS | TAX_LENGTHS
    return kept, wrong_number or kept != told


def _kept(details: Details, *, on: date) -> Details | None:
    """The details without what the rules refuse; None when the name itself is refused."""
    for problem in problems_of(details, on=on):
        if problem.blocks and problem.field not in MAY_BE_LEFT_OUT:
            return None
        if problem.blocks:
            details = replace(details, **{problem.field: ""})  # type: ignore[arg-type]
    return details


class Enrolment:
    """Gives each entry its persons; those not met before are enrolled.

    A person is met again by an identity or tax number only, never by a name. Ids are made from
    the source, so that a run that was broken off meets its own persons.
    """

    def __init__(self, source: str, *, actor: Actor, at: datetime, on: date) -> None:
        self._source = source
        self._actor = actor
        self._at = at
        self._on = on
        self._by_number: dict[str, UUID] = {}

    def enrol(self, entries: Iterable[Entry], *, unit_key: str) -> dict[str, Parties]:
        """Enrol the persons of these entries; give them by the entries' keys."""
        parties: dict[str, Parties] = {}
        found: dict[UUID, Details] = {}
        for entry in entries:
            if entry.owner:
                parties[entry.key] = self._parties(entry, found)
        known = names(found)
        fresh = [Newcomer(each, found[each]) for each in found if each not in known]
        if fresh:
            enrol_many(newcomers=fresh, unit_key=unit_key, actor=self._actor, at=self._at)
        return parties

    def _parties(self, entry: Entry, found: dict[UUID, Details]) -> Parties:
        details, _ = owner_details(entry, on=self._on)
        owner_id = submitter_id = None
        if details is not None:
            owner_id = self._person_id(entry, details, found)
        if entry.submitter and label(entry.submitter) != label(entry.owner):
            submitter = _kept(tidy(Details(Kind.CITIZEN, entry.submitter)), on=self._on)
            if submitter is not None:
                submitter_id = uuid5(SPACE, f"{self._source}\n{entry.key}\nsubmitter")
                found[submitter_id] = submitter
        return Parties(owner_id, submitter_id or owner_id)

    def _person_id(self, entry: Entry, details: Details, found: dict[UUID, Details]) -> UUID:
        number = details.identity_number or details.tax_number
        if not number:
            person_id = uuid5(SPACE, f"{self._source}\n{entry.key}\nowner")
            found[person_id] = details
            return person_id
        if number not in self._by_number:
            person_id = find_by_number(number) or uuid5(SPACE, f"{self._source}\n{number}")
            found.setdefault(person_id, details)
            self._by_number[number] = person_id
        return self._by_number[number]
