"""Compiles every room's words: `python -m motcua.ui.translations`.

The package build runs this file by its path, so it imports Babel and the standard library only.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Write a `.mo` beside each `.po` that is newer than its own, and name those written."""
    written = []
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    """Write under another name first: a running program may be reading the old file."""
    language = source.parts[-3]
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    draft = target.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)


if __name__ == "__main__":
    compile_all()
