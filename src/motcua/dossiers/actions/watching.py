"""Time as an actor: what the clock notes, and what it does when nobody answers."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.dossiers.models import Dossier
from motcua.dossiers.rows import life_of, moment_or_none
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.crossings import Ripe, armed, noting, ripe
from motcua.dossiers.rules.life import Life, Terms
from motcua.dossiers.rules.watch import Crossing
from motcua.dossiers.terms import law_day, terms_of
from motcua.kit.calendar import Calendar
from motcua.kit.moments import minute_of
from motcua.kit.refusals import Refused
from motcua.registry.holding import hold_still
from motcua.registry.law import escalation
from motcua.registry.queries import catalogue

from .door import Words, move_dossier, need_words

REST = timedelta(hours=1)  # so that one dossier never keeps the others waiting
STOP = "stop"


@transaction.atomic
def note_crossings(*, dossier_id: UUID, actor: Actor, at: datetime) -> int:
    """Note everything the clock must tell of a dossier at a moment; return how many it was.

    Safe to run twice, late, or on two machines: the row is locked and looked at again, and the
    table of crossings holds each due moment and level once. Where the rules say so, handling is
    stopped when the applicant's time is over.

    Errors: NotAllowed.
    """
    hold_still()
    row = Dossier.objects.select_for_update().get(pk=dossier_id)
    require(actor, Permission.WATCH_CLOCK, unit_key=row.holder_key)
    try:
        with transaction.atomic():
            return _note_all(row, actor=actor, at=at)
    except Refused:  # law or calendar cannot tell of this dossier now: it must not block others
        _look_again(row, at + REST, told_level=row.told_level)
        return 0


@transaction.atomic
def put_off_watching(*, dossier_id: UUID, actor: Actor, at: datetime) -> None:
    """Look at a dossier again later: something is broken about it, and others wait behind it.

    Nothing is told of it meanwhile; its crossings are noted, late, once it is mended.

    Errors: NotAllowed.
    """
    row = Dossier.objects.select_for_update().get(pk=dossier_id)
    require(actor, Permission.WATCH_CLOCK, unit_key=row.holder_key)
    _look_again(row, at + REST, told_level=row.told_level)


@transaction.atomic
def note_crossing(
    *,
    dossier_id: UUID,
    crossing: Crossing,
    part: int = 0,
    level: int = 1,
    actor: Actor,
    at: datetime,
) -> Dossier:
    """Note one crossing for one level, once for each due moment.

    Errors: NothingCrossed, NotAllowed, MoveNotAllowed.
    """
    move, facts = noting(Ripe(0, level, crossing, part, 0))
    return move_dossier(dossier_id, move, actor=actor, at=at, facts=facts)


@transaction.atomic
def stop_unanswered(
    *,
    dossier_id: UUID,
    words: Words,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Stop handling since the applicant did not answer in time (form 05): final, not a pause.

    Errors: AnswerNotOver, WordsMissing, NotAllowed, MoveNotAllowed, ChangedMeanwhile,
    KeyUsedOtherwise.
    """
    return move_dossier(
        dossier_id,
        moves.STOP_UNANSWERED,
        actor=actor,
        at=at,
        key=key,
        seen_version=seen_version,
        words=need_words(words),
    )


def _note_all(row: Dossier, *, actor: Actor, at: datetime) -> int:
    life, terms = _looked_up(row, at)
    found = ripe(life, at=minute_of(at), terms=terms)
    for one in found:
        move, facts = noting(one)
        move_dossier(row.id, move, actor=actor, at=at, facts=facts)
    if not found:
        life = armed(life, at=minute_of(at), terms=terms)
        _look_again(row, moment_or_none(life.watch_at), told_level=life.told_level)
    elif any(one.kind is Crossing.ANSWER_OVER for one in found):
        _perhaps_stop(row, calendar=terms.calendar, actor=actor, at=at)
    return len(found)


def _looked_up(row: Dossier, at: datetime) -> tuple[Life, Terms]:
    life = life_of(row, list(row.pauses.all()))
    known = catalogue()
    terms = terms_of(life, moves.ESCALATE, catalogue=known, at=minute_of(at), in_zone=row.in_zone)
    return life, terms


def _perhaps_stop(row: Dossier, *, calendar: Calendar, actor: Actor, at: datetime) -> None:
    rules = escalation(law_day(row.received_at or at, calendar))
    if rules["after_answer"] == STOP:
        words = Words(rules["stop_reason"], legal_basis=rules["stop_legal_basis"])
        stop_unanswered(dossier_id=row.id, words=words, actor=actor, at=at)


def _look_again(row: Dossier, watch_at: datetime | None, *, told_level: int | None) -> None:
    Dossier.objects.filter(pk=row.pk).update(watch_at=watch_at, told_level=told_level)
