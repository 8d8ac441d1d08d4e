"""What stops, moves or watches the clock of a dossier."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import Facts
from motcua.kit.moments import minute_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

from .door import Words, check_person, move_dossier, need_words


class ApproverMissing(Refused):
    message = gettext_noop("A second request needs an approver.")


@transaction.atomic
def request_supplement(
    *,
    dossier_id: UUID,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Ask the applicant once, in writing, for all that is missing (form 02); the clock stops.

    Errors: ApproverMissing, PersonNotThere, WordsMissing, NotAllowed, MoveNotAllowed,
    ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.REQUEST_SUPPLEMENT,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=need_words(words),
        check=partial(_approved_if_again, words=words, at=at),
    )


def _approved_if_again(row: Dossier, *, words: Words, at: datetime) -> None:
    if row.supplements == 0:
        return
    if not words.approver_id:
        raise ApproverMissing
    check_person(row, words.approver_id, (Permission.APPROVE_PROPOSAL,), at=at)


@transaction.atomic
def complete_supplement(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Take the missing papers in; the clock runs again and the due moment moves.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.COMPLETE_SUPPLEMENT,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
    )


@transaction.atomic
def notify_obligation(
    *,
    dossier_id: UUID,
    words: Words | None = None,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Tell the applicant what has to be paid; the clock stops where the procedure says so.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.NOTIFY_OBLIGATION,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=words,
    )


@transaction.atomic
def meet_obligation(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Note that the obligation is met; a stopped clock runs again.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.MEET_OBLIGATION,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
    )


@transaction.atomic
def pause_clock(
    *,
    dossier_id: UUID,
    reason: str = "verification",
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Stop the clock for what the law does not count: verification on the spot, posting.

    Errors: ClockRunsOn where the procedure does not say so, WordsMissing, NotAllowed,
    MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.PAUSE_CLOCK,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(reason=reason),
        words=need_words(words),
    )


@transaction.atomic
def resume_clock(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Let the clock run again after verification or posting.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.RESUME_CLOCK,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
    )


@transaction.atomic
def extend(
    *,
    dossier_id: UUID,
    due_at: datetime,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Apologise with the reason and appoint anew (form 04).

    Errors: NoSuchExtension, ExtensionTooLate, NewDueNotLater, NoDueToMove, WordsMissing,
    NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.EXTEND,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(due_at=minute_of(due_at)),
        words=need_words(words),
    )
