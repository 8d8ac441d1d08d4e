"""Filing and receipt: how a dossier comes in, or does not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from motcua.accounts.actors import Actor
from motcua.dossiers.models import Dossier
from motcua.dossiers.numbering import lock_counter
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.codes import code_of
from motcua.dossiers.rules.crossings import armed
from motcua.dossiers.rules.life import Life
from motcua.dossiers.rules.taking import take
from motcua.dossiers.terms import day_zero, terms_of
from motcua.kit.moments import minute_of
from motcua.ledger import keys
from motcua.registry.holding import hold_still
from motcua.registry.queries import catalogue

from .door import Words, check_right, finish, move_dossier, need_words, write


@dataclass(frozen=True)
class Applicants:
    """The three persons of a dossier, by their id in `citizens`; they may be one."""

    owner_id: UUID
    submitter_id: UUID | None = None
    representative_id: UUID | None = None


@dataclass(frozen=True)
class Request:
    """What is asked for, through which channel, and where; the competent body follows from it.

    `holder_key` names another competent body than the registry would find.
    """

    procedure_code: str
    channel: str
    place_key: str
    holder_key: str = ""
    case: str = ""
    in_zone: bool = False
    foreign_code: str = ""


@transaction.atomic
def file_dossier(
    *,
    request: Request,
    applicants: Applicants,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> Dossier:
    """Take a filing in that somebody at the counter has still to receive.

    Errors: NotAllowed, UnknownProcedure, NotInForce, NoCompetentUnit, KeyUsedOtherwise.
    """
    return _begin(moves.FILE, request, applicants=applicants, actor=actor, at=at, key=key)


@transaction.atomic
def receive_new(
    *,
    request: Request,
    applicants: Applicants,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> Dossier:
    """Receive a complete dossier at the counter; the legal clock starts.

    Errors: NotAllowed, UnknownProcedure, NotInForce, NoCompetentUnit, KeyUsedOtherwise.
    """
    return _begin(moves.RECEIVE_NEW, request, applicants=applicants, actor=actor, at=at, key=key)


@transaction.atomic
def receive(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Receive what was filed; the legal clock starts.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id, moves.RECEIVE, actor=actor, at=at, key=key, seen_version=seen_version
    )


@transaction.atomic
def return_for_refiling(
    *,
    dossier_id: UUID,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Give a filing back before receipt, with what has to be mended.

    Errors: WordsMissing, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.RETURN_FOR_REFILING,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=need_words(words),
    )


@transaction.atomic
def refile(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Take a mended filing in again; its acceptance clock begins again.

    Errors: NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id, moves.REFILE, actor=actor, at=at, key=key, seen_version=seen_version
    )


@transaction.atomic
def refuse(
    *,
    dossier_id: UUID,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Refuse to receive a filing (form 03), with the reason and where to go.

    Errors: WordsMissing, NotAllowed, MoveNotAllowed, ChangedMeanwhile, KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.REFUSE,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=need_words(words),
    )


def _begin(
    move: moves.Move,
    request: Request,
    *,
    applicants: Applicants,
    actor: Actor,
    at: datetime,
    key: str | None,
) -> Dossier:
    hold_still()
    answer = keys.answer_to(key, action=move.event.name, actor_id=actor.id)
    if answer is not None:
        return Dossier.objects.get(pk=str(answer["dossier"]))
    known, today = catalogue(), timezone.localdate(at)
    place = known.unit(request.place_key)
    on = day_zero(minute_of(at), known.calendar(place.key))
    card = known.procedure(request.procedure_code, on)
    holder = request.holder_key or known.competent_unit(card, place.key, today).key
    check_right(actor, move, holder=holder, place=place.key)
    life = Life(
        procedure=card.code,
        field=card.field_code,
        channel=request.channel,
        case=request.case,
        place=place.key,
        holder=known.unit(holder).key,
        online_offered=card.online,
    )
    terms = terms_of(life, move, catalogue=known, at=minute_of(at), in_zone=request.in_zone)
    row = _row(request, applicants, code=_next_code(place.key, at=at))
    after, data = take(life, move, at=minute_of(at), terms=terms)
    write(row, armed(after, at=minute_of(at), terms=terms), was=[])
    return finish(row, move, data, actor=actor, at=at, key=key)


def _row(request: Request, applicants: Applicants, *, code: str) -> Dossier:
    return Dossier(
        id=uuid4(),
        code=code,
        foreign_code=request.foreign_code,
        in_zone=request.in_zone,
        owner_id=applicants.owner_id,
        submitter_id=applicants.submitter_id or applicants.owner_id,
        representative_id=applicants.representative_id,
    )


def _next_code(place_key: str, *, at: datetime) -> str:
    counter = lock_counter(place_key=place_key, at=at)
    counter.last += 1
    counter.save(update_fields=["last"])
    return code_of(counter.stem, counter.last)
