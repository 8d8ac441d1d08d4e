"""The report of an import: each rejected row and each flag in words, as a CSV file."""

import csv
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from motcua.kit.words import gettext_noop

from .flags import SAYS
from .staging import Noted

TITLES = (
    gettext_noop("Row in the file"),
    gettext_noop("Dossier number"),
    gettext_noop("What became of it"),
    gettext_noop("Reason"),
    gettext_noop("What the row says"),
)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_report(noted: Iterable[Noted], *, folder: Path, source: str, at: datetime) -> Path:
    """Write the report under a name of its own; it appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{source}-{at:%Y%m%d-%H%M%S}-{os.getpid()}.csv"
    draft = path.with_suffix(".part")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([_(title) for title in TITLES])
            for note in noted:
                became = _("left out") if note.is_rejected else _("taken in with a flag")
                said = _(SAYS[note.reason])
                table.writerow([note.line, *map(plain, (note.key, became, said, note.words))])
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def plain(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
