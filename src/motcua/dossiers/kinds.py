"""The events of a dossier, and what each may carry. Pure.

Whoever follows dossiers reads these. `unit` of the event itself is the body that holds the dossier
after the event. `due` and the three `warn` days are frozen here, so that a calendar changed later
never moves what was counted before.
"""

from motcua.ledger.kinds import EventKind, Shape

DUE = {
    "due": Shape.MOMENT,  # the due moment after the event; absent while the clock stands still
    "warn_1": Shape.DAY,  # the first day at whose end at most k working days remain
    "warn_3": Shape.DAY,
    "warn_5": Shape.DAY,
}
WHAT = {
    "procedure": Shape.CODE,
    "field": Shape.CODE,
    "channel": Shape.CODE,  # direct | online | post | other
    "case": Shape.CODE,
    "place": Shape.UNIT,  # where it was handed in
    "online_offered": Shape.FLAG,  # the procedure may be filed online
    "source": Shape.CODE,  # the system it was imported from
}
STEP_DUE = {"step_due": Shape.MOMENT}  # absent: the step has no limit, or its clock stands still
ON_TO = {"step": Shape.COUNT, **STEP_DUE}  # the step of the internal process that begins
CROSSED = {"due": Shape.MOMENT, "part": Shape.COUNT}  # `part`: the number of the step or the leg
WAITS = {"waits": Shape.FLAG}  # the clock stands still after the event
RUNS = {**DUE, **STEP_DUE}
STANDS = {**WAITS, **RUNS}

FILED = EventKind(
    "dossier.filed", "filed, waits to be received", {**WHAT, "acceptance_due": Shape.MOMENT}
)
RETURNED_FOR_REFILING = EventKind("dossier.returned_for_refiling", "returned before receipt")
REFILED = EventKind("dossier.refiled", "filed again", {"acceptance_due": Shape.MOMENT})
RECEIVED = EventKind(
    "dossier.received",
    "received; the legal clock starts",
    {
        **WHAT,
        **DUE,
        **ON_TO,
        "limit": Shape.COUNT,
        "limit_unit": Shape.CODE,
        "due_of": Shape.CODE,
    },
)
REFUSED = EventKind("dossier.refused", "refused at receipt (form 03)")
ASSIGNED = EventKind("dossier.assigned", "given to a person", {"account": Shape.ID})
HANDED_OVER = EventKind(
    "dossier.handed_over",
    "handed over to the next step",
    {"account": Shape.ID, **ON_TO},
)
TRANSFERRED = EventKind(
    "dossier.transferred",
    "handed over to another competent body",
    {"from_unit": Shape.UNIT, "reason": Shape.CODE},
)
CONSULTATION_ASKED = EventKind("dossier.consultation_asked", "opinion asked", {"body": Shape.UNIT})
CONSULTATION_ANSWERED = EventKind("dossier.consultation_answered", "opinion given")
LEG_OPENED = EventKind(
    "dossier.leg_opened",
    "a leg at another body begins",
    {"leg": Shape.COUNT, "body": Shape.UNIT, "leg_due": Shape.MOMENT},
)
LEG_CLOSED = EventKind("dossier.leg_closed", "a leg ends", {"leg": Shape.COUNT})
SUPPLEMENT_REQUESTED = EventKind(
    "dossier.supplement_requested",
    "supplement requested (form 02)",
    {**STANDS, "answer_due": Shape.MOMENT},
)
SUPPLEMENT_COMPLETED = EventKind("dossier.supplement_completed", "supplement completed", RUNS)
OBLIGATION_NOTIFIED = EventKind(
    "dossier.obligation_notified", "financial obligation notified", STANDS
)
OBLIGATION_MET = EventKind("dossier.obligation_met", "financial obligation met", RUNS)
CLOCK_PAUSED = EventKind(
    "dossier.clock_paused",
    "clock stopped by law",
    {**STANDS, "reason": Shape.CODE},
)
CLOCK_RESUMED = EventKind("dossier.clock_resumed", "clock runs again", RUNS)
EXTENDED = EventKind(
    "dossier.extended",
    "appointed anew (form 04)",
    {**DUE, "nth": Shape.COUNT, "due_before": Shape.MOMENT},
)
SUBMITTED = EventKind("dossier.submitted", "draft submitted", {"outcome": Shape.CODE, **ON_TO})
APPROVED = EventKind("dossier.approved", "draft approved", ON_TO)
SENT_BACK = EventKind("dossier.sent_back", "draft sent back", ON_TO)
SIGNED = EventKind("dossier.signed", "signed", ON_TO)
RESOLVED = EventKind(
    "dossier.resolved", "result ready; the clock ends", {**DUE, "outcome": Shape.CODE}
)
RETURNED = EventKind("dossier.returned", "result handed out", {"way": Shape.CODE})
WITHDRAWN = EventKind("dossier.withdrawn", "withdrawn by the applicant", DUE)
STOPPED = EventKind("dossier.stopped", "handling stopped (form 05)", DUE)
VOIDED = EventKind("dossier.voided", "entered by mistake; outside statistics")
CAME_DUE_SOON = EventKind("dossier.came_due_soon", "its due moment is near", CROSSED)
WENT_OVERDUE = EventKind("dossier.went_overdue", "passed its due moment", CROSSED)
STEP_WENT_OVERDUE = EventKind("dossier.step_went_overdue", "a step passed its own limit", CROSSED)
LEG_WENT_OVERDUE = EventKind("dossier.leg_went_overdue", "a leg passed its own limit", CROSSED)
ACCEPTANCE_WENT_OVERDUE = EventKind(
    "dossier.acceptance_went_overdue",
    "waits to be received for too long",
    {"acceptance_due": Shape.MOMENT},
)
DUE_MOVED = EventKind(
    "dossier.due_moved",
    "due moment moved with the calendar or a corrected limit; no extension",
    {**STANDS, "was": Shape.MOMENT, "change": Shape.ID},
)
LIMITS_MOVED = EventKind(
    "dossier.limits_moved",
    "smaller limits moved with the calendar: step, acceptance, applicant's answer;"
    " the due moment stands",
    {  # only what moved
        **STEP_DUE,
        "step_waits": Shape.FLAG,  # the clock of the step stands still now
        "acceptance_due": Shape.MOMENT,
        "answer_due": Shape.MOMENT,
        "change": Shape.ID,
    },
)
ANSWER_CAME_DUE_SOON = EventKind(
    "dossier.answer_came_due_soon", "the applicant's time to supplement ends soon", CROSSED
)
ANSWER_WENT_OVERDUE = EventKind(
    "dossier.answer_went_overdue", "the applicant's time to supplement is over", CROSSED
)
ESCALATED = EventKind(
    "dossier.escalated",
    "a limit that is near or passed was told upwards",
    {**CROSSED, "crossing": Shape.CODE, "level": Shape.COUNT, "to": Shape.CODE},
)
STEP = EventKind(
    "dossier.step",
    "a step another system told of",
    {
        "activity": Shape.CODE,
        "instance": Shape.CODE,
        "lifecycle": Shape.CODE,
        "resource": Shape.CODE,
    },
)

ALL = (
    FILED,
    RETURNED_FOR_REFILING,
    REFILED,
    RECEIVED,
    REFUSED,
    ASSIGNED,
    HANDED_OVER,
    TRANSFERRED,
    CONSULTATION_ASKED,
    CONSULTATION_ANSWERED,
    LEG_OPENED,
    LEG_CLOSED,
    SUPPLEMENT_REQUESTED,
    SUPPLEMENT_COMPLETED,
    OBLIGATION_NOTIFIED,
    OBLIGATION_MET,
    CLOCK_PAUSED,
    CLOCK_RESUMED,
    EXTENDED,
    SUBMITTED,
    APPROVED,
    SENT_BACK,
    SIGNED,
    RESOLVED,
    RETURNED,
    WITHDRAWN,
    STOPPED,
    VOIDED,
    CAME_DUE_SOON,
    WENT_OVERDUE,
    STEP_WENT_OVERDUE,
    LEG_WENT_OVERDUE,
    ACCEPTANCE_WENT_OVERDUE,
    DUE_MOVED,
    LIMITS_MOVED,
    ANSWER_CAME_DUE_SOON,
    ANSWER_WENT_OVERDUE,
    ESCALATED,
    STEP,
)

# A change of the calendar or of a limit is a subject of its own.
_CHANGE = {"what": Shape.CODE}
CHANGE_DRAFTED = EventKind(
    "clock_change.drafted", "a change of calendar or limit was drafted", _CHANGE
)
CHANGE_DISCARDED = EventKind(
    "clock_change.discarded", "the draft was thrown away, and its preview with it", _CHANGE
)
CHANGE_BEGUN = EventKind(
    "clock_change.begun", "the change holds; running dossiers are being moved", _CHANGE
)
CHANGE_APPLIED = EventKind(
    "clock_change.applied", "every running dossier follows the change", {"moved": Shape.COUNT}
)
CHANGE_REVERSING = EventKind(
    "clock_change.reversing", "the change was taken back; dossiers are being moved back", _CHANGE
)
CHANGE_REVERSED = EventKind(
    "clock_change.reversed", "every running dossier is counted without it", {"moved": Shape.COUNT}
)
