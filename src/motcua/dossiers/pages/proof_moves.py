"""When and why an appointment was moved with the calendar or a limit, as the ledger tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.dossiers.change_models import ClockChange, ClockChangeMove
from motcua.dossiers.changes.drafts import from_json, replaced_from
from motcua.dossiers.models import Dossier
from motcua.dossiers.proving import DueMove
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats

from .change_words import title_of


@dataclass(frozen=True)
class MoveRow:
    """One move: when, from where to where, and why."""

    at: datetime
    text: str
    why: str


def move_rows(row: Dossier, moves: list[DueMove], known: Catalogue) -> list[MoveRow]:
    """Give each move of a dossier's appointment in words, the first one first."""
    changes = ClockChange.objects.in_bulk({one.change for one in moves})
    back = _taken_back(row)
    return [
        MoveRow(
            one.at,
            _("From %(was)s to %(due)s") % {"was": _moment(one.was), "due": _moment(one.due)},
            _why(one, changes, known, is_back=(one.change, one.version) in back),
        )
        for one in moves
    ]


def _taken_back(row: Dossier) -> set[tuple[UUID, int]]:
    moves = ClockChangeMove.objects.filter(dossier=row, back_version__gt=0)
    return set(moves.values_list("change_id", "back_version"))


def _why(
    one: DueMove, changes: Mapping[UUID, ClockChange], known: Catalogue, *, is_back: bool
) -> str:
    change = changes.get(one.change)
    if change is None:  # its ledger came from another node
        return ""
    draft = from_json(change.what, change.draft)
    title = title_of(draft, replaced_from(change.replaced), known)
    return _("Taken back: %(change)s") % {"change": title} if is_back else title


def _moment(moment: datetime | None) -> str:
    return formats.moment(moment) if moment else _("no appointment while the clock stands still")
