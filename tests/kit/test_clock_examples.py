"""Due moments worked by hand on the decided calendars of 2021–2027."""

import pytest

from motcua.kit.calendar import Calendar
from motcua.kit.clock import LimitUnit
from tests.kit.given import due, national

SAME_DAY, WORKING_DAY, WORKING_HOUR, CALENDAR_DAY, MONTH = LimitUnit


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """The nation's calendar."""
    return national()


@pytest.mark.parametrize(
    ("received", "number", "unit", "expected"),
    [
        # Swaps of 2026: Friday 2 January off, Saturday 10 January worked.
        ("2025-12-31T09:00", 3, WORKING_DAY, "2026-01-07T17:30"),  # 5, 6, 7
        ("2026-01-05T10:00", 5, WORKING_DAY, "2026-01-10T17:30"),  # 6, 7, 8, 9, Sat 10
        ("2026-01-02T09:00", 1, WORKING_DAY, "2026-01-06T17:30"),  # from Mon 5
        ("2026-01-10T08:00", 0, SAME_DAY, "2026-01-10T17:30"),
        ("2026-01-10T16:00", 0, SAME_DAY, "2026-01-12T17:30"),
        # Swap of 2024: Monday 29 April off, Saturday 4 May worked.
        ("2024-04-26T14:00", 3, WORKING_DAY, "2024-05-04T17:30"),  # Thu 2, Fri 3, Sat 4
        ("2024-05-04T08:00", 1, WORKING_DAY, "2024-05-06T17:30"),
        # Swap of 2025: Saturday 26 April worked, Friday 2 May off.
        ("2025-04-25T08:00", 2, WORKING_DAY, "2025-04-28T17:30"),  # Sat 26, Mon 28
        ("2025-04-25T08:00", 5, CALENDAR_DAY, "2025-05-05T17:30"),  # 30 April to 4 May off
        # Swap of 2026: Saturday 22 August worked, Monday 31 August off.
        ("2026-08-21T16:30", 8, WORKING_HOUR, "2026-08-22T16:30"),  # 1 h Friday, 4 h and 3 h
        ("2026-08-28T09:00", 2, WORKING_DAY, "2026-09-04T17:30"),  # Thu 3, Fri 4
        # 24 November is a holiday from 2026.
        ("2026-11-23T16:20", 10, WORKING_DAY, "2026-12-08T17:30"),
        ("2025-11-24T08:00", 0, SAME_DAY, "2025-11-24T17:30"),
        ("2026-11-24T08:00", 0, SAME_DAY, "2026-11-25T17:30"),
        # Tết.
        ("2021-02-09T10:00", 2, WORKING_DAY, "2021-02-18T17:30"),  # 10–16 February off
        ("2026-02-13T10:00", 3, WORKING_DAY, "2026-02-25T17:30"),  # 23, 24, 25
        ("2026-02-09T10:00", 7, CALENDAR_DAY, "2026-02-23T17:30"),  # 16 February rolls
        ("2026-02-13T16:30", 2, WORKING_HOUR, "2026-02-23T08:30"),
        # Other long weekends.
        ("2022-04-29T15:00", 1, WORKING_DAY, "2022-05-04T17:30"),
        ("2023-04-28T09:00", 1, WORKING_DAY, "2023-05-04T17:30"),
        ("2024-08-30T15:30", 0, SAME_DAY, "2024-09-04T17:30"),
        ("2027-11-23T09:00", 1, WORKING_DAY, "2027-11-25T17:30"),
    ],
)
def test_holidays_and_swaps_count_as_decided(  # noqa: PLR0917
    calendar: Calendar, received: str, number: int, unit: LimitUnit, expected: str
) -> None:
    assert due(received, number, unit, calendar=calendar) == expected


@pytest.mark.parametrize(
    ("received", "number", "unit", "expected"),
    [
        ("2026-11-16T11:29", 1, WORKING_HOUR, "2026-11-16T14:29"),  # the last minute is in
        ("2026-11-16T11:30", 1, WORKING_HOUR, "2026-11-16T14:30"),  # its end is out
        ("2026-11-16T07:30", 4, WORKING_HOUR, "2026-11-16T11:30"),  # an end on a close stays
        ("2026-11-16T13:30", 4, WORKING_HOUR, "2026-11-16T17:30"),
        ("2026-11-16T07:29", 1, WORKING_HOUR, "2026-11-16T08:30"),
        ("2026-11-16T11:30", 1, WORKING_DAY, "2026-11-17T17:30"),
        ("2026-11-16T17:29", 1, WORKING_DAY, "2026-11-17T17:30"),
        ("2026-11-16T17:30", 1, WORKING_DAY, "2026-11-18T17:30"),  # day 0 is Tuesday
        ("2026-11-16T14:59", 0, SAME_DAY, "2026-11-16T17:30"),
        ("2026-11-16T15:00", 0, SAME_DAY, "2026-11-17T17:30"),
        ("2026-11-16T17:30", 0, SAME_DAY, "2026-11-17T17:30"),
        ("2026-11-14T09:00", 2, WORKING_DAY, "2026-11-18T17:30"),  # Saturday: day 0 is Monday
        ("2026-11-15T09:00", 2, WORKING_DAY, "2026-11-18T17:30"),  # Sunday likewise
        ("2026-11-14T16:00", 0, SAME_DAY, "2026-11-16T17:30"),
        ("2026-11-14T09:00", 5, CALENDAR_DAY, "2026-11-23T17:30"),  # 16 + 5 is Saturday 21
    ],
)
def test_a_receipt_counts_from_the_moment_the_office_is_open(  # noqa: PLR0917
    calendar: Calendar, received: str, number: int, unit: LimitUnit, expected: str
) -> None:
    assert due(received, number, unit, calendar=calendar) == expected


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        ("2026-03-31T09:00", 3, "2026-06-30T17:30"),
        ("2026-01-30T09:00", 1, "2026-03-02T17:30"),  # 28 February is a Saturday
        ("2024-01-31T09:00", 1, "2024-02-29T17:30"),  # leap year
        ("2025-03-31T09:00", 1, "2025-05-05T17:30"),  # 30 April is a holiday
        ("2026-12-31T09:00", 1, "2027-02-01T17:30"),  # 31 January is a Sunday
        ("2026-11-16T09:00", 12, "2027-11-16T17:30"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(
    calendar: Calendar, received: str, months: int, expected: str
) -> None:
    assert due(received, months, MONTH, calendar=calendar) == expected


@pytest.mark.parametrize(
    ("received", "number", "unit", "pauses", "expected"),
    [
        # Thursday 5 and Friday 6 are the working days after the first and up to the last day.
        (
            "2026-11-02T09:00",
            5,
            WORKING_DAY,
            "2026-11-04T10:00/2026-11-06T15:00",
            "2026-11-11T17:30",
        ),
        # Within one day a pause moves no date.
        (
            "2026-11-02T09:00",
            5,
            WORKING_DAY,
            "2026-11-04T08:00/2026-11-04T17:00",
            "2026-11-09T17:30",
        ),
        # Over Tết: 13, 23 and 24 February are the working days.
        (
            "2026-02-10T09:00",
            5,
            WORKING_DAY,
            "2026-02-12T10:00/2026-02-24T09:00",
            "2026-02-27T17:30",
        ),
        # The same in calendar days: 15 February and 12 more days.
        (
            "2026-02-10T09:00",
            5,
            CALENDAR_DAY,
            "2026-02-12T10:00/2026-02-24T09:00",
            "2026-02-27T17:30",
        ),
        # Months: 28 February (after the clamp) and 3 days.
        ("2026-01-30T09:00", 1, MONTH, "2026-02-04T10:00/2026-02-07T10:00", "2026-03-03T17:30"),
        # A due moment inside the pause that moved it: Friday 6, though it ends on Sunday 8.
        (
            "2026-11-02T09:00",
            2,
            WORKING_DAY,
            "2026-11-04T16:00/2026-11-08T10:00",
            "2026-11-06T17:30",
        ),
        # Touching pauses are one: alone, the second would begin after the due moment.
        (
            "2026-11-02T09:00",
            1,
            WORKING_DAY,
            "2026-11-03T16:00/2026-11-03T18:00;2026-11-03T18:00/2026-11-05T09:00",
            "2026-11-05T17:30",
        ),
        (
            "2026-11-02T09:00",
            1,
            WORKING_DAY,
            "2026-11-03T18:00/2026-11-05T09:00",
            "2026-11-03T17:30",
        ),
        # Beginning on the due moment is too late, a minute before is not.
        (
            "2026-11-02T09:00",
            1,
            WORKING_DAY,
            "2026-11-03T17:30/2026-11-05T09:00",
            "2026-11-03T17:30",
        ),
        (
            "2026-11-02T09:00",
            1,
            WORKING_DAY,
            "2026-11-03T17:29/2026-11-05T09:00",
            "2026-11-05T17:30",
        ),
        # The first pause moves the due moment so far that the second one counts.
        (
            "2026-11-02T09:00",
            1,
            WORKING_DAY,
            "2026-11-03T09:00/2026-11-05T09:00;2026-11-05T10:00/2026-11-06T09:00",
            "2026-11-06T17:30",
        ),
        # Begun before the effective receipt: cut there, so 3 and 4 November count.
        (
            "2026-11-02T09:00",
            1,
            WORKING_DAY,
            "2026-10-29T09:00/2026-11-04T10:00",
            "2026-11-05T17:30",
        ),
        # Ended by the effective receipt: nothing.
        (
            "2026-11-02T06:00",
            1,
            WORKING_DAY,
            "2026-10-29T09:00/2026-11-02T07:30",
            "2026-11-03T17:30",
        ),
        # Without length: nothing.
        (
            "2026-11-02T09:00",
            1,
            WORKING_DAY,
            "2026-11-03T09:00/2026-11-03T09:00",
            "2026-11-03T17:30",
        ),
        # A same-day dossier moves by working days.
        ("2026-11-02T09:00", 0, SAME_DAY, "2026-11-02T10:00/2026-11-04T09:00", "2026-11-04T17:30"),
        # Open minutes of the pause are not counted.
        (
            "2026-11-16T08:00",
            4,
            WORKING_HOUR,
            "2026-11-16T09:00/2026-11-16T10:00",
            "2026-11-16T15:00",
        ),
        (
            "2026-11-16T08:00",
            4,
            WORKING_HOUR,
            "2026-11-16T11:30/2026-11-16T13:30",
            "2026-11-16T14:00",
        ),
        # An end that meets the start of a pause stays.
        (
            "2026-11-16T08:00",
            4,
            WORKING_HOUR,
            "2026-11-16T14:00/2026-11-16T16:00",
            "2026-11-16T14:00",
        ),
        # A pause that still runs leaves no due moment, unless it began too late to count.
        ("2026-11-02T09:00", 5, WORKING_DAY, "2026-11-04T10:00/", None),
        ("2026-11-02T09:00", 5, WORKING_DAY, "2026-11-09T17:30/", "2026-11-09T17:30"),
        # A pause that runs takes all later ones in.
        (
            "2026-11-02T09:00",
            5,
            WORKING_DAY,
            "2026-11-04T10:00/;2026-11-05T10:00/2026-11-06T10:00",
            None,
        ),
    ],
)
def test_pauses_move_the_due_moment_by_the_rules(  # noqa: PLR0917
    calendar: Calendar,
    received: str,
    number: int,
    unit: LimitUnit,
    pauses: str,
    expected: str | None,
) -> None:
    assert due(received, number, unit, calendar=calendar, pauses=pauses) == expected
