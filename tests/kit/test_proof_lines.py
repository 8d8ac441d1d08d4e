"""What a proof says, line by line, on weeks that everybody can look up."""

from typing import Any

import pytest

from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, Level, week
from motcua.kit.clock import (
    Appointment,
    ClockRules,
    Extension,
    Limit,
    LimitUnit,
    Pause,
    PauseKind,
    StepLimit,
    StepUnit,
    Supplement,
)
from motcua.kit.moments import from_iso_day, from_iso_minute
from motcua.kit.proof import Proof, Question, prove
from motcua.kit.proof.paper import line_of
from tests.kit.given import pause

SAME_DAY, WORKING_DAY, WORKING_HOUR, CALENDAR_DAY, MONTH = LimitUnit
DAY_OF_CULTURE = DayEntry(
    from_iso_day("2026-11-24"),
    DayKind.HOLIDAY,
    name="Ngày Văn hóa Việt Nam",
    source="test",
    legal_basis="Nghị quyết 28/2026/QH16",
)
STORM = DayEntry(
    from_iso_day("2026-11-25"),
    DayKind.CLOSURE,
    spans=((810, 1050),),
    name="Bão",
    level=Level.COMMUNE,
    legal_basis="Công điện 01",
)
MADE_UP = DayEntry(
    from_iso_day("2026-11-28"),
    DayKind.SWAP_WORK,
    name="Làm bù",
    counterpart=from_iso_day("2026-11-27"),
)
SATURDAYS = Hours(week((), saturday=((450, 690),)), legal_basis="Quyết định 5", source="tỉnh")


def calendar(*entries: DayEntry, service: tuple[Hours, ...] = ()) -> Calendar:
    return Calendar.build(
        first=from_iso_day("2026-01-01"),
        last=from_iso_day("2027-12-31"),
        entries=[DAY_OF_CULTURE, *entries],
        service=service,
        decided_until=from_iso_day("2026-12-31"),
    )


def proof(
    received: str,
    number: int,
    unit: LimitUnit,
    pauses: str = "",
    *,
    on: Calendar | None = None,
    extension: tuple[str, str] | None = None,
    now: str = "",
    **rules: Any,
) -> Proof:
    granted = extension and Extension(*(from_iso_minute(one) for one in extension))
    asked = Question(
        from_iso_minute(received),
        Limit(number, unit),
        ClockRules(**rules),
        tuple(pause(text) for text in pauses.split(";") if text),
        granted or None,
        from_iso_minute(now) if now else None,
    )
    return prove(asked, on or calendar())


def told(found: Proof, *kinds: str) -> list[str]:
    """The lines of these kinds, short: kind and what matters, without reasons."""
    shown = []
    for line in found.lines:
        record = {k: v for k, v in line_of(line).items() if k not in ("because", "is_decided")}
        kind = record.pop("kind")
        if not kinds or kind in kinds:
            shown.append(" ".join([kind, *(str(v) for v in record.values() if v is not None)]))
    return shown


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
