"""Where a dossier may stand, and the code of the National Portal for it."""

from enum import StrEnum

from motcua.kit.words import gettext_noop


class Status(StrEnum):
    """Where a dossier stands.

    Source: states of Decree 118/2025/NĐ-CP as used in practice.
    """

    FILED = "filed"  # online or by post: its own clock of 8 working hours runs
    TO_REFILE = "to_refile"  # returned to the applicant before receipt; no legal clock yet
    RECEIVED = "received"  # at the counter, waits to be handed over
    IN_PROCESS = "in_process"
    IN_CONSULTATION = "in_consultation"  # at another body for its opinion; time runs
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_OBLIGATION = "awaiting_obligation"
    ON_HOLD = "on_hold"  # verification on the spot, public posting: not counted by law
    AWAITING_APPROVAL = "awaiting_approval"  # head of division
    AWAITING_SIGNATURE = "awaiting_signature"
    AWAITING_NUMBER = "awaiting_number"  # number, seal, issue
    RESULT_READY = "result_ready"  # the legal clock ends here
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    VOIDED = "voided"


class Outcome(StrEnum):
    """How a dossier ended."""

    POSITIVE = "positive"
    NEGATIVE = "negative"  # examined, the conditions are not met
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REFUSED = "refused"


PORTAL_CODE: dict[Status, int | None] = {
    Status.FILED: 1,
    Status.TO_REFILE: 5,
    Status.RECEIVED: 2,
    Status.IN_PROCESS: 4,
    Status.IN_CONSULTATION: 4,
    Status.AWAITING_SUPPLEMENT: 5,
    Status.AWAITING_OBLIGATION: 6,
    Status.ON_HOLD: 4,
    Status.AWAITING_APPROVAL: 4,
    Status.AWAITING_SIGNATURE: 4,
    Status.AWAITING_NUMBER: 4,
    Status.RESULT_READY: 9,
    Status.RETURNED: 10,
    Status.REFUSED: 3,
    Status.WITHDRAWN: 7,
    Status.STOPPED: 8,
    Status.VOIDED: None,
}

NAMES: dict[Status, str] = {
    Status.FILED: gettext_noop("Waiting to be received"),
    Status.TO_REFILE: gettext_noop("Returned before receipt"),
    Status.RECEIVED: gettext_noop("Received"),
    Status.IN_PROCESS: gettext_noop("In process"),
    Status.IN_CONSULTATION: gettext_noop("In consultation"),
    Status.AWAITING_SUPPLEMENT: gettext_noop("Paused: waiting for a supplement"),
    Status.AWAITING_OBLIGATION: gettext_noop("Waiting for the financial obligation"),
    Status.ON_HOLD: gettext_noop("Paused: verification or posting"),
    Status.AWAITING_APPROVAL: gettext_noop("Waiting for approval"),
    Status.AWAITING_SIGNATURE: gettext_noop("Waiting for signature"),
    Status.AWAITING_NUMBER: gettext_noop("Waiting for number and seal"),
    Status.RESULT_READY: gettext_noop("Result waiting at the counter"),
    Status.RETURNED: gettext_noop("Result returned"),
    Status.REFUSED: gettext_noop("Refused at receipt"),
    Status.WITHDRAWN: gettext_noop("Withdrawn by the applicant"),
    Status.STOPPED: gettext_noop("Handling stopped"),
    Status.VOIDED: gettext_noop("Voided (entered by mistake)"),
}

BEFORE_RECEIPT = frozenset({Status.FILED, Status.TO_REFILE})
PAUSED = frozenset({Status.AWAITING_SUPPLEMENT, Status.AWAITING_OBLIGATION, Status.ON_HOLD})
AT_WORK = frozenset({Status.RECEIVED, Status.IN_PROCESS, Status.IN_CONSULTATION})
IN_SIGNING = frozenset(
    {Status.AWAITING_APPROVAL, Status.AWAITING_SIGNATURE, Status.AWAITING_NUMBER}
)
RUNNING = AT_WORK | IN_SIGNING
OPEN = RUNNING | PAUSED  # received and not ended
ENDED = frozenset(Status) - OPEN - BEFORE_RECEIPT
