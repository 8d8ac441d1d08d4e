"""The clock against the slow and obvious one, on random calendars, pauses and rules."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kit.calendar import BeyondCalendar
from motcua.kit.clock import (
    ClockRules,
    Limit,
    LimitUnit,
    StepLimit,
    StepUnit,
    due_of,
    effective_receipt,
    step_due,
    warn_days,
)
from tests.kit import worlds
from tests.kit.reference import A_DAY, Outside, Walk, effective, merge, reference_due, trimmed
from tests.kit.worlds import FIRST, LAST, Case, World
from tests.sizes import sized, soaks

pytestmark = soaks
MANY = settings(max_examples=sized(whole=1000, part=200))
SOME = settings(max_examples=sized(whole=400, part=80))
BEYOND = "beyond the calendar"
Answer = TypeVar("Answer")


def asked(question: Callable[[], Answer]) -> Answer | str:
    """The answer, or that there is none in this calendar."""
    try:
        return question()
    except (BeyondCalendar, Outside):
        return BEYOND


def ours(case: Case) -> tuple[int | None, int] | str:
    """What the clock says: due moment and original due moment."""

    def due() -> tuple[int | None, int]:
        found = due_of(
            received_at=case.received,
            limit=case.limit,
            calendar=case.world.calendar,
            pauses=case.pauses,
            rules=case.rules,
            extension=case.extension,
        )
        return found.due_at, found.original_due_at

    return asked(due)


def obvious(case: Case) -> tuple[int | None, int | None] | str:
    """What the plain clock says to the same."""
    plain = case.world.plain

    def due() -> tuple[int | None, int | None]:
        original = reference_due(case.received, case.limit, plain, rules=case.rules)
        moved = reference_due(
            case.received,
            case.limit,
            plain,
            pauses=case.pauses,
            rules=case.rules,
            extension=case.extension,
        )
        return moved, original

    return asked(due)


@MANY
@given(case=worlds.cases(with_pauses=False))
def test_without_pauses_the_due_moment_is_the_obvious_one(case: Case) -> None:
    assert ours(case) == obvious(case)


@MANY
@given(case=worlds.cases())
def test_with_pauses_the_due_moment_is_the_obvious_one(case: Case) -> None:
    assert ours(case) == obvious(case)


@MANY
@given(case=worlds.cases(with_extension=True))
def test_after_an_extension_the_due_moment_is_the_obvious_one(case: Case) -> None:
    assert ours(case) == obvious(case)


@MANY
@given(world=worlds.worlds(), received=worlds.moments, unit=worlds.units, rules=worlds.clock_rules)
def test_the_effective_receipt_is_the_obvious_one(
    world: World, received: int, unit: LimitUnit, rules: ClockRules
) -> None:
    found = asked(lambda: effective_receipt(received, unit, world.calendar, rules))

    assert found == asked(lambda: effective(received, unit, world.plain, rules))


@SOME
@given(case=worlds.cases(), unit=st.sampled_from((StepUnit.HALF_DAY, StepUnit.QUARTER_DAY)))
def test_half_and_quarter_days_are_open_minutes_of_a_usual_day(case: Case, unit: StepUnit) -> None:
    plain, number = case.world.plain, case.limit.value

    def walked() -> int | None:
        at = effective(case.received, LimitUnit.WORKING_HOUR, plain, ClockRules())
        walk = Walk(Limit(1, LimitUnit.WORKING_HOUR), plain, ClockRules())
        minutes = number * plain.usual(at // A_DAY) // (2 if unit is StepUnit.HALF_DAY else 4)
        walk.open_minutes(at, minutes, [])  # the original due moment must be in the calendar too
        return walk.open_minutes(at, minutes, trimmed(merge(case.pauses), at))

    due = asked(
        lambda: (
            step_due(
                started_at=case.received,
                limit=StepLimit(number, unit),
                calendar=case.world.calendar,
                pauses=case.pauses,
            ).due_at
        )
    )

    assert due == asked(walked)


@SOME
@given(case=worlds.cases(with_extension=True), now=worlds.moments)
def test_a_projection_is_the_due_moment_of_the_same_pauses_ended_now(case: Case, now: int) -> None:
    begun = [one for one in case.pauses if one.from_at <= now]
    ended = [one._replace(to_at=now) if one.to_at is None else one for one in begun]

    waiting = asked(
        lambda: due_of(
            received_at=case.received,
            limit=case.limit,
            calendar=case.world.calendar,
            pauses=begun,
            rules=case.rules,
            extension=case.extension,
            now=now,
        )
    )
    resumed = ours(replace(case, pauses=ended))

    if not isinstance(waiting, str) and waiting.due_at is None and not isinstance(resumed, str):
        assert waiting.projected_at == resumed[0]


@SOME
@given(world=worlds.worlds(), due=worlds.moments)
def test_a_warn_day_is_the_first_at_whose_end_few_working_days_remain(
    world: World, due: int
) -> None:
    warned = warn_days(due, world.calendar)

    for day, few in zip(warned, (1, 3, 5), strict=True):
        assert world.plain.working_days_between(day, due // A_DAY) <= few
        before = day == FIRST or world.plain.working_days_between(day - 1, due // A_DAY)
        assert day == FIRST or before > few


@SOME
@given(world=worlds.worlds(), one=worlds.moments, other=worlds.moments)
def test_open_minutes_and_working_days_are_counted_as_they_are_walked(
    world: World, one: int, other: int
) -> None:
    since, until = sorted((one, other))

    opened = sum(world.plain.is_open(minute) for minute in range(since, until))
    worked = world.plain.working_days_between(since // A_DAY, until // A_DAY)

    assert world.calendar.count_open(since, until) == opened
    assert world.calendar.count_working_days(since // A_DAY, until // A_DAY) == worked


@SOME
@given(world=worlds.worlds())
def test_every_day_is_open_and_served_as_its_layers_say_and_a_closed_one_has_a_reason(
    world: World,
) -> None:
    for day in range(FIRST, LAST + 1):
        spans = world.calendar.spans_of(day)
        opened = {minute for start, end in spans for minute in range(start, end)}
        served = world.calendar.served_spans_of(day)

        assert opened == world.plain.open_on(day)
        assert {m for start, end in served for m in range(start, end)} == world.plain.served_on(day)
        assert world.calendar.is_working(day) == bool(opened)
        assert (world.calendar.why_closed(day) is None) == bool(opened)


@SOME
@given(case=worlds.cases())
def test_the_order_in_which_pauses_are_told_does_not_matter(case: Case) -> None:
    assert ours(case) == ours(replace(case, pauses=case.pauses[::-1]))
