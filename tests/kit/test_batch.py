"""The clock for many dossiers against the clock for one, and against the slow and obvious one."""

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kit.calendar import Calendar, DayEntry, DayKind
from motcua.kit.clock import (
    ClockRules,
    Limit,
    LimitUnit,
    Pause,
    PauseKind,
    Supplement,
    due_of,
)
from motcua.kit.clock.batch import KINDS, NO_MOMENT, UNITS, Pauses, Problem, due_of_many
from motcua.kit.moments import from_iso_day, from_iso_minute
from tests.kit import worlds
from tests.kit.batches import Batch, Row, alone, differences, listed, together, walked
from tests.sizes import sized, soaks

pytestmark = soaks
SEED = int(os.environ["MOTCUA_TEST_SEED"])
CASES = 3_000
WORKING_DAY = LimitUnit.WORKING_DAY
MORNING = from_iso_minute("2026-11-02T09:00")
NONE = (NO_MOMENT, NO_MOMENT, NO_MOMENT)


@st.composite
def batches(draw: st.DrawFn, *, with_pauses: bool = True) -> Batch:
    """A few questions in a few worlds under a few rules."""
    known = draw(st.lists(worlds.worlds(), min_size=1, max_size=2))
    rules = draw(st.lists(worlds.clock_rules, min_size=1, max_size=3))

    @st.composite
    def rows(draw: st.DrawFn) -> Row:
        received = draw(worlds.moments)
        pauses = draw(st.lists(worlds.pauses(received), max_size=4)) if with_pauses else []
        world, rule = st.integers(0, len(known) - 1), st.integers(0, len(rules) - 1)
        return Row(received, draw(worlds.limits), draw(world), draw(rule), pauses)

    return Batch(known, rules, draw(st.lists(rows(), min_size=1, max_size=6)))


def agrees(batch: Batch) -> None:
    for row, found in zip(batch.rows, listed(together(batch)), strict=True):
        assert found == alone(batch, row)
        assert walked(batch, row) == (found[1:3] if found[3] is Problem.NONE else None)


@settings(max_examples=sized(whole=400, part=80))
@given(batch=batches(with_pauses=False))
def test_many_without_pauses_are_due_as_each_alone(batch: Batch) -> None:
    agrees(batch)


@settings(max_examples=sized(whole=600, part=150))
@given(batch=batches())
def test_many_with_pauses_are_due_as_each_alone(batch: Batch) -> None:
    agrees(batch)


@settings(max_examples=sized(whole=400, part=80))
@given(
    world=worlds.worlds(),
    received=st.lists(st.integers((worlds.FIRST - 2) * 1440, (worlds.LAST + 2) * 1440), max_size=9),
    limit=st.integers(1, 120),
)
def test_the_fast_way_of_plain_working_days_gives_what_the_general_way_gives(
    world: worlds.World, received: list[int], limit: int
) -> None:
    many = np.array(received, np.int64)

    def dues(**asked: object) -> list[object]:
        question = {"received_at": many, "limit": limit, "unit": WORKING_DAY, **asked}
        return list(listed(due_of_many(calendar=world.calendar, **question)))  # type: ignore[arg-type]

    general = dues(unit=np.full(len(received), UNITS.index(WORKING_DAY)))

    assert dues() == general
    assert dues(received_at=many.astype(np.int32)) == general
    assert dues(limit=np.full(len(received), limit, np.int8)) == general
    assert dues(limit=np.full(len(received), limit, np.int32)) == general
    assert dues(limit=np.full(len(received), limit, np.int64)) == general


def test_batch_scalar_and_reference_agree_on_thousands_of_random_cases() -> None:
    assert not differences(SEED, CASES), f"seed {SEED}"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """Two plain months."""
    return Calendar.build(first=from_iso_day("2026-10-01"), last=from_iso_day("2026-11-30"))


def test_a_wrong_row_says_what_is_wrong_and_stops_no_other(calendar: Calendar) -> None:
    found = due_of_many(
        received_at=np.array([MORNING] * 6 + [MORNING + 40_000, -(10**15), 10**15]),
        limit=np.array([5, 0, -3, 10**18, 5, 0, 5, 5, 5]),
        unit=np.array([1, 1, 1, 1, 99, 0, 1, 1, 1]),
        calendar=calendar,
    )

    beyond, small = Problem.BEYOND_CALENDAR, Problem.LIMIT_TOO_SMALL
    assert [one[3] for one in listed(found)] == [
        *(Problem.NONE, small, small, beyond, Problem.UNIT_UNKNOWN),
        *(Problem.NONE, beyond, beyond, beyond),
    ]
    assert found.due_at[0] == from_iso_minute("2026-11-09T17:30")
    assert found.due_at[5] == from_iso_minute("2026-11-02T17:30")
    assert all(one[:3] == NONE for one in listed(found) if one[3])


def test_a_wrong_row_among_plain_working_days_stops_no_other(calendar: Calendar) -> None:
    found = due_of_many(
        received_at=np.array([MORNING, MORNING, MORNING, -(10**15), 10**15]),
        limit=np.array([5, 0, 1000, 5, 5]),
        unit=WORKING_DAY,
        calendar=calendar,
    )

    assert [one[3] for one in listed(found)] == [
        Problem.NONE,
        Problem.LIMIT_TOO_SMALL,
        *[Problem.BEYOND_CALENDAR] * 3,
    ]
    assert found.due_at.tolist() == [from_iso_minute("2026-11-09T17:30"), *[NO_MOMENT] * 4]


@pytest.mark.parametrize("limit", [0, -1])
def test_one_limit_without_time_for_all_is_wrong_in_every_row(
    calendar: Calendar, limit: int
) -> None:
    found = due_of_many(
        received_at=np.array([MORNING] * 2), limit=limit, unit=WORKING_DAY, calendar=calendar
    )

    assert found.problem.tolist() == [Problem.LIMIT_TOO_SMALL] * 2


@pytest.mark.parametrize("supplement", Supplement)
def test_a_backward_pause_is_wrong_under_every_mode_but_not_before_the_calendar_ends(
    calendar: Calendar, supplement: Supplement
) -> None:
    backwards = [Pause(MORNING + 60, MORNING + 59)]
    found = due_of_many(
        received_at=np.array([MORNING, MORNING, MORNING]),
        limit=np.array([5, 500, 5]),
        unit=WORKING_DAY,
        calendar=calendar,
        rules=ClockRules(supplement=supplement),
        pauses=Pauses.of([backwards, backwards, []]),
    )

    assert found.problem.tolist() == [
        Problem.PAUSE_BACKWARDS,
        Problem.BEYOND_CALENDAR,
        Problem.NONE,
    ]


def test_a_running_pause_leaves_no_due_moment_but_the_original_one(calendar: Calendar) -> None:
    found = due_of_many(
        received_at=np.array([MORNING]),
        limit=5,
        unit=WORKING_DAY,
        calendar=calendar,
        pauses=Pauses.of([[Pause(MORNING + 60, None)]]),
    )

    assert listed(found) == [
        (MORNING, from_iso_minute("2026-11-09T17:30"), NO_MOMENT, Problem.NONE)
    ]


def test_a_pause_counts_with_the_one_it_follows_at_once(calendar: Calendar) -> None:
    evening = from_iso_minute("2026-11-09T17:00")
    touching = [Pause(evening, evening + 60), Pause(evening + 60, evening + 1500)]
    apart = [touching[0], Pause(evening + 61, evening + 1500)]

    found = due_of_many(
        received_at=np.array([MORNING, MORNING]),
        limit=5,
        unit=WORKING_DAY,
        calendar=calendar,
        pauses=Pauses.of([touching, apart]),
    )

    assert found.due_at.tolist() == [
        from_iso_minute("2026-11-10T17:30"),
        from_iso_minute("2026-11-09T17:30"),
    ]


def test_a_pause_that_begins_at_the_due_moment_moves_nothing(calendar: Calendar) -> None:
    due = from_iso_minute("2026-11-09T17:30")

    found = due_of_many(
        received_at=np.array([MORNING, MORNING]),
        limit=5,
        unit=WORKING_DAY,
        calendar=calendar,
        pauses=Pauses.of([[Pause(due, due + 5000)], [Pause(due - 1, due + 5000)]]),
    )

    assert found.due_at.tolist() == [due, from_iso_minute("2026-11-13T17:30")]


def test_pauses_far_outside_every_calendar_are_judged_as_alone(calendar: Calendar) -> None:
    far = 10**14
    pauses = [
        [Pause(-far, -far + 1)],
        [Pause(far, None)],
        [Pause(-far, MORNING + 2000)],
        [Pause(MORNING + 60, far)],
    ]
    batch = Batch(
        [worlds.World(calendar, None)],  # type: ignore[arg-type]
        [ClockRules()],
        [Row(MORNING, Limit(5, unit), 0, 0, one) for one in pauses for unit in LimitUnit],
    )

    assert listed(together(batch)) == [alone(batch, row) for row in batch.rows]


def test_several_calendars_share_one_batch_though_they_begin_and_end_on_different_days(
    calendar: Calendar,
) -> None:
    holiday = DayEntry(from_iso_day("2026-11-03"), DayKind.HOLIDAY)
    longer = Calendar.build(
        first=from_iso_day("2025-01-01"), last=from_iso_day("2027-12-31"), entries=[holiday]
    )
    found = due_of_many(
        received_at=np.array([MORNING, MORNING]),
        limit=20,
        unit=WORKING_DAY,
        calendar=[calendar, longer],
        calendar_at=np.array([0, 1]),
    )

    assert found.due_at.tolist() == [
        from_iso_minute("2026-11-30T17:30"),
        from_iso_minute("2026-12-01T17:30"),
    ]


def test_no_rows_have_no_answers(calendar: Calendar) -> None:
    nothing = np.array([], np.int64)

    for unit in (WORKING_DAY, nothing):
        found = due_of_many(received_at=nothing, limit=5, unit=unit, calendar=calendar)
        assert len(found.due_at) == 0


def test_more_rows_than_a_chunk_are_answered_as_few(calendar: Calendar) -> None:
    received = MORNING + np.arange(200_000) % 9000
    units = np.arange(200_000) % 5
    few = 45_000  # a multiple of both

    for unit in (WORKING_DAY, units):
        asked = {"limit": 3, "calendar": calendar}
        found = due_of_many(received_at=received, unit=unit, **asked)  # type: ignore[arg-type]
        part = unit[:few] if isinstance(unit, np.ndarray) else unit
        again = due_of_many(received_at=received[:few], unit=part, **asked)  # type: ignore[arg-type]
        assert (found.due_at == np.resize(again.due_at, 200_000)).all()


def test_arrays_that_do_not_fit_each_other_are_a_bug(calendar: Calendar) -> None:
    two = np.array([MORNING, MORNING])
    good = Pauses.of([[Pause(MORNING, None)], []])
    wrong: list[dict[str, object]] = [
        {"limit": np.array([1])},
        {"calendar_at": np.array([0, 1])},
        {"rules_at": -1},
        {"pauses": replace(good, offsets=np.array([0, 1]))},
        {"pauses": replace(good, offsets=np.array([0, 2, 1]))},
        {"pauses": replace(good, kind=np.array([0, 1]))},
        {"pauses": replace(good, kind=np.array([len(KINDS)]))},
    ]

    for one in wrong:
        asked = {"received_at": two, "limit": 1, "unit": WORKING_DAY, "calendar": calendar, **one}
        with pytest.raises(ValueError, match=r"shape|among|offsets|length|kind"):
            due_of_many(**asked)  # type: ignore[arg-type]


def test_a_calendar_too_far_from_today_is_a_bug() -> None:
    first = from_iso_day("2026-01-01") + 400_000
    far = Calendar.build(first=first, last=first + 30)

    with pytest.raises(ValueError, match="no room in 32 bits"):
        due_of_many(received_at=np.array([0]), limit=1, unit=WORKING_DAY, calendar=far)


def test_a_batch_of_one_knows_the_kinds_of_its_pauses(calendar: Calendar) -> None:
    rules = ClockRules(supplement=Supplement.GOES_ON)
    for kind in PauseKind:
        pauses = [Pause(MORNING + 1440, MORNING + 4 * 1440, kind)]
        found = due_of_many(
            received_at=np.array([MORNING]),
            limit=5,
            unit=WORKING_DAY,
            calendar=calendar,
            rules=rules,
            pauses=Pauses.of([pauses]),
        )
        one = due_of(
            received_at=MORNING,
            limit=Limit(5, WORKING_DAY),
            calendar=calendar,
            pauses=pauses,
            rules=rules,
        )
        assert found.due_at.tolist() == [one.due_at]
