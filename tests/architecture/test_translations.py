"""Everything a page may say, it says in Vietnamese."""

import pytest

from tests.architecture import words

EVERYWHERE = ["", *words.ROOMS]


@pytest.mark.parametrize("room", EVERYWHERE)
def test_every_message_of_a_room_has_vietnamese_words(room: str) -> None:
    assert [message.id for message in words.missing(room) if message.id] == []


@pytest.mark.parametrize("room", EVERYWHERE)
def test_vietnamese_words_use_the_same_places_as_the_message(room: str) -> None:
    assert words.broken_places(room) == []


@pytest.mark.parametrize("room", EVERYWHERE)
def test_a_catalogue_holds_nothing_that_is_no_longer_said(room: str) -> None:
    asked = {words.key_of(message.id) for message in words.asked(room)}

    answered = {words.key_of(message.id) for message in words.answered(room) if message.id}
    assert answered - asked == set()


def test_the_extractor_sees_code_and_templates() -> None:
    asked = {message.id for message in words.asked("accounts")}

    assert {"Counter clerk", "Sign-in name"} <= asked
