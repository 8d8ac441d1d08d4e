"""What the figures of a period are held against, and what is more or less. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.indicators.rates import RATES
from motcua.kit.periods import Period

from .choosing import Compare

COMPARED = ("received", "resolved", "late")
RATE = "on_time_rate"
WORSE_WHEN_MORE = frozenset({"late"})  # more receipts are neither good nor bad


@dataclass(frozen=True)
class Change:
    """How much more (or less, below 0) than in the stretch compared with.

    `percent` is None where that stretch had none; of a rate `more` counts points.
    """

    more: float
    was: float
    percent: float | None
    tone: str

    @property
    def arrow(self) -> str:
        """Give the sign that goes before the size."""
        return "▲" if self.more > 0 else "▼" if self.more < 0 else "="

    @property
    def size(self) -> float:
        """Give how much it is, without the sign."""
        return abs(self.more)

    @property
    def percent_size(self) -> float | None:
        """Give the percentage without the sign."""
        return None if self.percent is None else abs(self.percent)


def comparable(period: Period, *, today: date, compare: Compare = Compare.BEFORE) -> Period | None:
    """Give the stretch to compare with: as much of the other period as has passed of this one.

    None when nothing of the period has passed yet, or the calendar has no such year.
    """
    if period.first > today:
        return None
    if compare is Compare.YEAR_AGO:
        last = min(period.last, today)
        first, end = _year_ago(period.first), _year_ago(last)
        return Period(first, end) if first and end else None
    before = period.before()
    if period.last <= today:
        return before
    passed = (today - period.first).days
    return Period(before.first, min(before.first + timedelta(days=passed), before.last))


def changes(now: Mapping[str, int], was: Mapping[str, int] | None) -> dict[str, Change]:
    """Give what is more or less than it was; nothing when there is nothing to compare with."""
    if was is None or not (was["received"] or was["resolved"]):
        return {}
    found = {name: _of_count(name, now[name], was[name]) for name in COMPARED}
    rate, before = RATES[RATE].of(now), RATES[RATE].of(was)
    if rate is not None and before is not None:
        points = round(rate, 2) - round(before, 2)
        tone = "ok" if points > 0 else "bad" if points < 0 else ""
        found[RATE] = Change(points, before, None, tone)
    return found


def _of_count(name: str, now: int, was: int) -> Change:
    more = now - was
    tone = ""
    if name in WORSE_WHEN_MORE and more:
        tone = "bad" if more > 0 else "ok"
    return Change(more, was, 100 * more / was if was else None, tone)


def _year_ago(day: date) -> date | None:
    """Give the same day a year earlier; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28) if day.year > 1 else None
