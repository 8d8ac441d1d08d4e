"""What a proof says of pauses, counts begun anew and new appointments."""

import pytest

from motcua.kit.clock import ClockRules, Limit, LimitUnit, Pause, PauseKind, Supplement
from motcua.kit.moments import from_iso_minute
from motcua.kit.proof import Question, prove, verify
from tests.kit.given_proofs import (
    CALENDAR_DAY,
    MONTH,
    WORKING_DAY,
    WORKING_HOUR,
    calendar,
    proof,
    told,
)
from tests.kit.papers import text_of


def test_a_pause_of_calendar_days_moves_the_day_that_is_not_rolled() -> None:
    found = proof("2026-11-16T09:00", 5, CALENDAR_DAY, "2026-11-20T09:00/2026-11-23T09:00")
    within = proof("2026-11-16T09:00", 5, CALENDAR_DAY, "2026-11-20T09:00/2026-11-20T10:00")

    assert told(found, "unrolled", "rolled", "moved", "waits") == [
        "unrolled 2026-11-16 5 calendar_day 2026-11-21 False",
        "rolled 2026-11-23",
        "waits 2026-11-20T09:00 2026-11-23T09:00 2026-11-23T17:30",
        "moved 3 calendar_day",
        "unrolled 2026-11-21 3 calendar_day 2026-11-24 False",
        "rolled 2026-11-25",
    ]
    assert told(within, "moved") == ["moved 0 calendar_day"]


def test_a_pause_moves_by_its_working_days_and_the_count_goes_on() -> None:
    found = proof("2026-11-16T09:00", 2, WORKING_DAY, "2026-11-17T10:00/2026-11-19T10:00")
    within = proof("2026-11-16T09:00", 2, WORKING_DAY, "2026-11-17T10:00/2026-11-17T11:00")

    assert told(found)[4:] == [
        "effective 2026-11-16T09:00 open",
        "day 2026-11-17 counted 1",
        "day 2026-11-18 counted 2",
        "stands 2026-11-18T17:30 close",
        "pause 2026-11-17T10:00 2026-11-19T10:00 supplement stops",
        "waits 2026-11-17T10:00 2026-11-19T10:00 2026-11-18T17:30",
        "day 2026-11-18 waited 1",
        "day 2026-11-19 waited 2",
        "moved 2 working_day",
        "day 2026-11-19 counted 3",
        "day 2026-11-20 counted 4",
        "stands 2026-11-20T17:30 close",
        "due 2026-11-20T17:30",
    ]
    assert told(within, "moved") == ["moved 0 working_day"]


def test_a_pause_of_working_hours_says_which_open_minutes_are_not_counted() -> None:
    found = proof("2026-11-20T16:30", 2, WORKING_HOUR, "2026-11-20T17:00/2026-11-23T08:00")
    at_noon = proof("2026-11-20T09:30", 3, WORKING_HOUR, "2026-11-20T11:30/2026-11-20T13:30")

    assert told(found)[5:] == [
        "day 2026-11-21 skipped",
        "day 2026-11-22 skipped",
        "open_time 2026-11-23 counted ['07:30-08:30'] 60 120",
        "stands 2026-11-23T08:30 minutes",
        "pause 2026-11-20T17:00 2026-11-23T08:00 supplement stops",
        "waits 2026-11-20T17:00 2026-11-23T08:00 2026-11-23T08:30",
        "open_time 2026-11-20 waited ['17:00-17:30'] 30 30",
        "day 2026-11-21 skipped",
        "day 2026-11-22 skipped",
        "open_time 2026-11-23 waited ['07:30-08:00'] 30 60",
        "moved 60 minute",
        "open_time 2026-11-23 counted ['08:30-09:30'] 60 60",
        "stands 2026-11-23T09:30 minutes",
        "due 2026-11-23T09:30",
    ]
    assert told(at_noon, "moved") == ["moved 0 minute"]


def test_pauses_are_told_merged_cut_and_passed_over_with_their_reason() -> None:
    found = proof(
        "2026-11-16T12:00",
        2,
        WORKING_DAY,
        "2026-11-16T08:00/2026-11-16T09:00;2026-11-16T10:00/2026-11-17T08:00;"
        "2026-11-17T08:00/2026-11-17T12:00;2026-11-18T08:00/2026-11-18T08:00;"
        "2026-11-30T08:00/2026-11-30T10:00;2026-12-01T08:00/2026-12-01T10:00",
    )

    assert told(found, "pause", "merged", "cut", "passed_over", "waits") == [
        "pause 2026-11-16T08:00 2026-11-16T09:00 supplement stops",
        "pause 2026-11-16T10:00 2026-11-17T08:00 supplement stops",
        "pause 2026-11-17T08:00 2026-11-17T12:00 supplement stops",
        "pause 2026-11-18T08:00 2026-11-18T08:00 supplement empty",
        "pause 2026-11-30T08:00 2026-11-30T10:00 supplement stops",
        "pause 2026-12-01T08:00 2026-12-01T10:00 supplement stops",
        "merged 2026-11-16T10:00 2026-11-17T12:00 2",
        "passed_over 2026-11-16T08:00 2026-11-16T09:00 before_count",
        "cut 2026-11-16T10:00 2026-11-17T12:00 2026-11-16T13:30",
        "waits 2026-11-16T13:30 2026-11-17T12:00 2026-11-18T17:30",
        "passed_over 2026-11-30T08:00 2026-11-30T10:00 after_due",
        "passed_over 2026-12-01T08:00 2026-12-01T10:00 after_due",
    ]


def test_a_running_pause_leaves_no_due_moment_but_what_would_hold_if_it_ended_now() -> None:
    found = proof("2026-11-16T09:00", 2, WORKING_DAY, "2026-11-17T10:00/", now="2026-11-18T10:00")
    without = proof("2026-11-16T09:00", 2, WORKING_DAY, "2026-11-17T10:00/")

    assert told(found)[8:] == [
        "pause 2026-11-17T10:00 supplement stops",
        "waits 2026-11-17T10:00 2026-11-18T17:30",
        "if_resumed 2026-11-18T10:00",
        "pause 2026-11-17T10:00 2026-11-18T10:00 supplement stops",
        "waits 2026-11-17T10:00 2026-11-18T10:00 2026-11-18T17:30",
        "day 2026-11-18 waited 1",
        "moved 1 working_day",
        "day 2026-11-19 counted 3",
        "stands 2026-11-19T17:30 close",
        "due 2026-11-19T17:30",
    ]
    assert told(without)[-1] == "due"


def test_a_supplement_that_restarts_lets_the_count_begin_anew_when_complete() -> None:
    found = proof(
        "2026-11-16T09:00",
        2,
        WORKING_DAY,
        "2026-11-15T09:00/2026-11-15T10:00;2026-11-17T10:00/2026-11-18T18:00;"
        "2026-11-30T10:00/2026-12-01T10:00",
        supplement=Supplement.RESTARTS,
    )

    assert told(found, "pause", "passed_over", "restarted", "effective", "stands") == [
        "effective 2026-11-16T09:00 open",
        "stands 2026-11-18T17:30 close",
        "pause 2026-11-15T09:00 2026-11-15T10:00 supplement restarts",
        "pause 2026-11-17T10:00 2026-11-18T18:00 supplement restarts",
        "pause 2026-11-30T10:00 2026-12-01T10:00 supplement restarts",
        "passed_over 2026-11-15T09:00 2026-11-15T10:00 before_count",
        "restarted 2026-11-17T10:00 2026-11-18T18:00",
        "effective 2026-11-19T07:30 after_hours",
        "stands 2026-11-23T17:30 close",
        "passed_over 2026-11-30T10:00 2026-12-01T10:00 after_due",
    ]


def test_a_supplement_that_restarts_and_still_runs_leaves_no_due_moment() -> None:
    found = proof(
        "2026-11-16T09:00", 2, WORKING_DAY, "2026-11-17T10:00/", supplement=Supplement.RESTARTS
    )

    assert told(found)[-2:] == ["waits 2026-11-17T10:00 2026-11-18T17:30", "due"]


def test_an_obligation_stops_the_clock_until_a_supplement_lets_it_restart() -> None:
    asked = Question(
        from_iso_minute("2026-11-16T09:00"),
        Limit(2, WORKING_DAY),
        ClockRules(supplement=Supplement.RESTARTS),
        (
            Pause(from_iso_minute("2026-11-16T10:00"), None, PauseKind.OBLIGATION),
            Pause(from_iso_minute("2026-11-17T10:00"), None, PauseKind.SUPPLEMENT),
        ),
    )

    assert told(prove(asked, calendar()))[-1] == "due"


def test_a_supplement_may_leave_the_count_alone() -> None:
    found = proof(
        "2026-11-16T09:00",
        2,
        WORKING_DAY,
        "2026-11-17T10:00/2026-11-18T10:00",
        supplement=Supplement.GOES_ON,
    )

    assert told(found)[-2:] == [
        "pause 2026-11-17T10:00 2026-11-18T10:00 supplement goes_on",
        "due 2026-11-18T17:30",
    ]


@pytest.mark.parametrize(
    ("unit", "appointed", "moved"),
    [
        (WORKING_DAY, "2026-11-25T17:30", "2026-11-26T17:30 close"),
        (WORKING_DAY, "2026-11-25T10:00", "2026-11-26T10:00 same_time"),
        (CALENDAR_DAY, "2026-11-25T10:00", "2026-11-26T10:00 same_time"),
        (WORKING_HOUR, "2026-11-25T10:00", "2026-11-26T08:00 minutes"),  # 4 + 2 open hours
        (MONTH, "2026-11-28T10:00", "2026-11-30T10:00 same_time"),
    ],
)
def test_an_extension_stands_and_only_later_pauses_move_it(
    unit: LimitUnit, appointed: str, moved: str
) -> None:
    found = proof(
        "2026-11-16T09:00",
        2,
        unit,
        "2026-11-16T11:00/2026-11-17T11:00;2026-11-18T13:30/2026-11-19T09:30",
        extension=("2026-11-17T15:00", appointed),
    )

    lines = told(found, "extended", "stands", "passed_over")
    assert lines[1:3] == [
        f"extended 2026-11-17T15:00 {appointed}",
        f"stands {appointed} appointed",
    ]
    assert "passed_over 2026-11-16T11:00 2026-11-17T11:00 before_extension" in lines
    assert lines[-1] == f"stands {moved}"


def test_a_pause_that_begins_at_the_due_moment_moves_nothing() -> None:
    found = proof("2026-11-16T09:00", 2, WORKING_DAY, "2026-11-18T17:30/2026-11-20T09:00")
    restarts = proof(
        "2026-11-16T09:00",
        2,
        WORKING_DAY,
        "2026-11-18T17:30/2026-11-20T09:00",
        supplement=Supplement.RESTARTS,
    )

    for one in (found, restarts):
        assert told(one)[-2:] == [
            "passed_over 2026-11-18T17:30 2026-11-20T09:00 after_due",
            "due 2026-11-18T17:30",
        ]


def test_working_hours_may_be_appointed_anew_for_a_day_the_calendar_does_not_know() -> None:
    found = proof(
        "2026-11-16T09:00",
        2,
        WORKING_HOUR,
        extension=("2026-11-16T10:00", "2028-01-03T09:00"),
    )

    assert told(found)[-1] == "due 2028-01-03T09:00"
    assert verify(text_of(found)).difference is None
