"""The door of the command line: `motcua clock prove CODE` and `motcua clock verify FILE`."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

import motcua
from motcua.kit.moments import day_text
from motcua.kit.proof import (
    Difference,
    PaperUnreadable,
    Part,
    Proof,
    Verdict,
    paper_of,
    paper_text,
    verify,
)
from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.words import gettext_noop
from motcua.registry.queries import catalogue
from motcua.ui.doors import words_of

from .pages.proof_short import answer, sections_of, short_form
from .pages.proof_words import row_of
from .proving import about, proof_of
from .queries import by_code

LARGEST = 50_000_000  # bytes; the longest proof of the tests has less than one million
HOLDS, DIFFERS = 0, 1
PARTS = {
    Part.INPUTS: gettext_noop("What is counted from differs, at “%(name)s”."),
    Part.CALENDAR: gettext_noop("Day %(number)s of the calendar differs, at “%(name)s”."),
    Part.LINES: gettext_noop("Line %(number)s differs, at “%(name)s”."),
    Part.DUE: gettext_noop("The end differs, at “%(name)s”."),
    Part.REST: gettext_noop("The file holds something that is no part of a proof: “%(name)s”."),
    Part.SEAL: gettext_noop("The seal is broken: something beside the lines was changed."),
    Part.COUNT: gettext_noop("It cannot be counted again."),
}


class UnknownDossier(Refused):
    message = gettext_noop("There is no dossier %(code)s. Check the code.")
    status = NOT_FOUND


class NothingToCount(Refused):
    message = gettext_noop(
        "Dossier %(code)s has no count: it is not received, has no legal limit, or its procedure is"
        " not in the registry."
    )


def prove(code: str, *, as_json: bool, now: datetime) -> str:
    """Give the proof of a dossier, as text for the eye or as the file to check.

    Errors: UnknownDossier, NothingToCount.
    """
    row = by_code(code)
    if row is None:
        raise UnknownDossier(code=code)
    proof = proof_of(row, list(row.pauses.all()), known=catalogue(), now=now)
    if proof is None:
        raise NothingToCount(code=row.code)
    if as_json:
        return paper_text(paper_of(proof, about=about(row), program=motcua.__version__)).rstrip()
    return f"{row.code}\n{as_text(proof)}"


def as_text(proof: Proof) -> str:
    """Give a proof as lines of text, the answer first."""
    told = [answer(proof), f"{short_form(proof)}."]
    for section in sections_of(proof):
        told += ["", section.title]
        for row in section.rows:
            because = f"  [{row.because}]" if row.because else ""
            number = f"{row.number:>4}" if row.number else "    "
            told.append(f"  {row.when:<22}{number}  {row.text}{because}".rstrip())
    return "\n".join(told)


def check(path: Path) -> tuple[str, int]:
    """Count the file of a proof again; give what came of it in words, and the exit code.

    Errors: PaperUnreadable, PaperForeign, PaperTooNew, PaperBroken, FileNotFoundError.
    """
    verdict = verify(_text_of(path))
    if verdict.difference is not None:
        return _differs(verdict, verdict.difference), DIFFERS
    name = str(verdict.about.get("dossier", ""))
    holds = _("Verified: every line, the end and the seal are as counted again.")
    ends = [answer(verdict.proof)] if verdict.proof is not None else []
    return "\n".join([f"{name} {holds}".strip(), *ends]), HOLDS


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise PaperUnreadable(reason=_("it is too large"))
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PaperUnreadable(reason=_("it is no text")) from None
    except (IsADirectoryError, PermissionError):
        raise PaperUnreadable(reason=_("it cannot be opened")) from None


def _differs(verdict: Verdict, found: Difference) -> str:
    facts = {"number": found.number, "name": found.name}
    told = [_("Not verified."), _(PARTS[found.part]) % facts]
    if found.refusal is not None:
        told.append(words_of(found.refusal))
    if found.told is not None or found.counted is not None:
        told.append(_("In the file: %(value)s") % {"value": found.told or "–"})
        told.append(_("Counted again: %(value)s") % {"value": found.counted or "–"})
    if found.line is not None:
        row = row_of(found.line)
        line = " ".join(part for part in (row.when, row.number, row.text, row.because) if part)
        told.append(_("The line should read: %(line)s") % {"line": line})
    if found.part is Part.CALENDAR and found.number and verdict.proof is not None:
        day = day_text(verdict.proof.calendar.first + found.number - 1)
        told.append(_("That day is %(day)s.") % {"day": day})
    return "\n".join(told)
