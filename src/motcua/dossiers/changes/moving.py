"""Moves the dossiers of a change in small transactions, each judged again under its lock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers import storing
from motcua.dossiers.change_models import (
    ClockChange,
    ClockChangeMove,
    ClockChangePage,
    Purpose,
    State,
)
from motcua.dossiers.models import Dossier, Pause
from motcua.dossiers.rows import life_of, moment_or_none
from motcua.dossiers.rules.crossings import armed
from motcua.dossiers.rules.life import Facts, Life, Terms
from motcua.dossiers.rules.moves import MOVE_DUE
from motcua.dossiers.rules.statuses import OPEN
from motcua.dossiers.rules.taking import take
from motcua.dossiers.terms import terms_of
from motcua.kit.moments import Minute, minute_of
from motcua.kit.refusals import Refused
from motcua.ledger.models import Event
from motcua.ledger.recording import Draft, record_many
from motcua.registry.catalogue import Catalogue
from motcua.registry.holding import hold_still
from motcua.registry.queries import catalogue

from .drafts import from_json, replaced_from
from .judging import Judge, target_of
from .packing import ids_bytes, packed_ids, unpacked_ids
from .reading import Reader, chunks_of, keys_of
from .worlds import Worlds, once_applied, once_reversed, reach_of

BATCH = 500
Moves = Mapping[UUID, ClockChangeMove]


@dataclass(frozen=True, slots=True)
class Moved:
    """One dossier that was moved: its row, the life after it, and its event."""

    row: Dossier
    life: Life
    draft: Draft


def worlds_of(change: ClockChange) -> Worlds:
    """Give the worlds between which a running change moves dossiers."""
    draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
    if change.state == State.REVERSING:
        return once_reversed(catalogue(), draft, replaced)
    return once_applied(catalogue(), draft, replaced)


def look(change: ClockChange) -> list[bytes]:
    """Give every dossier that stands elsewhere than the change now says, by its id."""
    draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
    judge, reader = Judge(worlds_of(change)), Reader()
    found: set[bytes] = set()
    for chunk in chunks_of(keys_of(reach_of(draft, replaced, catalogue()))):
        rows = reader.read(chunk)
        judged = judge.judge(rows, reader.groups.listed())
        whole = ids_bytes([rows.ids[place] for place in judged.places])
        found.update(whole[n : n + 16] for n in range(0, len(whole), 16))
    if change.state == State.REVERSING:
        found.update(_to_bring_back(change))
    return sorted(found)


def _to_bring_back(change: ClockChange) -> Iterable[bytes]:
    """Give those the change has moved and that still run; the reversal has not seen them yet."""
    moved = change.moves.filter(version__gt=0, back_version=0, dossier__status__in=sorted(OPEN))
    return (key.bytes for key in moved.values_list("dossier_id", flat=True))


@transaction.atomic
def list_todo(change_id: UUID, ids: Sequence[bytes]) -> None:
    """Keep which dossiers are to be looked at, in pages of one transaction each."""
    change = ClockChange.objects.select_for_update().get(pk=change_id)
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
    moved = _judge_again(change, rows, known, at=at)
    _write(change, moved, known)
    page.delete()
    change.seen += len(ids)
    change.moved_in_pass += len(moved)
    if change.state == State.REVERSING:
        change.moved_back += len(moved)
    else:
        change.moved += len(moved)
    change.save()
    return True


def _locked(ids: Sequence[UUID]) -> list[Dossier]:
    running = Dossier.objects.filter(pk__in=ids, status__in=sorted(OPEN), due_of="rules")
    return list(running.select_for_update().order_by("pk"))


def _judge_again(
    change: ClockChange, rows: Sequence[Dossier], known: Moves, *, at: datetime
) -> list[Moved]:
    worlds, pauses, last = worlds_of(change), _pauses(rows), _last_events(rows)
    moved = []
    for row in rows:
        if _is_back(row, known.get(row.pk)):
            continue
        life = life_of(row, pauses[row.pk])
        minute = max(minute_of(at), minute_of(last.get(row.pk, at)))
        try:
            target = _target(change, row, life, known.get(row.pk), worlds=worlds)
            moved.append(_moved(change, row, life, target, at=minute))
        except Refused:  # it stands already, or no rule can count it: it stays
            continue
    return moved


def _target(
    change: ClockChange, row: Dossier, life: Life, move: ClockChangeMove | None, *, worlds: Worlds
) -> Minute | None:
    """Give where one dossier has to stand. Errors: those of counting it."""
    if change.state == State.REVERSING and _stands_where_moved(row, move):
        assert move is not None  # noqa: S101  said by the question before
        return None if move.before_at is None else minute_of(move.before_at)
    before, after = (_terms(row, life, one) for one in (worlds.before, worlds.after))
    return target_of(life, before=before, after=after)


def _terms(row: Dossier, life: Life, known: Catalogue) -> Terms:
    assert life.received_at is not None  # noqa: S101  constraint dossier_open_is_received
    return terms_of(life, MOVE_DUE, catalogue=known, at=life.received_at, in_zone=row.in_zone)


def _moved(
    change: ClockChange, row: Dossier, life: Life, target: Minute | None, *, at: Minute
) -> Moved:
    """Give what becomes of one dossier. Errors: DueStands."""
    terms = _terms(row, life, catalogue())
    facts = Facts(due_at=target, change=str(change.pk))
    life, data = take(life, MOVE_DUE, at=at, terms=terms, facts=facts)
    life = armed(life, at=at, terms=terms)
    is_back = change.state == State.REVERSING
    draft = Draft(
        kind=MOVE_DUE.event.name,
        subject_id=row.pk,
        version=life.version,
        unit_key=life.holder,
        actor_id=change.reversed_by if is_back else change.begun_by,
        at=at,
        data=MOVE_DUE.event.checked(data),
        epoch=row.epoch,
    )
    return Moved(row, life, draft)


def _stands_where_moved(row: Dossier, move: ClockChangeMove | None) -> bool:
    """Say whether a dossier still has the very moment the change gave it."""
    return move is not None and bool(move.version) and row.due_at == move.after_at is not None


def _is_back(row: Dossier, move: ClockChangeMove | None) -> bool:
    """Say whether a dossier was brought back and nothing has happened to it since."""
    return move is not None and move.back_version == row.version


def _write(change: ClockChange, moved: Sequence[Moved], known: Moves) -> None:
    storing.move_due([(one.row.pk, one.life) for one in moved])
    fresh, back = [], []
    for one in moved:
        after_at = moment_or_none(one.life.due_at)
        move = known.get(one.row.pk)
        if move is None:
            move = ClockChangeMove(change=change, dossier=one.row)
            fresh.append(move)
        else:
            back.append(move)
        if change.state == State.REVERSING:
            move.back_at, move.back_version = after_at, one.life.version
        else:
            if not move.version:
                move.before_at = one.row.due_at
            move.after_at, move.version = after_at, one.life.version
    ClockChangeMove.objects.bulk_create(fresh)
    ClockChangeMove.objects.bulk_update(
        back, ["after_at", "version", "back_at", "back_version"], batch_size=BATCH
    )
    record_many(one.draft for one in moved)


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
