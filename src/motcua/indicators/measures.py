"""Every count there is, once: the predicate that counts spans is the one that lists them. Pure.

First each span gets a few yes-or-no answers (`CONDITIONS`); a measure is said in these and in the
columns of few values: waits, channel, ended_by, online_offered. That way the 30 counts of a wall
are taken from a few thousand groups, not from every span.

A condition speaks of one span (columns: `facts/cutting.py`) and of three minutes: `$since` and
`$until`, the first and last minute of the period, `$until` no later than now; and `$before`, the
last minute of the day before it. A stock is what holds at `$until`: 23:59 of the last day, or now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from motcua.kit.words import gettext_noop as _

FORM = _("Form II.06a of the periodic report; layout from practice")
DECISION_766 = _("Decision 766/QĐ-TTg")
ARTICLE = _("Guide of the figures")


class Kind(StrEnum):
    """A flow is counted over the period and adds up over months; a stock holds at its end."""

    FLOW = "flow"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Measure:
    """One count of dossiers. `holds`: the spans it counts, said in conditions."""

    code: str
    title: str
    kind: Kind
    holds: str
    source: str
    unit: str = "dossiers"


def _in_period(minute: str) -> str:
    return f"{minute} BETWEEN $since AND $until"


def _standing(minute: str) -> str:
    """The span lasts at this minute: its dossier is received and not ended."""
    return f"from_at <= {minute} AND coalesce(to_at > {minute}, true)"


CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "received": f"is_first AND {_in_period('received_at')}",
        "of_period": _in_period("received_at"),  # the dossier, whatever span of it this is
        "stood": _standing("$before"),
        "stands": _standing("$until"),
        "ended": f"ended_by IS NOT NULL AND {_in_period('to_at')}",
        "has_ended": "ended_by IS NOT NULL AND to_at <= $until",
        "came_in": f"came_from IS NOT NULL AND {_in_period('from_at')}",
        "went_out": f"went_to IS NOT NULL AND {_in_period('to_at')}",
        # Of an ended dossier; null without a due moment. Days are cut towards minus infinity.
        "was_late": "to_at > end_due_at",
        "was_early": "to_at < end_due_at - (end_due_at % 1440 + 1440) % 1440",
        "was_due": _in_period("end_due_at"),
        "before_receipt": "to_at < received_at",
        # Of a dossier in process; null without a due moment.
        "past_due": "due_at < $until",
        "fell_due": _in_period("due_at"),
        "soon_1": "warn_1 * 1440 <= $until",
        "soon_3": "warn_3 * 1440 <= $until",
        "soon_5": "warn_5 * 1440 <= $until",
        "extended": "extensions > 0",
        "asked_twice": "supplements > 1",
    }
)
PLAIN = ("waits", "channel", "ended_by", "online_offered")  # columns a measure may name as they are

# A span that matters to the period at all: an answer of yes is possible only here.
BEGINS = "least(from_at, coalesce(to_at, from_at))"
MATTERS_UNTIL = (  # the last minute it can matter; none while its dossier is in process
    f"CASE WHEN to_at IS NULL THEN {2**31 - 1}"
    " ELSE greatest(to_at, received_at, coalesce(end_due_at, to_at)) END"
)
RELEVANT = f"({BEGINS} <= $until AND {MATTERS_UNTIL} >= $before)"

_IN_TIME = "stands AND NOT waits AND NOT past_due"
_ON_TIME = "NOT was_late"
_LATE_766 = "coalesce(NOT waits AND CASE WHEN ended THEN was_late ELSE past_due END, false)"

_FLOWS = (
    ("received", _("Received in the period"), "received"),
    ("online", _("Received online"), "received AND channel = 'online'"),
    ("direct", _("Received at the counter"), "received AND channel = 'direct'"),
    ("post", _("Received by post"), "received AND channel = 'post'"),
    (
        "other",
        _("Received in another way"),
        "received AND channel NOT IN ('online', 'direct', 'post')",
    ),
    (
        "direct_post_other",
        _("Received in a way other than online"),
        "received AND channel <> 'online'",
    ),
    (
        "offered_online",
        _("Received of procedures open for online filing"),
        "received AND online_offered",
    ),
    (
        "online_of_offered",
        _("Received online of procedures open for online filing"),
        "received AND online_offered AND channel = 'online'",
    ),
    ("resolved", _("Resolved in the period"), "ended"),
    ("early", _("Resolved before the appointment day"), "ended AND was_early"),
    (
        "on_the_day",
        _("Resolved on the appointment day"),
        f"ended AND {_ON_TIME} AND NOT was_early",
    ),
    (
        "on_the_day_or_no_due",
        _("Resolved on the appointment day, or without a due date"),
        "ended AND coalesce(NOT was_late AND NOT was_early, true)",
    ),
    ("on_time", _("Resolved on time"), f"ended AND {_ON_TIME}"),
    ("late", _("Resolved late"), "ended AND was_late"),
    ("no_due", _("Resolved, no due date"), "ended AND was_late IS NULL"),
    (
        "resolved_with_due",
        _("Resolved in the period, with a due date"),
        "ended AND was_late IS NOT NULL",
    ),
    (
        "on_time_after_extension",
        _("Resolved on time after an extension"),
        f"ended AND {_ON_TIME} AND extended",
    ),
    (
        "late_after_extension",
        _("Resolved late after an extension"),
        "ended AND was_late AND extended",
    ),
    (
        "withdrawn",
        _("Withdrawn, stopped or refused after receipt"),
        "ended AND ended_by IN ('withdrawn', 'stopped', 'refused')",
    ),
    ("transferred_in", _("Handed over to the unit"), "came_in"),
    ("transferred_out", _("Handed over to another unit"), "went_out"),
    (
        "ended_before_receipt",
        _("Ended before its receipt, as the source says"),
        "ended AND before_receipt",
    ),
)
_STOCKS = (
    ("carried_over", _("Carried over from the period before"), "stood"),
    ("open", _("In process"), "stands"),
    ("in_time", _("In process, in time"), _IN_TIME),
    ("waiting", _("In process, the clock stands still"), "stands AND waits"),
    (
        "open_not_overdue",
        _("In process, not overdue"),
        "stands AND (waits OR coalesce(NOT past_due, true))",
    ),
    ("received_or_carried", _("Received in the period or carried over"), "received OR stood"),
    ("overdue", _("In process, overdue"), "stands AND NOT waits AND past_due"),
    ("open_no_due", _("In process, no due date"), "stands AND NOT waits AND past_due IS NULL"),
    ("due_soon_1", _("Due within 1 working day"), f"{_IN_TIME} AND soon_1"),
    ("due_soon_3", _("Due within 3 working days"), f"{_IN_TIME} AND soon_3"),
    ("due_soon_5", _("Due within 5 working days"), f"{_IN_TIME} AND soon_5"),
)
# Parts and wholes of rates that are no figure of their own. Each takes a dossier by the span that
# has the last word on it, so it counts where the dossier stood at the end of the period or ended.
_PARTS = (
    (
        "new_with_due",
        _("Received in the period, with a due date or the clock standing still"),
        "of_period AND (stands AND (waits OR past_due IS NOT NULL)"
        " OR has_ended AND was_late IS NOT NULL)",
    ),
    (
        "new_in_time",
        _("Received in the period, resolved on time or still in time"),
        f"of_period AND (stands AND (waits OR NOT past_due) OR has_ended AND {_ON_TIME})",
    ),
    (
        "fallen_due",
        _("Fallen due in the period, not withdrawn"),
        "stands AND NOT waits AND fell_due OR has_ended AND ended_by <> 'withdrawn' AND was_due",
    ),
    (
        "fallen_due_on_time",
        _("Fallen due in the period and resolved on time"),
        f"has_ended AND ended_by <> 'withdrawn' AND was_due AND {_ON_TIME}",
    ),
    ("asked_766", _("Ended in the period, or in process at its end"), "ended OR stands"),
    (
        "good_766",
        _("In time by the test of Decision 766"),
        f"(ended OR stands) AND NOT asked_twice AND NOT {_LATE_766}",
    ),
)


def _all() -> dict[str, Measure]:
    groups = ((_FLOWS, Kind.FLOW, FORM), (_STOCKS, Kind.STOCK, FORM), (_PARTS, Kind.STOCK, ARTICLE))
    return {
        code: Measure(code, title, kind, holds, DECISION_766 if code.endswith("766") else source)
        for group, kind, source in groups
        for code, title, holds in group
    }


MEASURES: Mapping[str, Measure] = MappingProxyType(_all())
