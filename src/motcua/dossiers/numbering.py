"""The counters that dossier codes count on by, one for each unit and day."""

from datetime import datetime

from django.utils import timezone

from motcua.registry.holding import hold_still
from motcua.registry.queries import catalogue

from .models import CodeCounter
from .rules.codes import stem_of


def lock_counter(*, place_key: str, at: datetime) -> CodeCounter:
    """Lock the counter of a place's codes of the day until the transaction ends; give it.

    Whoever records other events before beginning a dossier in the same transaction calls this
    first: rows are locked before the ledger, so nobody waits in a circle.

    Errors: UnknownUnit.
    """
    hold_still()
    today = timezone.localdate(at)
    stem = stem_of(catalogue().code_pattern(place_key, today), on=today)
    CodeCounter.objects.get_or_create(stem=stem)
    return CodeCounter.objects.select_for_update().get(stem=stem)
