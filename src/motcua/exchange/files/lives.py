"""Turns an entry into the past that the dossiers' bulk door is told. Pure."""

from collections.abc import Iterator
from uuid import UUID, uuid5

from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.statuses import Outcome
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import DAY_MINUTES

from .entries import Entry
from .fields import Channel, Said
from .judging import clear_supplements

SPACE = UUID("6f0e7f0c-5a5a-5f0e-9f52-0d9b3c1a7e11")  # any fixed one: names dossiers of all sources
FILED_CHANNELS = frozenset({Channel.ONLINE, Channel.POST})
GRANTED, DECLINED = Facts(outcome=Outcome.POSITIVE), Facts(outcome=Outcome.NEGATIVE)
STEP_PARTS = ("activity", "instance", "lifecycle", "resource")


def dossier_id(source: str, key: str) -> UUID:
    """The id a dossier of that source always gets."""
    return uuid5(SPACE, f"{source}\n{key}")


def moves_of(entry: Entry, *, source_due: bool) -> tuple[Told, ...]:
    """Every move the entry tells of, in the order in which they were made."""
    if entry.received_at is None:
        return ()
    begun = _begin(entry, entry.received_at)
    if entry.said == Said.NOT_RECEIVED:
        at = entry.ended_at if entry.ended_at is not None else entry.received_at
        return Told(moves.FILE, _filed_at(entry, entry.received_at)), Told(moves.REFUSE, at)
    if entry.said == Said.VOID:
        return *begun, Told(moves.VOID, entry.ended_at or entry.received_at)
    if not (entry.extended_to or entry.asked or entry.steps):
        return *begun, *_end(entry)
    between = sorted(
        [*_extension(entry, source_due=source_due), *_supplements(entry), *_steps(entry)],
        key=_moment,
    )
    return *begun, *between, *_end(entry)


def past_of(
    entry: Entry,
    *,
    source: str,
    procedure: str,
    holder: str,
    place: str,
    count_missing_due: bool,
    owner_id: UUID | None = None,
    submitter_id: UUID | None = None,
) -> Past:
    """The past of one dossier. Without an appointment of the source the rules may count one."""
    due_at = entry.due_at if entry.due_at is not None else entry.extended_to
    by_source = due_at is not None or not count_missing_due
    return Past(
        id=dossier_id(source, entry.key),
        source=source,
        source_key=entry.key,
        foreign_code=entry.code,
        procedure=procedure,
        channel=entry.channel,
        place=place,
        holder=holder,
        moves=moves_of(entry, source_due=entry.due_at is not None),
        due_of="source" if by_source else "rules",
        source_due_at=due_at,
        owner_id=owner_id,
        submitter_id=submitter_id,
    )


def _moment(told: Told) -> int:
    return told.at


def _filed_at(entry: Entry, received: int) -> int:
    return received if entry.filed_at is None else min(entry.filed_at, received)


def _begin(entry: Entry, received: int) -> tuple[Told, ...]:
    """An online or posted filing waits to be received; at the counter both are one."""
    filed = _filed_at(entry, received)
    if entry.channel in FILED_CHANNELS and filed < received:
        return Told(moves.FILE, filed), Told(moves.RECEIVE, received)
    return (Told(moves.RECEIVE_NEW, received),)


def _extension(entry: Entry, *, source_due: bool) -> Iterator[Told]:
    """The new appointment, granted at the latest a day before the old one as the law wants.

    Sources do not tell when. During a supplement no appointment can be moved: then just before.
    """
    due, extended, received = entry.due_at, entry.extended_to, entry.received_at
    if not source_due or due is None or extended is None or received is None or extended <= due:
        return
    granted = (
        due - DAY_MINUTES if entry.ended_at is None else min(due - DAY_MINUTES, entry.ended_at)
    )
    for asked, done in clear_supplements(entry):
        if asked <= granted and (done is None or granted <= done):
            granted = asked
    yield Told(moves.EXTEND, max(granted, received), Facts(due_at=extended))


def _supplements(entry: Entry) -> Iterator[Told]:
    for asked, done in clear_supplements(entry):
        yield Told(moves.REQUEST_SUPPLEMENT, asked)
        if done is not None:
            yield Told(moves.COMPLETE_SUPPLEMENT, done)


def _steps(entry: Entry) -> Iterator[Told]:
    for line in entry.steps.split("\n") if entry.steps else ():
        *parts, at = line.split("|")
        activity = dict(zip(STEP_PARTS, parts, strict=True))
        yield Told(moves.NOTE_STEP, int(at), Facts(activity=activity))


def _end(entry: Entry) -> Iterator[Told]:
    if entry.ended_at is None:
        return
    if entry.said == Said.WITHDRAWN:
        yield Told(moves.WITHDRAW, entry.ended_at)
        return
    if entry.said == Said.STOPPED:
        yield Told(moves.STOP, entry.ended_at)
        return
    decision = DECLINED if entry.said == Said.DECLINED else GRANTED
    yield Told(moves.RESOLVE_ELSEWHERE, entry.ended_at, decision)
    if entry.returned_at is not None:
        yield Told(moves.RETURN, entry.returned_at)
    elif entry.said == Said.RETURNED:
        yield Told(moves.RETURN, entry.ended_at)
