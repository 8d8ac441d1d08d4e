import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from motcua.citizens import rules
from motcua.citizens.rules import Details, Kind

from .given import COMPANY, NGHIEM

VECTORS = Path(__file__).parents[3] / "shared/data/id_vectors.json"
TODAY = date(2026, 11, 24)


def vectors() -> dict[str, Any]:
    if not VECTORS.exists():
        pytest.skip("the reference vectors are not on this machine")
    read: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return read


def problems(details: Details) -> dict[str, bool]:
    return {
        each.field: each.blocks
        for each in reversed(rules.problems_of(rules.tidy(details), on=TODAY))
    }


def test_each_valid_number_says_province_sex_and_year() -> None:
    for vector in vectors()["valid"]:
        reading = rules.read_identity_number(vector["pid"])

        assert reading is not None
        assert vector["expect"] == {
            "province_code": reading.province_code,
            "sex": reading.sex,
            "birth_year": reading.birth_year,
        }
        assert rules.is_synthetic_number(vector["pid"])


def test_the_code_of_each_card_of_2021_gives_its_holder() -> None:
    for vector in vectors()["valid"]:
        number, old, name, birth, sex, address, issued = vector["qr_2021"].split("|")

        card = rules.read_card(vector["qr_2021"])

        assert card.details.identity_number == number
        assert (card.details.name, card.details.address) == (name, address)
        assert card.details.birth_on is not None
        assert card.details.birth_on.strftime("%d%m%Y") == birth
        assert card.details.sex == {"Nam": "M", "Nữ": "F"}[sex]
        assert card.old_number == old
        assert card.issued_on is not None
        assert card.issued_on.strftime("%d%m%Y") == issued
        assert not rules.problems_of(card.details, on=TODAY)


def test_each_invalid_vector_warns_or_is_refused() -> None:
    for vector in vectors()["invalid"]:
        if "qr" in vector:
            with pytest.raises(rules.NotACard):
                rules.read_card(vector["qr"])
        else:
            found = problems(replace(NGHIEM, identity_number=vector["pid"]))
            assert found["identity_number"] is ("digits" in vector["why"])


def test_the_card_of_2024_keeps_the_fields_nobody_has_described() -> None:
    text = "068085999901||Kơ Să Thử Nghiệm|14021985|Nam|Thôn 1|01072024||cha|mẹ"

    card = rules.read_card(text)

    assert card.issued_on == date(2024, 7, 1)
    assert card.rest == ("", "cha", "mẹ")


def test_a_card_with_six_fields_has_no_day_of_issue() -> None:
    card = rules.read_card("068085999901||Kơ Să Thử Nghiệm|00000000||Thôn 1")

    assert card.issued_on is None
    assert card.details.birth_on is None
    assert card.details.sex == ""


@pytest.mark.parametrize("text", ["", "hello", "https://example.vn/x", "1|2|3|4|5|6|7", "|||||||"])
def test_the_code_of_something_else_is_no_card(text: str) -> None:
    with pytest.raises(rules.NotACard):
        rules.read_card(text)


@drawn(st.text(max_size=200))
def test_any_scanned_text_is_a_card_or_refused(text: str) -> None:
    try:
        card = rules.read_card(text)
    except rules.NotACard:
        return
    assert rules.read_identity_number(card.details.identity_number)


@pytest.mark.parametrize(
    ("field", "value", "blocks"),
    [
        ("name", "", True),
        ("name", "x" * 201, True),
        ("name", "12345", True),
        ("identity_number", "06808599990x", True),
        ("identity_number", "06808599990²", True),
        ("identity_number", "06898599990", True),
        ("identity_number", "250000123", False),
        ("identity_number", "999085999901", False),
        ("birth_on", date(1984, 2, 14), False),
        ("birth_on", date(2026, 11, 25), True),
        ("birth_on", date(1899, 12, 31), True),
        ("sex", "F", False),
        ("tax_number", "123", True),
        ("tax_number", "0100109107", False),
        ("phone", "912345678", True),
        ("phone", "09123456x8", True),
        ("phone", "091234567", True),
        ("address", "x" * 301, True),
    ],
)
def test_what_cannot_be_blocks_and_what_is_strange_warns(
    field: str, value: object, blocks: bool
) -> None:
    found = problems(replace(NGHIEM, **{field: value}))  # type: ignore[arg-type]

    assert found[field] is blocks


def test_good_details_have_no_problem() -> None:
    assert problems(NGHIEM) == {}
    assert problems(COMPANY) == {}
    assert problems(Details(kind=Kind.CITIZEN, name="Y Lan", birth_on=None)) == {}


def test_a_household_business_may_use_the_number_of_its_owner() -> None:
    household = Details(Kind.HOUSEHOLD_BUSINESS, "Quán K’Mai", tax_number="068085999901")

    assert problems(household) == {}


def test_the_first_blocking_problem_is_refused_with_its_field() -> None:
    with pytest.raises(rules.DetailsNotClear) as refused:
        rules.check(replace(NGHIEM, phone="12", identity_number="999085999901"), on=TODAY)

    assert refused.value.field == "phone"


def test_warnings_alone_pass() -> None:
    rules.check(replace(NGHIEM, identity_number="999085999901"), on=TODAY)


def test_details_are_tidied_to_one_spelling() -> None:
    typed = replace(
        NGHIEM,
        name="  Kơ  Sa\u0306 Thử\tNghiệm ",
        identity_number="'068 085 999901",
        phone="+84 (912) 345.678",
    )

    assert rules.tidy(typed) == NGHIEM


def test_a_number_of_another_shape_says_nothing() -> None:
    assert rules.read_identity_number("250000123") is None
    assert not rules.is_synthetic_number("99999999")


def test_changed_fields_are_named_without_their_values() -> None:
    assert rules.changed_fields(NGHIEM, replace(NGHIEM, phone="", sex="")) == ("sex", "phone")


def test_details_do_not_show_themselves_in_logs() -> None:
    assert "Nghiệm" not in repr(NGHIEM)
