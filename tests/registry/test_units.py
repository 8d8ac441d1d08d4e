from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.actors import SYSTEM, NotAllowed
from motcua.ledger.models import Event
from motcua.registry import rules
from motcua.registry.actions import end_unit
from motcua.registry.models import Revision, Succession, Unit
from motcua.registry.queries import catalogue
from motcua.registry.sets import UnitKind

from . import given

pytestmark = pytest.mark.django_db
SPLIT = date(2025, 7, 1)
LAST = date(2025, 6, 30)


def _end(key: str, heirs: dict[str, int], **more: object) -> Unit:
    said = {"legal_basis": "Decision 3", "source": "test", "actor": SYSTEM, "at": given.AT}
    return end_unit(key=key, last_day=LAST, heirs=heirs, **{**said, **more})  # type: ignore[arg-type]


def test_a_code_is_used_again_once_its_unit_has_ended() -> None:
    old = given.unit("24853")
    heir = given.unit("99999", since=SPLIT)
    _end(old.key, {heir.key: 1})

    new = given.unit("24853", since=SPLIT)

    assert {old.key, new.key} == {"24853@2020-01-01", "24853@2025-07-01"}
    shown = catalogue()
    assert shown.unit_on("24853", LAST) == shown.unit(old.key)
    assert shown.unit_on("24853", SPLIT) == shown.unit(new.key)


def test_two_living_units_do_not_share_a_code() -> None:
    given.unit("24853")

    with pytest.raises(rules.OverlappingPeriod):
        given.unit("24853", since=SPLIT)


def test_a_bare_code_means_the_unit_of_the_day_else_the_last_one_that_had_it() -> None:
    old, heir = given.unit("1"), given.unit("2", since=SPLIT)
    _end(old.key, {heir.key: 1})

    shown = catalogue()

    assert shown.resolve("1", date(2024, 1, 1)).key == old.key
    assert shown.resolve("1", date(2026, 1, 1)).key == old.key
    assert shown.resolve("1", date(2019, 1, 1)).key == old.key
    assert shown.resolve("1@2020-01-01", date(2026, 1, 1)).key == old.key
    with pytest.raises(rules.UnknownUnit):
        shown.resolve("3", date(2024, 1, 1))
    with pytest.raises(rules.UnknownUnit):
        shown.resolve("1@2020-01-02", date(2024, 1, 1))


def test_a_divided_unit_goes_on_by_stated_weights() -> None:
    old = given.unit("674", kind=UnitKind.DISTRICT)
    heirs = {given.unit(code, since=SPLIT).key: weight for code, weight in (("a", 2), ("b", 1))}

    _end(old.key, heirs, is_estimate=True)

    shown = catalogue()
    assert {heir.unit_key: heir.weight for heir in shown.heirs(old.key)} == heirs
    assert all(heir.is_estimate and heir.on == SPLIT for heir in shown.heirs(old.key))
    assert shown.origins("a@2025-07-01") == (old.key,)


def test_a_unit_does_not_end_without_heirs_that_live_on_the_next_day() -> None:
    old, other = given.unit("1"), given.unit("2", since=date(2026, 1, 1))

    with pytest.raises(rules.NoHeirs):
        _end(old.key, {})
    for wrong in ({other.key: 1}, {old.key: 1}):
        with pytest.raises(rules.WrongHeir):
            _end(old.key, wrong)


def test_a_share_is_a_whole_number_of_at_least_one() -> None:
    old, heir = given.unit("1"), given.unit("2", since=SPLIT)

    with pytest.raises(rules.WrongHeir):
        _end(old.key, {heir.key: 0})


def test_a_unit_ends_once() -> None:
    old, heir = given.unit("1"), given.unit("2", since=SPLIT)
    _end(old.key, {heir.key: 1})

    with pytest.raises(rules.AlreadyEnded):
        _end(old.key, {heir.key: 1})


def test_a_unit_stands_under_one_that_exists_when_it_begins() -> None:
    above, heir = given.unit("1"), given.unit("2", since=SPLIT)
    _end(above.key, {heir.key: 1})

    with pytest.raises(rules.WrongParent):
        given.unit("3", since=SPLIT, parent=above.key)
    with pytest.raises(rules.UnknownUnit):
        given.unit("3", parent="9@2020-01-01")


def test_who_keeps_a_unit_may_add_below_it_and_nowhere_else() -> None:
    mine, other = given.unit("1"), given.unit("2")
    keeper = given.keeper_of(mine.key)

    given.unit("3", parent=mine.key, actor=keeper)

    with pytest.raises(NotAllowed):
        given.unit("4", parent=other.key, actor=keeper)
    with pytest.raises(NotAllowed):
        given.unit("5", actor=keeper)
    with pytest.raises(NotAllowed):
        _end(other.key, {mine.key: 1}, actor=keeper)


def test_each_write_tells_the_ledger_one_version_higher() -> None:
    old, heir = given.unit("1"), given.unit("2", since=SPLIT)
    _end(old.key, {heir.key: 1})

    told = list(Event.objects.order_by("subject_version").values_list("kind", "subject_version"))

    assert told == [
        ("registry.unit_added", 1),
        ("registry.unit_added", 2),
        ("registry.unit_ended", 3),
        ("registry.unit_succeeded", 4),
    ]
    assert Revision.objects.get().number == 4


def test_a_refused_write_leaves_no_trace() -> None:
    given.unit("1")
    before = catalogue()

    with pytest.raises(rules.NoLegalBasis):
        _end("1@2020-01-01", {"1@2020-01-01": 1}, legal_basis=" ")

    assert catalogue() is before
    assert not Succession.objects.exists()
    assert Event.objects.count() == 1


def test_a_picture_made_in_a_transaction_that_is_rolled_back_is_never_shown_again() -> None:
    with transaction.atomic():
        given.unit("1")
        seen = catalogue().unit_on("1", SPLIT)
        transaction.set_rollback(True)
    assert seen is not None

    given.unit("2")

    assert [card.code for card in catalogue().units()] == ["2"]


def test_the_database_itself_refuses_a_unit_that_ends_before_it_begins() -> None:
    row = given.unit("1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=row.pk).update(valid_to=date(2019, 1, 1))
