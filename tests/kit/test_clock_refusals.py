"""What the clock refuses, and that the message says what to do."""

import pytest

from motcua.kit.calendar import BeyondCalendar, Calendar
from motcua.kit.clock import (
    Limit,
    LimitTooSmall,
    LimitUnit,
    PauseBackwards,
    StepLimit,
    StepUnit,
    UnitUnknown,
    limit_unit,
)
from motcua.kit.moments import from_iso_day
from tests.kit.given import due

WORKING_DAY = LimitUnit.WORKING_DAY


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """Two plain months."""
    return Calendar.build(first=from_iso_day("2026-10-01"), last=from_iso_day("2026-11-30"))


@pytest.mark.parametrize(("value", "extra"), [(0, 0), (-1, 0), (0, 10), (5, -1)])
def test_a_limit_without_time_is_refused(value: int, extra: int) -> None:
    with pytest.raises(LimitTooSmall, match="must be 1 or more"):
        Limit(value, WORKING_DAY, zone_extra=extra)


def test_a_step_limit_without_time_is_refused_but_the_same_day_has_none() -> None:
    with pytest.raises(LimitTooSmall):
        StepLimit(0, StepUnit.HALF_DAY)

    assert StepLimit(0, StepUnit.SAME_DAY).value == 0
    assert Limit(0, LimitUnit.SAME_DAY).value == 0


def test_a_unit_is_read_or_refused_with_the_units_there_are() -> None:
    assert limit_unit(" working_day ") is WORKING_DAY
    with pytest.raises(UnitUnknown, match="same_day, working_day, working_hour"):
        limit_unit("fortnight")


def test_a_pause_that_ends_before_it_begins_is_refused(calendar: Calendar) -> None:
    backwards = "2026-11-05T10:00/2026-11-05T09:59"

    with pytest.raises(PauseBackwards, match="2026-11-05T10:00 to 2026-11-05T09:59"):
        due("2026-11-02T09:00", 5, WORKING_DAY, calendar=calendar, pauses=backwards)


@pytest.mark.parametrize("unit", LimitUnit)
@pytest.mark.parametrize("received", ["2026-09-30T09:00", "2026-12-01T09:00", "2026-11-30T17:30"])
def test_a_receipt_outside_the_calendar_is_refused(
    calendar: Calendar, received: str, unit: LimitUnit
) -> None:
    with pytest.raises(BeyondCalendar, match="01/10/2026 to 30/11/2026"):
        due(received, 1, unit, calendar=calendar)


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        (1, LimitUnit.WORKING_DAY),
        (8, LimitUnit.WORKING_HOUR),
        (1, LimitUnit.CALENDAR_DAY),
        (1, LimitUnit.MONTH),
        (100_000_000, LimitUnit.MONTH),
        (100_000_000, LimitUnit.WORKING_DAY),
    ],
)
def test_a_limit_that_ends_outside_the_calendar_is_refused(
    calendar: Calendar, number: int, unit: LimitUnit
) -> None:
    with pytest.raises(BeyondCalendar):
        due("2026-11-30T16:00", number, unit, calendar=calendar)


def test_a_same_day_receipt_after_the_cut_off_of_the_last_day_is_refused(
    calendar: Calendar,
) -> None:
    with pytest.raises(BeyondCalendar):
        due("2026-11-30T16:00", 0, LimitUnit.SAME_DAY, calendar=calendar)


def test_a_pause_that_leaves_the_calendar_is_refused(calendar: Calendar) -> None:
    long = "2026-11-05T10:00/2026-12-05T10:00"

    for unit in LimitUnit:
        with pytest.raises(BeyondCalendar):
            due("2026-11-05T09:00", 5, unit, calendar=calendar, pauses=long)
