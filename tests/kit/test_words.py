"""Every message of the kit can be said in Vietnamese, with the same facts."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import motcua.kit

KIT = Path(motcua.kit.__file__).parent
PLACES = re.compile(r"%\(\w+\)s")


def messages() -> Iterator[str]:
    for path in KIT.rglob("*.py"):
        for _, message, _, _ in extract_from_file("python", path, {"gettext_noop": None}):
            assert isinstance(message, str)
            yield message


def test_every_message_is_translated_and_keeps_its_places() -> None:
    with (KIT / "locale/vi/LC_MESSAGES/django.po").open("rb") as file:
        catalog = read_po(file, locale="vi")

    said = set(messages())
    assert said
    for message in said:
        translated = str(catalog[message].string)
        assert translated
        assert sorted(PLACES.findall(message)) == sorted(PLACES.findall(translated))
    assert {str(one.id) for one in catalog if one.id} <= said
