"""Plays the demonstration on: one action at a time, chosen by how the stocks stand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from uuid import UUID

from motcua.dossiers import queries
from motcua.dossiers.actions import Applicants, Request
from motcua.dossiers.queries import Standing
from motcua.dossiers.rules import moves
from motcua.kit.moments import date_of, day_of, minute_of
from motcua.kit.refusals import Refused
from motcua.registry.queries import catalogue

from . import doing, stocks
from .lives import Lives
from .marker import Marker
from .people import Parties, People, people_of
from .plan import Planner
from .posts import Desk, Post
from .shares import targets
from .slots import Slot
from .staffing import staff_of
from .steps import Step
from .stocks import Stage

LOOKED_AT = 4  # of what is at work, the one that is due first is taken from so many
REFUSED = "refused"


@dataclass
class Player:
    """Chooses and does actions. Nothing it keeps is needed after a restart: the rows say it all.

    `done` counts by the name of the move, and what a rule refused under "refused".
    """

    world: Marker
    levels: Mapping[str, int]
    rng: Random
    done: Counter[str] = field(default_factory=Counter)
    _token: str = ""
    _off_course: set[tuple[UUID, int]] = field(default_factory=set)
    _aside: set[tuple[UUID, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        wanted = targets(self.world.scale)
        self._people = people_of(
            self.world.seed, persons=wanted.persons, businesses=wanted.businesses
        )
        self._look_at_registry()

    def play(self, *, at: datetime) -> str:
        """Do one action; give the name of its move, "refused", or "" when nothing was to do.

        Errors: whatever the database raises; nothing is half done then.
        """
        self._look_at_registry()
        now = stocks.under_way(at=at)
        stage = now.next_stage(self.rng, self.levels)
        try:
            name = self._begin(at) if stage is None else self._go_on(now, stage, at)
        except Refused:
            name = REFUSED
        if name:
            self.done[name] += 1
        return name

    def _look_at_registry(self) -> None:
        """Take units, procedures and calendars up as they are now, when somebody changed them."""
        known = catalogue()
        if known.token == self._token:
            return
        planner = Planner(self.world.seed, targets(self.world.scale), known)
        self._lives = Lives(planner)
        self._desk = Desk(known, staff_of(planner.places))
        self._token = known.token

    @property
    def _planner(self) -> Planner:
        return self._lives.planner

    def _begin(self, at: datetime) -> str:
        rng, minute = self.rng, minute_of(at)
        on = date_of(day_of(minute))
        key = f"{stocks.MARK}{rng.getrandbits(64):016x}"
        asked = self._planner.in_force(self._planner.month_of(on).choice.draw(rng), on)
        slot = self._planner.slot(rng, key, minute=minute, asked=asked)
        move = moves.RECEIVE_NEW if slot.channel == "direct" else moves.FILE
        post = Post.APPLICANT if slot.channel == "online" else Post.CLERK
        people: People = self._people[slot.village.code]
        parties = Parties.of(people, rng, by_business=asked.group.by_business)
        doing.begin(
            move,
            Request(
                procedure_code=asked.card.code,
                channel=slot.channel,
                place_key=slot.way.place,
                holder_key=slot.way.holder,
                in_zone=slot.in_zone,
                foreign_code=key,
            ),
            Applicants(parties.owner, parties.submitter, parties.representative),
            actor=doing.actor_at(post, self._who(post, slot, rng.randrange(9)), at=at),
            at=at,
            key=key,
        )
        return move.name

    def _go_on(self, now: stocks.Stocks, stage: Stage, at: datetime) -> str:
        rows = [row for row in now.by_stage[stage] if (row.id, row.version) not in self._aside]
        if not rows:
            return ""
        row = self._chosen(rows, stage)
        mark = (row.id, row.version)
        slot = self._lives.slot_of(row)
        if slot is None:
            self._aside.add(mark)
            return ""
        step = None if mark in self._off_course else self._planned(slot, row)
        is_straight = step is None
        if step is None:
            step = self._lives.straight_on(slot, row, leg=queries.open_leg_of(row.id))
        try:
            self._do(step, slot, row, at)
        except Refused:
            # Its course does not fit what is true by now: next time straight on, then never again
            # as long as it stands like this.
            (self._aside if is_straight else self._off_course).add(mark)
            raise
        return step.move.name

    def _chosen(self, rows: list[Standing], stage: Stage) -> Standing:
        if stage is not Stage.WORK:
            return self.rng.choice(rows)
        some = self.rng.sample(rows, min(LOOKED_AT, len(rows)))
        return min(some, key=lambda row: (row.due_at is None, row.due_at, row.id))

    def _planned(self, slot: Slot, row: Standing) -> Step | None:
        history = [event.kind for event in queries.events_of(row.id)]
        step = self._lives.next_step(slot, history)
        can_be = step is not None and row.status in (step.move.sources or ())
        return step if can_be else None

    def _do(self, step: Step, slot: Slot, row: Standing, at: datetime) -> None:
        number = row.id.int % 9
        who = self._who(step.post, slot, number)
        if step.post is Post.SPECIALIST and row.assignee:
            who = row.assignee
        facts = step.facts
        if step.to is not None:
            facts = replace(facts, account=self._who(step.to, slot, number))
        approver = self._who(Post.HEAD, slot, 0) if step.move is moves.REQUEST_SUPPLEMENT else ""
        actor = doing.actor_at(step.post, who, at=at)
        doing.go_on(row, step, facts, approver=approver, actor=actor, at=at)

    def _who(self, post: Post, slot: Slot, number: int) -> str:
        way = slot.way
        return self._desk.who(post, holder=way.holder, place=way.place, number=number)
