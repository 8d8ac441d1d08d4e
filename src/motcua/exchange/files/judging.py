"""Says what is strange about an entry, and what became of it. Pure."""

from motcua.kit.moments import DAY_MINUTES

from .entries import Entry, add_flag
from .fields import CLOSE, ENDED, Said
from .flags import Flag, Reject

OPEN_STATES = frozenset(Said) - ENDED - {Said.VOID, Said.NOT_RECEIVED}
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


def judged(entry: Entry, *, now: int) -> Entry:
    """The entry with a flag for each strange thing in it, and its end of handling settled.

    The end is the end of handling, else the return of the result. A dossier said to be finished
    on a same-day limit without any end ended on the day it was received.
    """
    received = entry.received_at
    if received is None:
        return entry
    ended = entry.ended_at if entry.ended_at is not None else entry.returned_at
    if ended is None and entry.said in ENDED:
        if entry.limit_unit == "same_day":
            ended = _close_of_that_day(received)
            entry = add_flag(entry, Flag.END_SAME_DAY)
        else:
            entry = add_flag(entry, Flag.END_UNKNOWN)
    entry = entry._replace(ended_at=ended)
    for flag in _strange(entry, received, now):
        entry = add_flag(entry, flag)
    return entry


def _close_of_that_day(minute: int) -> int:
    return max(minute, minute - minute % DAY_MINUTES + CLOSE)


def _strange(entry: Entry, received: int, now: int) -> list[Flag]:
    due, ended, filed, back = entry.due_at, entry.ended_at, entry.filed_at, entry.returned_at
    found = {
        Flag.DUE_BEFORE_RECEIPT: due is not None and due < received,
        Flag.END_BEFORE_RECEIPT: ended is not None and ended < received,
        Flag.END_IS_START: ended == received,
        Flag.FILED_AFTER_RECEIPT: filed is not None and filed > received,
        Flag.RETURNED_BEFORE_END: back is not None and ended is not None and back < ended,
        Flag.EXTENDED_BEFORE_DUE: entry.extended_to is not None
        and due is not None
        and entry.extended_to < due,
        Flag.IN_FUTURE: max(received, ended or received) > now,
        Flag.ENDED_BUT_OPEN: ended is not None and entry.said in OPEN_STATES,
        Flag.SUPPLEMENT_UNCLEAR: len(clear_supplements(entry)) < len(entry.supplements),
        Flag.PAUSE_UNKNOWN: ended is None and _waits_unknown(entry),
    }
    return [flag for flag, is_so in found.items() if is_so]


def _waits_unknown(entry: Entry) -> bool:
    if entry.said == Said.SUPPLEMENT:
        return all(done is not None for _, done in clear_supplements(entry))
    return entry.said == Said.OBLIGATION


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
