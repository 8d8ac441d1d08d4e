"""Layers of a calendar, reasons of closed days, and what cannot be."""

import pytest

from motcua.kit.calendar import (
    HOURS,
    BeyondCalendar,
    Calendar,
    DayEntry,
    DayKind,
    Hours,
    Level,
    NoUsualDay,
    NoWorkingDays,
    Spans,
    SpanUnclear,
    WorkedDayWithoutHours,
    week,
)
from motcua.kit.moments import from_iso_day, from_iso_minute
from tests.kit.given import DECIDED, national

FIRST, LAST = from_iso_day("2026-01-01"), from_iso_day("2026-12-31")
OFFICE: Spans = ((450, 690), (810, 1050))
MORNING: Spans = ((450, 690),)
MONDAY, THURSDAY, SATURDAY, SUNDAY = map(
    from_iso_day, ("2026-11-02", "2026-11-05", "2026-11-07", "2026-11-08")
)


def built(*entries: DayEntry, hours: tuple[Hours, ...] = ()) -> Calendar:
    return Calendar.build(first=FIRST, last=LAST, hours=hours, entries=entries)


def test_where_nothing_is_said_monday_to_friday_are_open_at_office_hours() -> None:
    calendar = built()

    assert calendar.spans_of(MONDAY) == OFFICE
    assert calendar.spans_of(SATURDAY) == ()
    assert calendar.hours_of(MONDAY) is HOURS
    assert calendar.close_of(MONDAY) == from_iso_minute("2026-11-02T17:30")


def test_a_closed_day_has_no_close() -> None:
    with pytest.raises(KeyError):
        built().close_of(SATURDAY)


def test_a_commune_overrides_a_province_and_a_province_the_nation() -> None:
    nation = DayEntry(THURSDAY, DayKind.HOLIDAY, name="Nghỉ")
    province = DayEntry(THURSDAY, DayKind.WORKED, MORNING, level=Level.PROVINCE)
    commune = DayEntry(THURSDAY, DayKind.HOLIDAY, name="Lễ hội", level=Level.COMMUNE)

    assert built(province, nation).spans_of(THURSDAY) == MORNING
    assert built(commune, province, nation).entry_of(THURSDAY) is commune
    assert built(commune, province, nation).spans_of(THURSDAY) == ()


def test_of_two_voices_of_one_level_the_later_given_holds() -> None:
    off = DayEntry(THURSDAY, DayKind.HOLIDAY)
    worked = DayEntry(THURSDAY, DayKind.WORKED, MORNING)
    short, long = Hours(week(MORNING)), Hours(week(OFFICE))

    assert built(off, worked).spans_of(THURSDAY) == MORNING
    assert built(worked, off).spans_of(THURSDAY) == ()
    assert built(hours=(short, long)).spans_of(THURSDAY) == OFFICE
    assert built(hours=(long, short)).spans_of(THURSDAY) == MORNING


def test_weekday_hours_hold_in_their_period_and_a_later_or_closer_one_overrides() -> None:
    since = Hours(week(MORNING), since=MONDAY)
    until = Hours(week(((480, 720),)), until=MONDAY - 1, level=Level.PROVINCE)
    calendar = built(hours=(since, until))

    assert calendar.spans_of(MONDAY - 3) == ((480, 720),)
    assert calendar.spans_of(MONDAY) == MORNING


def test_a_worked_saturday_takes_the_hours_of_its_counterparts_weekday() -> None:
    hours = Hours((OFFICE, OFFICE, OFFICE, OFFICE, MORNING, (), ()))
    like_monday = DayEntry(SATURDAY, DayKind.SWAP_WORK, counterpart=MONDAY)
    like_friday = DayEntry(SATURDAY, DayKind.SWAP_WORK, counterpart=MONDAY + 4)

    assert built(like_monday, hours=(hours,)).spans_of(SATURDAY) == OFFICE
    assert built(like_friday, hours=(hours,)).spans_of(SATURDAY) == MORNING


def test_a_worked_day_without_hours_is_refused() -> None:
    with pytest.raises(WorkedDayWithoutHours, match="07/11/2026"):
        built(DayEntry(SATURDAY, DayKind.SWAP_WORK))
    with pytest.raises(WorkedDayWithoutHours):
        built(DayEntry(SATURDAY, DayKind.SWAP_WORK, counterpart=SUNDAY))


def test_closures_take_their_part_from_whatever_is_open() -> None:
    storm = DayEntry(THURSDAY, DayKind.CLOSURE, ((600, 900),), level=Level.COMMUNE)
    power = DayEntry(THURSDAY, DayKind.CLOSURE, ((480, 490),))
    worked = DayEntry(THURSDAY, DayKind.WORKED, ((420, 1080),), level=Level.COMMUNE)
    calendar = built(storm, power, worked)

    assert calendar.spans_of(THURSDAY) == ((420, 480), (490, 600), (900, 1080))
    assert calendar.closures_of(THURSDAY) == (power, storm)


def test_a_closure_without_hours_takes_the_whole_day() -> None:
    flood = DayEntry(THURSDAY, DayKind.CLOSURE, name="Lũ", legal_basis="QĐ 12/QĐ-UBND")
    calendar = built(flood)

    assert not calendar.is_working(THURSDAY)
    assert calendar.why_closed(THURSDAY) is flood


def test_a_closed_day_says_why_by_whom_and_on_what_basis() -> None:
    holiday = DayEntry(
        THURSDAY, DayKind.HOLIDAY, name="Lễ", source="decree", legal_basis="Art. 112"
    )
    hours = Hours(week(OFFICE), source="decision", level=Level.PROVINCE, legal_basis="QĐ 1")
    calendar = built(holiday, hours=(hours,))

    assert calendar.why_closed(MONDAY) is None
    assert calendar.why_closed(THURSDAY) is holiday
    rest = calendar.why_closed(SATURDAY)
    assert rest is not None
    assert (rest.kind, rest.source, rest.level, rest.legal_basis) == (
        DayKind.WEEKLY_REST,
        "decision",
        Level.PROVINCE,
        "QĐ 1",
    )


def test_a_day_after_the_decided_years_is_computed_not_decided() -> None:
    calendar = national()

    assert calendar.is_decided(DECIDED)
    assert not calendar.is_decided(DECIDED + 1)
    assert built().is_decided(LAST)


def test_the_decided_days_of_the_nation_keep_their_names_and_sources() -> None:
    calendar = national()
    culture_day, swapped, worked = map(from_iso_day, ("2026-11-24", "2026-01-02", "2026-01-10"))

    reason = calendar.why_closed(culture_day)
    assert reason is not None
    assert (reason.name, reason.level) == ("Ngày Văn hóa Việt Nam", Level.NATION)
    entry = calendar.why_closed(swapped)
    assert entry is not None
    assert (entry.kind, entry.counterpart) == (DayKind.SWAP_OFF, worked)
    assert calendar.spans_of(worked) == OFFICE
    assert calendar.is_working(from_iso_day("2025-11-24"))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-04-29", False),
        ("2024-05-04", True),
        ("2025-04-26", True),
        ("2025-05-02", False),
        ("2026-01-02", False),
        ("2026-01-10", True),
        ("2026-08-22", True),
        ("2026-08-31", False),
        ("2026-11-24", False),
        ("2027-02-05", False),
        ("2027-11-24", False),
    ],
)
def test_swaps_and_holidays_of_the_decrees_are_worked_or_off(day: str, works: bool) -> None:
    assert national().is_working(from_iso_day(day)) is works


def test_working_days_are_added_and_counted_without_the_first_day() -> None:
    calendar = built()

    assert calendar.add_working_days(MONDAY, 1) == MONDAY + 1
    assert calendar.add_working_days(SATURDAY, 1) == SATURDAY + 2
    assert calendar.next_working_day(SATURDAY) == SATURDAY + 2
    assert calendar.next_working_day(MONDAY) == MONDAY
    assert calendar.count_working_days(MONDAY, SUNDAY) == 4


def test_open_minutes_run_on_over_closed_time() -> None:
    calendar = built()
    friday = from_iso_minute("2026-11-06T17:00")

    assert calendar.after_open(friday, 0) == friday
    assert calendar.after_open(friday, 30) == from_iso_minute("2026-11-06T17:30")
    assert calendar.after_open(friday, 31) == from_iso_minute("2026-11-09T07:31")
    assert calendar.count_open(friday, from_iso_minute("2026-11-09T08:00")) == 60
    assert calendar.open_until(from_iso_minute("2026-01-01T00:00")) == 0


def test_service_hours_hold_beside_the_open_ones_but_not_on_a_day_off() -> None:
    saturdays = Hours(week((), saturday=MORNING))
    holiday = DayEntry(SATURDAY, DayKind.HOLIDAY)
    decided = DayEntry(SUNDAY, DayKind.SERVED, MORNING)
    calendar = Calendar.build(
        first=FIRST, last=LAST, service=[saturdays], entries=[holiday, decided]
    )

    assert calendar.served_spans_of(SATURDAY) == ()
    assert calendar.served_spans_of(SATURDAY + 7) == MORNING
    assert calendar.is_served(from_iso_minute("2026-11-08T08:00"))
    assert not calendar.is_served(from_iso_minute("2026-11-08T11:30"))
    assert not calendar.is_served(from_iso_minute("2026-11-02T08:00"))
    assert not calendar.is_working(SUNDAY)


def test_a_usual_day_has_the_open_minutes_that_most_weekdays_have() -> None:
    half_saturdays = Hours(week(((450, 690), (810, 1020)), saturday=MORNING), since=MONDAY)
    calendar = built(hours=(half_saturdays,))

    assert calendar.day_minutes(MONDAY - 1) == 480
    assert calendar.day_minutes(MONDAY) == 450
    assert built(hours=(Hours((OFFICE, MORNING, (), (), (), (), ())),)).day_minutes(MONDAY) == 480


def test_a_week_without_hours_has_no_usual_day_though_a_day_in_it_is_worked() -> None:
    never = Hours(week(()), since=MONDAY)
    worked = DayEntry(MONDAY, DayKind.WORKED, spans=MORNING)
    calendar = built(worked, hours=(never,))

    assert calendar.is_working(MONDAY)
    assert calendar.day_minutes(MONDAY - 1) == 480
    with pytest.raises(NoUsualDay) as refused:
        calendar.day_minutes(MONDAY)
    assert refused.value.facts == {"day": "02/11/2026"}


@pytest.mark.parametrize("span", [(690, 450), (450, 450), (-1, 60), (450, 1440)])
def test_hours_that_cannot_be_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(SpanUnclear):
        Hours(week((span,)))
    with pytest.raises(SpanUnclear):
        DayEntry(MONDAY, DayKind.WORKED, (span,))


def test_touching_and_overlapping_spans_are_one() -> None:
    entry = DayEntry(MONDAY, DayKind.WORKED, ((600, 700), (450, 500), (500, 550), (540, 560)))

    assert entry.spans == ((450, 560), (600, 700))


@pytest.mark.parametrize("day", [FIRST - 1, LAST + 1])
def test_a_day_outside_the_calendar_is_refused(day: int) -> None:
    calendar = built()

    for question in (
        calendar.spans_of,
        calendar.is_decided,
        calendar.why_closed,
        calendar.next_working_day,
        calendar.working_index_after,
        lambda day: calendar.next_open(day * 1440),
        lambda day: calendar.open_until(day * 1440),
    ):
        with pytest.raises(BeyondCalendar, match="01/01/2026 to 31/12/2026"):
            question(day)


def test_counts_that_run_out_of_the_calendar_are_refused() -> None:
    calendar = built()

    with pytest.raises(BeyondCalendar):
        calendar.add_working_days(LAST, 1)
    with pytest.raises(BeyondCalendar):
        calendar.close_at(len(calendar.closes))
    with pytest.raises(BeyondCalendar):
        calendar.after_open(from_iso_minute("2026-12-31T17:00"), 31)


def test_a_calendar_with_no_working_day_in_400_days_is_refused() -> None:
    never = Hours(week(()), level=Level.COMMUNE)
    from_february = Hours(week(()), since=FIRST + 31, level=Level.COMMUNE)
    gap = Hours(week(()), since=FIRST, until=FIRST + 399, level=Level.COMMUNE)
    shorter = Hours(week(()), since=FIRST, until=FIRST + 398, level=Level.COMMUNE)

    for hours, days in ((never, 30), (from_february, 600), (gap, 900)):
        with pytest.raises(NoWorkingDays):
            Calendar.build(first=FIRST, last=FIRST + days, hours=[hours])
    assert Calendar.build(first=FIRST, last=FIRST + 900, hours=[shorter]).working_days
