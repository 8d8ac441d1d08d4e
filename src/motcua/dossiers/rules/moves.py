"""The one table of what may happen to a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.accounts.permissions import Permission
from motcua.dossiers import kinds
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.ledger.kinds import EventKind

from .statuses import AT_WORK, BEFORE_RECEIPT, IN_SIGNING, NAMES, OPEN, RUNNING, Status
from .watch import Crossing


@dataclass(frozen=True)
class Move:
    """One allowed move: from where, to where, who may, and the event it leaves in the ledger.

    `sources` None: the dossier does not exist yet. `target` None: the status stays.
    """

    name: str
    title: str
    event: EventKind
    sources: frozenset[Status] | None
    target: Status | None
    permissions: frozenset[Permission]  # any one of them


def _move(  # noqa: PLR0917
    name: str,
    title: str,
    event: EventKind,
    sources: frozenset[Status] | None,
    target: Status | None,
    *permissions: Permission,
) -> Move:
    return Move(name, title, event, sources, target, frozenset(permissions))


P, S, _ = Permission, Status, gettext_noop
_IN_PROCESS = frozenset({S.IN_PROCESS})

FILE = _move("file", _("File"), kinds.FILED, None, S.FILED, P.FILE_DOSSIER)
RECEIVE_NEW = _move(
    "receive_new", _("Receive"), kinds.RECEIVED, None, S.RECEIVED, P.RECEIVE_DOSSIER
)
RECEIVE = _move(
    "receive", _("Receive"), kinds.RECEIVED, frozenset({S.FILED}), S.RECEIVED, P.RECEIVE_DOSSIER
)
RETURN_FOR_REFILING = _move(
    "return_for_refiling",
    _("Return before receipt"),
    kinds.RETURNED_FOR_REFILING,
    frozenset({S.FILED}),
    S.TO_REFILE,
    P.RECEIVE_DOSSIER,
)
REFILE = _move(
    "refile", _("File again"), kinds.REFILED, frozenset({S.TO_REFILE}), S.FILED, P.FILE_DOSSIER
)
REFUSE = _move(
    "refuse", _("Refuse to receive"), kinds.REFUSED, BEFORE_RECEIPT, S.REFUSED, P.REFUSE_DOSSIER
)
ASSIGN = _move("assign", _("Assign"), kinds.ASSIGNED, OPEN, None, P.HAND_OVER_DOSSIER)
HAND_OVER = _move(
    "hand_over",
    _("Hand over"),
    kinds.HANDED_OVER,
    frozenset({S.RECEIVED, S.IN_PROCESS}),
    S.IN_PROCESS,
    P.HAND_OVER_DOSSIER,
)
TRANSFER = _move(
    "transfer",
    _("Transfer to another body"),
    kinds.TRANSFERRED,
    OPEN | BEFORE_RECEIPT,
    None,
    P.HAND_OVER_DOSSIER,
)
ASK_CONSULTATION = _move(
    "ask_consultation",
    _("Ask another body"),
    kinds.CONSULTATION_ASKED,
    _IN_PROCESS,
    S.IN_CONSULTATION,
    P.CONSULT_BODY,
)
ANSWER_CONSULTATION = _move(
    "answer_consultation",
    _("Opinion received"),
    kinds.CONSULTATION_ANSWERED,
    frozenset({S.IN_CONSULTATION}),
    S.IN_PROCESS,
    P.CONSULT_BODY,
)
OPEN_LEG = _move(
    "open_leg", _("Open a leg at another body"), kinds.LEG_OPENED, AT_WORK, None, P.CONSULT_BODY
)
CLOSE_LEG = _move("close_leg", _("Close a leg"), kinds.LEG_CLOSED, OPEN, None, P.CONSULT_BODY)
REQUEST_SUPPLEMENT = _move(
    "request_supplement",
    _("Request a supplement"),
    kinds.SUPPLEMENT_REQUESTED,
    AT_WORK,
    S.AWAITING_SUPPLEMENT,
    P.REQUEST_SUPPLEMENT,
)
COMPLETE_SUPPLEMENT = _move(
    "complete_supplement",
    _("Supplement completed"),
    kinds.SUPPLEMENT_COMPLETED,
    frozenset({S.AWAITING_SUPPLEMENT}),
    S.IN_PROCESS,
    P.COMPLETE_SUPPLEMENT,
)
NOTIFY_OBLIGATION = _move(
    "notify_obligation",
    _("Notify a financial obligation"),
    kinds.OBLIGATION_NOTIFIED,
    _IN_PROCESS,
    S.AWAITING_OBLIGATION,
    P.OPEN_OBLIGATION,
)
MEET_OBLIGATION = _move(
    "meet_obligation",
    _("Financial obligation met"),
    kinds.OBLIGATION_MET,
    frozenset({S.AWAITING_OBLIGATION}),
    S.IN_PROCESS,
    P.SETTLE_OBLIGATION,
)
PAUSE_CLOCK = _move(
    "pause_clock",
    _("Stop the clock: verification or posting"),
    kinds.CLOCK_PAUSED,
    _IN_PROCESS,
    S.ON_HOLD,
    P.HANDLE_DOSSIER,
)
RESUME_CLOCK = _move(
    "resume_clock",
    _("Start the clock again"),
    kinds.CLOCK_RESUMED,
    frozenset({S.ON_HOLD}),
    S.IN_PROCESS,
    P.HANDLE_DOSSIER,
)
EXTEND = _move(
    "extend", _("Apologise and appoint anew"), kinds.EXTENDED, RUNNING, None, P.EXTEND_DOSSIER
)
SUBMIT = _move(
    "submit",
    _("Submit to the head of division"),
    kinds.SUBMITTED,
    _IN_PROCESS,
    S.AWAITING_APPROVAL,
    P.PROPOSE_DECISION,
)
SUBMIT_FOR_SIGNATURE = _move(
    "submit_for_signature",
    _("Submit for signature"),
    kinds.SUBMITTED,
    _IN_PROCESS,
    S.AWAITING_SIGNATURE,
    P.PROPOSE_DECISION,
)
APPROVE = _move(
    "approve",
    _("Approve"),
    kinds.APPROVED,
    frozenset({S.AWAITING_APPROVAL}),
    S.AWAITING_SIGNATURE,
    P.APPROVE_PROPOSAL,
)
SEND_BACK = _move(
    "send_back",
    _("Send back"),
    kinds.SENT_BACK,
    IN_SIGNING,
    S.IN_PROCESS,
    P.APPROVE_PROPOSAL,
    P.SIGN_DECISION,
    P.NUMBER_RESULT,
)
SIGN = _move(
    "sign",
    _("Sign"),
    kinds.SIGNED,
    frozenset({S.AWAITING_SIGNATURE}),
    S.AWAITING_NUMBER,
    P.SIGN_DECISION,
)
NUMBER = _move(
    "number",
    _("Number and seal"),
    kinds.RESOLVED,
    frozenset({S.AWAITING_NUMBER}),
    S.RESULT_READY,
    P.NUMBER_RESULT,
)
RESOLVE_ELSEWHERE = _move(
    "resolve_elsewhere",
    _("Resolved in another system"),
    kinds.RESOLVED,
    OPEN,
    S.RESULT_READY,
    P.IMPORT_DOSSIERS,
)
RETURN = _move(
    "return_result",
    _("Return the result"),
    kinds.RETURNED,
    frozenset({S.RESULT_READY}),
    S.RETURNED,
    P.RETURN_RESULT,
)
WITHDRAW = _move(
    "withdraw",
    _("Withdraw at the applicant's request"),
    kinds.WITHDRAWN,
    OPEN | BEFORE_RECEIPT,
    S.WITHDRAWN,
    P.WITHDRAW_DOSSIER,
)
STOP = _move("stop", _("Stop handling"), kinds.STOPPED, OPEN, S.STOPPED, P.STOP_DOSSIER)
VOID = _move(
    "void",
    _("Void: entered by mistake"),
    kinds.VOIDED,
    BEFORE_RECEIPT | frozenset({S.RECEIVED, S.IN_PROCESS}),
    S.VOIDED,
    P.VOID_DOSSIER,
)


def _note(name: str, title: str, event: EventKind, *sources: Status) -> Move:
    return _move(name, title, event, frozenset(sources) or OPEN, None, P.WATCH_CLOCK)


NOTES: Mapping[Crossing, Move] = {  # what the clock notes first; higher levels are told after it
    Crossing.DUE_SOON: _note("note_due_soon", _("Note due soon"), kinds.CAME_DUE_SOON),
    Crossing.OVERDUE: _note("note_overdue", _("Note overdue"), kinds.WENT_OVERDUE),
    Crossing.STEP_OVERDUE: _note(
        "note_step_overdue", _("Note a step overdue"), kinds.STEP_WENT_OVERDUE
    ),
    Crossing.LEG_OVERDUE: _note(
        "note_leg_overdue", _("Note a leg overdue"), kinds.LEG_WENT_OVERDUE
    ),
    Crossing.ACCEPTANCE_OVERDUE: _note(
        "note_acceptance_overdue",
        _("Note overdue at receipt"),
        kinds.ACCEPTANCE_WENT_OVERDUE,
        S.FILED,
    ),
    Crossing.ANSWER_SOON: _note(
        "note_answer_soon",
        _("Note that the applicant's time ends soon"),
        kinds.ANSWER_CAME_DUE_SOON,
        S.AWAITING_SUPPLEMENT,
    ),
    Crossing.ANSWER_OVER: _note(
        "note_answer_over",
        _("Note that the applicant's time is over"),
        kinds.ANSWER_WENT_OVERDUE,
        S.AWAITING_SUPPLEMENT,
    ),
}
NOTE_OVERDUE = NOTES[Crossing.OVERDUE]
NOTE_ACCEPTANCE_OVERDUE = NOTES[Crossing.ACCEPTANCE_OVERDUE]
ESCALATE = _note("escalate", _("Tell a superior"), kinds.ESCALATED, *OPEN, S.FILED)
STOP_UNANSWERED = _move(
    "stop_unanswered",
    _("Stop handling: no answer in time"),
    kinds.STOPPED,
    frozenset({S.AWAITING_SUPPLEMENT}),
    S.STOPPED,
    P.HANDLE_DOSSIER,  # only once the applicant's time is over
    P.WATCH_CLOCK,
)
MOVE_DUE = _move(
    "move_due",
    _("Move the appointment with the calendar or the limit"),
    kinds.DUE_MOVED,
    OPEN,
    None,
    P.KEEP_CALENDARS,
    P.KEEP_PROCEDURES,
)
MOVE_LIMITS = _move(
    "move_limits",
    _("Move smaller limits with the calendar"),
    kinds.LIMITS_MOVED,
    OPEN | frozenset({S.FILED}),
    None,
    P.KEEP_CALENDARS,
)
NOTE_STEP = _move(
    "note_step",
    _("Note a step told by another system"),
    kinds.STEP,
    frozenset(S),
    None,
    P.IMPORT_DOSSIERS,
)

MOVES = (
    FILE,
    RECEIVE_NEW,
    RECEIVE,
    RETURN_FOR_REFILING,
    REFILE,
    REFUSE,
    ASSIGN,
    HAND_OVER,
    TRANSFER,
    ASK_CONSULTATION,
    ANSWER_CONSULTATION,
    OPEN_LEG,
    CLOSE_LEG,
    REQUEST_SUPPLEMENT,
    COMPLETE_SUPPLEMENT,
    NOTIFY_OBLIGATION,
    MEET_OBLIGATION,
    PAUSE_CLOCK,
    RESUME_CLOCK,
    EXTEND,
    SUBMIT,
    SUBMIT_FOR_SIGNATURE,
    APPROVE,
    SEND_BACK,
    SIGN,
    NUMBER,
    RESOLVE_ELSEWHERE,
    RETURN,
    WITHDRAW,
    STOP,
    VOID,
    *NOTES.values(),
    ESCALATE,
    STOP_UNANSWERED,
    MOVE_DUE,
    MOVE_LIMITS,
    NOTE_STEP,
)
# Done where the applicant stands: the place of receipt may, and so may the competent body.
AT_COUNTER = frozenset(
    {
        FILE,
        RECEIVE_NEW,
        RECEIVE,
        RETURN_FOR_REFILING,
        REFILE,
        REFUSE,
        ASSIGN,
        HAND_OVER,
        COMPLETE_SUPPLEMENT,
        RETURN,
        WITHDRAW,
        VOID,
    }
)
# Only while the dossier waits at the counter; later the competent body hands it on.
UNTIL_HANDED_OVER = frozenset({ASSIGN, HAND_OVER})
BEGINNINGS = frozenset({FILE, RECEIVE_NEW, RECEIVE})  # a clock begins: law of the day itself
BY_NAME = {move.name: move for move in MOVES}
BY_SYSTEM = frozenset(
    {*NOTES.values(), ESCALATE, MOVE_DUE, MOVE_LIMITS, NOTE_STEP, RESOLVE_ELSEWHERE}
)


class MoveNotAllowed(Refused):
    message = gettext_noop(
        "“%(move)s” is not possible now: the dossier stands at “%(status)s”. "
        "Open the dossier again to see what can be done next."
    )


class NotThere(Refused):
    message = gettext_noop("The dossier exists already.")


def check_move(move: Move, status: Status | None) -> None:
    """Refuse a move that the table does not allow from here.

    Errors: MoveNotAllowed.
    """
    if move.sources is None:
        if status is not None:
            raise NotThere
    elif status is None or status not in move.sources:
        raise MoveNotAllowed(move=move.title, status=NAMES[status] if status else "")


def moves_from(status: Status) -> tuple[Move, ...]:
    """Give every move of people that is possible from this status, in the order of the table."""
    return tuple(m for m in MOVES if m.sources and status in m.sources and m not in BY_SYSTEM)
