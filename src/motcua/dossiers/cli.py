"""The door of the command line: `motcua clock prove CODE`."""

from datetime import datetime

from django.utils.translation import gettext as _

import motcua
from motcua.kit.proof import Proof, paper_of, paper_text
from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.words import gettext_noop
from motcua.registry.queries import catalogue
from motcua.ui import formats

from .models import Dossier
from .pages.proof_moves import move_rows
from .pages.proof_short import answer, sections_of, short_form
from .proving import about, differs, known_as_of, moves_of, proof_of
from .queries import by_code


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
    known = catalogue()
    proof = proof_of(row, list(row.pauses.all()), known=known, now=now)
    if proof is None:
        raise NothingToCount(code=row.code)
    as_of = known_as_of(row, known)
    if as_json:
        told = about(row, moves_of(row), as_of=as_of)
        return paper_text(paper_of(proof, about=told, program=motcua.__version__)).rstrip()
    moved = [
        f"  {formats.moment(one.at):<22}      {one.text}  [{one.why}]"
        for one in move_rows(row, moves_of(row), known)
    ]
    head = ["", _("Moved with the calendar or the limit")] if moved else []
    record = on_record(row, differs(row, proof), as_of)
    return "\n".join([row.code, as_text(proof), *head, *moved, "", *record])


def on_record(row: Dossier, differs_at: datetime | None, as_of: datetime | None) -> list[str]:
    """Give what stands on record beside the count, and a warning where it is not the same."""
    due = formats.moment(row.due_at) if row.due_at else _("none, the clock stands still")
    told = [_("On record: %(due)s") % {"due": due}]
    if row.due_of == "source":
        told = [_("On record, appointed by another system: %(due)s") % {"due": due}]
    if as_of is not None:
        told.append(
            _(
                "Counted by the calendar and the limits as they were when the dossier ended,"
                " %(ended)s. They were changed since; ended dossiers keep what was published."
            )
            % {"ended": formats.moment(as_of)}
        )
    if differs_at is not None:
        told.append(
            _(
                "Take care: the record differs from this count. The calendar or a limit was changed"
                " since; ended dossiers keep what was published."
            )
        )
    return told


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
