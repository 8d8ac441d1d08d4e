"""Turns the course of a dossier into moves, in the order the table of moves allows. Pure."""

from dataclasses import dataclass, field
from random import Random

from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import NOTHING, Facts
from motcua.dossiers.rules.moves import Move
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.dossiers.terms import pause_reasons
from motcua.kit.clock import acceptance_due
from motcua.kit.moments import DAY_MINUTES, Minute, at_clock, day_number
from motcua.registry.sets import StepRole, UnitKind

from . import words
from .course import Course, Ending, Interlude, Kind, course_of
from .posts import Post
from .shares import REORGANISED_ON
from .slots import Fate, Slot
from .timetable import Place

ACCEPTANCE_HOURS = 8
ACCEPTED_LATE, TO_REFILE, FILED_OUTSIDE_HOURS = 0.012, 0.02, 0.4
SENT_BACK, NEVER_COLLECTED, TRANSFERRED = 0.012, 0.004, 0.006
WAITS_FOR = {
    Kind.CONSULTATION: (moves.ASK_CONSULTATION, moves.ANSWER_CONSULTATION, words.CONSULTATION),
    Kind.VERIFICATION: (moves.PAUSE_CLOCK, moves.RESUME_CLOCK, words.VERIFICATION),
    Kind.SUPPLEMENT: (moves.REQUEST_SUPPLEMENT, moves.COMPLETE_SUPPLEMENT, words.SUPPLEMENT),
    Kind.OBLIGATION: (moves.NOTIFY_OBLIGATION, moves.MEET_OBLIGATION, words.OBLIGATION),
}


STRAIGHT = {  # what leads on from a status; from "in process" it is the draft decision
    Status.FILED: moves.RECEIVE,
    Status.TO_REFILE: moves.REFILE,
    Status.RECEIVED: moves.HAND_OVER,
    Status.IN_CONSULTATION: moves.ANSWER_CONSULTATION,
    Status.AWAITING_SUPPLEMENT: moves.COMPLETE_SUPPLEMENT,
    Status.AWAITING_OBLIGATION: moves.MEET_OBLIGATION,
    Status.ON_HOLD: moves.RESUME_CLOCK,
    Status.AWAITING_APPROVAL: moves.APPROVE,
    Status.AWAITING_SIGNATURE: moves.SIGN,
    Status.AWAITING_NUMBER: moves.NUMBER,
    Status.RESULT_READY: moves.RETURN,
}
POST_OF = {
    moves.RECEIVE: Post.CLERK,
    moves.REFILE: Post.APPLICANT,
    moves.HAND_OVER: Post.CLERK,
    moves.ANSWER_CONSULTATION: Post.SPECIALIST,
    moves.COMPLETE_SUPPLEMENT: Post.CLERK,
    moves.MEET_OBLIGATION: Post.SPECIALIST,
    moves.RESUME_CLOCK: Post.SPECIALIST,
    moves.CLOSE_LEG: Post.SPECIALIST,
    moves.APPROVE: Post.HEAD,
    moves.SIGN: Post.SIGNATORY,
    moves.NUMBER: Post.REGISTRY_CLERK,
    moves.RETURN: Post.CLERK,
}
DRAFTS = frozenset({moves.SUBMIT, moves.SUBMIT_FOR_SIGNATURE})
REORGANISED_AT = at_clock(day_number(REORGANISED_ON))
NEW = f"@{REORGANISED_ON}"


@dataclass(frozen=True, slots=True)
class Step:
    """One move to be told; `to` names the post the dossier is given to."""

    move: Move
    at: Minute
    post: Post
    facts: Facts = NOTHING
    words: str = ""
    to: Post | None = None


@dataclass
class Teller:
    """Tells one dossier. `ask` names a body whose opinion is asked; `leg` one that does a leg."""

    slot: Slot
    rng: Random
    ask: str
    leg: str
    steps: list[Step] = field(default_factory=list)

    def tell(self) -> list[Step]:
        """Give the moves of a dossier that is received and counted."""
        course = course_of(self.slot, self.rng)
        self.begin()
        self._handle(course)
        self._note_overdue(course)
        return self.steps

    def begin(self) -> None:
        """Tell how it comes in: online and by post it is filed first."""
        slot = self.slot
        if slot.channel == "direct":
            self._add(moves.RECEIVE_NEW, slot.received_at, Post.CLERK)
            return
        self.file(slot.received_at)
        self._add(moves.RECEIVE, slot.received_at, Post.CLERK)

    def file(self, seen_at: Minute) -> None:
        """Tell the filing that somebody looks at at `seen_at`, mostly within 8 working hours."""
        slot, rng, table = self.slot, self.rng, self.slot.timetable
        seen = table.place_of(seen_at)
        waited = self._waited()
        is_late = waited > ACCEPTANCE_HOURS * 60
        place = max(0, seen - waited)
        filed_at = table.minute_at(place)
        opening = table.opening(table.day_number_at(place))
        if slot.channel == "online" and place > 0 and rng.random() < FILED_OUTSIDE_HOURS:
            if not is_late:
                opening = table.opening(table.day_number_at(seen))
            filed_at = self._before_opening(opening)
        if slot.way.holder.endswith(NEW):  # nothing reaches a unit before it exists
            filed_at = max(filed_at, min(REORGANISED_AT + waited, seen_at))
        post = Post.APPLICANT if slot.channel == "online" else Post.CLERK
        self._add(moves.FILE, filed_at, post)
        if not is_late and rng.random() < TO_REFILE and seen_at - filed_at > 30:  # noqa: PLR2004
            filed_at = self._refile(filed_at, seen_at)
        due = acceptance_due(filed_at=filed_at, hours=ACCEPTANCE_HOURS, calendar=table.calendar)
        if due < seen_at:
            self._add(moves.NOTE_ACCEPTANCE_OVERDUE, due + 1, Post.PROGRAM)

    def _waited(self) -> int:
        """Give the open minutes from filing to receipt."""
        if self.slot.fate is Fate.FORGOTTEN:
            return self.rng.randint(2000, 2900)
        if self.rng.random() < ACCEPTED_LATE:
            return self.rng.randint(490, 900)
        return min(460, 3 + int(self.rng.expovariate(1 / 90)))

    def _before_opening(self, opening: Place) -> Minute:
        """Give a moment of the evening, night or weekend before an opening."""
        table = self.slot.timetable
        closed_since = table.minute_at(opening - 1) + 1 if opening else table.minute_at(0) - 60
        opens_at = table.minute_at(opening)
        evening = closed_since + int(self.rng.triangular(0, 300, 90))
        morning = opens_at - int(self.rng.triangular(1, 90, 20))
        nights = (opens_at - closed_since) // DAY_MINUTES
        drawn = evening if self.rng.random() < 0.65 else morning  # noqa: PLR2004
        drawn += DAY_MINUTES * self.rng.randint(0, nights) if drawn == evening else 0
        return max(closed_since, min(drawn, opens_at - 1))

    def _refile(self, filed_at: Minute, seen_at: Minute) -> Minute:
        table, rng = self.slot.timetable, self.rng
        back = table.minute_at(table.place_of(filed_at + (seen_at - filed_at) // 3))
        if not filed_at <= back < seen_at:
            return filed_at
        again = rng.randint(back, seen_at)
        self._add(moves.RETURN_FOR_REFILING, back, Post.CLERK, words.REFILING)
        self._add(moves.REFILE, again, Post.APPLICANT)
        return again

    def on_from(self, status: Status, *, leg: int = 0) -> Step:
        """Give the step that leads straight on from where it stands; `leg` is one still open."""
        way = self._way_to_signature()
        move = STRAIGHT.get(status, way[0])
        if leg and move in (way[0], moves.NUMBER):
            move = moves.CLOSE_LEG
        if move in DRAFTS:
            return Step(move, 0, Post.SPECIALIST, Facts(outcome=Outcome.POSITIVE))
        facts = {
            moves.CLOSE_LEG: Facts(leg=leg),
            moves.HAND_OVER: Facts(step=2),
            moves.RETURN: Facts(way=self._way_of_return()),
        }
        to = Post.SPECIALIST if move is moves.HAND_OVER else None
        return Step(move, 0, POST_OF[move], facts.get(move, NOTHING), to=to)

    # After receipt

    def _handle(self, course: Course) -> None:
        table = self.slot.timetable
        if self.slot.asked.card.competent_kind is UnitKind.AGENCY:
            self._perhaps_elsewhere(course)
        self._add(
            moves.HAND_OVER, table.minute_at(course.handed), Post.CLERK, to=Post.SPECIALIST, step=2
        )
        has_leg = self.slot.asked.card.is_interconnected and course.ending is Ending.POSITIVE
        if has_leg:
            self._open_leg(course)
        for interlude in course.interludes:
            self._wait(interlude)
        if course.extended is not None:
            at = table.minute_at(course.extended)
            facts = Facts(due_at=course.extended_to)
            self._add(moves.EXTEND, at, self._decider(), words.EXTENSION, facts=facts)
        if course.ending is Ending.WITHDRAWN:
            self._add(moves.WITHDRAW, table.minute_at(course.end), Post.CLERK, words.WITHDRAWN)
        elif course.ending is Ending.STOPPED:
            self._add(moves.STOP, table.minute_at(course.end), self._decider(), words.STOPPED)
        else:
            self._decide(course)

    def _perhaps_elsewhere(self, course: Course) -> None:
        """Tell, rarely, that another agency turns out to be competent."""
        if self.rng.random() < TRANSFERRED and self.ask != self.slot.way.holder:
            place = (course.received + course.handed) // 2
            facts = Facts(body=self.ask, reason="competence")
            self._add(moves.TRANSFER, self.slot.timetable.minute_at(place), Post.CLERK, facts=facts)

    def _wait(self, interlude: Interlude) -> None:
        table = self.slot.timetable
        begin, finish, said = WAITS_FOR[interlude.kind]
        facts = NOTHING
        if interlude.kind is Kind.CONSULTATION:
            facts = Facts(body=self.ask)
        elif interlude.kind is Kind.VERIFICATION:
            facts = Facts(reason=self.rng.choice(sorted(pause_reasons(self.slot.asked.card))))
        since, until = table.minute_at(interlude.since), table.minute_at(interlude.until)
        self._add(begin, since, Post.SPECIALIST, said, facts=facts)
        brought = interlude.kind is Kind.SUPPLEMENT
        self._add(finish, until, Post.CLERK if brought else Post.SPECIALIST)

    def _open_leg(self, course: Course) -> None:
        table = self.slot.timetable
        due = table.minute_at(table.days_later(course.handed, 5))
        facts = Facts(body=self.leg, due_at=due)
        at = table.minute_at(course.handed)
        self._add(moves.OPEN_LEG, at, Post.SPECIALIST, facts=facts)

    def _decide(self, course: Course) -> None:
        """Tell draft, approval, signature, number, and the return of the result."""
        table, rng = self.slot.timetable, self.rng
        outcome = Outcome.NEGATIVE if course.ending is Ending.NEGATIVE else Outcome.POSITIVE
        way = self._way_to_signature()
        if rng.random() < SENT_BACK and course.end - course.anchor > 60:  # noqa: PLR2004
            way = [*way[:-1], moves.SEND_BACK, *way]
        moments = self._between(course.anchor, course.end, len(way))
        if self.slot.asked.card.is_interconnected and outcome is Outcome.POSITIVE:
            self._add(moves.CLOSE_LEG, moments[0], Post.SPECIALIST, facts=Facts(leg=1))
        for move, at in zip(way, moments, strict=True):
            facts = Facts(outcome=outcome) if move in DRAFTS else NOTHING
            self._add(move, at, self._signer(move), _said(move, outcome), facts=facts)
        self._add(moves.NUMBER, table.minute_at(course.end), Post.REGISTRY_CLERK)
        self._return(course.end)

    def _way_to_signature(self) -> list[Move]:
        if self._has_head():
            return [moves.SUBMIT, moves.APPROVE, moves.SIGN]
        return [moves.SUBMIT_FOR_SIGNATURE, moves.SIGN]

    def _has_head(self) -> bool:
        """Say whether a head of division looks first; old communes had no divisions."""
        card = self.slot.asked.card
        if card.competent_kind is not UnitKind.COMMUNE:
            return True
        is_long = any(step.role is StepRole.HEAD for step in card.steps)
        return is_long and self.slot.way.holder.endswith(NEW)

    def _decider(self) -> Post:
        return Post.HEAD if self._has_head() else Post.SIGNATORY

    def _signer(self, move: Move) -> Post:
        if move in (moves.APPROVE, moves.SEND_BACK):
            return self._decider()
        return Post.SIGNATORY if move is moves.SIGN else Post.SPECIALIST

    def _return(self, end: Place) -> None:
        slot, rng, table = self.slot, self.rng, self.slot.timetable
        if rng.random() < NEVER_COLLECTED:
            return
        way = self._way_of_return()
        if way == "online" or (slot.is_quick and rng.random() < 0.96):  # noqa: PLR2004
            place = end + rng.randint(0, 12)
        elif rng.random() < 0.5:  # noqa: PLR2004
            place = end + rng.randint(10, 180)
        else:
            place = table.days_later(end, rng.expovariate(1 / 1.6))
        self._add(moves.RETURN, table.minute_at(place), Post.CLERK, facts=Facts(way=way))

    def _way_of_return(self) -> str:
        way = self.slot.channel if self.slot.channel in ("online", "post") else "counter"
        if way == "online" and self.rng.random() < 0.25:  # noqa: PLR2004 (fetches the paper)
            return "counter"
        return way

    def _between(self, since: Place, until: Place, number: int) -> list[Minute]:
        """Give moments between two places, most near the end."""
        table = self.slot.timetable
        parts = sorted(self.rng.betavariate(3, 1.2) for _ in range(number))
        return [table.minute_at(since + int((until - since) * part)) for part in parts]

    def _note_overdue(self, course: Course) -> None:
        """The program notes that the due moment has passed, once, as the sweeper does."""
        if course.due is None or self.slot.timetable.minute_at(course.end) <= course.due:
            return
        note = Step(moves.NOTE_OVERDUE, course.due + 1, Post.PROGRAM)
        after = [step.at > note.at for step in self.steps]
        place = after.index(True) if True in after else len(after)
        self.steps.insert(place, note)

    def _add(
        self,
        move: Move,
        at: Minute,
        post: Post,
        said: tuple[str, ...] = (),
        *,
        facts: Facts = NOTHING,
        to: Post | None = None,
        step: int = 0,
    ) -> None:
        text = words.some(self.rng, said) if said else ""
        if step:
            facts = Facts(step=step)
        self.steps.append(Step(move, at, post, facts, text, to))


def _said(move: Move, outcome: Outcome) -> tuple[str, ...]:
    if move is moves.SEND_BACK:
        return words.SENT_BACK
    return words.NEGATIVE if move in DRAFTS and outcome is Outcome.NEGATIVE else ()


def tell_outside(teller: Teller) -> list[Step]:
    """Give the moves of a dossier that is never counted: refused, given up, or voided."""
    slot, rng = teller.slot, teller.rng
    if slot.fate is Fate.VOIDED:
        teller.begin()
        place = slot.timetable.place_of(slot.received_at) + rng.randint(3, 60)
        at = slot.timetable.minute_at(place)
        teller.steps.append(Step(moves.VOID, at, Post.CLERK, words=words.some(rng, words.VOIDED)))
        return teller.steps
    teller.file(slot.received_at)
    is_refused = slot.fate is Fate.REFUSED
    move, said = (moves.REFUSE, words.REFUSED) if is_refused else (moves.WITHDRAW, words.WITHDRAWN)
    teller.steps.append(Step(move, slot.received_at, Post.CLERK, words=words.some(rng, said)))
    return teller.steps
