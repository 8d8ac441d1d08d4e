"""Which calendar a command line means: the nation's as the law has it, or that of a unit."""

from datetime import date
from typing import NamedTuple

from motcua.kit.calendar import Calendar
from motcua.registry.nation import national_calendar
from motcua.registry.queries import catalogue

NATION = "nation"


class Named(NamedTuple):
    """A calendar with the key and the name of the unit it counts for."""

    key: str
    name: str
    calendar: Calendar


def calendar_named(text: str | None, on: date) -> Named:
    """Give the calendar of CODE or CODE@DATE, or of the nation as the registry has it.

    Without a text: the nation's from the law alone, which needs no database.
    Errors: UnknownUnit.
    """
    if text is None:
        return Named(NATION, "", national_calendar())
    if text == NATION:
        return Named(NATION, "", catalogue().calendar(None))
    unit = catalogue().resolve(text, on)
    return Named(unit.key, unit.name, catalogue().calendar(unit.key))
