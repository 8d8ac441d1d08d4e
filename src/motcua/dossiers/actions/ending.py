"""How a dossier ends."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.accounts.actors import Actor
from motcua.dossiers.models import Dossier, Leg
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import Facts
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

from .door import Words, move_dossier, need_words


class LegStillOpen(Refused):
    message = gettext_noop(
        "Leg %(leg)s at another body is still open. Close it, then number the result."
    )


@transaction.atomic
def number(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Number and seal the result and put it at the counter. The legal clock ends here.

    Errors: LegStillOpen, NoOutcome, NotAllowed, MoveNotAllowed, ChangedMeanwhile,
    KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.NUMBER,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        check=_no_leg_open,
    )


def _no_leg_open(row: Dossier) -> None:
    leg = Leg.objects.filter(dossier=row, closed_at=None).order_by("number").first()
    if leg is not None:
        raise LegStillOpen(leg=leg.number)


@transaction.atomic
def return_result(
    *,
    dossier_id: UUID,
    way: str = "counter",
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Give the result to the citizen and close the dossier.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.RETURN,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        facts=Facts(way=way),
    )


@transaction.atomic
def withdraw(
    *,
    dossier_id: UUID,
    words: Words | None = None,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Close the dossier at the applicant's request, without a result.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.WITHDRAW,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=words,
    )


@transaction.atomic
def stop(
    *,
    dossier_id: UUID,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Stop handling with the reason (form 05): final, not a pause.

    Errors: WordsMissing, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.STOP,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=need_words(words),
    )


@transaction.atomic
def void(
    *,
    dossier_id: UUID,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Take an entry typed by mistake out of the statistics.

    Errors: WordsMissing, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.VOID,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=need_words(words),
    )
