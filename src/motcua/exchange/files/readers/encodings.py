"""Which encoding a text file is written in, or that it cannot be told."""

import codecs
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from motcua.exchange.files.refusals import BrokenOff, WrongEncoding

from .packed import open_bytes

BLOCK = 1 << 20
HEAD = 4096
ENOUGH = 3  # signs of more than one byte that no other encoding would form by chance
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
EIGHT_BIT = ("cp1258", "cp1252")
VOWELS = frozenset("aeiouyAEIOUY")
TONES = frozenset(b"\xcc\xd2\xde\xec\xf2")  # tone marks of cp1258, letters of cp1252


def candidates(path: Path) -> list[str]:
    """The encodings the file may have; one when it can be told.

    Errors: BrokenOff for a file cut inside a letter, WrongEncoding for damaged UTF-8.
    """
    with open_bytes(path) as stream:
        head = stream.read(HEAD)
    for bom, name in BOMS:
        if head.startswith(bom):
            return [name]
    if head[1::2].count(0) > len(head) // 4:
        return ["utf-16-le"]
    if head[::2].count(0) > len(head) // 4:
        return ["utf-16-be"]
    with open_bytes(path) as stream:
        return ["utf-8"] if _is_utf8(stream, path.name) else list(EIGHT_BIT)


def _is_utf8(stream: BinaryIO, name: str) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, wide = 1, 0
    for block in _blocks(stream):
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            before = bytes(error.object[: error.start]).decode("utf-8")
            wide += _wide(before)
            if wide < ENOUGH:
                return False
            line = lines + before.count("\n")
            if not block:
                raise BrokenOff(file=name, line=line) from error
            raise WrongEncoding(file=name, line=line, encoding="UTF-8") from error
        lines += text.count("\n")
        wide += _wide(text)
    return True


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The file block by block, and an empty one at the end."""
    while block := stream.read(BLOCK):
        yield block
    yield b""


def _wide(text: str) -> int:
    return 0 if text.isascii() else sum(1 for c in text[:BLOCK] if c > "\x7f")


def by_tone_marks(path: Path) -> str | None:
    """cp1258 when every tone mark stands after a vowel, cp1252 when none does, else None."""
    after_vowel = after_other = 0
    with open_bytes(path) as stream:
        before = b" "
        for block in _blocks(stream):
            for place, byte in enumerate(block):
                if byte in TONES:
                    last = block[place - 1 : place] if place else before
                    base = unicodedata.normalize("NFD", last.decode("cp1258", "replace"))[:1]
                    after_vowel += base in VOWELS or base in "ơưƠƯ"
                    after_other += not (base in VOWELS or base in "ơưƠƯ")
            before = block[-1:] or before
    if bool(after_vowel) == bool(after_other):
        return None
    return "cp1258" if after_vowel else "cp1252"


def first_bad_line(path: Path, encoding: str) -> int:
    """The line where the file stops being written in that encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with open_bytes(path) as stream:
        for block in _blocks(stream):
            try:
                lines += decoder.decode(block, final=not block).count("\n")
            except UnicodeDecodeError as error:
                good = bytes(error.object[: error.start])
                return lines + good.decode(encoding, "ignore").count("\n")
    return lines
