"""What all actions on one dossier share: lock, check, decide, write row and event together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from motcua.accounts.actors import Actor, NotAllowed
from motcua.accounts.permissions import Permission
from motcua.dossiers.hands import people_near
from motcua.dossiers.models import Crossing, Dossier, Leg, Pause, Remark
from motcua.dossiers.rows import columns_of, life_of, moment_or_none
from motcua.dossiers.rules.crossings import armed
from motcua.dossiers.rules.life import NOTHING, Facts, Life
from motcua.dossiers.rules.moves import AT_COUNTER, UNTIL_HANDED_OVER, Move
from motcua.dossiers.rules.statuses import Status
from motcua.dossiers.rules.taking import take
from motcua.dossiers.terms import terms_of
from motcua.kit.moments import minute_of, moment_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.ledger import keys
from motcua.ledger.models import Event
from motcua.ledger.recording import record
from motcua.registry.holding import hold_still
from motcua.registry.queries import catalogue

WAITED_AT_MOST = timedelta(minutes=10)


class ChangedMeanwhile(Refused):
    message = gettext_noop(
        "The dossier was changed while this page was open, by somebody or in another window of"
        " yours. Open it again, look, and repeat."
    )


class WordsMissing(Refused):
    message = gettext_noop("Write the reason: the applicant has a right to it.")


class PersonNotThere(Refused):
    message = gettext_noop(
        "This person may not do this at the body of the dossier. Choose another."
    )


class MomentBackwards(Refused):
    message = gettext_noop(
        "The moment (%(at)s) lies before the last thing that happened to the dossier (%(last)s)."
        " Check the clock of this machine, then repeat."
    )


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
    check: Callable[[Dossier], None] | None = None,
) -> Dossier:
    """Do one move of the table. Private to this folder; the caller opens the transaction.

    `seen_version` is the version the person had before their eyes, if any. `check` looks at the
    locked row before anything is written and refuses by raising.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise, refusals of the move.
    """
    hold_still()
    if was_done(key, move, actor=actor, dossier_id=dossier_id):
        return Dossier.objects.get(pk=dossier_id)
    row = Dossier.objects.select_for_update().get(pk=dossier_id)
    check_right(actor, move, holder=row.holder_key, place=row.place_key, status=row.status)
    if seen_version is not None and seen_version != row.version:
        raise ChangedMeanwhile
    if check is not None:
        check(row)
    at = _in_order(row, at)
    pauses = list(row.pauses.all())
    life = life_of(row, pauses)
    terms = terms_of(life, move, catalogue=catalogue(), at=minute_of(at), in_zone=row.in_zone)
    after, data = take(life, move, at=minute_of(at), terms=terms, facts=facts)
    write(row, armed(after, at=minute_of(at), terms=terms), was=pauses)
    return finish(row, move, data, actor=actor, at=at, key=key, words=words)


def was_done(key: str | None, move: Move, *, actor: Actor, dossier_id: UUID) -> bool:
    """Tell whether this key has done this move to this dossier before.

    Errors: KeyUsedOtherwise.
    """
    about = {"dossier": str(dossier_id)}
    return keys.answer_to(key, action=move.event.name, actor_id=actor.id, about=about) is not None


def check_right(
    actor: Actor, move: Move, *, holder: str, place: str, status: str = Status.RECEIVED
) -> None:
    """Let the actor pass if it holds one of the move's rights where the move is done.

    Errors: NotAllowed.
    """
    at_counter = move in AT_COUNTER and (move not in UNTIL_HANDED_OVER or status == Status.RECEIVED)
    units = {holder, place} if at_counter else {holder}
    if not any(actor.may(p, unit_key=unit) for p in move.permissions for unit in units):
        raise NotAllowed(permission=move.title, unit=holder)


def check_person(
    row: Dossier, account_id: str, permissions: Iterable[Permission], *, at: datetime
) -> None:
    """Let a named person pass who holds one of the rights where the dossier stands.

    Errors: PersonNotThere.
    """
    found = people_near(row, permissions, known=catalogue(), on=timezone.localdate(at))
    if account_id not in found:
        raise PersonNotThere


def _in_order(row: Dossier, at: datetime) -> datetime:
    """Give the moment, or that of the last event when two who act at once met the lock late.

    Errors: MomentBackwards.
    """
    events = Event.objects.filter(subject_id=row.id, epoch=row.epoch, subject_version=row.version)
    last = events.values_list("happened_at", flat=True).first()
    if last is None or minute_of(at) >= minute_of(last):
        return at
    if last - at > WAITED_AT_MOST:
        raise MomentBackwards(at=at, last=last)
    return last


def write(row: Dossier, life: Life, *, was: list[Pause]) -> None:
    """Write the row with its pauses, legs and crossings as the life says."""
    crossed = row.crossed
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
    for noted in life.crossings[crossed:]:
        Crossing.objects.create(
            dossier=row,
            kind=noted.kind.value,
            part=noted.part,
            due_at=moment_of(noted.due_at),
            level=noted.level,
        )
    if life.leg_rows:
        _write_legs(row, life)


def _write_legs(row: Dossier, life: Life) -> None:
    known = {leg.number: leg for leg in row.leg_rows.all()}
    for one in life.leg_rows:
        leg = known.get(one.number) or Leg(
            dossier=row, number=one.number, body_key=one.body, opened_at=moment_of(one.opened_at)
        )
        says = tuple(map(moment_or_none, (one.original_due_at, one.due_at, one.closed_at)))
        if leg.pk is None or says != (leg.original_due_at, leg.due_at, leg.closed_at):
            leg.original_due_at, leg.due_at, leg.closed_at = says
            leg.save()


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
