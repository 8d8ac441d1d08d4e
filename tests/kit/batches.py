"""Many questions to the clock at once, and one by one: what the batch must equal."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from motcua.kit.calendar import BeyondCalendar, Calendar, DayEntry, DayKind, Hours, Level, Spans
from motcua.kit.clock import (
    Appointment,
    ClockRules,
    Limit,
    LimitUnit,
    Pause,
    PauseBackwards,
    PauseKind,
    Supplement,
    due_of,
)
from motcua.kit.clock.batch import NO_MOMENT, UNITS, Dues, Pauses, Problem, due_of_many
from tests.kit.reference import Outside, PlainCalendar, reference_due
from tests.kit.worlds import A_DAY, FIRST, LAST, OFFICE, PARTS, SERVICE, WEEKS, World

Answer = tuple[int, int, int, Problem]
"""Effective receipt, original due moment, due moment, problem."""

EDGES = [clock for span in OFFICE for clock in span]


@dataclass(frozen=True)
class Row:
    """One question; `world` and `rules` are places in the lists of its batch."""

    received: int
    limit: Limit
    world: int
    rules: int
    pauses: list[Pause]


@dataclass(frozen=True)
class Batch:
    """Questions that are asked together."""

    worlds: Sequence[World]
    rules: Sequence[ClockRules]
    rows: Sequence[Row]


def together(batch: Batch) -> Dues:
    """The answers of the batch."""
    rows = batch.rows
    return due_of_many(
        received_at=np.array([row.received for row in rows], np.int64),
        limit=np.array([row.limit.total for row in rows], np.int64),
        unit=np.array([UNITS.index(row.limit.unit) for row in rows], np.int8),
        calendar=[world.calendar for world in batch.worlds],
        calendar_at=np.array([row.world for row in rows], np.int64),
        rules=batch.rules,
        rules_at=np.array([row.rules for row in rows], np.int64),
        pauses=Pauses.of(row.pauses for row in rows),
    )


def listed(dues: Dues) -> list[Answer]:
    """The answers row by row."""
    columns = (dues.effective_at, dues.original_due_at, dues.due_at, dues.problem)
    return [
        (effective, original, due, Problem(problem))
        for effective, original, due, problem in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def alone(batch: Batch, row: Row) -> Answer:
    """What `due_of` says to one row."""
    try:
        due = due_of(
            received_at=row.received,
            limit=row.limit,
            calendar=batch.worlds[row.world].calendar,
            pauses=row.pauses,
            rules=batch.rules[row.rules],
        )
    except BeyondCalendar:
        return (NO_MOMENT, NO_MOMENT, NO_MOMENT, Problem.BEYOND_CALENDAR)
    except PauseBackwards:
        return (NO_MOMENT, NO_MOMENT, NO_MOMENT, Problem.PAUSE_BACKWARDS)
    moved = NO_MOMENT if due.due_at is None else due.due_at
    return (due.effective_at, due.original_due_at, moved, Problem.NONE)


def walked(batch: Batch, row: Row) -> tuple[int, int] | None:
    """Original due moment and due moment as the slow and obvious clock walks them."""
    plain, rules = batch.worlds[row.world].plain, batch.rules[row.rules]
    try:
        original = reference_due(row.received, row.limit, plain, rules=rules)
        due = reference_due(row.received, row.limit, plain, pauses=row.pauses, rules=rules)
    except Outside:
        return None
    assert original is not None
    return original, NO_MOMENT if due is None else due


def random_batches(seed: int, cases: int, *, rows: int = 100) -> list[Batch]:
    """So many random questions, some of them in the same calendars."""
    chance = random.Random(seed)
    return [_random_batch(chance, rows) for _ in range(-(-cases // rows))]


def random_answers(batch: Batch) -> list[tuple[Row, Answer, Answer, Any]]:
    """Each row with what batch, scalar and reference say to it."""
    return [
        (row, found, alone(batch, row), walked(batch, row))
        for row, found in zip(batch.rows, listed(together(batch)), strict=True)
    ]


def differences(seed: int, cases: int) -> list[str]:
    """The rows in which batch, scalar and reference do not agree."""
    wrong = []
    for batch in random_batches(seed, cases):
        for row, found, scalar, plain in random_answers(batch):
            # A pause backwards is no question for the reference.
            agrees = found[3] is Problem.PAUSE_BACKWARDS or plain == (
                found[1:3] if found[3] is Problem.NONE else None
            )
            if found != scalar or not agrees:
                said = f"{found}, alone {scalar}, walked {plain}"
                wrong.append(f"{row} under {batch.rules[row.rules]}: {said}")
    return wrong


def _random_batch(chance: random.Random, rows: int) -> Batch:
    worlds = [_random_world(chance) for _ in range(3)]
    rules = [ClockRules(), *(_random_rules(chance) for _ in range(3))]
    return Batch(worlds, rules, [_random_row(chance, 3, 4) for _ in range(rows)])


def _random_world(chance: random.Random) -> World:
    def hours(weeks: Sequence[tuple[Spans, ...]]) -> Hours:
        since = chance.randint(FIRST, LAST)
        until = chance.choice([None, chance.randint(since, LAST)])
        return Hours(chance.choice(weeks), since, until, chance.choice(list(Level)))

    layers: dict[str, Any] = {
        "hours": [hours(WEEKS) for _ in range(chance.randint(0, 3))],
        "entries": [_random_entry(chance) for _ in range(chance.randint(0, 25))],
        "service": [hours(SERVICE) for _ in range(chance.randint(0, 1))],
    }
    return World(
        Calendar.build(first=FIRST, last=LAST, **layers),
        PlainCalendar(first=FIRST, last=LAST, **layers),
    )


def _random_entry(chance: random.Random) -> DayEntry:
    kind = chance.choice([kind for kind in DayKind if kind is not DayKind.WEEKLY_REST])
    spans: Spans = ()
    if kind in (DayKind.WORKED, DayKind.SERVED):
        spans = chance.choice(PARTS[:-1])
    if kind is DayKind.CLOSURE:
        spans = chance.choice(PARTS)
    # Every week of `WEEKS` works on Mondays.
    monday = FIRST + 4 + 7 * chance.randint(0, 20) if kind is DayKind.SWAP_WORK else None
    day, level = chance.randint(FIRST, LAST), chance.choice(list(Level))
    return DayEntry(day, kind, spans, counterpart=monday, level=level)


def _random_rules(chance: random.Random) -> ClockRules:
    return ClockRules(
        supplement=chance.choice(list(Supplement)),
        appointment=chance.choice(list(Appointment)),
        fixed_hour=chance.choice((510, 690, 990)),
        same_day_cut_off=chance.choice((900, 660, 450)),
        cut_off=chance.choice((None, None, 900, 690)),
        hours_are_days=chance.random() < 0.5,
    )


def _random_row(chance: random.Random, worlds: int, rules: int) -> Row:
    clock = chance.choice([chance.randrange(A_DAY), chance.choice(EDGES), chance.choice(EDGES) - 1])
    received = chance.randint(FIRST - 1, FIRST + 70) * A_DAY + clock
    unit = chance.choice(list(LimitUnit))
    most = 3 if unit is LimitUnit.MONTH else 40
    limit = Limit(chance.randint(1, most), unit, chance.choice((0, 0, 1)))
    number = chance.choice((0, 1, 1, 2, 3, 4))
    pauses: list[Pause] = []
    for _ in range(number):
        pauses.append(_random_pause(chance, received, pauses))
    return Row(received, limit, chance.randrange(worlds), chance.randrange(rules), pauses)


def _random_pause(chance: random.Random, near: int, others: Sequence[Pause]) -> Pause:
    """A pause soon after a moment; often at an opening, at a close, or where another one ended."""
    from_at = near + chance.choice((chance.randint(-A_DAY, 20 * A_DAY), chance.randint(-60, 4000)))
    if chance.random() < 0.3:
        from_at += chance.choice(EDGES) - from_at % A_DAY
    if others and others[-1].to_at is not None and chance.random() < 0.3:
        from_at = others[-1].to_at
    lasts = chance.choice((0, 60, A_DAY, chance.randint(0, 300), chance.randint(0, 12 * A_DAY)))
    if chance.random() < 0.01:
        lasts = -1 - lasts
    to_at = None if chance.random() < 0.07 else from_at + lasts
    return Pause(from_at, to_at, chance.choice(list(PauseKind)))
