"""Readers follow the ledger, each with a bookmark of its own (docs/adr/0004)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from .models import Bookmark, Event

BATCH = 500
LONGEST_REST = timedelta(minutes=5)


@dataclass(frozen=True)
class Reader:
    """Follows the ledger and writes rows; rows and bookmark move in one transaction."""

    name: str
    read: Callable[[Sequence[Event]], None]


@dataclass(frozen=True)
class FileReader:
    """Follows the ledger and writes files, which carry the bookmark themselves.

    `bookmark` gives the last seq the files contain; `advance` brings them to the end of the
    ledger and gives how many events that were. Two transactions can never be one, so the files
    are the only truth about how far they are.
    """

    name: str
    bookmark: Callable[[], int]
    advance: Callable[[], int]


AnyReader = Reader | FileReader


@dataclass(frozen=True)
class ReaderState:
    """What the page of readers shows of one reader."""

    name: str
    seq: int
    lag: int  # events not read yet
    oldest_unread_at: datetime | None
    read_at: datetime | None
    is_failing: bool
    failures: int
    failed_at: datetime | None
    next_try_at: datetime | None
    reason: str


def last_seq() -> int:
    """Give the seq of the newest event, 0 when there is none."""
    with connection.cursor() as cursor:  # every wall asks each second: no words to be put together
        cursor.execute("SELECT max(seq) FROM ledger_event")
        return cursor.fetchone()[0] or 0


def last_event() -> tuple[int, str]:
    """Give seq and id of the newest event; (0, "") when there is none. Its id tells it from one of
    the same seq in another ledger.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, id FROM ledger_event ORDER BY seq DESC LIMIT 1")
        found = cursor.fetchone()
    return (found[0], str(found[1])) if found else (0, "")


def advance(reader: AnyReader, *, batch: int = BATCH) -> int:
    """Give the reader its next events and move its bookmark, both or neither.

    Returns the number of events read; 0 means the reader is up to date. An idle reader writes
    nothing, so that it never holds SQLite's only write lock.
    """
    if isinstance(reader, FileReader):
        return reader.advance() if reader.bookmark() < last_seq() else 0
    known = Bookmark.objects.filter(reader=reader.name).values_list("seq", flat=True).first()
    if known is not None and not Event.objects.filter(seq__gt=known).exists():
        return 0
    with transaction.atomic():
        Bookmark.objects.get_or_create(reader=reader.name)
        bookmark = Bookmark.objects.select_for_update().get(reader=reader.name)
        events = list(Event.objects.filter(seq__gt=bookmark.seq).order_by("seq")[:batch])
        if events:
            reader.read(events)
            bookmark.seq = events[-1].seq
            bookmark.save(update_fields=["seq"])
    return len(events)


def run(reader: AnyReader, *, at: datetime) -> int:
    """Advance a reader, unless it rests after a failure; a failure stops this reader alone.

    Errors: none of the reader's own: whatever it raises is kept as its reason and shown on the
    page of readers, and it rests 1, 2, 4 … up to 5 minutes.
    """
    state = Bookmark.objects.filter(reader=reader.name).first()
    if state is not None and state.failures and at < _next_try(state):
        return 0
    try:
        count = advance(reader)
    except Exception as error:  # docs/adr/0004: one reader must not stop the others
        _note_failure(reader, error, at=at)
        return 0
    if count or (state is not None and state.failures):
        _note_success(reader, at=at)
    return count


def resume(reader: AnyReader) -> None:
    """Let a resting reader try again at once."""
    Bookmark.objects.filter(reader=reader.name).update(failures=0, failed_at=None, reason="")


def state_of(reader: AnyReader) -> ReaderState:
    """Tell how far a reader is and why it stands still, if it does."""
    row = Bookmark.objects.filter(reader=reader.name).first() or Bookmark(reader=reader.name)
    seq = _seq_of(reader, row)
    unread = Event.objects.filter(seq__gt=seq)
    return ReaderState(
        name=reader.name,
        seq=seq,
        lag=unread.count(),
        oldest_unread_at=unread.order_by("seq").values_list("recorded_at", flat=True).first(),
        read_at=row.read_at,
        is_failing=row.failures > 0,
        failures=row.failures,
        failed_at=row.failed_at,
        next_try_at=_next_try(row) if row.failures else None,
        reason=row.reason,
    )


def _seq_of(reader: AnyReader, row: Bookmark) -> int:
    if isinstance(reader, Reader):
        return row.seq
    try:
        return reader.bookmark()
    except Exception as error:  # docs/adr/0004: the page of readers shows what is wrong with one
        row.failures = row.failures or 1
        row.failed_at = row.failed_at or timezone.now()
        row.reason = row.reason or f"{type(error).__name__}: {error}"[:500]
        return row.seq


def _next_try(state: Bookmark) -> datetime:
    assert state.failed_at is not None  # noqa: S101  set together with failures
    return state.failed_at + min(timedelta(minutes=2 ** min(state.failures - 1, 9)), LONGEST_REST)


def _note_failure(reader: AnyReader, error: Exception, *, at: datetime) -> None:
    with transaction.atomic():
        row, _ = Bookmark.objects.get_or_create(reader=reader.name)
        row.failures += 1
        row.failed_at = at
        row.reason = f"{type(error).__name__}: {error}"[:500]
        row.save(update_fields=["failures", "failed_at", "reason"])


def _note_success(reader: AnyReader, *, at: datetime) -> None:
    Bookmark.objects.update_or_create(
        reader=reader.name,
        defaults={
            "read_at": at,
            "failures": 0,
            "failed_at": None,
            "reason": "",
            **({"seq": reader.bookmark()} if isinstance(reader, FileReader) else {}),
        },
    )
