"""Moves the dossiers of a change in small transactions, each judged again under its lock."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from motcua.dossiers import storing
from motcua.dossiers.change_models import (
    RUNNING,
    ClockChange,
    ClockChangeMove,
    ClockChangePage,
    Purpose,
    State,
)
from motcua.dossiers.models import Dossier, Pause
from motcua.dossiers.rows import life_of, moment_or_none
from motcua.dossiers.rules.crossings import armed
from motcua.dossiers.rules.following import to_follow
from motcua.dossiers.rules.life import Facts, Life, Terms
from motcua.dossiers.rules.moves import MOVE_DUE, MOVE_LIMITS, Move
from motcua.dossiers.rules.statuses import OPEN, Status
from motcua.dossiers.rules.taking import take
from motcua.dossiers.terms import terms_of
from motcua.kit.moments import Minute, minute_of
from motcua.kit.refusals import Refused
from motcua.ledger.models import Event
from motcua.ledger.recording import Draft, record_many
from motcua.registry.catalogue import Catalogue
from motcua.registry.holding import hold_still

from .judging import target_of
from .looking import worlds_of
from .packing import packed_ids, unpacked_ids
from .worlds import Worlds

BATCH = 500
WATCHED = sorted(OPEN | {Status.FILED})
Moves = Mapping[UUID, ClockChangeMove]


class Due(NamedTuple):
    """A due moment that was moved, the version of its event, and its count without the change."""

    due_at: Minute | None
    version: int
    without_at: Minute | None


@dataclass
class Moved:
    """One dossier that followed: its row, its life as it becomes, and the events of that.

    `due` None: only smaller limits moved, or only the next look of the clock.
    """

    change: ClockChange
    row: Dossier
    life: Life
    at: Minute
    drafts: list[Draft]
    due: Due | None = None

    def take(self, move: Move, *, terms: Terms, facts: Facts) -> None:
        """Do one move. Errors: DueStands, LimitsStand, and those of counting."""
        self.life, data = take(self.life, move, at=self.at, terms=terms, facts=facts)
        is_back = self.change.state == State.REVERSING
        draft = Draft(
            kind=move.event.name,
            subject_id=self.row.pk,
            version=self.life.version,
            unit_key=self.life.holder,
            actor_id=self.change.reversed_by if is_back else self.change.begun_by,
            at=self.at,
            data=move.event.checked(data),
            epoch=self.row.epoch,
        )
        self.drafts.append(draft)

    @property
    def followed(self) -> int:
        """Give whether smaller limits moved: 1 or 0."""
        return sum(draft.kind == MOVE_LIMITS.event.name for draft in self.drafts)


@transaction.atomic
def list_todo(change_id: UUID, ids: Sequence[bytes], *, passes: int) -> None:
    """Keep which dossiers are to be looked at, in pages of one transaction each.

    `passes`: how many there had been when it was looked. Who comes late, because another has
    listed or ended the change meanwhile, keeps nothing.
    """
    change = ClockChange.objects.select_for_update().get(pk=change_id)
    if change.state not in RUNNING or change.passes != passes:
        return
    change.pages.filter(purpose=Purpose.TODO).delete()
    ClockChangePage.objects.bulk_create(
        [
            ClockChangePage(
                change=change,
                purpose=Purpose.TODO,
                number=number,
                rows=packed_ids(ids[start : start + BATCH]),
            )
            for number, start in enumerate(range(0, len(ids), BATCH))
        ],
        batch_size=100,
    )
    change.seen, change.total = 0, len(ids)
    change.passes, change.moved_in_pass = change.passes + 1, 0
    change.save()


@transaction.atomic
def move_page(change_id: UUID, *, at: datetime) -> bool:
    """Move the dossiers of the next page, each judged again under its lock; False: none is left.

    Killed before its end nothing of the page has happened; done twice it moves nobody twice.
    """
    hold_still()
    change = ClockChange.objects.select_for_update().get(pk=change_id)
    page = change.pages.filter(purpose=Purpose.TODO).order_by("number").first()
    if page is None:
        return False
    ids = unpacked_ids(page.rows)
    rows = _locked(ids)
    known = {one.dossier_id: one for one in change.moves.filter(dossier_id__in=ids)}
    done = _judge_again(change, rows, known, at=at)
    _write(change, done, known)
    page.delete()
    change.seen += len(ids)
    moved, followed = sum(one.due is not None for one in done), sum(one.followed for one in done)
    change.moved_in_pass += moved + followed
    if change.state == State.REVERSING:
        change.moved_back, change.followed_back = (
            change.moved_back + moved,
            change.followed_back + followed,
        )
    else:
        change.moved, change.followed = change.moved + moved, change.followed + followed
    change.save()
    return True


def _locked(ids: Sequence[UUID]) -> list[Dossier]:
    running = Dossier.objects.filter(pk__in=ids, status__in=WATCHED)
    return list(running.select_for_update().order_by("pk"))


def _judge_again(
    change: ClockChange, rows: Sequence[Dossier], known: Moves, *, at: datetime
) -> list[Moved]:
    worlds, pauses, last = worlds_of(change), _pauses(rows), _last_events(rows)
    done = []
    for row in rows:
        life = life_of(row, pauses[row.pk])
        minute = max(minute_of(at), minute_of(last.get(row.pk, at)))
        one = Moved(change, row, life, minute, [])
        try:
            _follow(one, known.get(row.pk), worlds)
        except Refused:  # its procedure is not in force there: it stays
            continue
        looks = (life.watch_at, life.told_level) != (one.life.watch_at, one.life.told_level)
        if one.drafts or looks:
            done.append(one)
    return done


def _follow(one: Moved, move: ClockChangeMove | None, worlds: Worlds) -> None:
    """Bring one dossier to where it has to stand. Errors: UnknownProcedure, NotInForce."""
    before, after = (_terms(one, known) for known in (worlds.before, worlds.after))
    if one.life.status in OPEN:
        with suppress(Refused):  # it stands already, or no rule can count it: it stays
            _move_due(one, move, before=before, after=after)
    with suppress(Refused):  # as above
        limits = to_follow(one.life, before=before, after=after)
        one.take(MOVE_LIMITS, terms=after, facts=Facts(limits=limits, change=str(one.change.pk)))
    one.life = armed(one.life, at=one.at, terms=after)


def _move_due(one: Moved, move: ClockChangeMove | None, *, before: Terms, after: Terms) -> None:
    """Move the due moment. Errors: DueStands, and those of counting it."""
    target = target_of(one.life, before=before, after=after)
    due_at, without_at = target.due_at, target.before_at
    if one.change.state == State.REVERSING:
        without_at = target.after_at
        if move is not None and _belongs_back(one.row, move, without_at):
            due_at = None if move.before_at is None else minute_of(move.before_at)
    one.take(MOVE_DUE, terms=after, facts=Facts(due_at=due_at, change=str(one.change.pk)))
    one.due = Due(one.life.due_at, one.life.version, without_at)


def _belongs_back(row: Dossier, move: ClockChangeMove, without_at: Minute | None) -> bool:
    """Say whether a dossier belongs to where it stood before the change.

    It does while only the change lies between: it stands where the change put it, or stands back
    already, and the rules count it without the change as they did then. Else a pause or another
    change has come in between, and it belongs to where it is counted now.
    """
    if not move.version or move.without_at is None or moment_or_none(without_at) != move.without_at:
        return False
    is_back = bool(move.back_version) and row.due_at == move.before_at
    return is_back or row.due_at == move.after_at


def _terms(one: Moved, known: Catalogue) -> Terms:
    return terms_of(one.life, MOVE_LIMITS, catalogue=known, at=one.at, in_zone=one.row.in_zone)


def _write(change: ClockChange, done: Sequence[Moved], known: Moves) -> None:
    storing.move_limits([(one.row.pk, one.life) for one in done])
    fresh, again = [], []
    for one in done:
        if one.due is None:
            continue
        move = known.get(one.row.pk)
        if move is None:
            move = ClockChangeMove(change=change, dossier=one.row)
            fresh.append(move)
        else:
            again.append(move)
        _keep(move, one.due, was_at=one.row.due_at, is_back=change.state == State.REVERSING)
    ClockChangeMove.objects.bulk_create(fresh)
    names = ["before_at", "after_at", "without_at", "version", "back_at", "back_version"]
    # They are there: this is an update, many times cheaper than `bulk_update` and its long CASE.
    ClockChangeMove.objects.bulk_create(
        again, update_conflicts=True, unique_fields=["id"], update_fields=names
    )
    record_many(draft for one in done for draft in one.drafts)


def _keep(move: ClockChangeMove, due: Due, *, was_at: datetime | None, is_back: bool) -> None:
    """Keep what was done to one dossier."""
    due_at, without_at = moment_or_none(due.due_at), moment_or_none(due.without_at)
    if is_back:
        move.back_at, move.back_version = due_at, due.version
        return
    if not move.version:
        move.before_at, move.without_at = was_at, without_at
    move.after_at, move.version = due_at, due.version


def _pauses(rows: Sequence[Dossier]) -> Mapping[UUID, list[Pause]]:
    found: dict[UUID, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(dossier_id__in=[row.pk for row in rows]):
        found[pause.dossier_id].append(pause)
    return found


def _last_events(rows: Sequence[Dossier]) -> Mapping[UUID, datetime]:
    """Give when the last thing happened to each: nothing is told before it."""
    versions = {(row.pk, row.epoch, row.version) for row in rows}
    events = Event.objects.filter(subject_id__in=[row.pk for row in rows])
    return {
        subject: at
        for subject, epoch, version, at in events.values_list(
            "subject_id", "epoch", "subject_version", "happened_at"
        )
        if (subject, epoch, version) in versions
    }
