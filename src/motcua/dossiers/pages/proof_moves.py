"""When and why an appointment was moved with the calendar or a limit, as the ledger tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.dossiers.proving import DueMove
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats

from .change_reasons import reason_of


@dataclass(frozen=True)
class MoveRow:
    """One move: when, from where to where, and why."""

    at: datetime
    text: str
    why: str


def move_rows(row: Dossier, moves: Iterable[DueMove], known: Catalogue) -> list[MoveRow]:
    """Give each move of a dossier's appointment in words, the first one first."""
    return [
        MoveRow(
            one.at,
            _("From %(was)s to %(due)s") % {"was": _moment(one.was), "due": _moment(one.due)},
            reason_of(row.pk, one.change, one.version, known),
        )
        for one in moves
    ]


def _moment(moment: datetime | None) -> str:
    return formats.moment(moment) if moment else _("no appointment while the clock stands still")
