"""Search form, tone placement and order of Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kit.text import fold, nfc, normal_tone, sort_key

texts = st.text(alphabet="aăâoôơuưyeêiđdqgnmtAĐOUáàảãạòóủỹệ ’'\u0301\u0323")


def shuffled(words: list[str]) -> list[str]:
    return words[1::2] + words[::2]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị  Đào", "nguyen thi dao"),
        (" Đạ R’Sal ", "da r'sal"),
        ("Đạ R`Sal", "da r'sal"),
        ("Krông Nô\tLâm Đồng", "krong no lam dong"),
        ("ƯỚC MƠ", "uoc mo"),
        (unicodedata.normalize("NFD", "Đam Rông"), "dam rong"),
        ("001234567890", "001234567890"),
    ],
)
def test_a_search_knows_no_marks_capitals_or_kinds_of_apostrophe(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(text=texts)
def test_folding_twice_or_another_written_form_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@pytest.mark.parametrize(
    ("modern", "classic"),
    [
        ("hoà", "hòa"),
        ("Hoà Bình", "Hòa Bình"),
        ("HOÀ", "HÒA"),
        ("khoẻ", "khỏe"),
        ("thuỷ, tuý", "thủy, túy"),
        ("qúy", "quý"),
        ("qùa", "quà"),
        ("Qúy", "Quý"),
    ],
)
def test_two_placements_of_a_tone_are_the_same_to_compare(modern: str, classic: str) -> None:
    assert normal_tone(modern) == normal_tone(classic) == nfc(classic)


@pytest.mark.parametrize(
    "text",
    ["hoàn", "xoài", "khuỷu", "ngoẻo", "quỳ", "quà", "Nguyễn", "chuyện", "toét", "giếng", ""],
)
def test_a_tone_with_one_place_only_stays_there(text: str) -> None:
    assert normal_tone(text) == nfc(text)


@given(text=texts)
def test_moving_tones_changes_no_letters_and_settles_at_once(text: str) -> None:
    once = normal_tone(text)

    assert normal_tone(once) == once
    assert fold(once) == fold(text)


def test_letters_sort_as_in_the_dictionary() -> None:
    expected = ["an", "ăn", "ân", "bo", "da", "đa", "em", "êm", "on", "ôn", "ơn", "un", "ưn", "y"]

    assert sorted(shuffled(expected), key=sort_key) == expected


def test_tones_sort_as_in_the_dictionary_and_only_after_all_letters() -> None:
    expected = ["ma", "mà", "mả", "mã", "má", "mạ", "mạ a", "mab"]

    assert sorted(shuffled(expected), key=sort_key) == expected


def test_small_letters_sort_before_capitals_and_spaces_before_digits_and_letters() -> None:
    expected = ["Đạ 2", "Đạ Long", "đam", "Đam", "Đam Rông", "Đam Rông 1", "Đam Rông 2"]

    assert sorted(shuffled(expected), key=sort_key) == expected


@given(text=texts)
def test_the_written_form_does_not_change_the_order(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)
