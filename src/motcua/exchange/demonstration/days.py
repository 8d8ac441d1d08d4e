"""How many dossiers a day brings, and at which minutes. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from motcua.kit.calendar import Calendar, Spans
from motcua.kit.moments import Day, Minute, at_clock, date_of, day_number, weekday_of

from .shares import HOURS, MONTHS, OLD_LAST, WEEKDAYS, Targets
from .streams import Choice, shared_out, stream

DECEMBER = 12
UNEVEN = 0.16


def month_totals(targets: Targets, last: date) -> Iterator[tuple[date, int]]:
    """Give the number of receipts of each month, named by its first day."""
    for year, number in targets.by_year.items():
        months = MONTHS[: OLD_LAST.month] if year == OLD_LAST.year else MONTHS
        for place, part in enumerate(shared_out(number, months), 1):
            yield date(year, place, 1), part
    month = following(OLD_LAST.replace(day=1))
    while month <= last:
        yield month, round(targets.a_month_now * MONTHS[month.month - 1])
        month = following(month)


def following(month: date) -> date:
    """Give the first day of the next month."""
    if month.month == DECEMBER:
        return date(month.year + 1, 1, 1)
    return month.replace(month=month.month + 1)


def day_totals(seed: int, month: date, number: int, calendar: Calendar) -> Mapping[Day, int]:
    """Share the receipts of a month out over its working days: Mondays are full."""
    rng = stream(seed, "days", month)
    days = [
        day
        for day in range(day_number(month), day_number(following(month)))
        if calendar.is_working(day)
    ]
    weights = [WEEKDAYS[weekday_of(day)] * rng.lognormvariate(0, UNEVEN) for day in days]
    return dict(zip(days, shared_out(number, weights), strict=True))


class Clock:
    """Draws minutes of receipt within open hours, most between 8 and 10."""

    def __init__(self) -> None:
        self._by_spans: dict[Spans, Choice[int]] = {}

    def minutes(self, rng: Random, day: Day, number: int, calendar: Calendar) -> list[Minute]:
        """Give the minutes of a day's receipts, in order."""
        spans = calendar.spans_of(day)
        choice = self._by_spans.get(spans)
        if choice is None:
            minutes = [minute for start, end in spans for minute in range(start, end)]
            choice = Choice(minutes, [HOURS.get(minute // 60, 0.1) for minute in minutes])
            self._by_spans[spans] = choice
        # On the last day of the first part nothing comes so late that it could not end that day.
        drawn = choice.draw_many(rng, number)
        if date_of(day) == OLD_LAST:
            latest = spans[-1][1] - 45
            drawn = [min(clock, latest) for clock in drawn]
        return sorted(at_clock(day, clock) for clock in drawn)
