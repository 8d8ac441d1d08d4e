"""Every number has a title, a unit, a source and a place in the guide."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.indicators.counting import NOTHING
from motcua.indicators.measures import CONDITIONS, MEASURES, PLAIN, Kind
from motcua.indicators.rates import RATES, Rate

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "indicators.md"


@pytest.mark.parametrize("code", [*MEASURES, *RATES])
def test_a_number_has_title_unit_and_source_and_stands_in_the_guide(code: str) -> None:
    told = MEASURES.get(code) or RATES[code]

    assert told.code == code
    assert told.title
    assert told.source
    assert told.unit in ("dossiers", "percent")
    assert f"`{code}`" in GUIDE.read_text("utf-8")


def test_no_two_numbers_share_a_code_and_no_condition_hides_a_column() -> None:
    assert not MEASURES.keys() & RATES.keys()
    assert not CONDITIONS.keys() & set(PLAIN)


def test_flows_are_told_from_stocks() -> None:
    assert MEASURES["received"].kind is Kind.FLOW
    assert MEASURES["carried_over"].kind is Kind.STOCK


@pytest.mark.parametrize("rate", RATES.values(), ids=lambda rate: rate.code)
def test_a_rate_is_made_of_measures_and_has_no_value_where_the_whole_is_0(rate: Rate) -> None:
    assert {*rate.part, *rate.whole, *rate.less} <= MEASURES.keys()
    assert rate.of(NOTHING) is None


def test_the_rate_of_the_article_is_on_time_of_the_resolved_with_a_due_date() -> None:
    counts = {**NOTHING, "on_time": 74_491, "early": 60_000, "on_the_day": 14_491, "late": 357}

    assert RATES["on_time_rate"].of(counts) == 99.52


@given(part=st.integers(0, 10**7), more=st.integers(0, 10**7))
def test_a_rate_is_rounded_half_up_to_two_decimals(part: int, more: int) -> None:
    whole = part + more
    given_rate = RATES["online_share_of_all"].of({**NOTHING, "online": part, "received": whole})

    if whole == 0:
        assert given_rate is None
    else:
        assert given_rate is not None
        hundredths = round(given_rate * 100)
        assert given_rate == hundredths / 100
        assert (2 * hundredths - 1) * whole <= 20_000 * part < (2 * hundredths + 1) * whole


def test_what_was_late_is_taken_off_received_and_carried_over() -> None:
    counts = {**NOTHING, "received": 90, "carried_over": 10, "late": 1}

    assert RATES["not_late_rate"].of(counts) == 99.0
