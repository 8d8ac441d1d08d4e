from datetime import date

import pytest

from motcua.accounts.actors import SYSTEM, Actor, NotAllowed
from motcua.kit.calendar import DayKind
from motcua.kit.moments import day_number
from motcua.registry import rules
from motcua.registry.actions import enter_day, remove_day, set_code_pattern, set_week_hours
from motcua.registry.drafts import DayDraft
from motcua.registry.models import CalendarEntry
from motcua.registry.queries import catalogue
from motcua.registry.sets import UnitKind

from . import given

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def tree() -> tuple[str, str]:
    province = given.unit("68", kind=UnitKind.PROVINCE).key
    return province, given.unit("24853", parent=province).key


def _close(unit_key: str | None, spans: str = "", kind: DayKind = DayKind.HOLIDAY) -> CalendarEntry:
    draft = DayDraft(
        day=MONDAY,
        kind=kind,
        name="Closed",
        unit_key=unit_key,
        spans=spans,
        legal_basis="Decision 4",
        source="test",
    )
    return enter_day(draft=draft, actor=SYSTEM, at=given.AT)


def _hours(
    unit_key: str | None, spans: str, actor: Actor = SYSTEM, *, since: date = given.PROVINCE
) -> None:
    set_week_hours(
        unit_key=unit_key,
        valid_from=since,
        week=dict.fromkeys(range(5), spans),
        legal_basis="Decision 5",
        source="test",
        actor=actor,
        at=given.AT,
    )


def _is_working(unit_key: str | None) -> bool:
    return catalogue().calendar(unit_key).is_working(day_number(MONDAY))


def test_a_day_of_the_nation_holds_everywhere(tree: tuple[str, str]) -> None:
    _close(None)

    assert [_is_working(key) for key in (None, *tree)] == [False, False, False]


def test_a_day_of_a_commune_holds_there_only(tree: tuple[str, str]) -> None:
    province, commune = tree
    _close(commune)

    assert [_is_working(key) for key in (None, province, commune)] == [True, True, False]


def test_a_day_that_is_removed_counts_again(tree: tuple[str, str]) -> None:
    row = _close(None)

    remove_day(entry_id=row.pk, actor=SYSTEM, at=given.AT)

    assert _is_working(tree[1])


def test_a_closure_takes_only_its_part_of_the_day(tree: tuple[str, str]) -> None:
    _close(tree[1], spans="13:30-17:30", kind=DayKind.CLOSURE)

    calendar = catalogue().calendar(tree[1])

    assert calendar.spans_of(day_number(MONDAY)) == ((450, 690),)


def test_the_hours_of_a_commune_come_before_those_of_its_province(tree: tuple[str, str]) -> None:
    province, commune = tree
    _hours(None, "08:00-12:00")
    _hours(province, "07:00-11:00")
    _hours(commune, "07:30-11:30")

    spans = [
        catalogue().calendar(key).spans_of(day_number(MONDAY)) for key in (None, province, commune)
    ]

    assert spans == [((480, 720),), ((420, 660),), ((450, 690),)]


def test_hours_of_a_province_do_not_come_before_those_of_a_commune_though_they_are_newer(
    tree: tuple[str, str],
) -> None:
    province, commune = tree
    _hours(commune, "07:30-11:30")
    _hours(province, "07:00-11:00", since=date(2025, 1, 1))

    assert catalogue().calendar(commune).spans_of(day_number(MONDAY)) == ((450, 690),)


def test_a_day_of_a_commune_comes_before_one_of_its_district_whenever_it_was_entered() -> None:
    district = given.unit("674", kind=UnitKind.DISTRICT).key
    commune = given.unit("24875", parent=district).key
    _close(commune, spans="08:00-10:00", kind=DayKind.WORKED)
    _close(district)

    assert [_is_working(key) for key in (district, commune)] == [False, True]


def test_units_without_a_word_of_their_own_share_one_calendar(tree: tuple[str, str]) -> None:
    province, commune = tree
    _hours(province, "07:00-11:00")
    shown = catalogue()

    assert shown.calendar(commune) is shown.calendar(province)
    assert shown.calendar(None) is not shown.calendar(province)


def test_who_keeps_a_commune_keeps_its_days_and_not_the_nations(tree: tuple[str, str]) -> None:
    keeper = given.keeper_of(tree[1])
    _hours(tree[1], "07:00-11:00", keeper)

    for key in (None, tree[0]):
        with pytest.raises(NotAllowed):
            _hours(key, "07:00-11:00", keeper)
    row = _close(None)
    with pytest.raises(NotAllowed):
        remove_day(entry_id=row.pk, actor=keeper, at=given.AT)


def test_hours_that_are_set_again_replace_those_of_the_same_day(tree: tuple[str, str]) -> None:
    _hours(tree[0], "07:00-11:00")
    _hours(tree[0], "08:00-11:00")

    assert catalogue().calendar(tree[0]).spans_of(day_number(MONDAY)) == ((480, 660),)


def test_codes_follow_the_nearest_pattern_in_force_with_the_units_own_parts() -> None:
    parts = {"aa": "25", "bb": "10"}
    province = given.unit("68", kind=UnitKind.PROVINCE).key
    commune = given.unit("24875", parent=province, number_parts=parts).key
    other = given.unit("1", parent=province).key
    for since, pattern in (
        (date(2021, 1, 1), "000.{aa}.{bb}.H36-{yymmdd}-{nnnn}"),
        (date(2025, 7, 1), "H36.{x}.{y}-{yymmdd}-{nnnn}"),
    ):
        set_code_pattern(
            unit_key=province,
            valid_from=since,
            pattern=pattern,
            legal_basis="Circular",
            actor=SYSTEM,
            at=given.AT,
        )

    shown = catalogue()

    assert shown.code_pattern(commune, date(2023, 6, 14)) == "000.25.10.H36-{yymmdd}-{nnnn}"
    assert shown.code_pattern(other, date(2023, 6, 14)) == "000.00.00.H36-{yymmdd}-{nnnn}"
    assert shown.code_pattern(commune, date(2026, 1, 1)) == "H36.00.00-{yymmdd}-{nnnn}"
    assert shown.code_pattern(commune, date(2020, 1, 1)) == "24875-{yymmdd}-{nnnn}"


def test_a_pattern_without_a_number_is_refused() -> None:
    with pytest.raises(rules.WrongPattern):
        set_code_pattern(
            unit_key=None,
            valid_from=MONDAY,
            pattern="H36-{yymmdd}",
            legal_basis="Circular",
            actor=SYSTEM,
            at=given.AT,
        )
