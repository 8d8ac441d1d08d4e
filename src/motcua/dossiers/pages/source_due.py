"""Two appointments of one dossier: that of the other system it came from, and that of our rules."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.kit.calendar import Calendar
from motcua.kit.moments import minute_of, moment_of
from motcua.ui import formats

from .scene import Scene

MINUTES_OF_HOUR = 60


def source_due(scene: Scene) -> dict[str, object] | None:
    """Give both appointments, of the other system and ours, and how far they are apart."""
    row, proof = scene.row, scene.proof
    if row.due_of != "source" or row.source_due_at is None:
        return None
    ours = proof.due.due_at if proof else None
    apart = _apart(row.source_due_at, moment_of(ours), scene.calendar) if ours is not None else ""
    return {
        "theirs": row.source_due_at,
        "ours": None if ours is None else moment_of(ours),
        "apart": apart,
    }


def _apart(theirs: datetime, ours: datetime, calendar: Calendar) -> str:
    """Say in working time how much later or earlier the other system appointed."""
    if theirs == ours:
        return _("Both are the same.")
    first, last = sorted((theirs, ours))
    amount = _working_time(first, last, calendar)
    if theirs > ours:
        return _("The other system appoints %(amount)s later than the rules.") % {"amount": amount}
    return _("The other system appoints %(amount)s earlier than the rules.") % {"amount": amount}


def _working_time(first: datetime, last: datetime, calendar: Calendar) -> str:
    # Whatever is on record lies in the calendar: its warning days were counted when it came.
    minutes = calendar.count_open(minute_of(first), minute_of(last))
    hours, rest = divmod(minutes, MINUTES_OF_HOUR)
    words = ngettext("%(count)s working hour", "%(count)s working hours", hours)
    text = words % {"count": formats.number(hours)}
    if not rest:
        return text
    more = ngettext("%(count)s open minute", "%(count)s open minutes", rest) % {"count": rest}
    return f"{text} {more}" if hours else more
