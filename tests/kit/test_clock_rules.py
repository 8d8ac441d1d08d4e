"""What differs by place: appointment, cut-off, zone, supplement, extension, service hours."""

import pytest

from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, week
from motcua.kit.clock import (
    Appointment,
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
    acceptance_due,
    due_of,
    step_due,
    warn_days,
)
from motcua.kit.moments import date_of, from_iso_day, from_iso_minute, iso_minute
from tests.kit.given import due, pause

SAME_DAY, WORKING_DAY, WORKING_HOUR, CALENDAR_DAY, MONTH = LimitUnit
FIRST, LAST = from_iso_day("2026-01-01"), from_iso_day("2027-12-31")
NOVEMBER_2 = "2026-11-02T09:00"  # a Monday


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """Plain weeks without holidays."""
    return Calendar.build(first=FIRST, last=LAST)


def asked(
    calendar: Calendar,
    *,
    number: int = 5,
    unit: LimitUnit = WORKING_DAY,
    pauses: tuple[Pause, ...] = (),
    rules: ClockRules | None = None,
    extension: Extension | None = None,
    now: str | None = None,
) -> Due:
    """The answer for a receipt on Monday 2 November, 09:00."""
    return due_of(
        received_at=from_iso_minute(NOVEMBER_2),
        limit=Limit(number, unit),
        calendar=calendar,
        pauses=pauses,
        rules=rules or ClockRules(),
        extension=extension,
        now=None if now is None else from_iso_minute(now),
    )


def due_text(found: Due) -> str | None:
    return None if found.due_at is None else iso_minute(found.due_at)


@pytest.mark.parametrize(
    ("received", "appointment", "expected"),
    [
        ("2026-11-02T09:10", Appointment.CLOSE, "2026-11-03T17:30"),
        ("2026-11-02T09:10", Appointment.SAME_TIME, "2026-11-03T09:10"),
        ("2026-11-02T20:00", Appointment.SAME_TIME, "2026-11-04T07:30"),
        ("2026-11-06T15:00", Appointment.SAME_TIME, "2026-11-09T07:30"),  # Saturday closed by then
        ("2026-11-02T09:10", Appointment.HALF_DAY, "2026-11-03T11:30"),
        ("2026-11-02T15:10", Appointment.HALF_DAY, "2026-11-03T17:30"),
        ("2026-11-06T15:00", Appointment.HALF_DAY, "2026-11-07T11:30"),
        ("2026-11-02T09:10", Appointment.FIXED_HOUR, "2026-11-03T16:30"),
    ],
)
def test_the_appointment_rule_says_at_which_moment_of_the_last_day_a_limit_ends(
    received: str, appointment: Appointment, expected: str
) -> None:
    office = ((450, 690), (810, 1050))
    half_saturdays = Hours(week(office, saturday=((450, 690),)))
    calendar = Calendar.build(first=FIRST, last=LAST, hours=[half_saturdays])
    rules = ClockRules(appointment=appointment, fixed_hour=16 * 60 + 30)

    assert due(received, 1, WORKING_DAY, calendar=calendar, rules=rules) == expected


@pytest.mark.parametrize("appointment", Appointment)
def test_the_appointment_rule_leaves_same_day_and_working_hours_alone(
    calendar: Calendar, appointment: Appointment
) -> None:
    rules = ClockRules(appointment=appointment)

    same_day = due(NOVEMBER_2, 0, SAME_DAY, calendar=calendar, rules=rules)
    hours = due(NOVEMBER_2, 2, WORKING_HOUR, calendar=calendar, rules=rules)

    assert (same_day, hours) == ("2026-11-02T17:30", "2026-11-02T11:00")


def test_from_the_cut_off_on_a_limit_counts_from_the_next_working_day(calendar: Calendar) -> None:
    rules = ClockRules(cut_off=16 * 60)

    before = due("2026-11-02T15:59", 1, WORKING_DAY, calendar=calendar, rules=rules)
    after = due("2026-11-02T16:00", 1, WORKING_DAY, calendar=calendar, rules=rules)
    hours = due("2026-11-06T16:00", 1, WORKING_HOUR, calendar=calendar, rules=rules)
    same_day = due("2026-11-02T14:00", 0, SAME_DAY, calendar=calendar, rules=rules)

    assert (before, after) == ("2026-11-03T17:30", "2026-11-04T17:30")
    assert (hours, same_day) == ("2026-11-09T08:30", "2026-11-02T17:30")


def test_a_remote_zone_adds_days_of_the_same_unit(calendar: Calendar) -> None:
    limit = Limit(10, WORKING_DAY, zone_extra=10)

    found = due_of(received_at=from_iso_minute(NOVEMBER_2), limit=limit, calendar=calendar)

    assert due_text(found) == "2026-11-30T17:30"


def test_hours_that_fill_whole_days_are_days_only_where_the_rule_is_on(calendar: Calendar) -> None:
    on = ClockRules(hours_are_days=True)

    assert due(NOVEMBER_2, 16, WORKING_HOUR, calendar=calendar) == "2026-11-04T09:00"
    assert due(NOVEMBER_2, 16, WORKING_HOUR, calendar=calendar, rules=on) == "2026-11-04T17:30"
    assert due(NOVEMBER_2, 12, WORKING_HOUR, calendar=calendar, rules=on) == "2026-11-03T15:00"
    assert due(NOVEMBER_2, 2, WORKING_DAY, calendar=calendar, rules=on) == "2026-11-04T17:30"


SERVED_SATURDAY = Hours(week((), saturday=((450, 690),)))


@pytest.mark.parametrize(
    ("received", "number", "unit", "expected"),
    [
        ("2026-11-14T09:00", 1, WORKING_DAY, "2026-11-16T17:30"),  # day 0 is Saturday
        ("2026-11-14T13:00", 1, WORKING_DAY, "2026-11-17T17:30"),  # the counter had closed
        ("2026-11-14T09:00", 0, SAME_DAY, "2026-11-16T17:30"),
        ("2026-11-14T09:00", 3, CALENDAR_DAY, "2026-11-17T17:30"),
        ("2026-11-14T09:00", 1, WORKING_HOUR, "2026-11-16T08:30"),
    ],
)
def test_a_receipt_in_service_hours_makes_its_own_day_day_0_though_that_is_not_counted(
    received: str, number: int, unit: LimitUnit, expected: str
) -> None:
    calendar = Calendar.build(first=FIRST, last=LAST, service=[SERVED_SATURDAY])

    assert due(received, number, unit, calendar=calendar) == expected


def test_a_same_day_receipt_served_after_the_close_is_due_on_the_next_working_day() -> None:
    day = from_iso_day("2026-11-14")
    worked = DayEntry(day, DayKind.WORKED, ((450, 690),))
    served = DayEntry(day, DayKind.SERVED, ((690, 1050),))
    calendar = Calendar.build(first=FIRST, last=LAST, entries=[worked, served])

    assert due("2026-11-14T11:00", 0, SAME_DAY, calendar=calendar) == "2026-11-14T11:30"
    assert due("2026-11-14T13:00", 0, SAME_DAY, calendar=calendar) == "2026-11-16T17:30"


def test_a_closure_of_part_of_a_day_brings_its_close_forward() -> None:
    closed = DayEntry(from_iso_day("2026-11-05"), DayKind.CLOSURE, ((810, 1050),), name="Bão")
    calendar = Calendar.build(first=FIRST, last=LAST, entries=[closed])

    assert due("2026-11-04T09:00", 1, WORKING_DAY, calendar=calendar) == "2026-11-05T11:30"
    assert due("2026-11-05T11:00", 1, WORKING_HOUR, calendar=calendar) == "2026-11-06T08:00"


ASKED = pause("2026-11-04T10:00/2026-11-06T15:00")


@pytest.mark.parametrize(
    ("supplement", "expected"),
    [
        (Supplement.PAUSES, "2026-11-11T17:30"),
        (Supplement.RESTARTS, "2026-11-13T17:30"),  # five days after Friday 6
        (Supplement.GOES_ON, "2026-11-09T17:30"),
    ],
)
def test_a_supplement_pauses_restarts_or_leaves_the_count(
    calendar: Calendar, supplement: Supplement, expected: str
) -> None:
    found = asked(calendar, pauses=(ASKED,), rules=ClockRules(supplement=supplement))

    assert due_text(found) == expected
    assert iso_minute(found.original_due_at) == "2026-11-09T17:30"


def test_a_financial_obligation_pauses_whatever_the_supplement_rule_says(
    calendar: Calendar,
) -> None:
    owed = ASKED._replace(kind=PauseKind.OBLIGATION)
    expected = "2026-11-11T17:30"

    for supplement in Supplement:
        rules = ClockRules(supplement=supplement)
        assert due_text(asked(calendar, pauses=(owed,), rules=rules)) == expected


RESTARTS = ClockRules(supplement=Supplement.RESTARTS)


def test_a_supplement_asked_after_the_due_moment_restarts_nothing(calendar: Calendar) -> None:
    late = pause("2026-11-09T17:30/2026-11-12T09:00")

    assert due_text(asked(calendar, pauses=(late,), rules=RESTARTS)) == "2026-11-09T17:30"


def test_an_obligation_that_lasts_beyond_a_restart_still_pauses_from_there(
    calendar: Calendar,
) -> None:
    owed = pause("2026-11-05T09:00/2026-11-10T09:00")._replace(kind=PauseKind.OBLIGATION)

    found = asked(calendar, pauses=(ASKED, owed), rules=RESTARTS)

    assert due_text(found) == "2026-11-17T17:30"  # five days after Friday 6, and two


def test_a_supplement_that_ended_before_the_count_restarts_nothing(calendar: Calendar) -> None:
    early = pause("2026-10-26T09:00/2026-10-30T09:00")

    assert due_text(asked(calendar, pauses=(early,), rules=RESTARTS)) == "2026-11-09T17:30"


def test_while_a_pause_runs_there_is_a_projection_but_no_due_moment(calendar: Calendar) -> None:
    running = (pause("2026-11-04T10:00/"),)

    unknown = asked(calendar, pauses=running)
    paused = asked(calendar, pauses=running, now="2026-11-06T15:00")
    restarted = asked(calendar, pauses=running, rules=RESTARTS, now="2026-11-06T15:00")

    assert (unknown.due_at, unknown.projected_at) == (None, None)
    assert asked(calendar, pauses=running, rules=RESTARTS).projected_at is None
    assert (paused.due_at, restarted.due_at) == (None, None)
    assert iso_minute(paused.projected_at or 0) == "2026-11-11T17:30"
    assert iso_minute(restarted.projected_at or 0) == "2026-11-13T17:30"


def test_a_projection_waits_for_an_obligation_that_runs_beside_the_supplement(
    calendar: Calendar,
) -> None:
    running = pause("2026-11-04T10:00/")
    owed = running._replace(kind=PauseKind.OBLIGATION)

    found = asked(calendar, pauses=(running, owed), rules=RESTARTS, now="2026-11-06T15:00")

    assert found.due_at is None
    assert iso_minute(found.projected_at or 0) == "2026-11-13T17:30"


def granted(at: str, until: str) -> Extension:
    return Extension(from_iso_minute(at), from_iso_minute(until))


@pytest.mark.parametrize(
    ("unit", "pauses", "expected"),
    [
        (WORKING_DAY, "", "2026-11-20T17:30"),
        (WORKING_DAY, "2026-11-04T10:00/2026-11-06T15:00", "2026-11-20T17:30"),  # earlier
        (WORKING_DAY, "2026-11-16T10:00/2026-11-18T15:00", "2026-11-24T17:30"),  # later: two days
        (WORKING_DAY, "2026-11-04T10:00/2026-11-11T15:00", "2026-11-24T17:30"),  # from the grant
        (CALENDAR_DAY, "2026-11-16T10:00/2026-11-18T15:00", "2026-11-23T17:30"),  # 22 is Sunday
        (MONTH, "2026-11-16T10:00/2026-11-19T15:00", "2026-11-23T17:30"),
        (SAME_DAY, "2026-11-16T10:00/2026-11-18T15:00", "2026-11-24T17:30"),
        (WORKING_HOUR, "2026-11-16T10:00/2026-11-16T14:00", "2026-11-23T09:30"),  # two hours more
    ],
)
def test_an_extension_is_a_new_fixed_moment_that_only_later_pauses_move(
    calendar: Calendar, unit: LimitUnit, pauses: str, expected: str
) -> None:
    extension = granted("2026-11-09T09:00", "2026-11-20T17:30")
    waits = tuple(pause(text) for text in pauses.split(";") if text)

    found = asked(calendar, unit=unit, pauses=waits, extension=extension)

    assert due_text(found) == expected


def test_only_a_supplement_completed_after_the_grant_restarts_and_ends_an_extension(
    calendar: Calendar,
) -> None:
    extension = granted("2026-11-06T15:00", "2026-11-20T17:30")
    later = pause("2026-11-04T10:00/2026-11-06T15:01")

    kept = asked(calendar, pauses=(ASKED,), rules=RESTARTS, extension=extension)
    ended = asked(calendar, pauses=(later,), rules=RESTARTS, extension=extension)

    assert due_text(kept) == "2026-11-20T17:30"
    assert due_text(ended) == "2026-11-13T17:30"


def test_an_extension_to_a_clock_time_keeps_it_when_it_moves(calendar: Calendar) -> None:
    extension = granted("2026-11-09T09:00", "2026-11-20T10:00")
    weekend = granted("2026-11-09T09:00", "2026-11-21T10:00")
    waits = (pause("2026-11-16T10:00/2026-11-18T15:00"),)

    assert due_text(asked(calendar, pauses=waits, extension=extension)) == "2026-11-24T10:00"
    assert due_text(asked(calendar, pauses=waits, extension=weekend)) == "2026-11-24T10:00"
    assert due_text(asked(calendar, extension=weekend)) == "2026-11-21T10:00"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1, StepUnit.HALF_DAY, "2026-11-02T15:00"),  # four hours from 09:00
        (1, StepUnit.QUARTER_DAY, "2026-11-02T11:00"),
        (3, StepUnit.QUARTER_DAY, "2026-11-02T17:00"),
        (2, StepUnit.HALF_DAY, "2026-11-03T09:00"),
        (1, StepUnit.WORKING_DAY, "2026-11-03T17:30"),
        (0, StepUnit.SAME_DAY, "2026-11-02T17:30"),
        (2, StepUnit.WORKING_HOUR, "2026-11-02T11:00"),
    ],
)
def test_a_step_may_take_parts_of_the_open_minutes_of_a_working_day(
    calendar: Calendar, value: int, unit: StepUnit, expected: str
) -> None:
    started_at = from_iso_minute(NOVEMBER_2)

    found = step_due(started_at=started_at, limit=StepLimit(value, unit), calendar=calendar)

    assert due_text(found) == expected


def test_an_online_filing_is_accepted_within_8_working_hours(calendar: Calendar) -> None:
    filed_at = from_iso_minute("2026-11-06T22:15")  # Friday night

    assert (
        iso_minute(acceptance_due(filed_at=filed_at, calendar=calendar, hours=8))
        == "2026-11-09T17:30"
    )
    shorter = acceptance_due(filed_at=filed_at, calendar=calendar, hours=2)
    assert iso_minute(shorter) == "2026-11-09T09:30"


def test_warn_days_are_those_at_whose_end_1_3_and_5_working_days_remain(
    calendar: Calendar,
) -> None:
    friday = from_iso_minute("2026-11-13T17:30")
    sunday = from_iso_minute("2026-11-15T10:00")
    first = from_iso_minute("2026-01-02T17:30")

    for due_at in (friday, sunday):
        days = [date_of(day).isoformat() for day in warn_days(due_at, calendar)]
        assert days == ["2026-11-12", "2026-11-10", "2026-11-06"]
    assert warn_days(first, calendar) == (FIRST, FIRST, FIRST)
