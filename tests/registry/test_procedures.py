from datetime import date

import pytest

from motcua.accounts.actors import NotAllowed
from motcua.kit.clock import Limit, LimitUnit
from motcua.registry import rules
from motcua.registry.actions import add_procedure_version
from motcua.registry.drafts import LimitDraft, VersionDraft
from motcua.registry.queries import catalogue
from motcua.registry.sets import UnitKind

from . import given

pytestmark = pytest.mark.django_db
DAY = LimitUnit.WORKING_DAY
LATER = date(2025, 7, 1)


def test_the_version_of_the_day_of_receipt_applies() -> None:
    given.version(limits=(LimitDraft(10, DAY),))
    given.version(since=LATER, limits=(LimitDraft(8, DAY),))

    shown = catalogue()

    assert shown.limit(shown.procedure("1.000001", date(2025, 6, 30)), "direct") == Limit(10, DAY)
    assert shown.limit(shown.procedure("1.000001", LATER), "direct") == Limit(8, DAY)
    assert len(shown.versions("1.000001")) == 2


def test_a_procedure_is_not_in_force_before_its_first_version_nor_after_it_was_withdrawn() -> None:
    given.version()
    given.version(since=LATER, is_withdrawn=True)
    shown = catalogue()

    for day in (date(2019, 12, 31), LATER):
        with pytest.raises(rules.NotInForce):
            shown.procedure("1.000001", day)
    with pytest.raises(rules.UnknownProcedure):
        shown.procedure("9.999999", LATER)
    assert [len(shown.procedures(day)) for day in (date(2019, 1, 1), given.PROVINCE, LATER)] == [
        0,
        1,
        0,
    ]


def test_a_limit_is_found_by_channel_and_case_and_else_by_what_stands_for_every_one() -> None:
    given.version(
        limits=(
            LimitDraft(10, DAY, zone_extra=10),
            LimitDraft(5, DAY, channel="online"),
            LimitDraft(3, DAY, case="gift"),
            LimitDraft(2, DAY, channel="online", case="gift"),
        )
    )
    shown = catalogue()
    card = shown.procedure("1.000001", LATER)

    assert shown.limit(card, "direct") == Limit(10, DAY)
    assert shown.limit(card, "direct", zone=True) == Limit(10, DAY, 10)
    assert shown.limit(card, "online") == Limit(5, DAY)
    assert shown.limit(card, "direct", "gift") == Limit(3, DAY)
    assert shown.limit(card, "online", "gift") == Limit(2, DAY)
    assert shown.limit(card, "online", "other") == Limit(5, DAY)


def test_a_case_says_more_than_a_channel() -> None:
    given.version(limits=(LimitDraft(5, DAY, channel="online"), LimitDraft(3, DAY, case="gift")))
    shown = catalogue()

    assert shown.limit(shown.procedure("1.000001", LATER), "online", "gift") == Limit(3, DAY)


def test_without_a_limit_in_the_law_there_is_none() -> None:
    given.version()

    shown = catalogue()

    assert shown.limit(shown.procedure("1.000001", LATER), "direct") is None


def test_a_version_is_made_once_a_day() -> None:
    given.version()

    with pytest.raises(rules.VersionExists):
        given.version()


def test_who_keeps_no_procedures_adds_none() -> None:
    draft = VersionDraft("1.1", LATER, "Name", "Field", "Decision")

    with pytest.raises(NotAllowed):
        add_procedure_version(draft=draft, actor=given.NOBODY, at=given.AT)


def test_the_nearest_competent_body_decides() -> None:
    district = given.unit("674", kind=UnitKind.DISTRICT).key
    commune = given.unit("24875", parent=district).key
    counter = given.unit("c", parent=commune, kind=UnitKind.OFFICE, receives_only=True).key
    land = given.unit("t", parent=district, kind=UnitKind.AGENCY, function="land").key
    given.version("1.1")
    given.version("1.2", kind=UnitKind.AGENCY, function="land")
    shown = catalogue()

    for place in (commune, counter):
        assert shown.competent_unit(shown.procedure("1.1", LATER), place, LATER).key == commune
        assert shown.competent_unit(shown.procedure("1.2", LATER), place, LATER).key == land
    assert shown.competent_unit(shown.procedure("1.2", LATER), district, LATER).key == land


def test_nobody_guesses_between_equally_near_bodies() -> None:
    district = given.unit("674", kind=UnitKind.DISTRICT).key
    for code in ("a", "b"):
        given.unit(code, parent=district)
    given.version()
    shown = catalogue()

    with pytest.raises(rules.NoCompetentUnit):
        shown.competent_unit(shown.procedure("1.000001", LATER), district, LATER)
