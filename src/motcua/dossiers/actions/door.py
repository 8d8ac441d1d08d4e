"""What all actions on one dossier share: lock, check, decide, write row and event together."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from motcua.accounts.actors import Actor, NotAllowed
from motcua.dossiers.models import Dossier, Pause, Remark
from motcua.dossiers.rows import columns_of, life_of
from motcua.dossiers.rules.life import NOTHING, Facts, Life
from motcua.dossiers.rules.moves import AT_COUNTER, Move
from motcua.dossiers.rules.taking import take
from motcua.dossiers.terms import terms_of
from motcua.kit.moments import minute_of, moment_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.ledger import keys
from motcua.ledger.recording import record
from motcua.registry.queries import catalogue


class ChangedMeanwhile(Refused):
    message = gettext_noop(
        "Somebody changed the dossier while this page was open. Open it again, look, and repeat."
    )


class WordsMissing(Refused):
    message = gettext_noop("Write the reason: the applicant has a right to it.")


@dataclass(frozen=True)
class Words:
    """What a person writes with a move; kept beside the row, never in the ledger."""

    text: str
    legal_basis: str = ""
    approver_id: str = ""


def move_dossier(
    dossier_id: UUID,
    move: Move,
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
    facts: Facts = NOTHING,
    words: Words | None = None,
) -> Dossier:
    """Do one move of the table. Private to this folder; the caller opens the transaction.

    `seen_version` is the version the person had before their eyes, if any.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise, refusals of the move.
    """
    answer = keys.answer_to(key, action=move.event.name, actor_id=actor.id)
    if answer is not None:
        return Dossier.objects.get(pk=str(answer["dossier"]))
    row = Dossier.objects.select_for_update().get(pk=dossier_id)
    check_right(actor, move, holder=row.holder_key, place=row.place_key)
    if seen_version is not None and seen_version != row.version:
        raise ChangedMeanwhile
    pauses = list(row.pauses.all())
    life = life_of(row, pauses)
    terms = terms_of(life, catalogue=catalogue(), today=_day(at), in_zone=row.in_zone)
    after, data = take(life, move, at=minute_of(at), terms=terms, facts=facts)
    write(row, after, was=pauses)
    return finish(row, move, data, actor=actor, at=at, key=key, words=words)


def check_right(actor: Actor, move: Move, *, holder: str, place: str) -> None:
    """Let the actor pass if it holds one of the move's rights where the move is done.

    Errors: NotAllowed.
    """
    units = {holder, place} if move in AT_COUNTER else {holder}
    if not any(actor.may(p, unit_key=unit) for p in move.permissions for unit in units):
        raise NotAllowed(permission=move.title, unit=holder)


def write(row: Dossier, life: Life, *, was: list[Pause]) -> None:
    """Write the row and its pauses as the life says."""
    for name, value in columns_of(life).items():
        setattr(row, name, value)
    row.save()
    for number, pause in enumerate(life.pauses):
        from_at = moment_of(pause.from_at)
        to_at = None if pause.to_at is None else moment_of(pause.to_at)
        if number >= len(was):
            Pause.objects.create(dossier=row, kind=pause.kind.value, from_at=from_at, to_at=to_at)
        elif was[number].to_at != to_at:
            Pause.objects.filter(pk=was[number].pk).update(to_at=to_at)


def finish(
    row: Dossier,
    move: Move,
    data: dict[str, object],
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    words: Words | None = None,
) -> Dossier:
    """Record the event of what was written, with the words and the client's key."""
    record(
        move.event,
        subject_id=row.id,
        epoch=row.epoch,
        version=row.version,
        unit_key=row.holder_key,
        actor_id=actor.id,
        at=at,
        data=data,
    )
    if words is not None and words.text.strip():
        Remark.objects.create(
            dossier=row,
            version=row.version,
            words=words.text.strip(),
            legal_basis=words.legal_basis.strip(),
            approver_id=words.approver_id,
        )
    keys.keep(key, action=move.event.name, actor_id=actor.id, answer={"dossier": str(row.id)})
    return row


def need_words(words: Words | None) -> Words:
    """Give the words back, or refuse when there are none.

    Errors: WordsMissing.
    """
    if words is None or not words.text.strip():
        raise WordsMissing
    return words


def _day(at: datetime) -> date:
    return timezone.localdate(at)
