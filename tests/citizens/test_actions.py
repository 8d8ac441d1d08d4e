from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from motcua.accounts.actors import NotAllowed
from motcua.citizens import actions, queries
from motcua.citizens.history import BATCH, Newcomer, enrol_many
from motcua.citizens.models import Person
from motcua.citizens.rules import Details, DetailsNotClear
from motcua.ledger.keys import KeyUsedOtherwise
from motcua.ledger.models import Event

from .given import AT, CLERK, COMPANY, NGHIEM, STRANGER, UNIT, a_person

pytestmark = pytest.mark.django_db


def test_an_enrolled_person_is_kept_as_typed_and_told_without_personal_data() -> None:
    person_id = a_person()

    person = Person.objects.get(pk=person_id)
    event = Event.objects.get()
    assert person.details == NGHIEM
    assert person.fold_name == "ko sa thu nghiem"
    assert (event.kind, event.subject_id, event.unit_key) == ("citizen.enrolled", person_id, UNIT)
    assert event.data == {"kind": "citizen", "synthetic": True}


def test_the_same_key_enrols_once() -> None:
    first = actions.enrol(details=NGHIEM, unit_key=UNIT, actor=CLERK, at=AT, key="k1")
    second = actions.enrol(details=NGHIEM, unit_key=UNIT, actor=CLERK, at=AT, key="k1")

    assert first == second
    assert Person.objects.count() == 1


def test_a_key_of_another_action_is_refused() -> None:
    person_id = actions.enrol(details=NGHIEM, unit_key=UNIT, actor=CLERK, at=AT, key="k1")

    with pytest.raises(KeyUsedOtherwise):
        actions.correct(
            person_id=person_id, details=NGHIEM, unit_key=UNIT, actor=CLERK, at=AT, key="k1"
        )


def test_who_holds_no_right_here_enrols_nobody() -> None:
    with pytest.raises(NotAllowed):
        actions.enrol(details=NGHIEM, unit_key=UNIT, actor=STRANGER, at=AT)
    with pytest.raises(NotAllowed):
        actions.enrol(details=NGHIEM, unit_key="674@2021-01-01", actor=CLERK, at=AT)
    with pytest.raises(NotAllowed):
        enrol_many(newcomers=[], unit_key=UNIT, actor=STRANGER, at=AT)
    assert not Person.objects.exists()


def test_a_new_phone_or_address_is_kept_and_what_is_empty_changes_nothing() -> None:
    person_id = a_person()
    say: dict[str, Any] = {"person_id": person_id, "unit_key": UNIT, "actor": CLERK, "at": AT}

    assert not actions.renew_contact(phone="", address="", **say)
    assert actions.renew_contact(phone="0987 654 321", address="", **say)
    assert not actions.renew_contact(phone="0987654321", address=NGHIEM.address, **say)

    assert Person.objects.get(pk=person_id).details == replace(NGHIEM, phone="0987654321")
    assert Event.objects.filter(kind="citizen.corrected").count() == 1
    with pytest.raises(NotAllowed):
        actions.renew_contact(phone="0987654322", address="", **(say | {"actor": STRANGER}))


def test_a_correction_is_told_by_the_names_of_the_fields() -> None:
    person_id = a_person()

    actions.correct(
        person_id=person_id,
        details=replace(NGHIEM, name="Kơ Să Ví Dụ", phone="0987654321"),
        unit_key=UNIT,
        actor=CLERK,
        at=AT,
    )

    event = Event.objects.get(kind="citizen.corrected")
    assert (event.subject_version, event.data) == (2, {"fields": "name+phone"})
    assert queries.find_ids("vi du") == [person_id]
    assert queries.find_ids("nghiem") == []


def test_a_correction_that_changes_nothing_is_no_event_and_keeps_its_key() -> None:
    person_id = a_person()

    for _ in range(2):
        actions.correct(
            person_id=person_id, details=NGHIEM, unit_key=UNIT, actor=CLERK, at=AT, key="k2"
        )

    assert Event.objects.count() == 1


def test_what_is_wrong_is_not_kept() -> None:
    person_id = a_person()

    with pytest.raises(DetailsNotClear):
        actions.enrol(details=replace(NGHIEM, phone="1"), unit_key=UNIT, actor=CLERK, at=AT)
    with pytest.raises(DetailsNotClear):
        actions.correct(
            person_id=person_id,
            details=replace(NGHIEM, birth_on=date(2030, 1, 1)),
            unit_key=UNIT,
            actor=CLERK,
            at=AT,
        )
    assert Person.objects.get().details == NGHIEM


def many(count: int) -> Iterator[Newcomer]:
    for number in range(count):
        yield Newcomer(UUID(int=number + 1), replace(NGHIEM, name=f"Nguyễn Văn Số {number}"))


def test_the_bulk_door_leaves_the_same_rows_and_events_as_the_single_one() -> None:
    single = a_person()
    twin = uuid4()
    enrol_many(newcomers=[Newcomer(twin, NGHIEM)], unit_key=UNIT, actor=CLERK, at=AT)

    rows = Person.objects.in_bulk([single, twin])
    events = {event.subject_id: event for event in Event.objects.all()}
    hidden = {"_state", "id", "subject_id", "seq", "recorded_at"}
    for pair in (rows, events):
        one, other = (
            {name: value for name, value in vars(pair[key]).items() if name not in hidden}
            for key in (single, twin)
        )
        assert one == other
    assert set(queries.find_ids("nghiem")) == {single, twin}


def test_the_bulk_door_works_in_batches_and_all_or_nothing() -> None:
    count = BATCH + 3

    assert enrol_many(newcomers=many(count), unit_key=UNIT, actor=CLERK, at=AT) == count
    assert Person.objects.count() == Event.objects.count() == count

    wrong = Newcomer(uuid4(), replace(COMPANY, name=""))
    newcomers = [Newcomer(uuid4(), NGHIEM), wrong]
    with pytest.raises(DetailsNotClear):
        enrol_many(newcomers=newcomers, unit_key=UNIT, actor=CLERK, at=AT)
    assert Person.objects.count() == count


def test_names_leave_the_search_with_their_person() -> None:
    person_id = a_person(Details(NGHIEM.kind, 'Đỗ "Út" K’Mai'))

    assert queries.find_ids("ut k'mai") == [person_id]
    Person.objects.filter(pk=person_id).delete()

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM citizens_name")
            assert cursor.fetchone() == (0,)
