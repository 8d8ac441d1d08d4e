"""Everything that can be done to a dossier. The only door to its rows.

Each action runs in one transaction: lock, check the actor, ask the rules, change the row, record
the event, keep the client's key.
"""

from .beginning import (
    Applicants,
    Request,
    file_dossier,
    receive,
    receive_new,
    refile,
    refuse,
    return_for_refiling,
)
from .changing import (
    apply_change,
    discard_change,
    draft_change,
    reverse_change,
    stop_preview,
    want_preview,
)
from .clock import (
    complete_supplement,
    extend,
    meet_obligation,
    notify_obligation,
    pause_clock,
    request_supplement,
    resume_clock,
)
from .ending import number, return_result, stop, void, withdraw
from .handling import (
    answer_consultation,
    approve,
    ask_consultation,
    assign,
    close_leg,
    hand_over,
    open_leg,
    send_back,
    sign,
    submit,
    submit_for_signature,
    transfer,
)
from .watching import note_crossing, note_crossings, put_off_watching, stop_unanswered

__all__ = [
    "Applicants",
    "Request",
    "answer_consultation",
    "apply_change",
    "approve",
    "ask_consultation",
    "assign",
    "close_leg",
    "complete_supplement",
    "discard_change",
    "draft_change",
    "extend",
    "file_dossier",
    "hand_over",
    "meet_obligation",
    "note_crossing",
    "note_crossings",
    "notify_obligation",
    "number",
    "open_leg",
    "pause_clock",
    "put_off_watching",
    "receive",
    "receive_new",
    "refile",
    "refuse",
    "request_supplement",
    "resume_clock",
    "return_for_refiling",
    "return_result",
    "reverse_change",
    "send_back",
    "sign",
    "stop",
    "stop_preview",
    "stop_unanswered",
    "submit",
    "submit_for_signature",
    "transfer",
    "void",
    "want_preview",
    "withdraw",
]
