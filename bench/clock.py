"""Due moments one by one and in batches, against loops and against calendars of others."""

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as dt_time
from functools import partial
from importlib.util import find_spec
from typing import Any

import django
import numpy as np

from bench.table import Figure, hand_back

ONE_BY_ONE, MANY, SLOW = 20_000, 4_000_000, 2_000
RUNS = 5
LIMIT, HOURS = 10, 20
ALONE_GOAL, PLAIN_GOAL, MIXED_GOAL = 100_000, 50e6, 5e6


def main() -> None:
    """Compute the same due moments in several ways and compare them."""
    django.setup()
    from bench.homes import COMMUNE, prepare
    from motcua.registry.queries import catalogue

    prepare()
    calendar = catalogue().calendar(COMMUNE)
    hand_back([*alone(calendar), *plain(calendar), *hours(calendar), *mixed(calendar)])


def seconds(work: Callable[[], Any], runs: int = RUNS) -> tuple[float, Any]:
    """Give the median CPU time of some runs, after one to warm up, and the last answer."""
    answer = work()
    spent = []
    for _ in range(runs):
        began = time.process_time()
        answer = work()
        spent.append(time.process_time() - began)
    return sorted(spent)[runs // 2], answer


def alone(calendar: Any) -> list[Figure]:
    """One by one, with 0, 1 and 3 pauses, against a loop day by day."""
    from bench.homes import AT, DAY
    from motcua.kit.clock import Limit, LimitUnit, Pause, due_of
    from motcua.kit.moments import minute_of

    start = minute_of(AT) - 1000 * DAY
    receipts = [start + n * 37 for n in range(ONE_BY_ONE)]
    limit = Limit(LIMIT, LimitUnit.WORKING_DAY)

    def ours(pauses: int) -> list[int | None]:
        return [
            due_of(
                received_at=at,
                limit=limit,
                calendar=calendar,
                pauses=[
                    Pause(at + DAY * (1 + 2 * n), at + DAY * (2 + 2 * n)) for n in range(pauses)
                ],
            ).due_at
            for at in receipts
        ]

    walked, expected = seconds(lambda: [naive(calendar, at) for at in receipts], 1)
    figures = []
    for count in (0, 1, 3):
        spent, found = seconds(lambda: ours(count))  # noqa: B023 (called at once)
        assert count or found == expected
        rate = ONE_BY_ONE / spent
        figures.append(
            Figure(
                f"due moments one by one, {count} pauses",
                rate,
                "a second",
                "" if count else "a loop day by day",
                None if count else walked / spent,
                f"≥ {ALONE_GOAL:,}",
                rate >= ALONE_GOAL,
            )
        )
    return figures


def naive(calendar: Any, at: int) -> int:
    """Walk day by day to the close of the last working day."""
    from bench.homes import DAY
    from motcua.kit.moments import date_of, day_number, day_of

    day: date = date_of(day_of(at))
    while not calendar.is_working(day_number(day)) or at >= calendar.close_of(day_number(day)):
        day = date.fromordinal(day.toordinal() + 1)
        at = day_number(day) * DAY
    left = LIMIT
    while left:
        day = date.fromordinal(day.toordinal() + 1)
        left -= calendar.is_working(day_number(day))
    return int(calendar.close_of(day_number(day)))


def plain(calendar: Any) -> list[Figure]:
    """Working days under one calendar without pauses, against those who count whole days."""
    from motcua.kit.clock import LimitUnit
    from motcua.kit.clock.batch import due_of_many

    receipts = _receipts(MANY)
    spent, found = seconds(
        lambda: due_of_many(
            received_at=receipts, limit=LIMIT, unit=LimitUnit.WORKING_DAY, calendar=calendar
        )
    )
    assert found.due_at[:SLOW].tolist() == [naive(calendar, int(at)) for at in receipts[:SLOW]]
    rate = MANY / spent
    name, unit = "due moments in a batch: one calendar, no pauses", "a second"
    figures = [Figure(name, rate, unit, goal="≥ 50,000,000", is_met=rate >= PLAIN_GOAL)]
    # They know days only: each is given day 0 and must find the day of the due moment.
    days, due_days = found.effective_at // 1440, found.due_at // 1440
    than = "how many times ours, with day 0 and close"
    note = "days only, day 0 given; answers equal"
    for peer, count in PEERS.items():
        made = partial(count, calendar, days)
        figures.append(_against(peer, made, ours=due_days, rate=rate, than=than, note=note))
    return figures


def hours(calendar: Any) -> list[Figure]:
    """Working hours under one calendar, against those who count them with a break at noon."""
    from motcua.kit.clock import LimitUnit
    from motcua.kit.clock.batch import due_of_many

    receipts = _receipts(MANY // 8)
    spent, found = seconds(
        lambda: due_of_many(
            received_at=receipts, limit=HOURS, unit=LimitUnit.WORKING_HOUR, calendar=calendar
        )
    )
    rate = len(receipts) / spent
    figures = [Figure("due moments in a batch: working hours", rate, "a second")]
    than, note = "how many times ours", "answers equal, a close taken as the next opening"

    def opening(answers: Any) -> list[int]:
        """What ends at a close may be told as the next opening: both are one moment of work."""
        return [calendar.next_open(int(one)) for one in answers]

    for peer, count in PEERS_OF_HOURS.items():
        made = partial(count, calendar, receipts)
        figures.append(
            _against(peer, made, ours=found.due_at, rate=rate, than=than, note=note, read=opening)
        )
    return figures


def _against(
    peer: str,
    made: "Callable[[], Peer]",
    *,
    ours: Any,
    rate: float,
    than: str,
    note: str,
    read: Callable[[Any], Any] = np.asarray,
) -> Figure:
    name, unit = f"… against {peer.replace('_', '-')}", "a second"
    if find_spec(peer.split(maxsplit=1)[0]) is None:
        return Figure(name, 0, unit, note=f"left out: {peer} is not installed")
    whole, length = made()
    theirs, answer = seconds(whole, 3 if length > SLOW else 1)
    assert np.array_equal(read(answer), read(ours[:length])), peer
    return Figure(name, length / theirs, unit, than, rate / (length / theirs), note=note)


def mixed(calendar: Any) -> list[Figure]:
    """Every unit under several calendars, with up to one and up to three pauses, as one by one."""
    from bench.homes import DAY
    from motcua.kit.clock import Limit, Pause, due_of
    from motcua.kit.clock.batch import NO_MOMENT, UNITS, Pauses, due_of_many

    chance = np.random.default_rng(2)
    rows = MANY // 8
    receipts, calendars = _receipts(rows), [calendar, *_others()]
    units = chance.integers(0, len(UNITS), rows)
    limits = np.where(units == len(UNITS) - 1, 2, chance.integers(1, 31, rows))
    which = chance.integers(0, len(calendars), rows)
    figures = []
    for most in (1, 3):
        numbers = chance.integers(0, most + 1, rows)
        owner = np.repeat(np.arange(rows), numbers)
        from_at = receipts[owner] + chance.integers(0, 8 * DAY, len(owner))
        to_at = from_at + chance.integers(0, 4 * DAY, len(owner))
        offsets = np.append(0, np.cumsum(numbers))
        pauses = Pauses(offsets, from_at, to_at, np.zeros(len(owner), np.uint8))
        spent, found = seconds(
            lambda: due_of_many(
                received_at=receipts,
                limit=limits,
                unit=units,
                calendar=calendars,
                calendar_at=which,
                pauses=pauses,  # noqa: B023 (called at once)
            )
        )

        def one(n: int) -> int:
            mine = slice(offsets[n], offsets[n + 1])  # noqa: B023 (called at once)
            listed = zip(from_at[mine].tolist(), to_at[mine].tolist(), strict=True)  # noqa: B023
            due = due_of(
                received_at=int(receipts[n]),
                limit=Limit(int(limits[n]), UNITS[units[n]]),
                calendar=calendars[which[n]],
                pauses=[Pause(*each) for each in listed],
            ).due_at
            return NO_MOMENT if due is None else due

        each, expected = seconds(lambda: [one(n) for n in range(ONE_BY_ONE)], 1)
        assert found.due_at[:ONE_BY_ONE].tolist() == expected
        rate = rows / spent
        figures.append(
            Figure(
                f"… mixed units, {len(calendars)} calendars, up to {most} pause(s)",
                rate,
                "a second",
                "one by one",
                rate / (ONE_BY_ONE / each),
                "≥ 5,000,000" if most == 1 else "",
                rate >= MIXED_GOAL if most == 1 else None,
            )
        )
    return figures


def _receipts(rows: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    from motcua.kit.moments import from_iso_minute

    first, last = from_iso_minute("2021-01-01T00:00"), from_iso_minute("2026-11-01T00:00")
    return np.random.default_rng(1).integers(first, last, rows, np.int32)


def _others() -> list[Any]:
    """Three calendars more: Saturday mornings, other hours, a day off each month."""
    from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, week
    from motcua.kit.moments import from_iso_day

    first, last = from_iso_day("2018-01-01"), from_iso_day("2030-12-31")
    office = ((450, 690), (810, 1050))
    off = [DayEntry(day, DayKind.HOLIDAY) for day in range(first, last, 31)]
    return [
        Calendar.build(first=first, last=last, entries=entries, hours=[Hours(spans)])
        for spans, entries in (
            (week(office, saturday=((450, 690),)), []),
            (week(((420, 660), (780, 1020))), []),
            (week(office), off),
        )
    ]


def _closed(calendar: Any) -> list[date]:
    from motcua.kit.moments import date_of

    days = range(calendar.first, calendar.last + 1)
    return [date_of(day) for day in days if not calendar.is_working(day)]


Peer = tuple[Callable[[], Sequence[int]], int]


def _numpy(calendar: Any, days: Any) -> Peer:
    """Every closed day is named as a holiday of a week of seven days: a worked Saturday fits."""
    known = np.busdaycalendar("1111111", np.array(_closed(calendar), "datetime64[D]"))
    dates = days.astype("datetime64[D]")
    return lambda: np.busday_offset(dates, LIMIT, busdaycal=known).astype(np.int64), len(days)


def _pandas(calendar: Any, days: Any) -> Peer:
    import pandas as pd

    offset = pd.offsets.CustomBusinessDay(
        LIMIT, weekmask="1111111", holidays=np.array(_closed(calendar), "datetime64[D]")
    )
    dates = pd.DatetimeIndex(days[:SLOW].astype("datetime64[D]"))
    epoch = pd.Timestamp("1970-01-01")
    return lambda: [(one + offset - epoch).days for one in dates], SLOW


def _workalendar(calendar: Any, days: Any) -> Peer:
    from workalendar.core import Calendar as Theirs

    from motcua.kit.moments import date_of, day_number

    closed = _closed(calendar)
    # Weekends are among the holidays: it takes a week without any only in this way.
    methods = {
        "get_weekend_days": lambda _: (),
        "get_calendar_holidays": lambda _, year: [(day, "") for day in closed if day.year == year],
    }
    theirs = type("Closed", (Theirs,), methods)()
    dates = [date_of(int(day)) for day in days[:SLOW]]
    return lambda: [day_number(theirs.add_working_days(one, LIMIT)) for one in dates], SLOW


def _business_duration(calendar: Any, days: Any) -> Peer:
    """It only measures: of the days that may be due it is asked which is LIMIT days away."""
    from business_duration import businessDuration

    from motcua.kit.moments import date_of, day_number

    closed = _closed(calendar)
    one_day = timedelta(days=1)

    def due_on(first: date) -> int:
        last, near = (
            first + LIMIT * one_day,
            [day for day in closed if 0 <= (day - first).days < 60],
        )
        while (
            businessDuration(first + one_day, last, weekendlist=[], holidaylist=near, unit="day")
            < LIMIT
        ):
            last += one_day
        return day_number(last)

    dates = [date_of(int(day)) for day in days[: SLOW // 10]]
    return lambda: [due_on(one) for one in dates], len(dates)


def _custom_business_hour(calendar: Any, receipts: Any) -> Peer:
    import pandas as pd

    offset = pd.offsets.CustomBusinessHour(
        HOURS,
        start=["07:30", "13:30"],
        end=["11:30", "17:30"],
        weekmask="1111111",
        holidays=np.array(_closed(calendar), "datetime64[D]"),
    )
    moments = pd.DatetimeIndex(receipts[:SLOW].astype("datetime64[m]"))
    epoch = pd.Timestamp("1970-01-01")
    return lambda: [int((one + offset - epoch).total_seconds()) // 60 for one in moments], SLOW


def _businesstimedelta(calendar: Any, receipts: Any) -> Peer:
    import businesstimedelta as theirs

    rules = theirs.Rules(
        [
            theirs.WorkDayRule(dt_time(7, 30), dt_time(17, 30), working_days=list(range(7))),
            theirs.LunchTimeRule(dt_time(11, 30), dt_time(13, 30), working_days=list(range(7))),
            theirs.HolidayRule(dict.fromkeys(_closed(calendar), "closed")),
        ]
    )
    span = theirs.BusinessTimeDelta(rules, hours=HOURS)
    moments = receipts[: SLOW // 10].astype("datetime64[m]").tolist()
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001 (local moments, as everywhere here)
    return lambda: [
        int(((one + span).replace(tzinfo=None) - epoch).total_seconds()) // 60 for one in moments
    ], len(moments)


PEERS: dict[str, Callable[[Any, Any], Peer]] = {
    "numpy": _numpy,
    "pandas": _pandas,
    "workalendar": _workalendar,
    "business_duration": _business_duration,
}
PEERS_OF_HOURS: dict[str, Callable[[Any, Any], Peer]] = {
    "pandas CustomBusinessHour": _custom_business_hour,
    "businesstimedelta": _businesstimedelta,
}


if __name__ == "__main__":
    main()
