"""The life of a dossier that stands in the rows: what it is, and which step comes next. Pure.

It is drawn from the dossier's own id by the plan and the course of the world, and followed step by
step. What went another way, by a visitor's hand or before, is led straight to its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.dossiers.queries import Standing
from motcua.dossiers.rules import moves
from motcua.kit.moments import date_of, day_of, minute_of

from .asked import GROUP_OF, Asked
from .bodies import Bodies
from .people import VILLAGES, Village
from .places import Way
from .plan import Planner, fate_outside
from .posts import Post
from .slots import OUTSIDE, Fate, Slot
from .steps import Step, Teller, tell_outside
from .streams import stream

BY_TIME = frozenset(
    move.event.name for move in moves.BY_SYSTEM - {moves.RESOLVE_ELSEWHERE, moves.NOTE_STEP}
)


@dataclass
class Lives:
    """Finds the next step of a dossier."""

    planner: Planner
    _village_of: dict[str, Village] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = self.planner.places
        self.bodies = Bodies(places)
        for village in reversed(VILLAGES):
            for unit in (places.new[village.code], places.old[village.code]):
                for key in (unit.key, places.counter_of(unit.key)):
                    self._village_of[key] = village

    def slot_of(self, row: Standing) -> Slot | None:
        """Give the dossier as the plan would; None when its procedure is no longer known."""
        began_at = minute_of(row.began_at)
        card = self.planner.version(row.procedure, date_of(day_of(began_at)))
        group = GROUP_OF.get(row.procedure)
        if card is None or group is None:
            return None
        village = self._village_of.get(row.place, VILLAGES[0])
        place, holder = (self._today(key, village) for key in (row.place, row.holder))
        slot = Slot(
            key=str(row.id),
            received_at=began_at,
            asked=Asked(group, card, 1.0),
            village=village,
            way=Way(place, holder),
            channel=row.channel,
            limit=self.planner.known.limit(card, row.channel, zone=row.in_zone),
            timetable=self.planner.timetable(holder),
            in_zone=row.in_zone,
        )
        slot.fate = fate_outside(stream(self.planner.seed, "fate", row.id), slot) or Fate.USUAL
        return slot

    def next_step(self, slot: Slot, history: Sequence[str]) -> Step | None:
        """Give the step that follows what has happened; None when the life went another way.

        `history`: the names of the events so far, in order.
        """
        done = [kind for kind in history if kind not in BY_TIME]
        teller = self._teller(slot)
        told = tell_outside(teller) if slot.fate in OUTSIDE else teller.tell()
        told = [step for step in told if step.post is not Post.PROGRAM]
        kinds = [step.move.event.name for step in told]
        return told[len(done)] if kinds[: len(done)] == done and len(told) > len(done) else None

    def straight_on(self, slot: Slot, row: Standing, *, leg: int) -> Step:
        """Give the step that leads straight to the end from where the dossier stands."""
        return self._teller(slot).on_from(row.status, leg=leg)

    def _teller(self, slot: Slot) -> Teller:
        rng = stream(self.planner.seed, "life", slot.key)
        return Teller(slot, rng, self.bodies.asked_by(slot), self.bodies.leg_of(slot))

    def _today(self, unit_key: str, village: Village) -> str:
        is_there = self.planner.known.unit(unit_key).valid_to is None
        return unit_key if is_there else self.planner.places.heir_of(unit_key, village)
