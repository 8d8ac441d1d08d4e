"""A year as people read it: what each day is, who says so, and which word counts."""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest

from motcua.kit.calendar import HOURS, DayKind, Level, Spans
from motcua.kit.moments import date_of, day_number, weekday_of
from motcua.registry.catalogue import Catalogue
from motcua.registry.layers import FIRST, EntryRow, HoursRow, Voices, day_entry
from motcua.registry.years import (
    OFF,
    DayState,
    Decree,
    Says,
    Voice,
    day_view,
    decree_of,
    months_of,
    open_before_closures,
    voices_on,
    weeks_in,
)

from . import given
from .given_years import COMMUNE, OFFICE, PROVINCE, UNITS, calendar_of, entry, hours, world

DATA = given.DATA / "vn_working_calendar_2021_2027.csv"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=given.NO_DATA)
YEAR = 2026
DAYS = [date(YEAR, 1, 1) + timedelta(days=place) for place in range(365)]


def state(day: date, *entries: EntryRow, said: Sequence[HoursRow] = ()) -> DayState:
    return day_view(calendar_of(world(entries, said)), day).state


# What a day is

MONDAY, SATURDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 8)


@pytest.mark.parametrize(
    ("day", "said", "found"),
    [
        (MONDAY, [], DayState.OPEN),
        (SATURDAY, [], DayState.REST),
        (MONDAY, [entry(MONDAY, DayKind.HOLIDAY)], DayState.HOLIDAY),
        (MONDAY, [entry(MONDAY, DayKind.OBSERVED)], DayState.OBSERVED),
        (MONDAY, [entry(MONDAY, DayKind.SWAP_OFF, counterpart=SATURDAY)], DayState.SWAP_OFF),
        (SATURDAY, [entry(SATURDAY, DayKind.SWAP_WORK, counterpart=MONDAY)], DayState.WORKED),
        (SATURDAY, [entry(SATURDAY, DayKind.WORKED, spans="08:00-10:00")], DayState.WORKED),
        (SATURDAY, [entry(SATURDAY, DayKind.SERVED, spans="08:00-10:00")], DayState.SERVED),
        (MONDAY, [entry(MONDAY, DayKind.CLOSURE)], DayState.CLOSURE),
        (MONDAY, [entry(MONDAY, DayKind.CLOSURE, spans="13:30-17:30")], DayState.PART),
        (MONDAY, [entry(MONDAY, DayKind.CLOSURE, spans="12:00-13:00")], DayState.OPEN),
        (SATURDAY, [entry(SATURDAY, DayKind.CLOSURE)], DayState.REST),
        (
            MONDAY,
            [entry(MONDAY, DayKind.HOLIDAY), entry(MONDAY, DayKind.SERVED, spans="08:00-10:00")],
            DayState.SERVED,
        ),
        (
            SATURDAY,
            [
                entry(SATURDAY, DayKind.WORKED, spans="08:00-10:00"),
                entry(SATURDAY, DayKind.CLOSURE),
            ],
            DayState.CLOSURE,
        ),
    ],
)
def test_a_day_is_what_the_layers_make_of_it(
    day: date, said: list[EntryRow], found: DayState
) -> None:
    assert state(day, *said) is found


def test_a_day_bears_the_name_of_what_makes_it_special() -> None:
    voices = world(
        [
            entry(MONDAY, DayKind.HOLIDAY, name="Quốc khánh"),
            entry(SATURDAY, DayKind.WORKED, spans="08:00-10:00", name="Làm bù"),
            entry(SATURDAY, DayKind.CLOSURE, spans="09:00-10:00", name="Mất điện"),
        ]
    )
    calendar = calendar_of(voices)

    assert [day_view(calendar, day).name for day in (MONDAY, SATURDAY, SUNDAY)] == [
        "Quốc khánh",
        "Mất điện",
        "",
    ]


def test_twelve_months_hold_every_day_once_under_its_weekday() -> None:
    months = months_of(calendar_of(world()), YEAR)

    placed = [
        (place, one.day)
        for month in months
        for week in month.weeks
        for place, one in enumerate(week)
        if one
    ]
    assert [day for _, day in placed] == DAYS
    assert all(place == day.weekday() for place, day in placed)
    assert {len(week) for month in months for week in month.weeks} == {7}
    assert sum(month.working_days for month in months) == 261


# Random worlds: the page says what the clock counts


def random_worlds(number: int) -> Iterator[Voices]:
    keys = [None, *(unit.key for unit in UNITS)]
    kinds = [kind for kind in DayKind if kind is not DayKind.WEEKLY_REST]
    for _ in range(number):
        entries: list[EntryRow] = []
        for _ in range(random.randint(0, 40)):
            kind, day = random.choice(kinds), random.choice(DAYS[:30])
            spans = random.choice(["", "08:00-10:00", "13:30-16:00", "07:30-11:30,13:30-17:30"])
            if kind in (DayKind.WORKED, DayKind.SERVED, DayKind.SWAP_WORK):
                spans = spans or "09:00-10:00"
            entries.append(
                entry(day, kind, random.choice(keys), spans=spans, name=str(len(entries)))
            )
        said = [
            row
            for _ in range(random.randint(0, 5))
            for row in hours(
                random.choice([date(2025, 1, 1), *DAYS[:30:3]]),
                random.choice(["08:00-12:00", "07:00-11:00,14:00-16:00", "09:00-09:30"]),
                random.choice(keys),
                is_service=random.random() < 0.3,
            )
        ]
        unique = {(row.unit_key, row.valid_from, row.weekday, row.is_service): row for row in said}
        yield world(entries, list(unique.values()))


def test_the_voices_that_hold_are_those_the_calendar_counts_by() -> None:
    seen = dict.fromkeys(Says, 0)
    for voices in random_worlds(60):
        calendar = calendar_of(voices)
        for day in DAYS[:31]:
            number, heard = day_number(day), voices_on(voices, day)
            holding = {
                says: [one for one in heard if one.says is says and one.holds] for says in Says
            }
            decides = calendar.entry_of(number)
            assert [one.name for one in holding[Says.ENTRY]] == ([decides.name] if decides else [])
            assert [one.name for one in holding[Says.CLOSURE]] == [
                one.name for one in calendar.closures_of(number)
            ]
            for one in holding[Says.HOURS]:
                assert one.spans == calendar.hours_of(number).spans[day.weekday()]
                assert one.source == calendar.hours_of(number).source
            assert spans_of(holding) == calendar.spans_of(number)
            assert served_by(holding) == calendar.served_spans_of(number)
            for says in Says:
                seen[says] += len(holding[says])
    assert all(seen.values()), seen


def spans_of(holding: dict[Says, list[Voice]]) -> Spans:
    """The open time that the voices which hold make, laid over each other by hand."""
    base = holding[Says.HOURS][0].spans if holding[Says.HOURS] else ()
    if not holding[Says.ENTRY]:
        return closed(base, holding)
    [decides] = holding[Says.ENTRY]
    return () if decides.kind in OFF else closed(decides.spans or base, holding)


def served_by(holding: dict[Says, list[Voice]]) -> Spans:
    found = holding[Says.SERVED] or holding[Says.SERVICE]
    return closed(found[0].spans, holding) if found else ()


def closed(spans: Spans, holding: dict[Says, list[Voice]]) -> Spans:
    minutes = {minute for start, end in spans for minute in range(start, end)}
    for one in holding[Says.CLOSURE]:
        for start, end in one.spans or ((0, 1439),):
            minutes -= set(range(start, end))
    starts = sorted(minute for minute in minutes if minute - 1 not in minutes)
    ends = sorted(minute + 1 for minute in minutes if minute + 1 not in minutes)
    return tuple(zip(starts, ends, strict=True))


def test_what_is_open_before_closures_is_the_calendar_without_them() -> None:
    for voices in random_worlds(20):
        rest = world(
            [row for row in voices.entries if row.kind is not DayKind.CLOSURE], voices.hours
        )
        calendar, without = calendar_of(voices), calendar_of(rest)
        for day in map(day_number, DAYS[:31]):
            assert open_before_closures(calendar, day) == without.spans_of(day)


def test_the_weeks_in_force_of_a_year_are_those_of_its_days() -> None:
    for voices in random_worlds(40):
        calendar, weeks = calendar_of(voices), weeks_in(voices, YEAR)
        office = [one for one in weeks if not one.is_service]
        assert (office[0].first, office[-1].last) == (DAYS[0], DAYS[-1])
        for one in office:
            for day in (one.first, one.last):
                said = calendar.hours_of(day_number(day))
                assert (one.week, one.source) == (said.spans, said.source)
        assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(office))


def test_hours_nobody_sets_are_the_usual_ones() -> None:
    [usual] = voices_on(world(), MONDAY)

    assert (usual.spans, usual.holds, usual.since, usual.level) == (
        OFFICE,
        True,
        None,
        Level.NATION,
    )
    assert [one.week for one in weeks_in(world(), YEAR)] == [HOURS.spans]


def test_a_swapped_day_shows_the_hours_of_the_day_it_stands_for() -> None:
    swapped = entry(SATURDAY, DayKind.SWAP_WORK, counterpart=MONDAY)
    said = hours(date(2025, 1, 1), "08:00-12:00", PROVINCE.key)

    week, day = voices_on(world([swapped], said), SATURDAY)

    assert (week.spans, week.holds, day.holds) == (((480, 720),), True, True)


# What a year rests on


def test_a_year_is_decided_by_a_decree_computed_without_and_missing_without_days() -> None:
    own = entry(date(2029, 1, 1), DayKind.HOLIDAY, COMMUNE.key)
    rows = [
        entry(date(2026, 1, 1), DayKind.HOLIDAY),
        entry(date(2027, 1, 1), DayKind.HOLIDAY, is_decided=False),
        own,
    ]

    assert [decree_of(rows, year) for year in (2026, 2027, 2028, 2029)] == [
        Decree.DECIDED,
        Decree.COMPUTED,
        Decree.MISSING,
        Decree.MISSING,
    ]


@pytest.mark.parametrize("kind", [DayKind.CLOSURE, DayKind.WORKED, DayKind.SERVED])
def test_a_day_closed_or_opened_by_the_nation_is_no_decree_of_its_year(kind: DayKind) -> None:
    spans = "" if kind is DayKind.CLOSURE else "08:00-10:00"
    rows = [
        entry(date(2026, 1, 1), DayKind.HOLIDAY),
        entry(date(2027, 1, 1), DayKind.HOLIDAY, is_decided=False),
        entry(date(2027, 6, 5), kind, spans=spans),
        entry(date(2029, 6, 2), kind, spans=spans),
    ]

    calendar = calendar_of(world(rows))

    assert [decree_of(rows, year) for year in (2027, 2029)] == [Decree.COMPUTED, Decree.MISSING]
    assert calendar.is_decided(day_number(date(2026, 12, 31)))
    assert not calendar.is_decided(day_number(date(2027, 1, 1)))


def decided_until(*rows: EntryRow) -> date:
    return date_of(calendar_of(world(rows)).decided_until)


def test_a_calendar_is_decided_as_far_as_each_year_has_its_decree() -> None:
    first, second = entry(date(2026, 1, 1), DayKind.HOLIDAY), entry(MONDAY, DayKind.HOLIDAY)
    computed = entry(date(2027, 1, 1), DayKind.HOLIDAY, is_decided=False)
    swap = entry(date(2027, 3, 1), DayKind.SWAP_OFF, counterpart=date(2027, 3, 6))
    later = entry(date(2028, 1, 3), DayKind.OBSERVED)
    own = entry(date(2027, 1, 1), DayKind.HOLIDAY, COMMUNE.key)
    before_all = FIRST - timedelta(days=1)

    assert decided_until() == decided_until(computed) == decided_until(own) == before_all
    assert decided_until(first, second) == date(2026, 12, 31)
    assert decided_until(first, computed, later) == date(2026, 12, 31)
    assert decided_until(first, own, later) == date(2026, 12, 31)  # nothing is known of 2027
    assert decided_until(first, computed, swap, later) == date(2028, 12, 31)
    assert decided_until(computed, later) == before_all


# The days of the nation, 2021-2027


@needs_data
@pytest.mark.django_db
def test_the_calendar_says_every_day_of_the_data_file_and_no_other(seeded: Catalogue) -> None:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = {date.fromisoformat(row["date"]): row for row in csv.DictReader(file)}
    states = {"swap_work": "worked"}

    calendar = seeded.calendar(None)
    for number in range(day_number(date(2021, 1, 1)), day_number(date(2027, 12, 31)) + 1):
        view = day_view(calendar, date_of(number))
        row = rows.get(view.day)
        if row is None:
            weekend = weekday_of(number) > 4
            assert view.state is (DayState.REST if weekend else DayState.OPEN), view.day
            continue
        assert view.state.value == states.get(row["kind"], row["kind"]), view.day
        assert view.name == row["name_vi"]
        assert view.counts is (row["kind"] == "swap_work")
        assert calendar.is_decided(number) is (view.day.year < 2027)


SWAPS = [
    (date(2024, 4, 29), date(2024, 5, 4)),
    (date(2025, 5, 2), date(2025, 4, 26)),
    (date(2026, 1, 2), date(2026, 1, 10)),
    (date(2026, 8, 31), date(2026, 8, 22)),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("off", "worked"), SWAPS)
def test_the_swaps_of_the_nation_are_off_and_worked_everywhere(
    seeded: Catalogue, off: date, worked: date
) -> None:
    for key in (None, "68@2025-07-01", "24886@2025-07-01"):
        calendar = seeded.calendar(key)
        assert day_view(calendar, off).state is DayState.SWAP_OFF
        assert day_view(calendar, worked).state is DayState.WORKED
        assert day_view(calendar, worked).spans == OFFICE
        assert worked.weekday() == 5


@pytest.mark.django_db
def test_24_november_2026_is_a_holiday_and_2025_was_a_working_day(seeded: Catalogue) -> None:
    calendar = seeded.calendar("24886@2025-07-01")

    assert day_view(calendar, date(2026, 11, 24)).state is DayState.HOLIDAY
    assert day_view(calendar, date(2026, 11, 24)).name == "Ngày Văn hóa Việt Nam"
    assert day_view(calendar, date(2025, 11, 24)).state is DayState.OPEN


@pytest.mark.django_db
def test_2027_is_computed_and_no_year_before_it(seeded: Catalogue) -> None:
    entries = seeded.voices(None).entries

    assert [decree_of(entries, year) for year in range(2021, 2028)] == [
        *[Decree.DECIDED] * 6,
        Decree.COMPUTED,
    ]
    last = [row for row in entries if row.day.year == 2027]
    assert len(last) == 15
    assert not any(row.is_decided for row in last)


@pytest.mark.django_db
def test_working_days_of_the_years(seeded: Catalogue) -> None:
    calendar = seeded.calendar(None)

    assert {year: sum(m.working_days for m in months_of(calendar, year)) for year in SAID} == SAID


# Weekdays of the year less the days off that fall on one, plus the worked Saturdays: by hand.
SAID = {2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 250, 2026: 249, 2027: 249}


@pytest.mark.django_db
def test_a_row_goes_to_the_calendar_as_it_stands(seeded: Catalogue) -> None:
    voices = seeded.voices("24886@2025-07-01")
    [row] = [row for row in voices.entries if row.day == date(2026, 1, 10)]

    heard = day_entry(row, voices.by_key)

    assert (heard.kind, heard.counterpart) == (DayKind.SWAP_WORK, day_number(date(2026, 1, 2)))
    assert row.entry_id > 0
    assert seeded.entry(row.entry_id) == row
