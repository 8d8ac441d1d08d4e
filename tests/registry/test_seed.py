from collections import Counter
from datetime import date
from time import process_time

import pytest

from motcua.accounts.actors import SYSTEM, NotAllowed
from motcua.kit.clock import LimitUnit, due_of
from motcua.kit.moments import day_number, from_iso_minute, iso_minute
from motcua.ledger.models import Event
from motcua.registry import rules
from motcua.registry.catalogue import Catalogue
from motcua.registry.models import Unit
from motcua.registry.queries import is_installed
from motcua.registry.seed import Installed, install
from motcua.registry.sets import UnitKind

from . import given

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
DISTRICT = "674@2004-11-17"
FOUR = {f"{code}@2025-07-01" for code in ("24853", "24875", "24877", "24886")}


@pytest.mark.django_db
def test_an_empty_registry_is_filled_once() -> None:
    assert not is_installed()

    first = install(SYSTEM, given.AT)
    again = install(SYSTEM, given.AT)

    assert is_installed()
    assert first.units > 500
    assert again == Installed()
    assert Event.objects.get().data["units"] == first.units == Unit.objects.count()


@pytest.mark.django_db
def test_filling_takes_well_under_five_seconds() -> None:
    started = process_time()

    install(SYSTEM, given.AT)

    assert process_time() - started < 4


@pytest.mark.django_db
def test_only_who_keeps_the_units_of_the_nation_fills_the_registry() -> None:
    with pytest.raises(NotAllowed):
        install(given.NOBODY, given.AT)


@pytest.mark.django_db
def test_a_registry_somebody_has_written_to_is_left_alone() -> None:
    given.unit("1")

    assert install(SYSTEM, given.AT) == Installed()


def test_the_new_province_has_124_communes_and_the_three_old_ones_329(seeded: Catalogue) -> None:
    def count(on: date, kind: UnitKind) -> int:
        return sum(1 for card in seeded.units() if card.kind is kind and card.is_valid_on(on))

    assert [count(OLD, kind) for kind in (UnitKind.PROVINCE, UnitKind.DISTRICT)] == [3, 28]
    assert count(OLD, UnitKind.COMMUNE) == 329
    assert [count(NEW, kind) for kind in (UnitKind.PROVINCE, UnitKind.DISTRICT)] == [1, 0]
    assert count(NEW, UnitKind.COMMUNE) == 124


def test_all_codes_of_the_new_communes_are_used_again(seeded: Catalogue) -> None:
    new = {c.code for c in seeded.units() if c.kind is UnitKind.COMMUNE and c.is_valid_on(NEW)}
    old = {c.code for c in seeded.units() if c.kind is UnitKind.COMMUNE and c.is_valid_on(OLD)}

    assert new < old


def test_a_bare_674_is_the_old_district_even_today(seeded: Catalogue) -> None:
    assert seeded.resolve("674", given.TODAY).key == DISTRICT
    assert seeded.resolve("24853", given.TODAY).name == "Xã Đam Rông 4"
    assert seeded.resolve("24853", date(2025, 3, 31)).name == "Xã Đạ Tông"


def test_old_dam_rong_has_8_communes_13_agencies_and_the_land_branch(seeded: Catalogue) -> None:
    leaves = [seeded.unit(key) for key in seeded.leaves(DISTRICT)]

    assert Counter(leaf.kind for leaf in leaves) == {
        UnitKind.COMMUNE: 8,
        UnitKind.AGENCY: 13,
        UnitKind.BRANCH: 1,
    }
    assert len({leaf.function for leaf in leaves if leaf.kind is UnitKind.AGENCY}) == 13
    assert len(seeded.leaves(DISTRICT, on=NEW)) == 1


def test_counters_receive_and_decide_nothing(seeded: Catalogue) -> None:
    counters = [card for card in seeded.units() if card.receives_only]

    assert {card.kind for card in counters} == {UnitKind.OFFICE, UnitKind.CENTRE}
    assert not {card.key for card in counters} & set(seeded.leaves(DISTRICT))


def test_every_old_unit_has_heirs_that_exist_on_the_next_day(seeded: Catalogue) -> None:
    for card in seeded.units():
        heirs = seeded.heirs(card.key)
        assert bool(heirs) == (card.valid_to is not None), card.key
        for heir in heirs:
            assert heir.weight >= 1
            assert card.valid_to is not None
            assert heir.on == rules.day_after(card.valid_to)
            assert seeded.unit(heir.unit_key).is_valid_on(heir.on)


def test_the_district_and_its_agencies_go_on_as_the_four_communes(seeded: Catalogue) -> None:
    for key in (DISTRICT, "674-TNMT@2004-11-17"):
        assert {heir.unit_key for heir in seeded.heirs(key)} == FOUR

    [heir] = seeded.heirs("68-VPDK-DR@2004-11-17")
    assert heir.unit_key == "68-VPDK-DR@2025-07-01"
    assert seeded.unit(heir.unit_key).parent_key == "68@2025-07-01"


def test_two_communes_were_divided_and_say_that_their_shares_are_estimates(
    seeded: Catalogue,
) -> None:
    divided = {
        card.code
        for card in seeded.units()
        if card.kind is UnitKind.COMMUNE and len(seeded.heirs(card.key)) > 1
    }

    assert divided == {"22978", "23053"}
    assert all(heir.is_estimate for code in divided for heir in seeded.heirs(f"{code}@2004-07-08"))


def test_units_have_points(seeded: Catalogue) -> None:
    listed = {UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE}

    for card in seeded.units():
        if card.kind in listed:
            assert card.lat is not None
            assert card.lon is not None
            assert 10 < card.lat < 13
            assert 107 < card.lon < 110


def test_dossiers_from_2021_on_find_a_version_in_force(seeded: Catalogue) -> None:
    assert len(seeded.procedure_codes()) >= 60
    for code in seeded.procedure_codes():
        assert seeded.versions(code)[0].valid_from <= date(2021, 1, 1)


def test_the_most_asked_procedures_are_there_with_their_bodies(seeded: Catalogue) -> None:
    expected = {
        "2.000815": UnitKind.COMMUNE,
        "2.000635": UnitKind.COMMUNE,
        "1.001193": UnitKind.COMMUNE,
        "2.001035": UnitKind.COMMUNE,
        "1.013831": UnitKind.BRANCH,
        "1.012784": UnitKind.BRANCH,
        "1.012783": UnitKind.BRANCH,
        "1.011441": UnitKind.BRANCH,
        "2.000884": UnitKind.COMMUNE,
        "1.004873": UnitKind.COMMUNE,
        "1.000894": UnitKind.COMMUNE,
        "1.011607": UnitKind.COMMUNE,
        "1.001776": UnitKind.AGENCY,
        "1.001612": UnitKind.AGENCY,
        "1.000656": UnitKind.COMMUNE,
        "1.004859": UnitKind.COMMUNE,
    }

    kinds = {code: seeded.procedure(code, date(2023, 1, 3)).competent_kind for code in expected}

    assert kinds == expected


@pytest.mark.parametrize("on", [date(2021, 1, 4), date(2025, 6, 30), NEW, given.TODAY])
def test_every_procedure_finds_a_body_in_dam_rong_on_every_day(seeded: Catalogue, on: date) -> None:
    place = "24875@2004-11-17" if on < NEW else "24875@2025-07-01"

    for card in seeded.procedures(on):
        body = seeded.competent_unit(card, place, on)
        assert body.is_valid_on(on)


def test_the_branch_of_dam_rong_does_not_serve_the_rest_of_the_province(
    seeded: Catalogue,
) -> None:
    transfer = seeded.procedure("1.013831", NEW)

    assert seeded.competent_unit(transfer, "24853@2025-07-01", NEW).code == "68-VPDK-DR"
    with pytest.raises(rules.NoCompetentUnit):
        seeded.competent_unit(transfer, "22918@2025-07-01", NEW)


@pytest.mark.parametrize("code", ["2.000815", "2.000884", "2.000942", "2.000635", "1.001193"])
def test_certification_extracts_and_births_are_done_within_the_day(
    seeded: Catalogue, code: str
) -> None:
    limit = seeded.limit(seeded.procedure(code, given.TODAY), "direct")

    assert limit is not None
    assert limit.unit is LimitUnit.SAME_DAY


def test_land_changes_have_ten_days_more_in_difficult_zones(seeded: Catalogue) -> None:
    card = seeded.procedure("1.013831", given.TODAY)

    limit = seeded.limit(card, "direct", "thừa kế", zone=True)

    assert limit is not None
    assert (limit.value, limit.zone_extra, limit.unit) == (8, 10, LimitUnit.WORKING_DAY)


def test_what_has_no_source_says_that_it_is_a_demonstration(seeded: Catalogue) -> None:
    for code in seeded.procedure_codes():
        for card in seeded.versions(code):
            assert card.legal_basis
            assert card.source_note
            assert all(step.is_demonstration for step in card.steps)


def test_each_generation_has_its_own_dossier_codes(seeded: Catalogue) -> None:
    old = seeded.code_pattern("24875@2004-11-17", date(2023, 6, 14))
    new = seeded.code_pattern("24853@2025-07-01", date(2025, 7, 5))

    assert old == "000.25.10.H36-{yymmdd}-{nnnn}"
    assert new.startswith("H36.12.")
    patterns = Counter(
        seeded.code_pattern(card.key, NEW)
        for card in seeded.units()
        if card.is_valid_on(NEW) and not card.receives_only
    )
    assert max(patterns.values()) == 1


def test_a_due_moment_over_a_swapped_day_counts_as_the_calendar_says(seeded: Catalogue) -> None:
    calendar = seeded.calendar("24853@2025-07-01")
    limit = seeded.limit(seeded.procedure("1.012784", NEW), "direct")
    assert limit is not None

    due = due_of(received_at=from_iso_minute("2025-12-19T09:00"), limit=limit, calendar=calendar)

    assert due.due_at is not None
    assert iso_minute(due.due_at) == "2026-01-08T17:30"


def test_days_after_the_decided_years_are_told_apart(seeded: Catalogue) -> None:
    calendar = seeded.calendar(None)

    assert calendar.is_decided(day_number(date(2026, 12, 31)))
    assert not calendar.is_decided(day_number(date(2027, 2, 4)))
    assert not calendar.is_working(day_number(date(2027, 2, 4)))
    assert not calendar.is_working(day_number(date(2026, 11, 24)))
    assert calendar.is_working(day_number(date(2026, 1, 10)))
