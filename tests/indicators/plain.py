"""The counts once more, slowly and plainly: one dossier after the other, one `if` for each word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from motcua.indicators.measures import MEASURES
from motcua.kit.moments import from_iso_minute
from motcua.ledger.recording import Draft

from .histories import DAY

CLOCK = {
    "received", "supplement_requested", "supplement_completed", "obligation_notified",
    "obligation_met", "clock_paused", "clock_resumed", "extended", "due_moved",
}  # fmt: skip
ENDS = {"resolved", "withdrawn", "stopped", "refused"}


@dataclass(frozen=True)
class State:
    """How a dossier stands from a moment on."""

    since: int
    unit: str
    due: int | None
    warn: dict[int, int]
    waits: bool
    extensions: int
    supplements: int


@dataclass
class Life:
    """A received dossier."""

    dossier_id: UUID
    what: dict[str, object]
    received_at: int
    states: list[State]
    ended_at: int | None = None
    ended_by: str = ""
    end_due: int | None = None

    def at(self, minute: int) -> State | None:
        """Give the state at a minute; None before receipt and from the end on."""
        if minute < self.received_at or (self.ended_at is not None and self.ended_at <= minute):
            return None
        return [state for state in self.states if state.since <= minute][-1]


def lives_of(drafts: Iterable[Draft]) -> list[Life]:
    """Replay the events of every dossier that was received and not voided."""
    told: dict[UUID, list[Draft]] = {}
    for draft in drafts:
        told.setdefault(draft.subject_id, []).append(draft)
    found = [_replay(sorted(one, key=lambda d: (d.epoch, d.version))) for one in told.values()]
    return [life for life in found if life is not None]


def _replay(events: Sequence[Draft]) -> Life | None:
    life: Life | None = None
    for event in events:
        kind = event.kind.removeprefix("dossier.")
        if kind == "voided":
            return None
        if life is None:
            if kind == "received":
                life = Life(event.subject_id, dict(event.data), event.at, [_begun(event)])
        elif life.ended_at is None and kind in ENDS:
            life.ended_at = event.at
            life.ended_by = str(
                event.data.get("outcome", "positive" if kind == "resolved" else kind)
            )
            due = event.data.get("due")
            life.end_due = from_iso_minute(str(due)) if due else None
        elif life.ended_at is None:
            life.states.append(_next(life.states[-1], event, kind))
    if life is not None and life.ended_at is not None:  # nothing changes after the end
        last = max(life.ended_at, life.received_at)
        life.states = [replace(state, since=min(state.since, last)) for state in life.states]
    return life


def _begun(event: Draft) -> State:
    return State(event.at, event.unit_key, *_clock(event), extensions=0, supplements=0)


def _next(now: State, event: Draft, kind: str) -> State:
    after = replace(now, since=max(now.since, event.at))
    if kind == "transferred":
        return replace(after, unit=event.unit_key)
    if kind not in CLOCK:
        return after
    due, warn, waits = _clock(event)
    return replace(
        after,
        due=due,
        warn=warn,
        waits=waits,
        extensions=now.extensions + (kind == "extended"),
        supplements=now.supplements + (kind == "supplement_requested"),
    )


def _clock(event: Draft) -> tuple[int | None, dict[int, int], bool]:
    due = event.data.get("due")
    warn = {
        k: date.fromisoformat(str(event.data[f"warn_{k}"])).toordinal()
        - date(1970, 1, 1).toordinal()
        for k in (1, 3, 5)
        if f"warn_{k}" in event.data
    }
    return (from_iso_minute(str(due)) if due else None), warn, event.data.get("waits") is True


@dataclass(frozen=True)
class Question:
    """Which dossiers are counted: whole days, a minute that is now, and perhaps a unit, a field."""

    first: int
    last: int
    now: int
    units: frozenset[str] | None = None
    field: str = ""
    channel: str = ""

    @property
    def since(self) -> int:
        return self.first * DAY

    @property
    def until(self) -> int:
        return min(self.last * DAY + DAY - 1, self.now)


def count(lives: Iterable[Life], q: Question) -> dict[str, int]:
    """Count every measure."""
    n = dict.fromkeys(MEASURES, 0)
    for life in lives:
        if q.field and life.what["field"] != q.field:
            continue
        if q.channel and life.what["channel"] != q.channel:
            continue
        _count_received(n, life, q)
        _count_transfers(n, life, q)
        _count_ended(n, life, q)
        before = life.at(min(q.since - 1, q.until))
        n["carried_over"] += before is not None and _ours(before, q)
        n["received_or_carried"] += before is not None and _ours(before, q)
        _count_standing(n, life, q)
    return n


def _ours(state: State, q: Question) -> bool:
    return q.units is None or state.unit in q.units


def _count_received(n: dict[str, int], life: Life, q: Question) -> None:
    if not (q.since <= life.received_at <= q.until and _ours(life.states[0], q)):
        return
    n["received"] += 1
    n["received_or_carried"] += 1
    n["direct_post_other"] += life.what["channel"] != "online"
    n[str(life.what["channel"])] += 1
    if life.what.get("online_offered"):
        n["offered_online"] += 1
        n["online_of_offered"] += life.what["channel"] == "online"


def _count_transfers(n: dict[str, int], life: Life, q: Question) -> None:
    for old, new in zip(life.states, life.states[1:], strict=False):
        if old.unit != new.unit and q.since <= new.since <= q.until:
            n["transferred_out"] += _ours(old, q)
            n["transferred_in"] += _ours(new, q)


def _count_ended(n: dict[str, int], life: Life, q: Question) -> None:
    last = life.states[-1]
    if life.ended_at is None or life.ended_at > q.until or not _ours(last, q):
        return
    due, at = life.end_due, life.ended_at
    on_time = due is not None and at <= due
    if q.since <= life.received_at <= q.until and due is not None:
        n["new_with_due"] += 1
        n["new_in_time"] += on_time
    if life.ended_by != "withdrawn" and due is not None and q.since <= due <= q.until:
        n["fallen_due"] += 1
        n["fallen_due_on_time"] += on_time
    if at < q.since:
        return
    n["resolved"] += 1
    n["withdrawn"] += life.ended_by in {"withdrawn", "stopped", "refused"}
    n["ended_before_receipt"] += at < life.received_at
    n["resolved_with_due"] += due is not None
    if due is None:
        n["no_due"] += 1
        n["on_the_day_or_no_due"] += 1
    elif not on_time:
        n["late"] += 1
        n["late_after_extension"] += last.extensions > 0
    else:
        n["on_time"] += 1
        n["on_time_after_extension"] += last.extensions > 0
        is_early = at // DAY < due // DAY
        n["early" if is_early else "on_the_day"] += 1
        n["on_the_day_or_no_due"] += not is_early
    n["asked_766"] += 1
    is_late = due is not None and not on_time and not last.waits
    n["good_766"] += last.supplements < 2 and not is_late


def _count_standing(n: dict[str, int], life: Life, q: Question) -> None:
    state = life.at(q.until)
    if state is None or not _ours(state, q):
        return
    is_new = q.since <= life.received_at <= q.until
    overdue = not state.waits and state.due is not None and q.until > state.due
    n["open"] += 1
    n["open_not_overdue"] += not overdue
    n["asked_766"] += 1
    n["good_766"] += state.supplements < 2 and not overdue
    n["new_with_due"] += is_new and (state.waits or state.due is not None)
    n["new_in_time"] += is_new and (state.waits or (state.due is not None and not overdue))
    if state.waits:
        n["waiting"] += 1
    elif state.due is None:
        n["open_no_due"] += 1
    else:
        n["overdue" if overdue else "in_time"] += 1
        n["fallen_due"] += q.since <= state.due <= q.until
        for k in (1, 3, 5):
            n[f"due_soon_{k}"] += not overdue and q.until // DAY >= state.warn[k]
