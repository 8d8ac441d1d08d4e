"""The whole world, dossier by dossier, as it stands at one moment. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from uuid import UUID

from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import Day, Minute, day_number, day_of
from motcua.registry.catalogue import Catalogue

from . import fates, today
from .bodies import Bodies
from .people import Parties, People
from .places import Places
from .plan import Planner
from .posts import Desk, Post, Staff
from .shares import OLD_LAST, Targets
from .slots import OUTSIDE, Slot
from .steps import REORGANISED_AT, Step, Teller, tell_outside
from .streams import stream

SOURCE = "demo"
DAYS_AHEAD = 9  # filings of today are received on one of the next days
ENDS = frozenset({moves.NUMBER, moves.WITHDRAW, moves.STOP, moves.REFUSE, moves.VOID})


@dataclass
class World:
    """What has happened until `now`. The same seed and day give the same dossiers."""

    seed: int
    now: Minute
    known: Catalogue
    targets: Targets
    people: Mapping[str, People]
    staff: Staff
    planner: Planner = field(init=False)

    def __post_init__(self) -> None:
        self.planner = Planner(self.seed, self.targets, self.known)
        self._bodies = Bodies(self.places)
        self._desk = Desk(self.known, self.staff)

    @property
    def places(self) -> Places:
        return self.planner.places

    def pasts(self) -> Iterator[Past]:
        """Give every dossier that has begun, in the order of receipt."""
        for number, slot in enumerate(self._slots(day_of(self.now))):
            past = self._past(slot, number)
            if past is not None:
                yield past

    def _slots(self, day: Day) -> Iterator[Slot]:
        slots = self.planner.slots(last=day + DAYS_AHEAD)
        yield from self._first_part(slots)
        yield from slots
        yield from today.slots(self.planner, day=day)

    def _first_part(self, slots: Iterator[Slot]) -> Iterable[Slot]:
        """Take the slots of the first part off, and choose how they end."""
        last, taken = day_number(OLD_LAST), list[Slot]()
        for slot in slots:
            if day_of(slot.received_at) > last:
                self._chosen(taken)
                yield from taken
                taken = []
                yield slot
                return
            taken.append(slot)
        self._chosen(taken)
        yield from taken

    def _chosen(self, slots: Sequence[Slot]) -> None:
        fates.choose(self.seed, slots, self.targets)

    def _past(self, slot: Slot, number: int) -> Past | None:
        rng = stream(self.seed, slot.key)
        dossier_id = UUID(int=rng.getrandbits(128), version=4)
        people, by_business = self.people[slot.village.code], slot.asked.group.by_business
        parties = Parties.of(people, rng, by_business=by_business)
        steps = self._steps(slot, rng)
        told = self._told(slot, [step for step in steps if step.at <= self.now], number)
        if not told:
            return None
        return Past(
            id=dossier_id,
            source=SOURCE,
            source_key=slot.key,
            procedure=slot.asked.card.code,
            channel=slot.channel,
            place=slot.way.place,
            holder=slot.way.holder,
            moves=told,
            in_zone=slot.in_zone,
            owner_id=parties.owner,
            submitter_id=parties.submitter,
            representative_id=parties.representative,
        )

    def _steps(self, slot: Slot, rng: Random) -> list[Step]:
        teller = Teller(slot, rng, self._bodies.asked_by(slot), self._bodies.leg_of(slot))
        steps = tell_outside(teller) if slot.fate in OUTSIDE else teller.tell()
        return self._reorganised(slot, steps)

    def _reorganised(self, slot: Slot, steps: list[Step]) -> list[Step]:
        """Hand over what is not ended on the day the old units end; nothing is filed again."""
        place = next((i for i, step in enumerate(steps) if step.at >= REORGANISED_AT), 0)
        if place == 0 or any(step.move in ENDS for step in steps[:place]):
            return steps
        holder = _holder_after(slot, steps[:place])
        facts = Facts(body=self.places.heir_of(holder, slot.village), reason="reorganisation")
        handed = [Step(moves.TRANSFER, REORGANISED_AT, Post.PROGRAM, facts)]
        opening = slot.timetable.minute_at(slot.timetable.place_of(REORGANISED_AT))
        is_at_work = any(step.move is moves.HAND_OVER for step in steps[:place])
        if is_at_work and steps[place].at >= opening:
            handed.append(Step(moves.ASSIGN, opening, Post.SIGNATORY, to=Post.SPECIALIST))
        return [*steps[:place], *handed, *steps[place:]]

    def _told(self, slot: Slot, steps: Iterable[Step], number: int) -> list[Told]:
        """Name who makes each move, at the unit that holds the dossier by then."""
        told, holder, place = [], slot.way.holder, slot.way.place
        for step in steps:
            if step.at >= REORGANISED_AT:
                holder, place = (self._today(key, slot) for key in (holder, place))
            actor = self._desk.who(step.post, holder=holder, place=place, number=number)
            facts = step.facts
            if step.move is moves.TRANSFER:
                holder = facts.body
            if step.to is not None:
                whom = self._desk.who(step.to, holder=holder, place=place, number=number)
                facts = replace(facts, account=whom)
            told.append(Told(step.move, step.at, facts, actor, step.words))
        return told

    def _today(self, unit_key: str, slot: Slot) -> str:
        unit = self.known.unit(unit_key)
        return unit_key if unit.valid_to is None else self.places.heir_of(unit_key, slot.village)


def _holder_after(slot: Slot, steps: Iterable[Step]) -> str:
    bodies = [step.facts.body for step in steps if step.move is moves.TRANSFER]
    return bodies[-1] if bodies else slot.way.holder
