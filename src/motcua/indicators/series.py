"""In and out by day."""

from dataclasses import dataclass
from datetime import date

from motcua.kit.moments import Day, date_of, day_of

from . import store
from .asking import Asked
from .counting import conditions, parameters
from .measures import MEASURES


@dataclass(frozen=True, slots=True)
class DayCount:
    """Flows of one day."""

    day: date
    received: int
    resolved: int
    on_time: int
    late: int


_SPLIT = ("resolved", "on_time", "late")


def _floor(minute: str, size: int) -> str:
    return f"({minute} - ({minute} % {size} + {size}) % {size}) // {size}"


def by_day(asked: Asked) -> tuple[DayCount, ...]:
    """Count flows on each day of the period, days with none as well, up to today."""
    spans = conditions(asked)
    ends = ", ".join(f"count(*) FILTER ({MEASURES[code].holds})" for code in _SPLIT)
    receipts = (
        f"SELECT {_floor('received_at', 1440)} AS day, count(*) FROM {spans}"  # noqa: S608
        f" WHERE {MEASURES['received'].holds} GROUP BY 1"
    )
    outcomes = (
        f"SELECT {_floor('to_at', 1440)} AS day, {ends} FROM {spans}"  # noqa: S608
        f" WHERE {MEASURES['resolved'].holds} GROUP BY 1"
    )
    with store.steady() as db:
        received = dict(db.execute(receipts, parameters(asked)).fetchall())
        ended = {row[0]: row[1:] for row in db.execute(outcomes, parameters(asked)).fetchall()}
    nothing = (0,) * len(_SPLIT)
    return tuple(
        DayCount(date_of(day), received.get(day, 0), *ended.get(day, nothing))
        for day in _days(asked)
    )


def _days(asked: Asked) -> range:
    minutes = asked.minutes
    first: Day = day_of(minutes["since"])
    return range(first, day_of(minutes["until"]) + 1)
