"""What has to be said in Vietnamese, room by room.

`python -m tests.architecture.words ROOM` prints what is missing in the room's catalogue, ready to
be pasted into it. The pages of the switchboard count as the room "" (`src/motcua/locale`).
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[2] / "src" / "motcua"
ROOMS = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
PLACES = re.compile(r"%\((\w+)\)")


def folder_of(room: str) -> Path:
    """Give the folder of a room; the switchboard is the package itself."""
    return PACKAGE / room if room else PACKAGE


def asked(room: str) -> Catalog:
    """Give every message the code and templates of a room may show."""
    catalogue = Catalog(locale="vi", project="motcua")
    for path in _sources(room):
        method = "python" if path.suffix == ".py" else "enmerkar.extract:extract_django"
        with path.open("rb") as file:
            for _, message, _, _ in extract(method, file, keywords=KEYWORDS, comment_tags=()):
                if message:
                    catalogue.add(message)
    return catalogue


def answered(room: str) -> Catalog:
    """Give what the room's Vietnamese catalogue holds."""
    path = folder_of(room) / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale="vi")
    with path.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def missing(room: str) -> Catalog:
    """Give the messages without Vietnamese words."""
    known = answered(room)
    lacking = Catalog(locale="vi", project="motcua")
    for message in asked(room):
        if not message.id:
            continue
        found = known.get(key_of(message.id))
        if found is None or not _is_said(found.string):
            lacking.add(message.id)
    return lacking


def broken_places(room: str) -> list[str]:
    """Give the messages whose `%(name)s` places differ between the languages."""
    wrong = []
    for message in answered(room):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        wanted = {place for text in ids for place in PLACES.findall(str(text))}
        if any(set(PLACES.findall(str(text))) - wanted for text in said if text):
            wrong.append(str(message.id))
    return wrong


def _sources(room: str) -> Iterator[Path]:
    root = folder_of(room)
    if not room:
        yield from sorted(root.glob("*.py"))
        return
    yield from sorted(path for path in root.rglob("*.py") if "migrations" not in path.parts)
    for kind in ("*.html", "*.txt", "*.typ"):
        yield from sorted(path for path in root.rglob(kind) if "templates" in path.parts)


def key_of(message_id: object) -> str:
    """Give the text a catalogue files a message under; a plural one by its singular."""
    return str(message_id[0]) if isinstance(message_id, list | tuple) else str(message_id)


def _is_said(text: object) -> bool:
    return all(text) if isinstance(text, list | tuple) else bool(text)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["", *ROOMS]:
        out = io.BytesIO()
        write_po(out, missing(name), omit_header=True, no_location=True)
        print(f"# {name or 'switchboard'}\n{out.getvalue().decode()}")  # noqa: T201
