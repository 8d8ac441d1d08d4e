"""Whole days from A to B, and what they are called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kit.moments import DayUnclear, from_iso_minute
from motcua.kit.periods import Period, PeriodBackwards

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
periods = st.builds(lambda one, other: Period(min(one, other), max(one, other)), days, days)


def test_both_ends_are_within() -> None:
    period = Period.read("2026-11-01", "2026-11-30")

    assert date(2026, 11, 1) in period
    assert date(2026, 11, 30) in period
    assert date(2026, 12, 1) not in period
    assert period.number_of_days == 30 == len(list(period.days()))
    assert period.since == from_iso_minute("2026-11-01T00:00")
    assert period.until == from_iso_minute("2026-12-01T00:00")


def test_a_period_that_runs_backwards_or_is_unreadable_is_refused() -> None:
    with pytest.raises(PeriodBackwards, match="02/11/2026 to 01/11/2026"):
        Period.read("2026-11-02", "2026-11-01")
    with pytest.raises(DayUnclear):
        Period.read("2026-11-02", "30/11/2026")


def test_months_quarters_and_years_are_whole() -> None:
    assert Period.month(2024, 2) == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert Period.month(2026, 12).last == date(2026, 12, 31)
    assert Period.quarter(2025, 4) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert Period.year(2025) == Period(date(2025, 1, 1), date(2025, 12, 31))


@given(period=periods)
def test_the_months_of_a_period_are_the_period_again(period: Period) -> None:
    parts = list(period.months())

    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    assert sum(part.number_of_days for part in parts) == period.number_of_days
    assert all(
        (one.first.year, one.first.month) == (one.last.year, one.last.month) for one in parts
    )


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (Period.month(2026, 1), Period.month(2025, 12)),
        (Period.quarter(2026, 1), Period.quarter(2025, 4)),
        (Period.year(2026), Period.year(2025)),
        (Period.read("2026-11-10", "2026-11-16"), Period.read("2026-11-03", "2026-11-09")),
    ],
)
def test_a_period_is_compared_with_the_one_just_before_it(period: Period, before: Period) -> None:
    assert period.before() == before


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.month(2026, 3), "3/2026"),
        (Period.quarter(2025, 4), "Quarter IV/2025"),
        (Period.year(2025), "Year 2025"),
        (Period.read("2026-11-24", "2026-11-24"), "24/11/2026"),
        (Period.read("2021-01-01", "2025-03-31"), "01/01/2021 – 31/03/2025"),
        (Period.read("2025-02-01", "2025-04-30"), "01/02/2025 – 30/04/2025"),
        (Period.read("2025-02-01", "2026-01-31"), "01/02/2025 – 31/01/2026"),
        (Period.read("2025-02-01", "2025-02-27"), "01/02/2025 – 27/02/2025"),
    ],
)
def test_a_period_is_called_as_people_call_it(period: Period, label: str) -> None:
    called = period.label()

    assert called.message % called.facts == label
