"""The whole proof: from receipt through pauses and extension to the due moment, by walking.

It comes to the same as `motcua.kit.clock`, which computes; this counts day by day, as a person
does who wants to check it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from motcua.kit.calendar import Calendar
from motcua.kit.clock import (
    ClockRules,
    Due,
    Extension,
    Limit,
    LimitUnit,
    Pause,
    PauseKind,
    StepLimit,
    StepUnit,
    Supplement,
)
from motcua.kit.clock.due import in_days
from motcua.kit.clock.pauses import FOR_EVER, Wait, ended, merged
from motcua.kit.clock.terms import PARTS_OF_A_DAY
from motcua.kit.moments import DAY_MINUTES, Day, Minute, at_clock, day_of
from motcua.kit.proof import lines as say
from motcua.kit.proof.book import Book
from motcua.kit.proof.counts import Walked, walk, walk_fixed, walk_minutes

STANDARD = ClockRules()


@dataclass(frozen=True, slots=True)
class Question:
    """All that a count begins from, but the calendar.

    `limit` is a step's where it is counted in parts of a day. `now_at` is only for a projection.
    """

    received_at: Minute
    limit: Limit | StepLimit
    rules: ClockRules = STANDARD
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    now_at: Minute | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A count written down. `first_on` to `last_on`: the days of the calendar it looked at."""

    asked: Question
    lines: tuple[say.Line, ...]
    due: Due
    calendar: Calendar
    first_on: Day
    last_on: Day


@dataclass(frozen=True, slots=True)
class Task:
    """A limit ready to be counted: its unit, and what begins its count at a moment."""

    unit: LimitUnit
    begin: Callable[[Minute], Walked]


def prove(asked: Question, calendar: Calendar) -> Proof:
    """Count a limit line by line.

    Errors: BeyondCalendar, PauseBackwards.
    """
    book = Book(calendar, day_of(asked.received_at))
    found = Walk(book, asked).whole(asked.pauses)
    lines = tuple(book.lines)
    if found.due_at is None and asked.now_at is not None:
        again = Book(calendar, book.first)
        resumed = Walk(again, asked).whole(ended(asked.pauses, asked.now_at))
        found = found._replace(projected_at=resumed.due_at)
        lines = (*lines, say.IfResumed(asked.now_at), *_what_is_new(again.lines, lines))
        book.visit(again.last)
    end = say.End(found.due_at, found.projected_at)
    return Proof(asked, (*lines, end), found, calendar, book.first, book.last)


def _what_is_new(lines: Sequence[say.Line], before: Sequence[say.Line]) -> list[say.Line]:
    """Those lines that do not only repeat what was written before.

    Both begin alike; the pauses are told in the middle, and only then the counts part.
    """
    found, has_parted = [], False
    for at, line in enumerate(lines):
        if not has_parted and at < len(before) and line == before[at]:
            continue
        found.append(line)
        has_parted = has_parted or not isinstance(line, say.PauseTold)
    return found


class Walk:
    """One count under its rules, written into a book."""

    def __init__(self, book: Book, asked: Question) -> None:
        self._book, self._asked, self._rules = book, asked, asked.rules

    def whole(self, pauses: Sequence[Pause]) -> Due:
        """Count from the receipt to the end; without a projection."""
        self._book.write(say.Received(self._asked.received_at))
        limit = self._whole_limit()
        unit = LimitUnit.WORKING_HOUR if limit.unit in PARTS_OF_A_DAY else LimitUnit(limit.unit)
        self._modes(unit)
        effective_at = self._effective(self._asked.received_at, unit)
        task = Task(unit, self._beginning(limit, effective_at))
        original = task.begin(effective_at).due
        return Due(self._moved(effective_at, pauses, task), None, original, effective_at)

    # Beginnings

    def _whole_limit(self) -> Limit | StepLimit:
        """The limit that is counted: hours are days where the rule says so."""
        asked, write = self._asked, self._book.write
        limit = asked.limit
        extra = limit.zone_extra if isinstance(limit, Limit) else 0
        is_same_day = limit.unit == LimitUnit.SAME_DAY.value
        numbers = (0, 0) if is_same_day else (limit.value, extra)
        write(say.Limited(*numbers, limit.unit.value))
        if not self._rules.hours_are_days or limit.unit != LimitUnit.WORKING_HOUR.value:
            return limit
        hours = Limit(limit.value, LimitUnit.WORKING_HOUR, extra)
        whole = in_days(hours, asked.received_at, self._book.calendar)
        day_minutes = self._book.calendar.day_minutes(day_of(asked.received_at))
        if whole is not hours:
            write(say.AsDays(hours.total, day_minutes, whole.value))
        return whole

    def _modes(self, unit: LimitUnit) -> None:
        rules, write = self._rules, self._book.write
        write(say.Mode("supplement", rules.supplement.value))
        if unit is LimitUnit.SAME_DAY:
            write(say.Mode("same_day_cut_off", "", rules.same_day_cut_off))
            return
        if unit is not LimitUnit.WORKING_HOUR:
            is_fixed = rules.appointment.value == say.Place.FIXED_HOUR.value
            hour = rules.fixed_hour if is_fixed else None
            write(say.Mode("appointment", rules.appointment.value, hour))
        if rules.cut_off is not None:
            write(say.Mode("cut_off", "", rules.cut_off))

    def _effective(self, received_at: Minute, unit: LimitUnit) -> Minute:
        book, cut_off = self._book, self._rules.cut_off
        if book.calendar.is_served(received_at):
            moment = received_at
            book.write(say.Effective(moment, say.Why.SERVICE, book.service(moment)))
        else:
            why, because = book.why_not_open(received_at)
            moment = book.opening(received_at)
            book.write(say.Effective(moment, why, because))
        if unit is LimitUnit.SAME_DAY or cut_off is None or moment % DAY_MINUTES < cut_off:
            return moment
        moment = book.opening(at_clock(day_of(moment) + 1))
        book.write(say.Effective(moment, say.Why.CUT_OFF, ()))
        return moment

    def _beginning(
        self, limit: Limit | StepLimit, effective_at: Minute
    ) -> Callable[[Minute], Walked]:
        book, rules = self._book, self._rules
        parts = PARTS_OF_A_DAY.get(StepUnit(limit.unit))
        if parts is None:
            extra = limit.zone_extra if isinstance(limit, Limit) else 0
            whole = Limit(limit.value, LimitUnit(limit.unit), extra)
            return lambda at: walk(at, whole, book, rules)
        usual = book.calendar.day_minutes(day_of(effective_at))
        minutes = limit.value * usual // parts
        book.write(say.AsMinutes(limit.value, parts, usual, minutes))
        return lambda at: walk_minutes(at, minutes, book)

    # What moves the end

    def _moved(self, effective_at: Minute, pauses: Sequence[Pause], task: Task) -> Minute | None:
        extension, write = self._asked.extension, self._book.write
        since, start = effective_at, partial(task.begin, effective_at)
        if extension is not None:
            write(say.Extended(extension.granted_at, extension.due_at))
            since = max(since, extension.granted_at)
            start = partial(walk_fixed, extension.due_at, task.unit, self._book)
            start()
        waits, restarts = self._told(pauses)
        too_late = []
        for asked_at, ended_at in restarts:
            if ended_at <= since:
                self._pass_over((asked_at, ended_at), since)
                continue
            from_at, mark = max(asked_at, since), len(self._book.lines)
            due = self._through(start, waits, since, until=from_at)
            if due is not None and due <= from_at:
                del self._book.lines[mark:]  # it restarts nothing: the count goes on as it was
                too_late = [one for one in restarts if one[0] >= asked_at]
                break
            if ended_at == FOR_EVER:
                write(say.Waits(asked_at, None, due or from_at))
                return None
            write(say.Restarted(asked_at, ended_at))
            since = self._effective(ended_at, task.unit)
            start = partial(task.begin, since)
            start()
        due = self._through(start, waits, since)
        for late in too_late:
            write(say.PassedOver(late[0], _end(late), say.Passed.AFTER_DUE))
        return due

    def _through(
        self,
        start: Callable[[], Walked],
        waits: Sequence[Wait],
        since: Minute,
        until: Minute = FOR_EVER,
    ) -> Minute | None:
        """Lead a count, written down before, through the pauses that begin before `until`."""
        book = self._book
        count, is_over = self._silently(start), False
        for told_at, to_at in waits:
            from_at = max(told_at, since)
            if to_at <= since:
                self._pass_over((told_at, to_at), since)
            elif from_at >= until:
                break
            elif is_over or from_at >= count.due:
                is_over = True
                book.write(say.PassedOver(from_at, _end((from_at, to_at)), say.Passed.AFTER_DUE))
            else:
                if told_at < since:
                    book.write(say.Cut(told_at, _end((told_at, to_at)), since))
                book.write(say.Waits(from_at, _end((from_at, to_at)), count.due))
                if to_at == FOR_EVER:
                    return None
                count.wait(from_at, to_at)
        return count.due

    def _silently(self, start: Callable[[], Walked]) -> Walked:
        """Begin a count again without writing its lines a second time."""
        mark = len(self._book.lines)
        count = start()
        del self._book.lines[mark:]
        return count

    def _pass_over(self, wait: Wait, since: Minute) -> None:
        extension = self._asked.extension
        granted = extension is not None and since == extension.granted_at
        why = say.Passed.BEFORE_EXTENSION if granted else say.Passed.BEFORE_COUNT
        self._book.write(say.PassedOver(wait[0], _end(wait), why))

    def _told(self, pauses: Sequence[Pause]) -> tuple[list[Wait], list[Wait]]:
        """The pauses that stop the clock and those that restart it; writes each as it was told."""
        by_fate: dict[say.Told, list[Pause]] = {say.Told.STOPS: [], say.Told.RESTARTS: []}
        for pause in sorted(pauses, key=_by_time):
            told = self._fate_of(pause)
            self._book.write(say.PauseTold(pause.from_at, pause.to_at, pause.kind.value, told))
            by_fate.setdefault(told, []).append(pause)
        stops, restarts = by_fate[say.Told.STOPS], by_fate[say.Told.RESTARTS]
        return self._merged(stops), self._merged(restarts)

    def _fate_of(self, pause: Pause) -> say.Told:
        if pause.from_at == pause.to_at:
            return say.Told.EMPTY
        is_supplement = pause.kind is PauseKind.SUPPLEMENT
        if not is_supplement or self._rules.supplement is Supplement.PAUSES:
            return say.Told.STOPS
        restarts = self._rules.supplement is Supplement.RESTARTS
        return say.Told.RESTARTS if restarts else say.Told.GOES_ON

    def _merged(self, pauses: Sequence[Pause]) -> list[Wait]:
        waits = merged(pauses)
        for from_at, to_at in waits:
            inside = [one for one in pauses if from_at <= one.from_at < to_at]
            if len(inside) > 1:
                self._book.write(say.Merged(from_at, _end((from_at, to_at)), len(inside)))
        return waits


def _by_time(pause: Pause) -> tuple[Minute, Minute, str]:
    return pause.from_at, FOR_EVER if pause.to_at is None else pause.to_at, pause.kind.value


def _end(wait: Wait) -> Minute | None:
    return None if wait[1] == FOR_EVER else wait[1]
