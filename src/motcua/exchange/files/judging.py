"""Says what is strange about an entry, and what became of it. Pure."""

from motcua.kit.moments import DAY_MINUTES

from .entries import Entry
from .fields import CLOSE, ENDED, Said
from .flags import Flag, Reject

OPEN_STATES = frozenset(Said) - ENDED - {Said.VOID, Said.NOT_RECEIVED}
PAUSED = frozenset({Said.SUPPLEMENT, Said.OBLIGATION})
UNRECEIVED = frozenset({Said.WAITING, Said.NOT_RECEIVED})


def rejected(entry: Entry) -> tuple[Reject, str] | None:
    """Why the entry cannot be understood, with the words it is about."""
    if entry.received_at is not None:
        return None
    for reason, words in entry.flagged:
        if reason == Flag.UNREADABLE and words.startswith("received_at:"):
            return Reject.RECEIPT_UNREADABLE, words
    if entry.said in UNRECEIVED:
        return Reject.NOT_RECEIVED, ""
    return Reject.NO_RECEIPT, ""


def settled(entry: Entry) -> Entry:
    """The entry with its end of handling: the end told, else the return of the result.

    A dossier said to be finished on a same-day limit without any end ended on the day it was
    received.
    """
    if entry.ended_at is not None or entry.received_at is None:
        return entry
    if entry.returned_at is not None:
        return entry._replace(ended_at=entry.returned_at)
    if entry.said in ENDED and entry.limit_unit == "same_day":
        return entry._replace(ended_at=_close_of_that_day(entry.received_at))
    return entry


def strange(entry: Entry, *, now: int) -> list[Flag]:
    """Everything strange about an entry that comes in."""
    received = entry.received_at
    if received is None:
        return []
    whole = settled(entry)
    ended, said = whole.ended_at, entry.said
    finished = said in ENDED
    found = (
        (Flag.END_SAME_DAY, ended is not None and entry.ended_at is entry.returned_at is None),
        (Flag.END_UNKNOWN, ended is None and finished),
        (Flag.END_BEFORE_RECEIPT, ended is not None and ended < received),
        (Flag.END_IS_START, ended == received),
        (Flag.DUE_BEFORE_RECEIPT, entry.due_at is not None and entry.due_at < received),
        (Flag.IN_FUTURE, max(received, ended or 0) > now),
        (Flag.ENDED_BUT_OPEN, ended is not None and said in OPEN_STATES),
        (Flag.PAUSE_UNKNOWN, ended is None and said in PAUSED and _waits_unknown(entry)),
        (Flag.SUPPLEMENT_UNCLEAR, entry.asked and _is_unclear(whole)),
        *_strange_rarely(whole, received),
    )
    return [flag for flag, is_so in found if is_so]


def _strange_rarely(entry: Entry, received: int) -> tuple[tuple[Flag, bool], ...]:
    filed, back, extended = entry.filed_at, entry.returned_at, entry.extended_to
    if filed is back is extended is None:
        return ()
    due, ended = entry.due_at, entry.ended_at
    return (
        (Flag.FILED_AFTER_RECEIPT, filed is not None and filed > received),
        (Flag.RETURNED_BEFORE_END, back is not None and ended is not None and back < ended),
        (Flag.EXTENDED_BEFORE_DUE, extended is not None and due is not None and extended < due),
    )


def _close_of_that_day(minute: int) -> int:
    return max(minute, minute - minute % DAY_MINUTES + CLOSE)


def _is_unclear(entry: Entry) -> bool:
    return len(clear_supplements(entry)) < len(entry.supplements)


def _waits_unknown(entry: Entry) -> bool:
    """No supplement that was asked is still open: nobody says since when the dossier waits."""
    return entry.said == Said.OBLIGATION or all(
        done is not None for _, done in clear_supplements(entry)
    )


def clear_supplements(entry: Entry) -> list[tuple[int, int | None]]:
    """The supplements whose moments fit: in order, after receipt, before the end."""
    fitting: list[tuple[int, int | None]] = []
    free_from = entry.received_at
    for asked, done in sorted(entry.supplements, key=_first):
        ended = entry.ended_at
        fits = (
            free_from is not None
            and asked >= free_from
            and (done is None or done >= asked)
            and (ended is None or max(asked, done or asked) <= ended)
            and (done is not None or ended is not None or entry.said in ("", Said.SUPPLEMENT))
        )
        if fits:
            fitting.append((asked, done))
            free_from = done
    return fitting


def _first(pair: tuple[int, int | None]) -> int:
    return pair[0]
