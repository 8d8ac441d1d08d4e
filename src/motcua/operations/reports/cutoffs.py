"""The periods an authority reports on, as `law/reporting.yaml` cuts them; pure but for it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.kit.periods import Period
from motcua.registry.law import read_law

YEAR = 12


@dataclass(frozen=True)
class CutOff:
    """A way to cut periods: their length in months, and the day they end on (None: the last)."""

    code: str
    name: str
    months: int
    last_day: int | None
    since: date
    legal_basis: str
    is_confirmed: bool

    def containing(self, day: date) -> Period:
        """Give the period a day lies in."""
        year, month = day.year, day.month
        while month % self.months or self._end(year, month) < day:
            year, month = _later(year, month, 1)
        before = _later(year, month, -self.months)
        return Period(self._end(*before) + timedelta(days=1), self._end(year, month))

    def last_whole(self, today: date) -> Period:
        """Give the latest period that is over."""
        return self.containing(self.containing(today).first - timedelta(days=1))

    def _end(self, year: int, month: int) -> date:
        last = monthrange(year, month)[1]
        return date(year, month, last if self.last_day is None else min(self.last_day, last))


def cut_offs(on: date) -> tuple[CutOff, ...]:
    """Give the ways to cut that hold on a day."""
    return tuple(
        CutOff(
            code=one["code"],
            name=one["name"],
            months=one["months"],
            last_day=None if one["last_day"] == "end" else one["last_day"],
            since=one["from"],
            legal_basis=one["legal_basis"],
            is_confirmed=not one.get("demonstration", False),
        )
        for one in read_law("reporting.yaml")
        if one["from"] <= on
    )


def _later(year: int, month: int, months: int) -> tuple[int, int]:
    years, place = divmod(month - 1 + months, YEAR)
    return year + years, place + 1
