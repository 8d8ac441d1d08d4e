"""Local minutes and days, there and back."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kit.moments import (
    LOCAL,
    DayUnclear,
    MomentUnclear,
    at_clock,
    clock_of,
    clock_text,
    date_of,
    day_number,
    day_of,
    day_text,
    from_iso_day,
    from_iso_minute,
    iso_minute,
    minute_of,
    moment_of,
    weekday_of,
)

any_moment = st.datetimes(
    datetime(1900, 1, 2, tzinfo=UTC).replace(tzinfo=None),
    datetime(2199, 12, 30, tzinfo=UTC).replace(tzinfo=None),
    timezones=st.just(UTC),
)


def test_minutes_are_counted_from_local_midnight_of_1970() -> None:
    assert minute_of(datetime(1970, 1, 1, tzinfo=LOCAL)) == 0
    assert minute_of(datetime(1969, 12, 31, 17, 0, tzinfo=UTC)) == 0
    assert minute_of(datetime(1969, 12, 31, 23, 59, 59, tzinfo=LOCAL)) == -1


def test_seconds_are_dropped() -> None:
    assert minute_of(datetime(2026, 11, 24, 8, 0, 59, 999_999, tzinfo=LOCAL)) == from_iso_minute(
        "2026-11-24T08:00"
    )
    assert from_iso_minute("2026-11-24 08:00:59.9") == from_iso_minute("2026-11-24T08:00")


@given(moment=any_moment)
def test_a_moment_is_its_minute_again_less_its_seconds(moment: datetime) -> None:
    there = moment_of(minute_of(moment))

    assert timedelta(0) <= moment - there < timedelta(minutes=1)
    assert there.utcoffset() == timedelta(hours=7)
    assert there.strftime("%Y-%m-%dT%H:%M") == iso_minute(minute_of(moment))
    assert from_iso_minute(iso_minute(minute_of(moment))) == minute_of(moment)


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_is_its_number_again(day: date) -> None:
    number = day_number(day)

    assert date_of(number) == day
    assert from_iso_day(day.isoformat()) == number
    assert weekday_of(number) == day.weekday()
    assert day_of(at_clock(number, 1439)) == number
    assert clock_of(at_clock(number, 1439)) == 1439


def test_a_moment_without_time_zone_is_a_bug_not_a_refusal() -> None:
    with pytest.raises(TypeError):
        minute_of(datetime(2026, 11, 24, 8, 0))  # noqa: DTZ001


def test_a_moment_of_any_zone_is_the_same_minute() -> None:
    tokyo = timezone(timedelta(hours=9))

    assert minute_of(datetime(2026, 11, 24, 10, 0, tzinfo=tokyo)) == from_iso_minute(
        "2026-11-24T08:00"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-24",
        "2026-11-24T8:00",
        "2026-13-01T08:00",
        "2026-02-30T08:00",
        "2026-11-24T24:00",
        "2026-11-24T08:60",
        "2026-11-24T08:00Z",
        "2026-11-24T08:00+07:00",
        "0001-01-01T08:00",
        "24/11/2026 08:00",
        "٢٠٢٦-11-24T08:00",
    ],
)
def test_a_text_that_is_no_local_moment_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(MomentUnclear, match="2026-11-24T08:00"):
        from_iso_minute(text)


@pytest.mark.parametrize("text", ["", "2026-02-30", "20261124", "2026-W48-2", "9999-12-31", "x"])
def test_a_text_that_is_no_day_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(DayUnclear, match="2026-11-24"):
        from_iso_day(text)


def test_days_and_clock_times_are_written_as_in_viet_nam() -> None:
    assert day_text(from_iso_day("2026-01-09")) == "09/01/2026"
    assert clock_text(450) == "07:30"
