"""What a typed choice means, without a page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kit.periods import Period
from motcua.operations import choosing
from motcua.operations.choosing import PRESETS, preset_period, read
from motcua.operations.comparing import comparable

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        ("day", TODAY, TODAY),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("whole", date(2021, 1, 1), TODAY),
    ],
)
def test_a_preset_is_a_period_of_today(preset: str, first: date, last: date) -> None:
    assert preset_period(preset, today=TODAY) == Period(first, last)


def test_a_day_may_be_written_as_here_or_as_machines_do() -> None:
    for text in ("1/3/2024", "01.03.2024", "2024-03-01", " 01-03-2024 "):
        choice = read({"from": text, "to": "2024-03-31"}, today=TODAY)

        assert choice.problems == ()
        assert choice.first_text == "01/03/2024"
        assert choice.params == {"from": "2024-03-01", "to": "2024-03-31"}


def test_a_preset_beside_other_days_is_dropped_and_beside_its_own_is_kept() -> None:
    own = {"from": "01/11/2026", "to": "30/11/2026", "period": "month"}

    assert read(own, today=TODAY).params == {"period": "month"}
    assert read({**own, "to": "29/11/2026"}, today=TODAY).preset == ""
    assert read(own, today=date(2026, 12, 1)).preset == ""


def test_without_a_last_day_it_goes_until_today() -> None:
    assert read({"from": "2026-11-01"}, today=TODAY).period == Period(date(2026, 11, 1), TODAY)


@given(
    st.dictionaries(
        st.sampled_from(["from", "to", "period", "unit", "field", "channel"]), st.text(max_size=12)
    )
)
def test_anything_typed_is_understood_or_named_as_wrong(params: dict[str, str]) -> None:
    choice = read(params, today=TODAY)

    assert choice.period.first <= choice.period.last
    if not choice.problems:
        assert read(choice.params, today=TODAY).params == choice.params


@given(st.sampled_from(PRESETS), st.dates(date(2021, 2, 1), date(2030, 12, 31)))
def test_a_running_period_is_compared_with_no_more_days_than_have_passed(
    preset: str, today: date
) -> None:
    period = preset_period(preset, today=today)
    before = comparable(period, today=today)

    assert before is not None
    assert before.last < period.first
    if period.last > today:
        assert before.number_of_days <= (today - period.first).days + 1


def test_a_period_to_come_is_compared_with_nothing() -> None:
    assert comparable(Period(date(2027, 1, 1), date(2027, 1, 31)), today=TODAY) is None
    assert choosing.STANDARD in PRESETS
