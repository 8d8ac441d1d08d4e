"""Random lives of dossiers as events of the real kinds, also with clocks no honest office has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st

from motcua.dossiers import kinds
from motcua.kit.moments import date_of, iso_minute
from motcua.ledger.kinds import EventKind
from motcua.ledger.recording import Draft, record_many

DAY = 1440
FIRST_DAY = 18_640  # 13 January 2021
DAYS = 70
UNITS = ("U1@2020-01-01", "U2@2020-01-01", "U3@2021-02-01")
FIELDS = ("F1", "F2")
CHANNELS = ("online", "direct", "post", "other")
HOPS = st.sampled_from([-DAY, -1, 0, 0, 1, 300, DAY, 3 * DAY, 9 * DAY])
MIDNIGHTS = st.builds(
    lambda day, minutes: (FIRST_DAY + day) * DAY + minutes,
    st.integers(1, DAYS - 1),
    st.sampled_from([-1, 0, 1]),
)  # where days are told apart
MOMENTS = st.integers(FIRST_DAY * DAY, (FIRST_DAY + DAYS) * DAY - 1) | MIDNIGHTS


@dataclass
class Writer:
    """Writes down one life, version by version."""

    dossier_id: UUID
    unit: str
    at: int
    due: int | None = None
    is_waiting: bool = False
    epoch: int = 0
    version: int = 0
    told: list[Draft] = field(default_factory=list)

    def tell(self, kind: EventKind, **data: object) -> None:
        self.version += 1
        self.told.append(
            Draft(
                kind=kind.name,
                subject_id=self.dossier_id,
                version=self.version,
                unit_key=self.unit,
                actor_id="test",
                at=self.at,
                data=kind.checked(data),
                epoch=self.epoch,
            )
        )

    def due_words(self) -> dict[str, object]:
        """Give the due moment and its warning days; a calendar without days off is enough here."""
        if self.due is None:
            return {}
        day = self.due // DAY
        warned = {f"warn_{k}": date_of(day - k).isoformat() for k in (1, 3, 5)}
        return {"due": iso_minute(self.due), **warned}


@st.composite
def lives(draw: st.DrawFn, number: int, *, strange: bool = True) -> list[Draft]:
    """Give the events of one dossier; `strange`: it may end before it was received."""
    life = Writer(UUID(int=number + 1), draw(st.sampled_from(UNITS)), draw(MOMENTS))
    channel, field_code = draw(st.sampled_from(CHANNELS)), draw(st.sampled_from(FIELDS))
    what = {
        "procedure": f"P{field_code[1]}",
        "field": field_code,
        "channel": channel,
        "place": life.unit,
        "online_offered": draw(st.booleans()),
    }
    if channel == "online" and not _filed(draw, life, what):
        return life.told
    life.due = draw(st.none() | MOMENTS | st.just(life.at))
    life.tell(kinds.RECEIVED, **what, **life.due_words())
    received_at = life.at
    for _ in range(draw(st.integers(0, 5))):
        _moved(draw, life)
        life.at = max(life.at + draw(HOPS), FIRST_DAY * DAY)
        if draw(st.integers(0, 9)) == 0:
            life.epoch, life.version = life.epoch + 1, draw(st.sampled_from([0, life.version]))
    _ended(draw, life, not_before=None if strange else received_at)
    return life.told


def _filed(draw: st.DrawFn, life: Writer, what: dict[str, object]) -> bool:
    """File it online; tell whether it goes on to be received."""
    life.tell(kinds.FILED, **what, acceptance_due=iso_minute(life.at + 480))
    for _ in range(draw(st.integers(0, 2))):
        life.at += draw(st.sampled_from([0, 5, DAY]))
        step = draw(st.sampled_from(["transfer", "return", "refuse", "withdraw", "void"]))
        if step == "transfer":
            old, life.unit = life.unit, draw(st.sampled_from(UNITS))
            life.tell(kinds.TRANSFERRED, from_unit=old, reason="competence")
        elif step == "return":
            life.tell(kinds.RETURNED_FOR_REFILING)
            life.at += draw(st.sampled_from([0, DAY]))
            life.tell(kinds.REFILED, acceptance_due=iso_minute(life.at + 480))
        else:
            gone = {"refuse": kinds.REFUSED, "withdraw": kinds.WITHDRAWN, "void": kinds.VOIDED}
            life.tell(gone[step])
            return False
    if draw(st.booleans()):
        life.tell(kinds.LIMITS_MOVED, acceptance_due=iso_minute(life.at), change="a-change")
    life.at += draw(st.sampled_from([0, 60, DAY]))
    return draw(st.integers(0, 5)) > 0


def _moved(draw: st.DrawFn, life: Writer) -> None:
    if life.is_waiting and draw(st.booleans()):
        life.is_waiting, life.due = False, draw(st.none() | MOMENTS)
        life.tell(kinds.SUPPLEMENT_COMPLETED, **life.due_words())
        return
    step = draw(
        st.sampled_from(["ask", "pause", "extend", "move", "transfer", "assign", "step", "note"])
    )
    if step in ("ask", "pause"):
        kind = kinds.SUPPLEMENT_REQUESTED if step == "ask" else kinds.CLOCK_PAUSED
        life.is_waiting = draw(st.booleans())
        life.due = None if life.is_waiting else life.due
        life.tell(kind, **({"waits": True} if life.is_waiting else life.due_words()))
    elif step == "extend" and not life.is_waiting:
        life.due = draw(MOMENTS)
        life.tell(kinds.EXTENDED, **life.due_words(), nth=1)
    elif step == "move":
        life.is_waiting = life.is_waiting and draw(st.booleans())
        life.due = None if life.is_waiting else draw(st.none() | MOMENTS)
        words = {"waits": True} if life.is_waiting else life.due_words()
        life.tell(kinds.DUE_MOVED, **words, change="a-change")
    elif step == "transfer":
        old, life.unit = life.unit, draw(st.sampled_from(UNITS))
        life.tell(kinds.TRANSFERRED, from_unit=old, reason="competence")
    elif step == "note":
        life.tell(kinds.WENT_OVERDUE, due=iso_minute(life.at))
        life.tell(kinds.LIMITS_MOVED, step_due=iso_minute(life.at), change="a-change")
    else:
        life.tell(kinds.STEP if step == "step" else kinds.ASSIGNED)


def _ended(draw: st.DrawFn, life: Writer, *, not_before: int | None) -> None:
    how = draw(st.sampled_from(["resolved", "resolved", "withdrawn", "stopped", "open", "open"]))
    if how == "open":
        if draw(st.integers(0, 9)) == 0:
            life.tell(kinds.VOIDED)
        return
    kind = {"resolved": kinds.RESOLVED, "withdrawn": kinds.WITHDRAWN, "stopped": kinds.STOPPED}[how]
    life.at = draw(MOMENTS | st.just(life.at))
    if not_before is not None:
        life.at = max(life.at, not_before)
    if life.is_waiting:
        life.due = draw(st.none() | MOMENTS)
    data = {"due": iso_minute(life.due)} if life.due is not None else {}
    if how == "resolved":
        data["outcome"] = draw(st.sampled_from(["positive", "negative"]))
    life.tell(kind, **data)
    after = draw(st.sampled_from([None, kinds.RETURNED, kinds.RESOLVED, kinds.STOPPED, "voided"]))
    life.at += draw(st.sampled_from([0, DAY]))
    if after == "voided":
        life.tell(kinds.VOIDED)
    elif isinstance(after, EventKind):
        life.tell(after)


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 8, strange: bool = True) -> list[Draft]:
    """Give all events of a few dossiers, mixed as they may arrive: in order for each dossier."""
    told = [draw(lives(n, strange=strange)) for n in range(draw(st.integers(1, most)))]
    places = [n for n, life in enumerate(told) for _ in life]
    order = draw(st.permutations(places))
    queues = [iter(life) for life in told]
    return [next(queues[n]) for n in order]


def write(drafts: Iterable[Draft] | Sequence[Draft]) -> int:
    """Put events into the ledger."""
    with transaction.atomic():
        return record_many(list(drafts))
