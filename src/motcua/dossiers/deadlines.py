"""Time as an actor: the worker calls this every minute."""

import logging
from datetime import datetime
from uuid import UUID

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.kit.refusals import Refused

from . import actions
from .changes.going_on import go_on
from .models import Dossier

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 600  # some seconds; the rest follows in the next minute, and readers go on


def note_crossings(*, clock: Actor, at: datetime) -> int:
    """Note every limit that came near or was passed, up to whom it is told; return how many.

    Each row says when it must be looked at next, so that the question costs what it finds.
    """
    minute = at.replace(second=0, microsecond=0)
    rows = Dossier.objects.filter(watch_at__lte=minute).order_by("watch_at")
    # Ids first: a refusal rolls back, and SQLite loses an open cursor then.
    ids: list[UUID] = list(rows.values_list("id", flat=True)[:MOST_AT_ONCE])
    return sum(_note(one, clock=clock, at=at) for one in ids)


def _note(dossier_id: UUID, *, clock: Actor, at: datetime) -> int:
    try:
        return actions.note_crossings(dossier_id=dossier_id, actor=clock, at=at)
    except Refused:
        raise  # the clock has no right: that is so for every dossier
    except Exception:  # docs/adr/0012: the next round would begin with the same dossier
        logger.exception("crossings not noted, looked at again later: dossier %s", dossier_id)
        actions.put_off_watching(dossier_id=dossier_id, actor=clock, at=at)
        return 0


def go_on_with_changes(*, clock: Actor, at: datetime) -> int:
    """Do the next part of previews that are wanted and of changes that run; return how much.

    Errors: NotAllowed.
    """
    require_anywhere(clock, Permission.WATCH_CLOCK)
    return go_on(at=at)
