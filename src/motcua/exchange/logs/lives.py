"""The dossiers of a log and what happened to each, read page by page from facts and ledger."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from motcua.dossiers import kinds
from motcua.indicators.queries import Asked, Found, found
from motcua.kit.moments import Minute, minute_of
from motcua.ledger.kinds import Shape
from motcua.ledger.models import Event

MEASURE = "received"
PAGE = 5_000
QUESTION = 500  # dossiers whose events are asked for at once
PREFIX = "dossier."
ENDS = ("resolved", "withdrawn", "stopped")
OPEN = "open"
WARNINGS = frozenset({"warn_1", "warn_3", "warn_5"})  # no news: they follow from the due moment
STEP_PARTS = frozenset({"activity", "instance", "lifecycle", "resource"})
SHAPES: Mapping[str, Mapping[str, Shape]] = {kind.name: kind.fields for kind in kinds.ALL}


class Happening(NamedTuple):
    """One event as a log tells it.

    `resource` is the id of the account that acted, or the code that other software told of.
    `says` is what the event carries beside the columns of a log, each with its shape.
    """

    id: UUID
    kind: str
    activity: str
    instance: str
    lifecycle: str
    resource: str
    unit_key: str
    at: Minute
    says: Mapping[str, tuple[Shape, object]]


@dataclass(frozen=True, slots=True)
class Life:
    """A dossier as its list shows it, and everything that happened to it, by time."""

    dossier: Found
    events: Sequence[Happening]

    @property
    def state(self) -> str:
        """How its handling ended: the first end counts; `open` while it has none."""
        if self.dossier.ended_at is None:
            return OPEN
        ends = [event for event in self.events if event.kind.removeprefix(PREFIX) in ENDS]
        first = min(ends, key=lambda event: event.at, default=None)
        return ENDS[0] if first is None else first.kind.removeprefix(PREFIX)

    @property
    def place(self) -> str:
        """Where it was handed in; "" where the ledger does not say."""
        told = (event.says.get("place") for event in self.events)
        return next((str(place[1]) for place in told if place), "")


def lives(asked: Asked, *, until: int) -> Iterator[Life]:
    """Give the dossiers that the measure `received` counts, with all their events up to `until`.

    Units: `until` is a seq of the ledger.
    """
    dossiers = _dossiers(asked)
    while chunk := list(islice(dossiers, QUESTION)):
        events = _events([one.dossier_id for one in chunk], until)
        yield from (Life(one, events.get(one.dossier_id, ())) for one in chunk)


def _dossiers(asked: Asked) -> Iterator[Found]:
    page = found(MEASURE, asked, limit=PAGE)
    yield from page.rows
    while page.next is not None:
        page = found(MEASURE, asked, after=page.next, limit=PAGE)
        yield from page.rows


def _events(dossiers: Sequence[UUID], until: int) -> Mapping[UUID, Sequence[Happening]]:
    rows = Event.objects.filter(subject_id__in=dossiers, seq__lte=until, kind__startswith=PREFIX)
    by_dossier: dict[UUID, list[Happening]] = {}
    for event in rows.order_by("subject_id", "happened_at", "epoch", "subject_version"):
        by_dossier.setdefault(event.subject_id, []).append(_happening(event))
    return by_dossier


def _happening(event: Event) -> Happening:
    told: Mapping[str, object] = event.data
    shapes = SHAPES.get(event.kind, {})
    kept = told.keys() & shapes.keys() - WARNINGS - STEP_PARTS
    return Happening(
        id=event.id,
        kind=event.kind,
        activity=str(told.get("activity") or event.kind.removeprefix(PREFIX)),
        instance=str(told.get("instance", "")),
        lifecycle=str(told.get("lifecycle", "complete")),
        resource=str(told.get("resource") or event.actor_id),
        unit_key=event.unit_key,
        at=minute_of(event.happened_at),
        says={name: (shapes[name], told[name]) for name in sorted(kept)},
    )
