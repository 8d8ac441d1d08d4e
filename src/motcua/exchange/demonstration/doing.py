"""Does one step of the demonstration through the same doors as the pages of people."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.accounts.queries import actor_of
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicants, Request
from motcua.dossiers.actions.door import Words
from motcua.dossiers.queries import Standing
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.moves import Move
from motcua.kit.moments import moment_of
from motcua.registry.doors import units_below

from .posts import MACHINES, PORTAL, Post
from .steps import Step

APPLICANT = Actor.everywhere(PORTAL, {Permission.FILE_DOSSIER})
BEGINNINGS = {moves.FILE: actions.file_dossier, moves.RECEIVE_NEW: actions.receive_new}
# What each action takes from the facts of a step, beside the words.
TAKES: Mapping[Move, Callable[[Facts], dict[str, object]]] = {
    moves.HAND_OVER: lambda facts: {"account_id": facts.account, "step": facts.step},
    moves.ASSIGN: lambda facts: {"account_id": facts.account},
    moves.TRANSFER: lambda facts: {"body_key": facts.body, "reason": facts.reason},
    moves.ASK_CONSULTATION: lambda facts: {"body_key": facts.body},
    moves.OPEN_LEG: lambda facts: {
        "body_key": facts.body,
        "due_at": None if facts.due_at is None else moment_of(facts.due_at),
    },
    moves.CLOSE_LEG: lambda facts: {"leg": facts.leg},
    moves.PAUSE_CLOCK: lambda facts: {"reason": facts.reason},
    moves.EXTEND: lambda facts: {
        "due_at": None if facts.due_at is None else moment_of(facts.due_at)
    },
    moves.SUBMIT: lambda facts: {"outcome": facts.outcome},
    moves.SUBMIT_FOR_SIGNATURE: lambda facts: {"outcome": facts.outcome},
    moves.RETURN: lambda facts: {"way": facts.way},
}


def actor_at(post: Post, account_id: str, *, at: datetime) -> Actor:
    """Give who acts: an account with its rights of this day, or the national portal."""
    if post in MACHINES:
        return APPLICANT
    on = timezone.localdate(at)
    return actor_of(UUID(account_id), name="", on=on, below=units_below)


def begin(
    move: Move, request: Request, applicants: Applicants, *, actor: Actor, at: datetime, key: str
) -> None:
    """File a dossier, or receive it at the counter.

    Errors: those of `actions.file_dossier` and `actions.receive_new`.
    """
    BEGINNINGS[move](request=request, applicants=applicants, actor=actor, at=at, key=key)


def go_on(
    row: Standing, step: Step, facts: Facts, *, approver: str, actor: Actor, at: datetime
) -> None:
    """Do one step of a dossier; `approver` stands behind a second request to supplement.

    Errors: those of the action.
    """
    extra = TAKES[step.move](facts) if step.move in TAKES else {}
    if step.words:
        extra["words"] = Words(step.words, approver_id=approver)
    getattr(actions, step.move.name)(
        dossier_id=row.id,
        actor=actor,
        at=at,
        key=f"{row.id}-{row.version}-live",
        seen_version=row.version,
        **extra,
    )
