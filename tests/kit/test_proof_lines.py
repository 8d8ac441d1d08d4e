"""What a proof says, line by line, on weeks that everybody can look up."""

import pytest

from motcua.kit.calendar import DayEntry, DayKind
from motcua.kit.clock import (
    Appointment,
    StepLimit,
    StepUnit,
)
from motcua.kit.moments import from_iso_day, from_iso_minute
from motcua.kit.proof import Question, prove
from motcua.kit.proof.paper import line_of
from tests.kit.given_proofs import (
    CALENDAR_DAY,
    MADE_UP,
    MONTH,
    SAME_DAY,
    SATURDAYS,
    STORM,
    WORKING_DAY,
    WORKING_HOUR,
    calendar,
    proof,
    told,
)


def test_a_limit_in_working_days_is_counted_day_by_day_to_the_close_of_the_last() -> None:
    found = proof("2026-11-23T16:20", 2, WORKING_DAY)

    assert told(found) == [
        "received 2026-11-23T16:20",
        "limit 2 0 working_day",
        "mode supplement pauses",
        "mode appointment close",
        "effective 2026-11-23T16:20 open",
        "day 2026-11-24 skipped",
        "day 2026-11-25 counted 1",
        "day 2026-11-26 counted 2",
        "stands 2026-11-26T17:30 close",
        "due 2026-11-26T17:30",
    ]


def test_a_due_moment_earlier_than_the_usual_close_says_what_closes_the_rest_of_its_day() -> None:
    found = proof("2026-11-23T16:20", 2, CALENDAR_DAY, on=calendar(STORM))

    [stands] = [line_of(line) for line in found.lines if line.kind == "stands"]

    assert stands["due_at"] == "2026-11-25T11:30"
    assert [one["name"] for one in stands["because"]] == ["Bão"]


def test_a_day_says_who_closes_it_at_which_level_and_on_what_legal_basis() -> None:
    found = proof("2026-11-23T16:20", 4, WORKING_DAY, on=calendar(STORM, MADE_UP))

    days = {
        record["day_on"]: record for line in found.lines if "day_on" in (record := line_of(line))
    }

    assert days["2026-11-24"]["because"] == [
        {
            "kind": "holiday",
            "name": "Ngày Văn hóa Việt Nam",
            "level": "nation",
            "source": "test",
            "legal_basis": "Nghị quyết 28/2026/QH16",
        }
    ]
    assert [one["kind"] for one in days["2026-11-25"]["because"]] == ["hours", "closure"]
    assert days["2026-11-25"]["because"][1]["level"] == "commune"
    assert [one["kind"] for one in days["2026-11-28"]["because"]] == ["swap_work"]


def test_days_beyond_the_decided_years_are_marked() -> None:
    found = proof("2026-12-30T09:00", 2, WORKING_DAY)

    marks = [line_of(line)["is_decided"] for line in found.lines if line.kind == "day"]

    assert marks == [True, False]


@pytest.mark.parametrize(
    ("received", "effective"),
    [
        ("2026-11-16T07:00", "effective 2026-11-16T07:30 before_hours"),
        ("2026-11-16T11:30", "effective 2026-11-16T13:30 between_hours"),
        ("2026-11-16T17:30", "effective 2026-11-17T07:30 after_hours"),
        ("2026-11-15T09:00", "effective 2026-11-16T07:30 closed_day"),
        ("2026-11-14T09:00", "effective 2026-11-14T09:00 service"),
    ],
)
def test_the_effective_receipt_says_why_it_is_not_the_receipt(
    received: str, effective: str
) -> None:
    found = proof(received, 1, WORKING_DAY, on=calendar(service=(SATURDAYS,)))

    assert effective in told(found, "effective")


def test_closed_days_before_the_count_begins_are_listed() -> None:
    found = proof("2026-11-20T18:00", 1, WORKING_DAY)

    assert told(found, "effective", "day") == [
        "day 2026-11-21 skipped",
        "day 2026-11-22 skipped",
        "effective 2026-11-23T07:30 after_hours",
        "day 2026-11-24 skipped",
        "day 2026-11-25 counted 1",
    ]


def test_a_served_day_names_the_decision_that_opens_the_counter() -> None:
    decided = DayEntry(from_iso_day("2026-11-15"), DayKind.SERVED, spans=((450, 690),), name="Trực")
    on = calendar(decided, service=(SATURDAYS,))

    weekly = proof("2026-11-14T09:00", 1, WORKING_DAY, on=on)
    for_the_day = proof("2026-11-15T09:00", 1, WORKING_DAY, on=on)

    reasons = [
        line_of(next(one for one in found.lines if one.kind == "effective"))["because"][0]
        for found in (weekly, for_the_day)
    ]
    assert [(one["kind"], one["name"], one["legal_basis"]) for one in reasons] == [
        ("service", "", "Quyết định 5"),
        ("served", "Trực", ""),
    ]


def test_from_the_cut_off_on_the_count_begins_at_the_next_opening() -> None:
    found = proof("2026-11-16T15:30", 1, WORKING_DAY, cut_off=900)

    assert told(found, "mode", "effective") == [
        "mode supplement pauses",
        "mode appointment close",
        "mode cut_off  15:00",
        "effective 2026-11-16T15:30 open",
        "effective 2026-11-17T07:30 cut_off",
    ]


def test_working_hours_are_counted_in_open_minutes_of_each_day() -> None:
    found = proof("2026-11-20T16:30", 3, WORKING_HOUR)

    assert told(found, "open_time", "day", "stands") == [
        "open_time 2026-11-20 counted ['16:30-17:30'] 60 60",
        "day 2026-11-21 skipped",
        "day 2026-11-22 skipped",
        "open_time 2026-11-23 counted ['07:30-09:30'] 120 180",
        "stands 2026-11-23T09:30 minutes",
    ]


def test_hours_that_fill_whole_days_say_that_they_are_days() -> None:
    found = proof("2026-11-16T09:00", 16, WORKING_HOUR, hours_are_days=True)
    rest = proof("2026-11-16T09:00", 4, WORKING_HOUR, hours_are_days=True)

    assert "hours_as_days 16 480 2" in told(found)
    assert told(rest, "hours_as_days", "mode") == ["mode supplement pauses"]


def test_half_days_of_a_step_say_how_many_minutes_they_are() -> None:
    step = StepLimit(1, StepUnit.HALF_DAY)

    found = prove(Question(from_iso_minute("2026-11-16T09:00"), step), calendar())

    assert "parts_as_minutes 1 2 480 240" in told(found)
    assert told(found)[-1] == "due 2026-11-16T15:00"


def test_a_month_is_unrolled_clamped_to_its_last_day_and_rolled() -> None:
    found = proof("2026-10-30T09:00", 4, MONTH)
    plain = proof("2026-10-30T09:00", 1, MONTH)

    assert told(found, "unrolled", "day", "rolled", "stands") == [
        "unrolled 2026-10-30 4 month 2027-02-28 True",
        "day 2027-02-28 skipped",
        "rolled 2027-03-01",
        "stands 2027-03-01T17:30 close",
    ]
    assert "unrolled 2026-10-30 1 month 2026-11-30 False" in told(plain)


@pytest.mark.parametrize(
    ("appointment", "stands"),
    [
        (Appointment.SAME_TIME, "stands 2026-11-17T09:10 same_time"),
        (Appointment.HALF_DAY, "stands 2026-11-17T11:30 half_day"),
        (Appointment.FIXED_HOUR, "stands 2026-11-17T17:00 fixed_hour"),
    ],
)
def test_the_line_of_the_end_says_by_which_mode_it_was_placed(
    appointment: Appointment, stands: str
) -> None:
    found = proof("2026-11-16T09:10", 1, WORKING_DAY, appointment=appointment)

    assert told(found, "stands") == [stands]


@pytest.mark.parametrize(
    ("received", "same_day"),
    [
        ("2026-11-16T14:59", "same_day 2026-11-16 False"),
        ("2026-11-16T15:00", "same_day 2026-11-17 True"),
        ("2026-11-14T09:00", "same_day 2026-11-16 True"),
    ],
)
def test_a_same_day_limit_says_which_day_that_is(received: str, same_day: str) -> None:
    found = proof(received, 0, SAME_DAY, on=calendar(service=(SATURDAYS,)))

    assert same_day in told(found)
    assert "mode same_day_cut_off  15:00" in told(found)
