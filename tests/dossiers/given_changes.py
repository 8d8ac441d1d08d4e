"""A small world of running dossiers, changes of its calendar, and a count by brute force."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.actions.door import Words
from motcua.dossiers.changes.drafts import ChangeDraft
from motcua.dossiers.changes.going_on import finish
from motcua.dossiers.changes.previewing import preview
from motcua.dossiers.history import write_history
from motcua.dossiers.models import ClockChange, Dossier, Pause
from motcua.dossiers.rows import life_of
from motcua.dossiers.rules.crossings import armed
from motcua.dossiers.rules.following import SAID
from motcua.dossiers.rules.following import counted as limits_counted
from motcua.dossiers.rules.life import Facts, Life, Terms
from motcua.dossiers.rules.moves import BY_NAME, MOVE_DUE
from motcua.dossiers.rules.statuses import OPEN, Outcome, Status
from motcua.dossiers.rules.taking import counted_due
from motcua.dossiers.terms import terms_of
from motcua.dossiers.told import Past, Told
from motcua.kit.calendar import DayKind
from motcua.kit.moments import Minute, minute_of
from motcua.ledger.models import Event
from motcua.registry.drafts import DayDraft
from motcua.registry.queries import catalogue

from .given import COMMUNE, MONDAY, NO_LIMIT, OTHER, SAME_DAY, TEN_DAYS, later
from .given_clocks import WITH_STEPS, a_procedure_with_steps

NOW = later(days=12)
HOLIDAY = DayDraft(date(2026, 9, 28), DayKind.HOLIDAY, "Ngày nghỉ thử", "Quyết định thử", "test")
DAY = 1440
Limits = dict[str, object]


def pasts(chance: random.Random, count: int) -> list[Past]:
    """Give told lives of all kinds around the Monday of the tests."""
    return [_past(chance, number) for number in range(count)]


def _past(chance: random.Random, number: int) -> Past:
    received = minute_of(MONDAY) + chance.randint(-12 * DAY, 11 * DAY)
    moves = [Told(BY_NAME["receive_new"], received)]
    if chance.random() < 0.2:
        moves = [Told(BY_NAME["file"], received - 30), Told(BY_NAME["receive"], received)]
    moves.append(Told(BY_NAME["hand_over"], received + 5))
    at = received + chance.randint(10, 3 * DAY)
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        moves.append(Told(BY_NAME["request_supplement"], at))
        at += chance.choice((0, 30, DAY, 2 * DAY, 5 * DAY))
        if chance.random() < 0.75:
            moves.append(Told(BY_NAME["complete_supplement"], at))
            at += chance.randint(0, DAY)
        else:
            break
    if moves[-1].move.name != "request_supplement":
        moves += _end(chance, received, at)
    if chance.random() < 0.1:
        moves = [Told(BY_NAME["file"], minute_of(NOW) - chance.randint(0, DAY))]
    is_foreign = chance.random() < 0.1
    return Past(
        id=UUID(int=chance.getrandbits(128)),
        source="test",
        source_key=str(number),
        procedure=chance.choice((TEN_DAYS, TEN_DAYS, WITH_STEPS, SAME_DAY, NO_LIMIT)),
        channel=chance.choice(("direct", "online")),
        place=COMMUNE,
        holder=chance.choice((COMMUNE, OTHER)),
        moves=[told for told in moves if told.at < minute_of(NOW)],
        due_of="source" if is_foreign else "rules",
        source_due_at=received + 15 * DAY if is_foreign else None,
    )


def _end(chance: random.Random, received: Minute, at: Minute) -> list[Told]:
    kind = chance.random()
    if kind < 0.15:
        return [Told(BY_NAME["withdraw"], at)]
    if kind < 0.3:
        return [
            Told(BY_NAME["submit_for_signature"], at, Facts(outcome=Outcome.POSITIVE)),
            Told(BY_NAME["sign"], at + 1),
            Told(BY_NAME["number"], at + 2),
        ]
    return []


def a_world(chance: random.Random, count: int = 80) -> None:
    """Tell the lives, and extend some of those that run as people do."""
    if WITH_STEPS not in {card.code for card in catalogue().picture.procedures}:
        a_procedure_with_steps()
    for written in write_history(pasts(chance, count), actor=SYSTEM, at=MONDAY):
        last = written
    assert len(last.refused) < count / 2
    for row in Dossier.objects.filter(status__in=sorted(OPEN), due_of="rules").order_by("pk"):
        if row.due_at and row.due_at > NOW + timedelta(days=3) and chance.random() < 0.2:
            actions.extend(
                dossier_id=row.pk,
                due_at=row.due_at + timedelta(days=chance.randint(1, 6)),
                words=Words("Xin lỗi và hẹn lại"),
                actor=SYSTEM,
                at=NOW,
            )


def counted() -> dict[UUID, datetime | None]:
    """Give where every dossier should stand now, one by one by the scalar clock; slow and plain.

    What is closed, or another system's, stands where it stands.
    """
    found = dues()
    for row, life, terms in _running():
        if row.status in OPEN and row.due_of == "rules":
            found[row.pk] = _moment_or_none(counted_due(life, terms))
    return found


def _moment_or_none(minute: Minute | None) -> datetime | None:
    return None if minute is None else MONDAY + timedelta(minutes=minute - minute_of(MONDAY))


def dues() -> dict[UUID, datetime | None]:
    """Give where every dossier stands."""
    return dict(Dossier.objects.values_list("pk", "due_at"))


def smaller() -> dict[UUID, Limits]:
    """Give the limits of step, acceptance and answer of every dossier."""
    return {row["pk"]: row for row in Dossier.objects.values("pk", *SAID)}


def smaller_counted() -> dict[UUID, Limits]:
    """Give them as they are counted now, one by one; what is closed stands where it stands."""
    found = smaller()
    for row, life, terms in _running():
        limits = {name: _moment_or_none(due) for name, due in limits_counted(life, terms).items()}
        found[row.pk] = {**found[row.pk], **limits}
    return found


def looked_at_too_late() -> list[UUID]:
    """Give those the clock would look at later than there is something to tell."""
    found = []
    for row, life, terms in _running():
        watch_at = armed(life, at=minute_of(NOW), terms=terms).watch_at
        if watch_at is not None and (life.watch_at is None or life.watch_at > watch_at):
            found.append(row.pk)
    return found


def _running() -> Iterator[tuple[Dossier, Life, Terms]]:
    for row in Dossier.objects.filter(status__in=sorted(OPEN | {Status.FILED})):
        life = life_of(row, list(Pause.objects.filter(dossier=row)))
        now = minute_of(NOW)
        terms = terms_of(life, MOVE_DUE, catalogue=catalogue(), at=now, in_zone=row.in_zone)
        yield row, life, terms


def all_else() -> list[dict[str, object]]:
    """Give every column of every dossier and pause, but the moments of limits and what follows."""
    rows = [dict(row) for row in Dossier.objects.order_by("pk").values()]
    for row in rows:
        for name in ("due_at", *SAID, "version", "watch_at", "told_level"):
            del row[name]
    return rows + [dict(row) for row in Pause.objects.order_by("pk").values()]


def a_previewed(draft: ChangeDraft, *, at: datetime = NOW) -> ClockChange:
    """Give a draft whose preview is ready."""
    change = actions.draft_change(draft=draft, actor=SYSTEM, at=at)
    preview(change.pk)
    return ClockChange.objects.get(pk=change.pk)


def an_applied(draft: ChangeDraft, *, at: datetime = NOW) -> ClockChange:
    """Give a change that every running dossier follows."""
    change = a_previewed(draft, at=at)
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=at)
    finish(change.pk, at=at)
    return ClockChange.objects.get(pk=change.pk)


def reversed_again(change: ClockChange) -> ClockChange:
    """Give the change taken back."""
    actions.reverse_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    finish(change.pk, at=NOW)
    return ClockChange.objects.get(pk=change.pk)


def due_told() -> dict[UUID, object]:
    """Give the due moment the ledger says for each open dossier: its latest event."""
    told: dict[UUID, object] = {}
    kinds = ("due", "waits", "was")
    for event in Event.objects.filter(kind__startswith="dossier.").order_by("seq"):
        if event.kind == "dossier.went_overdue":
            continue
        if event.kind == "dossier.due_moved" or any(name in event.data for name in kinds):
            told[event.subject_id] = event.data.get("due")
    return told


def moved_ids(before: dict[UUID, datetime | None]) -> Sequence[UUID]:
    """Give those that stand elsewhere than before."""
    now = dues()
    return sorted(key for key, due in before.items() if now[key] != due)
