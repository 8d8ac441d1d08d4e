"""The facts of one dossier, as pairs of a word and a value."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.kit.clock import Limit
from motcua.ui import formats

from .labels import CHANNELS, OUTCOMES, limit_words, source_words
from .proof_short import short_form
from .scene import Scene


@dataclass(frozen=True)
class Stretch:
    """A time in which the clock stood still."""

    from_at: datetime
    to_at: datetime | None


def facts_of(scene: Scene) -> list[tuple[str, str]]:
    """Give what is known of the dossier beside its parties; what is empty is left out."""
    row = scene.row
    pairs = [
        (_("Procedure code"), row.procedure_code),
        (_("Field"), scene.known.field_name(row.field_code)),
        (_("Case"), row.case),
        (_("Legal limit"), limit_words(_limit(scene)) + _zone(row)),
        (_("Filing"), _(CHANNELS.get(row.channel, row.channel))),
        (_("Handed in at"), scene.unit_name(row.place_key)),
        (_("Filed"), _at(row.filed_at)),
        (_("Received"), _at(row.received_at)),
        (_("First appointment"), _moved(row)),
        (_("Step"), _step(scene)),
        (_("Step to be done by"), _at(row.step_due_at)),
        (_("Applicant to answer by"), _at(row.answer_due_at)),
        (_("Requests to supplement"), _times(row.supplements)),
        (_("New appointments"), _times(row.extensions)),
        (_("Appointed anew for"), _at(row.extended_to)),
        (_("Decision") if row.ended_at else _("Draft of the decision"), _outcome(row)),
        (_("Ended"), _at(row.ended_at)),
        (_("Result returned"), _at(row.returned_at)),
        (_("Number in another system"), row.foreign_code),
        (_("Imported from"), source_words(row.source)),
    ]
    return [(word, value) for word, value in pairs if value]


def pauses_of(scene: Scene) -> list[Stretch]:
    """Give the times in which the clock stood still, oldest first."""
    rows = scene.row.pauses.order_by("from_at", "pk")
    return [Stretch(pause.from_at, pause.to_at) for pause in rows]


def counted_in_short(scene: Scene) -> str:
    """Give in a few words how the appointment is counted; empty where there is nothing to count."""
    proof = scene.proof
    return short_form(proof) if proof is not None else ""


def _limit(scene: Scene) -> Limit | None:
    row, card = scene.row, scene.card
    if card is None:
        return None
    return scene.known.limit(card, row.channel, row.case, zone=row.in_zone)


def _zone(row: Dossier) -> str:
    return " " + _("(zone supplement included)") if row.in_zone else ""


def _moved(row: Dossier) -> str:
    is_moved = row.original_due_at and row.original_due_at != row.due_at
    return _at(row.original_due_at) if is_moved else ""


def _step(scene: Scene) -> str:
    if not scene.row.step:
        return ""
    steps = scene.card.steps if scene.card else ()
    name = next((one.name for one in steps if one.number == scene.row.step), "")
    return f"{scene.row.step}. {name}".rstrip(". ")


def _outcome(row: Dossier) -> str:
    return _(dict(OUTCOMES).get(row.outcome, "")) if row.outcome else ""  # type: ignore[call-overload]


def _times(count: int) -> str:
    return formats.number(count) if count else ""


def _at(moment: datetime | None) -> str:
    return formats.moment(moment) if moment else ""
