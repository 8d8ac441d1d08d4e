"""The door of `motcua clock verify FILE`: knows the file alone, no database and no settings."""

from pathlib import Path

from django.utils.translation import gettext as _

from motcua.kit.moments import day_text, from_iso_minute
from motcua.kit.proof import Difference, PaperUnreadable, Part, Verdict, verify
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.ui import formats
from motcua.ui.doors import words_of

from .pages.proof_short import answer
from .pages.proof_words import row_of

LARGEST = 50_000_000  # bytes; the longest proof of the tests has less than one million
HOLDS, DIFFERS, UNREADABLE = 0, 1, 2
PARTS = {
    Part.INPUTS: gettext_noop("What is counted from differs, at “%(name)s”."),
    Part.CALENDAR: gettext_noop("Day %(number)s of the calendar differs, at “%(name)s”."),
    Part.LINES: gettext_noop("Line %(number)s differs, at “%(name)s”."),
    Part.DUE: gettext_noop("The end differs, at “%(name)s”."),
    Part.REST: gettext_noop("The file holds something that is no part of a proof: “%(name)s”."),
    Part.SEAL: gettext_noop("The seal is broken: something beside the lines was changed."),
    Part.COUNT: gettext_noop("It cannot be counted again."),
}


def check(path: Path) -> tuple[str, int]:
    """Count the file of a proof again; give what came of it in words, and the exit code."""
    try:
        verdict = verify(_text_of(path))
    except FileNotFoundError:
        return _("There is no file %(name)s.") % {"name": path}, UNREADABLE
    except Refused as refusal:
        return words_of(refusal), UNREADABLE
    if verdict.difference is not None:
        return _differs(verdict, verdict.difference), DIFFERS
    name = str(verdict.about.get("dossier", ""))
    holds = _("Verified: every line, the end and the seal are as counted again.")
    ends = [answer(verdict.proof)] if verdict.proof is not None else []
    return "\n".join([f"{name} {holds}".strip(), *ends, *_on_record(verdict)]), HOLDS


def _on_record(verdict: Verdict) -> list[str]:
    """Say what the file tells of the record where it is not what the file counts."""
    told, proof = verdict.about.get("due_on_record"), verdict.proof
    if not isinstance(told, str) or proof is None:
        return []
    try:
        due_at = from_iso_minute(told)
    except Refused:
        return [_("What the file says of the record cannot be read: %(value)s") % {"value": told}]
    if due_at == proof.due.due_at:
        return []
    words = _("The record says %(due)s, which differs from this count.")
    if "source_due" in verdict.about:
        words = _("Another system appointed %(due)s, which differs from this count.")
    return [words % {"due": formats.moment(due_at)}]


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
