"""Why an appointment was moved with the calendar or a limit, in one line."""

from uuid import UUID

from django.utils.translation import gettext as _

from motcua.dossiers.change_models import ClockChange
from motcua.dossiers.changes.drafts import from_json, replaced_from
from motcua.dossiers.kinds import CHANGE_REVERSING
from motcua.ledger.models import Event
from motcua.registry.catalogue import Catalogue

from .change_words import title_of


def reason_of(dossier_id: UUID, change_id: UUID, version: int, known: Catalogue) -> str:
    """Give the change that made this version of a dossier; empty where another node knows it."""
    change = ClockChange.objects.filter(pk=change_id).first()
    if change is None:
        return ""
    draft = from_json(change.what, change.draft)
    title = title_of(draft, replaced_from(change.replaced), known)
    reversing = Event.objects.filter(subject_id=change_id, kind=CHANGE_REVERSING.name)
    told = Event.objects.filter(subject_id=dossier_id, subject_version=version)
    is_back = told.filter(seq__gt=reversing.order_by("seq").values("seq")[:1]).exists()
    return _("Taken back: %(change)s") % {"change": title} if is_back else title
