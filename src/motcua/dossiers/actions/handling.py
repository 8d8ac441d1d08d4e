"""What is done to a dossier between receipt and result."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from motcua.accounts.actors import Actor
from motcua.dossiers.hands import WORKERS
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.statuses import Outcome
from motcua.kit.moments import minute_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry.queries import catalogue

from .door import Words, check_person, move_dossier, need_words


class LegDuePast(Refused):
    message = gettext_noop("The limit of a leg lies before now. Choose a later day.")


@transaction.atomic
def assign(
    *,
    dossier_id: UUID,
    account_id: str,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Give the dossier to a person.

    Errors: PersonNotThere, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.ASSIGN,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(account=account_id),
        check=partial(_can_work, account_id=account_id, at=at),
    )


@transaction.atomic
def hand_over(
    *,
    dossier_id: UUID,
    account_id: str = "",
    step: int = 0,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Hand the dossier over to a step, and to a person if one is named.

    Without a step: from the receipt to the next one, later to a colleague within the present one,
    whose limit then runs on. The limit of a step is that of the procedure's internal process.

    Errors: PersonNotThere, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.HAND_OVER,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(account=account_id, step=step),
        check=partial(_can_work, account_id=account_id, at=at) if account_id else None,
    )


def _can_work(row: Dossier, *, account_id: str, at: datetime) -> None:
    check_person(row, account_id, WORKERS, at=at)


@transaction.atomic
def transfer(
    *,
    dossier_id: UUID,
    body_key: str,
    reason: str = "competence",
    words: Words | None = None,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Hand the dossier over to another competent body; its clock goes on.

    Errors: SameBody, UnknownUnit, NotAllowed, MoveNotAllowed, ChangedMeanwhile,
    KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.TRANSFER,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(body=catalogue().unit(body_key).key, reason=reason),
        words=words,
    )


@transaction.atomic
def ask_consultation(
    *,
    dossier_id: UUID,
    body_key: str,
    words: Words | None = None,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Ask another body for its opinion; time runs on.

    Errors: UnknownUnit, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.ASK_CONSULTATION,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(body=catalogue().unit(body_key).key),
        words=words,
    )


@transaction.atomic
def answer_consultation(
    *,
    dossier_id: UUID,
    words: Words | None = None,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Note that the opinion has come.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.ANSWER_CONSULTATION,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=words,
    )


@transaction.atomic
def submit(
    *,
    dossier_id: UUID,
    outcome: Outcome,
    words: Words | None = None,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Submit the draft decision to the head of division.

    Errors: NoOutcome, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.SUBMIT,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(outcome=outcome),
        words=words,
    )


@transaction.atomic
def submit_for_signature(
    *,
    dossier_id: UUID,
    outcome: Outcome,
    words: Words | None = None,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Submit the draft decision for signature.

    Errors: NoOutcome, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.SUBMIT_FOR_SIGNATURE,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(outcome=outcome),
        words=words,
    )


@transaction.atomic
def approve(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Approve the draft and pass it on for signature.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.APPROVE,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
    )


@transaction.atomic
def send_back(
    *,
    dossier_id: UUID,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Send the draft back to the specialist with the reason.

    Errors: WordsMissing, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.SEND_BACK,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=need_words(words),
    )


@transaction.atomic
def sign(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Sign the decision.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.SIGN,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
    )


@transaction.atomic
def open_leg(
    *,
    dossier_id: UUID,
    body_key: str,
    actor: Actor,
    at: datetime,
    due_at: datetime | None = None,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Open a part of the dossier that another body does, with a limit of its own.

    Errors: LegDuePast, UnknownUnit, NotAllowed, MoveNotAllowed, ChangedMeanwhile,
    KeyUsedOtherwise.
    """
    body = catalogue().unit(body_key).key
    return move_dossier(
        dossier_id,
        moves.OPEN_LEG,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(body=body, due_at=minute_of(due_at) if due_at else None),
        check=partial(_due_ahead, due_at=due_at, at=at),
    )


def _due_ahead(_row: Dossier, *, due_at: datetime | None, at: datetime) -> None:
    if due_at is not None and due_at < at:
        raise LegDuePast


@transaction.atomic
def close_leg(
    *,
    dossier_id: UUID,
    leg: int,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Note that a leg is done.

    Errors: LegNotOpen, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.CLOSE_LEG,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(leg=leg),
    )
