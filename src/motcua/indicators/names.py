"""What the keys of rows are called, and which units a question means."""

from collections.abc import Callable, Mapping
from datetime import date

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

from .asking import By

CHANNELS: Mapping[str, str] = {
    "direct": gettext_noop("At the counter"),
    "online": gettext_noop("Online"),
    "post": gettext_noop("By post"),
    "other": gettext_noop("Another way"),
}


def unit_meant(known: Catalogue, text: str | None, *, on: date) -> UnitCard | None:
    """Give the unit for CODE@DATE, or for CODE the one valid on the day, else the last.

    Errors: UnknownUnit.
    """
    return known.resolve(text, on) if text else None


def unit_name(key: str) -> str:
    """Give the name of a unit; one the registry does not know is called by its key."""
    return _unit(catalogue(), key, date.min)


def name_of(known: Catalogue, by: By, key: str, *, on: date) -> str:
    """Give the name of a row. What the registry does not know is called by its key.

    The names of channels are msgids; the page translates them.
    """
    return _NAMES[by](known, key, on)


def _unit(known: Catalogue, key: str, on: date) -> str:
    try:
        return known.unit(key).name
    except Refused:
        return key


def _field(known: Catalogue, key: str, on: date) -> str:
    return known.field_name(key)


def _procedure(known: Catalogue, key: str, on: date) -> str:
    try:
        return known.procedure(key, on).name
    except Refused:
        return key


def _channel(known: Catalogue, key: str, on: date) -> str:
    return CHANNELS.get(key, key)


def _month(known: Catalogue, key: str, on: date) -> str:
    return f"{key[5:]}/{key[:4]}"


_NAMES: Mapping[By, Callable[[Catalogue, str, date], str]] = {
    By.UNIT: _unit,
    By.FIELD: _field,
    By.PROCEDURE: _procedure,
    By.CHANNEL: _channel,
    By.MONTH: _month,
}
