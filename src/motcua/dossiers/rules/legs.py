"""The legs of an interconnected dossier: parts done by other bodies. Pure."""

from typing import Any

from motcua.kit.moments import Minute, iso_minute
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

from .life import Facts, LegOfWork, Life, Terms

Changes = dict[str, Any]
Data = dict[str, object]


class LegNotOpen(Refused):
    message = gettext_noop("Leg %(leg)s of this dossier is not open.")


def open_leg(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    """Open a leg at a body, with a due moment of its own if one was agreed."""
    leg_due = iso_minute(facts.due_at) if facts.due_at is not None else None
    leg = LegOfWork(life.legs + 1, facts.body, at, facts.due_at, facts.due_at)
    changes: Changes = {"legs": leg.number, "leg_rows": (*life.leg_rows, leg)}
    return changes, {"leg": leg.number, "body": facts.body, "leg_due": leg_due}


def close_leg(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    """Note that a leg is done.

    Errors: LegNotOpen.
    """
    if not any(leg.number == facts.leg and leg.closed_at is None for leg in life.leg_rows):
        raise LegNotOpen(leg=facts.leg)
    legs = [leg._replace(closed_at=at) if leg.number == facts.leg else leg for leg in life.leg_rows]
    return {"leg_rows": tuple(legs)}, {"leg": facts.leg}
