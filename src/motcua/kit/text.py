"""Vietnamese text: one written form, a form to search by, an order to sort by."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ`´′ʹ＇"), "'")
_D = {ord("đ"): "d", ord("Đ"): "D"}

_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the order of the dictionary."""

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x100 + place) for place, letter in enumerate(_LETTERS)}
_WEIGHT = {"": "0", **{tone: str(place) for place, tone in enumerate(_TONES, 1)}}

_LATE = re.compile(rf"(?<!q)(o)([ae])([{_TONES}])(?!\w)|(?<!q)(u)(y)([{_TONES}])(?!\w)", re.I)
_EARLY = re.compile(rf"(?<=q)(u)([{_TONES}])([aeiouyăâêôơ])", re.I)


def nfc(text: str) -> str:
    """The text in the one form in which it is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text as it is searched: no marks, no capitals, d for đ, single spaces.

    Two texts with one fold are candidates for each other, never the same by that alone.
    """
    parts = unicodedata.normalize("NFD", text.translate(_APOSTROPHES)).translate(_D)
    plain = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(plain.lower().split())


def normal_tone(text: str) -> str:
    """The text with the tone of an open oa, oe, uy on its first letter: hoà becomes hòa.

    For comparison only: people keep the spelling of their names. After q the u is part of
    the consonant, so qúy becomes quý.
    """
    spread = _tones_apart(text)
    moved = _LATE.sub(_on_first, spread)
    return nfc(_EARLY.sub(r"\1\3\2", moved))


@lru_cache(maxsize=8192)  # a page sorts the same names of units and procedures each time
def sort_key(text: str) -> str:
    """A text whose order by code point is the order of the Vietnamese dictionary.

    Letters first (a, ă, â, b …), then tones, then small letters before capitals.
    """
    letters, tones, cases = [], [], []
    for character in nfc(text.translate(_APOSTROPHES)):
        base, tone = _split(character)
        letters.append(_RANK.get(base.lower(), base))
        tones.append(_WEIGHT[tone])
        cases.append("1" if base != base.lower() else "0")
    return "\x01".join(("".join(letters), "".join(tones), "".join(cases)))


def _split(character: str) -> tuple[str, str]:
    """A letter without its tone, and the tone."""
    parts = unicodedata.normalize("NFD", character)
    tone = "".join(one for one in parts if one in _TONES)
    rest = "".join(one for one in parts if one not in _TONES)
    return nfc(rest), tone[:1]


def _tones_apart(text: str) -> str:
    """Letters with their quality marks, each followed by its tone."""
    return "".join("".join(_split(one)) for one in nfc(text))


def _on_first(found: re.Match[str]) -> str:
    first, second, tone = (one for one in found.groups() if one is not None)
    return first + tone + second
