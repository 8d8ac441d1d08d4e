"""How numbers, money and rates are written."""

from decimal import Decimal

import pytest

from motcua.kit.money import decimal_text, dong, grouped, per_cent, rate


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [(74_909, "74.909", "74,909"), (0, "0", "0"), (-1_234_567, "-1.234.567", "-1,234,567")],
)
def test_thousands_are_apart_by_a_point_in_vietnamese_and_a_comma_in_english(
    number: int, vietnamese: str, english: str
) -> None:
    assert grouped(number) == vietnamese
    assert grouped(number, language="en") == english


def test_money_is_whole_dong() -> None:
    assert dong(15_000) == "15.000 đồng"
    assert dong(15_000, language="en") == "VND 15,000"


def test_rates_are_written_with_two_places_and_rounded_half_up() -> None:
    assert per_cent(99.52) == "99,52 %"
    assert per_cent(Decimal("99.525")) == "99,53 %"
    assert per_cent(100, places=0) == "100 %"
    assert per_cent(99.52, language="en") == "99.52 %"
    assert decimal_text(Decimal("1234.5")) == "1.234,50"
    assert decimal_text(1234.5, language="en") == "1,234.50"


def test_a_rate_is_part_of_the_whole_and_nothing_of_nothing_is_no_rate() -> None:
    assert rate(74_491, 74_848) == Decimal("99.52")
    assert rate(1, 8) == Decimal("12.50")
    assert rate(0, 5) == Decimal("0.00")
    assert rate(0, 0) is None
