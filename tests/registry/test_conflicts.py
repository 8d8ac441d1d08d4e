"""What does not fit together in a calendar is told, and what fits is left in peace."""

from collections.abc import Sequence
from datetime import date

import pytest

from motcua.kit.calendar import DayKind
from motcua.kit.refusals import PLACE
from motcua.registry.catalogue import Catalogue
from motcua.registry.conflicts import MESSAGES, Conflict, Found, conflicts_in
from motcua.registry.layers import EntryRow, HoursRow

from .given_years import COMMUNE, PROVINCE, calendar_of, entry, hours, world

FRIDAY, SATURDAY = date(2026, 1, 2), date(2026, 1, 10)
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
NEW_YEAR = entry(date(2026, 1, 1), DayKind.HOLIDAY, name="Tết Dương lịch")
OFF = entry(FRIDAY, DayKind.SWAP_OFF, counterpart=SATURDAY, name="Nghỉ hoán đổi")
WORKED = entry(SATURDAY, DayKind.SWAP_WORK, counterpart=FRIDAY, name="Làm bù")
FORENOON = "07:30-11:30"


def found(
    *said: EntryRow, hours_said: Sequence[HoursRow] = (), year: int = 2026, bare: bool = False
) -> list[Found]:
    """The conflicts of a year that has its decree."""
    entries = said if bare else (NEW_YEAR, *said)
    voices = world(entries, hours_said)
    return conflicts_in(voices, calendar_of(voices), year)


def kinds(*said: EntryRow, hours_said: Sequence[HoursRow] = ()) -> list[tuple[str, date | None]]:
    return [(one.conflict.value, one.day) for one in found(*said, hours_said=hours_said)]


FITS: list[tuple[EntryRow, ...]] = [
    (),
    (OFF, WORKED),
    (entry(MONDAY, DayKind.HOLIDAY), entry(MONDAY, DayKind.HOLIDAY, COMMUNE.key)),
    (entry(MONDAY, DayKind.HOLIDAY), entry(MONDAY, DayKind.SERVED, spans=FORENOON)),
    (entry(MONDAY, DayKind.CLOSURE, spans=FORENOON), entry(MONDAY, DayKind.CLOSURE)),
    (entry(SUNDAY, DayKind.SERVED, spans=FORENOON), entry(SUNDAY, DayKind.CLOSURE)),
    (entry(SUNDAY, DayKind.WORKED, spans=FORENOON), entry(SUNDAY, DayKind.CLOSURE)),
    (entry(MONDAY, DayKind.HOLIDAY), entry(SUNDAY, DayKind.WORKED, counterpart=MONDAY)),
    (entry(MONDAY, DayKind.CLOSURE), entry(SUNDAY, DayKind.WORKED, counterpart=MONDAY)),
]


@pytest.mark.parametrize("said", FITS)
def test_what_fits_together_is_no_conflict(said: tuple[EntryRow, ...]) -> None:
    assert kinds(*said) == []


DOES_NOT: list[tuple[tuple[EntryRow, ...], str, date]] = [
    ((entry(MONDAY, DayKind.HOLIDAY), entry(MONDAY, DayKind.OBSERVED)), "two_entries", MONDAY),
    (
        (
            entry(SUNDAY, DayKind.SERVED, spans=FORENOON),
            entry(SUNDAY, DayKind.SERVED, spans="08:00-09:00"),
        ),
        "two_entries",
        SUNDAY,
    ),
    ((WORKED,), "not_off", SATURDAY),
    ((entry(SUNDAY, DayKind.WORKED, counterpart=MONDAY),), "not_off", SUNDAY),
    ((OFF,), "half_swap", FRIDAY),
    ((entry(FRIDAY, DayKind.SWAP_OFF),), "half_swap", FRIDAY),
    ((WORKED, entry(FRIDAY, DayKind.HOLIDAY)), "half_swap", SATURDAY),
    (
        (OFF, entry(SATURDAY, DayKind.SWAP_WORK, COMMUNE.key, counterpart=FRIDAY)),
        "half_swap",
        FRIDAY,
    ),
    ((entry(SUNDAY, DayKind.CLOSURE),), "closes_nothing", SUNDAY),
    ((entry(MONDAY, DayKind.CLOSURE, spans="12:00-13:00"),), "closes_nothing", MONDAY),
    ((entry(MONDAY, DayKind.HOLIDAY), entry(MONDAY, DayKind.CLOSURE)), "closes_nothing", MONDAY),
    (
        (
            entry(MONDAY, DayKind.HOLIDAY),
            entry(MONDAY, DayKind.WORKED, COMMUNE.key, spans=FORENOON),
        ),
        "against_wider",
        MONDAY,
    ),
    (
        (
            entry(SUNDAY, DayKind.WORKED, spans=FORENOON),
            entry(SUNDAY, DayKind.HOLIDAY, PROVINCE.key),
        ),
        "against_wider",
        SUNDAY,
    ),
    ((entry(MONDAY, DayKind.SERVED, spans="11:00-13:00"),), "overlap", MONDAY),
]


@pytest.mark.parametrize(("said", "conflict", "day"), DOES_NOT)
def test_what_does_not_fit_is_told_with_its_day(
    said: tuple[EntryRow, ...], conflict: str, day: date
) -> None:
    assert (conflict, day) in kinds(*said)


def test_a_contradiction_names_the_narrower_and_the_wider_word() -> None:
    nation = entry(MONDAY, DayKind.HOLIDAY, name="Quốc khánh")
    commune = entry(MONDAY, DayKind.WORKED, COMMUNE.key, spans=FORENOON, name="Trực lễ")

    for said in ((nation, commune), (commune, nation)):
        [one] = found(*said)
        assert one.facts == {"name": "Trực lễ", "other": "Quốc khánh"}


def test_a_conflict_of_another_year_is_not_told() -> None:
    assert found(OFF, entry(date(2025, 1, 1), DayKind.HOLIDAY), year=2025) == []


def test_a_swap_over_the_turn_of_the_year_is_whole() -> None:
    friday, saturday = date(2026, 12, 25), date(2027, 1, 9)
    pair = (
        entry(friday, DayKind.SWAP_OFF, counterpart=saturday),
        entry(saturday, DayKind.SWAP_WORK, counterpart=friday),
        entry(date(2027, 1, 1), DayKind.HOLIDAY),
    )

    assert found(*pair) == found(*pair, year=2027) == []


def test_a_week_without_hours_on_a_weekday_is_told_from_its_first_day() -> None:
    said = hours(date(2026, 5, 1), FORENOON, COMMUNE.key, days=(0, 1, 3, 4))

    [one] = found(hours_said=said)

    assert (one.conflict, one.day) == (Conflict.NO_HOURS, None)
    assert one.facts == {"first": date(2026, 5, 1), "weekday": 2}


def test_service_hours_need_no_weekday() -> None:
    said = hours(date(2026, 5, 1), "11:30-13:30", COMMUNE.key, is_service=True, days=(5,))

    assert found(hours_said=said) == []


def test_a_closure_of_weekly_service_hours_closes_something() -> None:
    said = hours(date(2026, 1, 1), FORENOON, COMMUNE.key, is_service=True, days=(6,))

    assert found(entry(SUNDAY, DayKind.CLOSURE), hours_said=said) == []


@pytest.mark.parametrize(
    ("said", "conflict"),
    [
        ((), Conflict.MISSING),
        ((entry(MONDAY, DayKind.HOLIDAY, COMMUNE.key),), Conflict.MISSING),
        ((entry(MONDAY, DayKind.HOLIDAY, is_decided=False),), Conflict.COMPUTED),
    ],
)
def test_a_year_without_a_decree_is_told(said: tuple[EntryRow, ...], conflict: Conflict) -> None:
    assert [one.conflict for one in found(*said, bare=True)] == [conflict]


def test_days_a_decree_does_not_name_stay_in_sight_as_computed() -> None:
    [one] = found(
        entry(MONDAY, DayKind.HOLIDAY, is_decided=False),
        entry(MONDAY, DayKind.CLOSURE, COMMUNE.key),
    )[:1]

    assert (one.conflict, one.facts, one.is_mild) == (Conflict.PARTLY, {"count": 1}, True)


def test_a_message_has_a_fact_for_each_of_its_places() -> None:
    seen = [*found(bare=True)]
    for said, _, _ in DOES_NOT:
        seen += found(*said)
    seen += found(entry(MONDAY, DayKind.HOLIDAY, is_decided=False), bare=True)
    seen += found(entry(MONDAY, DayKind.HOLIDAY, is_decided=False))
    seen += found(hours_said=hours(date(2026, 5, 1), FORENOON, days=(0,)))

    assert {one.conflict for one in seen} == set(Conflict) == set(MESSAGES)
    for one in seen:
        assert set(PLACE.findall(one.message)) == set(one.facts)


@pytest.mark.django_db
def test_the_calendar_that_comes_with_the_program_has_no_conflict_but_2027(
    seeded: Catalogue,
) -> None:
    for key in (None, "68@2025-07-01", "24886@2025-07-01"):
        voices, calendar = seeded.voices(key), seeded.calendar(key)
        for year in range(2021, 2027):
            assert conflicts_in(voices, calendar, year) == []
        [one] = conflicts_in(voices, calendar, 2027)
        assert (one.conflict, one.is_mild) == (Conflict.COMPUTED, True)
