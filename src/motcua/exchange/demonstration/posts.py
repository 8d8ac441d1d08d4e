"""Who works where in the demonstration, by post. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto

from motcua.registry.catalogue import Catalogue
from motcua.registry.sets import UnitKind


class Post(StrEnum):
    """Who makes a move."""

    CLERK = auto()
    SPECIALIST = auto()
    HEAD = auto()
    SIGNATORY = auto()
    REGISTRY_CLERK = auto()
    APPLICANT = auto()  # comes in through the national portal
    PROGRAM = auto()  # time as an actor


PORTAL, PROGRAM = "national-portal", "system"
MACHINES = {Post.APPLICANT: PORTAL, Post.PROGRAM: PROGRAM}
Staff = Mapping[tuple[str, Post], Sequence[str]]
"""The ids of accounts by unit key and post."""


class Desk:
    """Finds who sits at a post of a unit: agencies share signatory and registry with the district.

    One dossier meets the same persons again: `number` chooses among several.
    """

    def __init__(self, known: Catalogue, staff: Staff) -> None:
        self._known, self._staff = known, staff
        self._seats: dict[tuple[str, Post], str] = {}

    def who(self, post: Post, *, holder: str, place: str, number: int) -> str:
        """Give the id of the account that makes the move."""
        if machine := MACHINES.get(post):
            return machine
        unit_key = place if post is Post.CLERK else holder
        seat = self._seats.get((unit_key, post))
        if seat is None:
            seat = self._seats[unit_key, post] = seat_of(self._known, unit_key, post)
        people = self._staff[seat, post]
        return people[number % len(people)]


def seat_of(known: Catalogue, unit_key: str, post: Post) -> str:
    """Give the unit whose staff fills a post for another unit."""
    unit = known.unit(unit_key)
    shared = unit.kind is UnitKind.AGENCY and post in (Post.SIGNATORY, Post.REGISTRY_CLERK)
    if (shared or unit.receives_only) and unit.parent_key is not None:
        return unit.parent_key
    return unit_key
