"""Stretches of whole days: months, quarters, years, and any other pair of days."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Self

from motcua.kit.moments import Minute, at_clock, date_of, day_number, from_iso_day
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

_DAY = timedelta(days=1)
_ROMAN = ("I", "II", "III", "IV")
_MONTH, _QUARTER, _YEAR = 1, 3, 12


class PeriodBackwards(Refused):
    """A period that ends before it begins."""

    message = gettext_noop(
        "The period from %(first)s to %(last)s ends before it begins. Exchange the two days."
    )


class Label(NamedTuple):
    """How a period is called: a msgid and what fills its places."""

    message: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days from `first` to `last`, both within."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that runs backwards. Errors: PeriodBackwards."""
        if self.last < self.first:
            raise PeriodBackwards(first=_written(self.first), last=_written(self.last))

    @classmethod
    def read(cls, first: str, last: str) -> Self:
        """The period between two days written `2026-11-24`.

        Errors: DayUnclear, PeriodBackwards.
        """
        return cls(date_of(from_iso_day(first)), date_of(from_iso_day(last)))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One calendar month."""
        return cls._months_from(year, month, _MONTH)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """One quarter of a year, 1 to 4."""
        return cls._months_from(year, 3 * quarter - 2, _QUARTER)

    @classmethod
    def year(cls, year: int) -> Self:
        """One calendar year."""
        return cls._months_from(year, 1, _YEAR)

    @classmethod
    def _months_from(cls, year: int, month: int, number: int) -> Self:
        years, place = divmod(month - 1 + number - 1, 12)
        last_year, last_month = year + years, place + 1
        last = date(last_year, last_month, monthrange(last_year, last_month)[1])
        return cls(date(year, month, 1), last)

    @property
    def number_of_days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def since(self) -> Minute:
        """Its first minute."""
        return at_clock(day_number(self.first))

    @property
    def until(self) -> Minute:
        """The first minute after it."""
        return at_clock(day_number(self.last) + 1)

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return (self.first + _DAY * number for number in range(self.number_of_days))

    def months(self) -> Iterator["Period"]:
        """The parts of it that lie in each calendar month, in order."""
        first = self.first
        while first <= self.last:
            last = min(self.last, Period.month(first.year, first.month).last)
            yield Period(first, last)
            first = last + _DAY

    def before(self) -> "Period":
        """The period to compare it with: as many whole months earlier, or as many days."""
        last = self.first - _DAY
        months = self._whole_months()
        if months == 0:
            return Period(last - _DAY * (self.number_of_days - 1), last)
        years, place = divmod(self.first.month - 1 - months, 12)
        return Period(date(self.first.year + years, place + 1, 1), last)

    def label(self) -> Label:
        """What people call it: a month, a quarter, a year, a day, or from–to."""
        months, year = self._whole_months(), self.first.year
        if months == _MONTH:
            return Label(
                gettext_noop("%(month)s/%(year)s"), {"month": self.first.month, "year": year}
            )
        if months == _QUARTER and self.first.month % 3 == 1:
            number = _ROMAN[self.first.month // 3]
            return Label(
                gettext_noop("Quarter %(quarter)s/%(year)s"), {"quarter": number, "year": year}
            )
        if months == _YEAR and self.first.month == 1:
            return Label(gettext_noop("Year %(year)s"), {"year": year})
        if self.first == self.last:
            return Label("%(day)s", {"day": _written(self.first)})
        return Label(
            "%(first)s – %(last)s", {"first": _written(self.first), "last": _written(self.last)}
        )

    def _whole_months(self) -> int:
        """How many calendar months it fills exactly; 0 when it does not."""
        if self.first.day != 1 or (self.last + _DAY).day != 1:
            return 0
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1


def _written(day: date) -> str:
    return day.strftime("%d/%m/%Y")
