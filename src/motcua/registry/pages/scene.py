"""Whose calendar a page shows, and what the person may do there."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.kit.calendar import Calendar, Level
from motcua.registry.catalogue import Catalogue
from motcua.registry.draft_params import NATION as NATION_PARAM
from motcua.registry.kinds import NATION
from motcua.registry.layers import FIRST, LAST, Voices, level_of
from motcua.registry.rules import DayOutside

from .labels import LEVELS, NATION_NAME

READERS = (Permission.READ_DOSSIERS, Permission.READ_WALL, Permission.KEEP_CALENDARS)


@dataclass(frozen=True, slots=True)
class Place:
    """The nation or a unit whose calendar is shown; `unit_key` None is the nation."""

    unit_key: str | None
    name: str
    level: Level

    @property
    def param(self) -> str:
        """Give how the place stands in addresses."""
        return self.unit_key or NATION_PARAM

    @property
    def level_name(self) -> str:
        """Give the level in words."""
        return _(LEVELS[self.level])


@dataclass(frozen=True, slots=True)
class Scene:
    """A place with its calendar, as one actor sees it."""

    place: Place
    known: Catalogue
    actor: Actor
    today: date

    @property
    def calendar(self) -> Calendar:
        """Give the calendar that counts here."""
        return self.known.calendar(self.place.unit_key)

    @property
    def voices(self) -> Voices:
        """Give all that is said here."""
        return self.known.voices(self.place.unit_key)

    def may_keep(self, unit_key: str | None) -> bool:
        """Say whether the actor keeps the calendar of a unit; None is the nation."""
        return self.actor.may(Permission.KEEP_CALENDARS, unit_key=unit_key or NATION)

    def name_of(self, unit_key: str | None) -> str:
        """Give the name of whoever says something."""
        return place_of(self.known, unit_key).name


def place_of(known: Catalogue, unit_key: str | None) -> Place:
    """Give the place of a key; None is the nation. Errors: UnknownUnit."""
    if unit_key is None:
        return Place(None, _(NATION_NAME), Level.NATION)
    unit = known.unit(unit_key)
    return Place(unit.key, unit.name, level_of(unit))


def scene_at(text: str, *, known: Catalogue, actor: Actor, today: date) -> Scene:
    """Give the scene of an address: `nation`, a key, or a code as it is valid today.

    Errors: UnknownUnit.
    """
    unit_key = None if text == NATION_PARAM else known.resolve(text, today).key
    return Scene(place_of(known, unit_key), known, actor, today)


def check_year(year: int) -> None:
    """Refuse a year the calendars do not reach. Errors: DayOutside."""
    if not FIRST.year <= year <= LAST.year:
        raise DayOutside(first=FIRST, last=LAST)
