"""The ways on from a wall: from a number to its list, from a name to the wall of it alone."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_urlconf, reverse

from motcua.kit.moments import iso_minute
from motcua.kit.periods import Period

from .choosing import Choice
from .scope import Scope

# A row of a wall narrows the question of the wall; what was chosen there stays as it is.
ONLY_UNIT, ONLY_FIELD, ONLY_PROCEDURE = "only_unit", "only_field", "only_procedure"
ONLY_BELOW = "only_below"  # a unit with all that stands below it; ONLY_UNIT is the unit alone
FORMS = ("xlsx", "csv", "pdf", "png")
ONLY_WEEKDAY, ONLY_HOUR = "only_weekday", "only_hour"


def address(view: str, params: Mapping[str, str]) -> str:
    """Give the address of a page; parameters without a value are left out."""
    said = "&".join(_said(name, text) for name, text in params.items() if text)
    path = _path(view, get_urlconf())
    return f"{path}?{said}" if said else path


# A wall has hundreds of addresses that differ in a word or two.
@lru_cache(maxsize=8192)
def _said(name: str, text: str) -> str:
    return urlencode({name: text})


@lru_cache(maxsize=64)
def _path(view: str, _urlconf: str | None) -> str:
    return reverse(view)


def taking(view: str, params: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the forms of a file and the address of each, for the menu `parts/take.html`."""
    return [(form.upper(), address(view, {**params, "as": form})) for form in FORMS]


class Links:
    """Makes addresses that ask exactly what the wall asked, at the same minute."""

    def __init__(self, choice: Choice, scope: Scope) -> None:
        self._choice = choice
        self._list = {
            **choice.params,
            "from": choice.period.first.isoformat(),
            "to": choice.period.last.isoformat(),
            "unit": scope.unit.key if scope.unit else "",
            "at": iso_minute(scope.asked.now),
        }

    def to(self, measure: str, *, unit: str = "", field: str = "", procedure: str = "") -> str:
        """Give the list behind a measure, of all the wall shows or of one row of it."""
        only = {ONLY_UNIT: unit, ONLY_FIELD: field, ONLY_PROCEDURE: procedure}
        return address("operations:list", {**self._list, **only, "measure": measure})

    def below(self, measure: str, unit: str) -> str:
        """Give the list behind a measure of a unit and of all that stands below it."""
        return address("operations:list", {**self._list, ONLY_BELOW: unit, "measure": measure})

    def in_channel(self, measure: str, channel: str) -> str:
        """Give the list behind a measure of one channel."""
        return address("operations:list", {**self._list, "channel": channel, "measure": measure})

    def at_hour(self, *, weekday: int, hour: int) -> str:
        """Give the list of what was received in one hour of one weekday, Monday 0."""
        only = {ONLY_WEEKDAY: str(weekday), ONLY_HOUR: str(hour)}
        return address("operations:list", {**self._list, **only, "measure": "received"})

    def over(self, measure: str, stretch: Period) -> str:
        """Give the list behind a measure over other days than those of the wall."""
        params = {name: text for name, text in self._list.items() if name != "period"}
        days = {"from": stretch.first.isoformat(), "to": stretch.last.isoformat()}
        return address("operations:list", {**params, **days, "measure": measure})

    def wall(self, **narrower: str) -> str:
        """Give the wall of one unit, field, procedure or channel, over the same period."""
        return address("operations:wall", {**self._choice.params, **narrower})
