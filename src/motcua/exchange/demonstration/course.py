"""The course of one dossier in office time: when it is handed over, waits, and ends. Pure.

The due moment is counted here exactly as the rules count it, and the end is placed around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from random import Random

from motcua.dossiers.terms import pause_reasons
from motcua.kit.clock import LimitUnit, Pause, PauseKind, due_of
from motcua.kit.moments import Minute, day_of

from .slots import Fate, Slot
from .timetable import Place

EARLY = 0.77  # of those with a limit of a day or more
EARLY_OF_LONG = 0.89
LONG_DAYS = 8
CONSULTED, SUPPLEMENTED, TWICE, OWED, VERIFIED = 0.05, 0.035, 0.15, 0.45, 0.3
EXTENDED, EXTENDED_LATE = 0.012, 0.12
NEGATIVE, WITHDRAWN, STOPPED = 0.012, 0.005, 0.0015
HURRY = 3 * 480  # open minutes before the end of the first part in which the last ones end


class Kind(StrEnum):
    """What a dossier may wait for."""

    CONSULTATION = auto()
    VERIFICATION = auto()
    SUPPLEMENT = auto()
    OBLIGATION = auto()


class Ending(StrEnum):
    POSITIVE = auto()
    NEGATIVE = auto()
    WITHDRAWN = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class Interlude:
    """A stretch in which the dossier waits for somebody."""

    kind: Kind
    since: Place
    until: Place


@dataclass(frozen=True, slots=True)
class Course:
    """When everything happens. `due` is the due moment the end is measured by."""

    received: Place
    handed: Place
    interludes: tuple[Interlude, ...]
    due: Minute | None
    end: Place
    ending: Ending
    extended: Place | None = None
    extended_to: Minute | None = None

    @property
    def anchor(self) -> Place:
        """Give the place after which nothing stands between the dossier and its end."""
        last = self.interludes[-1].until if self.interludes else self.handed
        return max(last, self.extended or last)


def course_of(slot: Slot, rng: Random) -> Course:
    """Give a course that ends as the fate of the slot wants it."""
    course = Courses(slot, rng).draw(is_calm=False)
    if _ends_too_late(slot, course):
        course = Courses(slot, rng).draw(is_calm=True)
    return _ended_by(slot, course, rng) if _ends_too_late(slot, course) else course


def _ends_too_late(slot: Slot, course: Course) -> bool:
    return slot.end_by is not None and slot.timetable.minute_at(course.end) > slot.end_by


def _ended_by(slot: Slot, course: Course, rng: Random) -> Course:
    """Hurry, so that it ends before the first part does; only ever makes a dossier earlier."""
    last = slot.timetable.last_until(slot.end_by or 0)
    handed = min(course.handed, last)
    end = rng.randint(max(handed, last - HURRY), last)
    return replace(course, handed=handed, interludes=(), end=end, extended=None, extended_to=None)


@dataclass
class Courses:
    """Draws the course of one slot."""

    slot: Slot
    rng: Random

    def draw(self, *, is_calm: bool) -> Course:
        """Give a course; a calm one has no interludes."""
        slot, rng, table = self.slot, self.rng, self.slot.timetable
        received = table.place_of(slot.received_at)
        first_due = slot.first_due()
        if slot.is_quick and slot.fate is Fate.USUAL:
            return self._quick(received, first_due)
        handed = self._handed(received, first_due)
        interludes = () if is_calm else self._interludes(handed, first_due)
        due = self._due(interludes)
        course = Course(received, handed, interludes, due, handed, Ending.POSITIVE)
        if not is_calm:
            course = self._perhaps_extended(course)
        course = replace(course, end=self._end(course))
        return replace(course, ending=self._ending(rng))

    def _quick(self, received: Place, due: Minute | None) -> Course:
        rng, table = self.rng, self.slot.timetable
        last = table.place_of(due) - 1 if due is not None else received + 60
        closing = table.closing(table.day_number_at(received))
        certified = self.slot.asked.group.name == "certification"
        stay = 1 + int(rng.expovariate(1 / (9 if certified else 35)))
        end = min(received + stay, last)
        if end > closing and rng.random() < 0.85:  # noqa: PLR2004 (most wait until they have it)
            end = closing
        handed = received + int((end - received) * rng.random() * 0.3)
        return Course(received, handed, (), due, end, self._ending(rng, calm=4.0))

    def _handed(self, received: Place, due: Minute | None) -> Place:
        rng, table = self.rng, self.slot.timetable
        handed = received + rng.randint(2, 60)
        if self.slot.asked.card.competent_kind != "commune" and rng.random() < 0.5:  # noqa: PLR2004
            handed += rng.randint(30, 200)
        if due is not None and self.slot.fate is not Fate.LATE:
            handed = min(handed, max(received, table.place_of(due) - 20))
        if self.slot.open_at is not None:
            handed = min(handed, max(received, table.last_until(self.slot.open_at)))
        return handed

    def _due(self, interludes: Sequence[Interlude]) -> Minute | None:
        slot, table = self.slot, self.slot.timetable
        if slot.limit is None:
            return None
        pauses = [
            Pause(
                table.minute_at(one.since),
                table.minute_at(one.until),
                PauseKind.SUPPLEMENT if one.kind is Kind.SUPPLEMENT else PauseKind.OBLIGATION,
            )
            for one in interludes
            if one.kind is not Kind.CONSULTATION and self._stops(one.kind)
        ]
        return due_of(
            received_at=slot.received_at,
            limit=slot.limit,
            calendar=table.calendar,
            pauses=pauses,
            rules=slot.asked.card.rules,
        ).due_at

    def _stops(self, kind: Kind) -> bool:
        card = self.slot.asked.card
        if kind is Kind.VERIFICATION:
            return bool(pause_reasons(card))
        return kind is not Kind.OBLIGATION or card.pauses_for_obligation

    # Interludes

    def _interludes(self, handed: Place, due: Minute | None) -> tuple[Interlude, ...]:
        """Give what the dossier waits for, in turn; each wait begins before the due moment."""
        if due is None or self.slot.is_quick or self.slot.limit is None:
            return ()
        table, found, at = self.slot.timetable, list[Interlude](), handed
        last = table.place_of(due) - 60
        for kind in self._kinds():
            since = at + self._pause_before(kind, last - at)
            if since >= last:
                break
            until = self._until(kind, since)
            found.append(Interlude(kind, since, until))
            at = until + 1
            now = self._due(found)
            last = (table.place_of(now) if now is not None else at) - 60
            if last <= at:  # a due moment inside its own wait: right by law, but nobody is in time
                return tuple(found[:-1])
        return tuple(found)

    def _kinds(self) -> list[Kind]:
        rng, slot, fate = self.rng, self.slot, self.slot.fate
        if fate is Fate.OPEN_SUPPLEMENT:
            return [Kind.SUPPLEMENT]
        if fate is Fate.OPEN_OBLIGATION:
            return [Kind.OBLIGATION]
        if fate in (Fate.OPEN, Fate.OPEN_OVERDUE):
            return []
        kinds = []
        days = self._limit_days()
        if days >= LONG_DAYS and rng.random() < CONSULTED:
            kinds.append(Kind.CONSULTATION)
        is_long = slot.asked.is_on_land and days >= LONG_DAYS * 2
        if is_long and self._stops(Kind.VERIFICATION) and rng.random() < VERIFIED:
            kinds.append(Kind.VERIFICATION)
        if rng.random() < SUPPLEMENTED * (2 if slot.asked.is_on_land else 1):
            kinds += [Kind.SUPPLEMENT] * (2 if rng.random() < TWICE else 1)
        if slot.asked.is_on_land and slot.asked.card.pauses_for_obligation and rng.random() < OWED:
            kinds.append(Kind.OBLIGATION)
        return kinds

    def _pause_before(self, kind: Kind, room: int) -> int:
        """Give how long the work goes on before the next wait, so that it begins in time."""
        open_at = self.slot.open_at
        wanted = int(self.rng.uniform(20, 700))
        if open_at is not None:
            return max(1, min(wanted // 6, room // 2))
        return max(1, min(wanted, int(room * 0.4)))

    def _until(self, kind: Kind, since: Place) -> Place:
        rng, table = self.rng, self.slot.timetable
        longest = 3.0 if self.slot.fate is Fate.LATE else 8.0
        days = 0.2 + min(longest, rng.expovariate(1 / (1.2 if kind is Kind.CONSULTATION else 2.6)))
        until = table.days_later(since, days)
        if self.slot.open_at is not None:  # it waits at that minute, and some days more
            until = max(until, table.last_until(self.slot.open_at) + rng.randint(200, 2000))
        return until

    def _limit_days(self) -> int:
        limit = self.slot.limit
        if limit is None or limit.unit in (LimitUnit.SAME_DAY, LimitUnit.WORKING_HOUR):
            return 0
        return limit.total

    # Extension

    def _perhaps_extended(self, course: Course) -> Course:
        """Appoint anew, at the latest on the day before the appointment; at most once."""
        slot, rng, table = self.slot, self.rng, self.slot.timetable
        chance = EXTENDED_LATE if slot.fate is Fate.LATE else EXTENDED
        may = slot.fate in (Fate.USUAL, Fate.LATE) and self._limit_days() >= 2  # noqa: PLR2004
        if course.due is None or not may or rng.random() >= chance:
            return course
        due_day = table.day_number_at(table.place_of(course.due) - 1)
        at = table.closing(due_day - 1) - rng.randint(10, 400)
        if at <= course.anchor or day_of(table.minute_at(at)) >= day_of(course.due):
            return course
        index = table.calendar.working_index(day_of(course.due))
        new_due = table.calendar.close_at(index + rng.randint(3, 8))
        return replace(course, extended=at, extended_to=new_due, due=new_due)

    # The end

    def _end(self, course: Course) -> Place:
        slot, table = self.slot, self.slot.timetable
        ready = course.anchor + self.rng.randint(15, 90)
        if course.due is None:
            return table.days_later(ready, self.rng.expovariate(1 / 5))
        last = table.place_of(course.due) - 1  # the last place in time
        if slot.fate in (Fate.LATE, Fate.OPEN_OVERDUE):
            return self._late_end(course, last)
        if slot.fate is Fate.OPEN:
            since = table.last_until(slot.open_at or 0) + 1
            return self.rng.randint(min(since, last), last)
        if ready >= last:
            return max(course.anchor, last)
        return self._end_in_time(course, ready, last)

    def _late_end(self, course: Course, last: Place) -> Place:
        table = self.slot.timetable
        days = 0.1 + min(15.0, self.rng.expovariate(1 / 3))
        since = max(last + 2, course.anchor + 10)
        if self.slot.open_at is not None:
            since = max(since, table.last_until(self.slot.open_at) + 100)
        return table.days_later(since, days)

    def _end_in_time(self, course: Course, ready: Place, last: Place) -> Place:
        rng, table = self.rng, self.slot.timetable
        since, due_day = table.day_number_at(ready), table.day_number_at(last)
        rest = due_day - since
        early = EARLY_OF_LONG if self._limit_days() >= LONG_DAYS else EARLY
        if course.extended is not None or rest == 0 or rng.random() >= early:
            return rng.randint(max(ready, table.opening(due_day)), last)
        day = since + int(rest * rng.betavariate(0.65, 3.6))
        low = max(ready, table.opening(day))
        return int(rng.triangular(low, table.closing(day), low))

    def _ending(self, rng: Random, calm: float = 1.0) -> Ending:
        if self.slot.fate is not Fate.USUAL:
            return Ending.POSITIVE
        drawn = rng.random() * calm
        for ending, chance in (
            (Ending.NEGATIVE, NEGATIVE),
            (Ending.WITHDRAWN, WITHDRAWN),
            (Ending.STOPPED, STOPPED),
        ):
            if drawn < chance:
                return ending
            drawn -= chance
        return Ending.POSITIVE
