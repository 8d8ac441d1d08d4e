"""The days of a yearly decree, taken into the calendar together."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.registry.actions.calendars import day_entered, day_removed
from motcua.registry.checks import check_change
from motcua.registry.drafts import DecreeDraft
from motcua.registry.kinds import DECREE_TAKEN, NATION
from motcua.registry.models import CalendarEntry
from motcua.registry.queries import catalogue
from motcua.registry.writing import Told, lock_registry, store_days, tell


@transaction.atomic
def take_decree(*, draft: DecreeDraft, actor: Actor, at: datetime) -> list[CalendarEntry]:
    """Enter the days of a decree in place of those that were computed: all of them, or none.

    Errors: NotAllowed, WrongSpans, WrongEntry, NoLegalBasis, and those of `check_change`.
    """
    require(actor, Permission.KEEP_CALENDARS, unit_key=draft.unit_key or NATION)
    revision = lock_registry()
    check_change(catalogue(), draft)
    gone = list(CalendarEntry.objects.filter(pk__in=draft.replaced_ids).order_by("day", "pk"))
    told = [*map(day_removed, gone), *map(day_entered, draft.days), _taken(draft, gone)]
    CalendarEntry.objects.filter(pk__in=draft.replaced_ids).delete()
    rows = store_days(draft.days)
    tell(revision, told, actor=actor, at=at)
    return rows


def _taken(draft: DecreeDraft, gone: list[CalendarEntry]) -> Told:
    days = [*(one.day for one in draft.days), *(row.day for row in gone)]
    return Told(
        DECREE_TAKEN,
        {
            "unit": draft.unit_key,
            "entered": len(draft.days),
            "replaced": len(gone),
            "first": min(days).isoformat() if days else None,
            "last": max(days).isoformat() if days else None,
        },
        draft.unit_key or NATION,
    )
