"""The due moment of any dossier by our own rules, also where another system set the appointment."""

from collections.abc import Sequence
from datetime import datetime

from motcua.kit.calendar import BeyondCalendar
from motcua.kit.moments import minute_of
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import NotInForce, UnknownProcedure, UnknownUnit

from .models import Dossier, Pause
from .rows import life_of, moment_or_none
from .rules.moves import NOTE_STEP
from .rules.taking import due_by_rules
from .terms import terms_of

NOBODY_KNOWS = (BeyondCalendar, NotInForce, UnknownProcedure, UnknownUnit)


def own_due(
    row: Dossier, *, known: Catalogue, pauses: Sequence[Pause] | None = None
) -> datetime | None:
    """Give the due moment our rules count from receipt, limit, calendar, pauses and extension.

    It stands beside `source_due_at` of a dossier another system appointed; of any other it is
    `due_at`. None: not received, no legal limit, the clock stands still, or the registry knows no
    law of that procedure, unit or time. `pauses`: read from the row unless given.
    """
    if row.received_at is None:
        return None
    life = life_of(row, list(row.pauses.all()) if pauses is None else pauses)
    received = minute_of(row.received_at)
    try:
        terms = terms_of(life, NOTE_STEP, catalogue=known, at=received, in_zone=row.in_zone)
        return moment_or_none(due_by_rules(life, terms=terms))
    except NOBODY_KNOWS:
        return None
