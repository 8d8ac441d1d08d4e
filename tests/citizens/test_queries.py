from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.accounts.actors import NotAllowed
from motcua.citizens import queries
from motcua.citizens.models import Person, Reading
from motcua.citizens.rules import Purpose, ReadingNotKept

from .given import AT, CLERK, COMPANY, NGHIEM, STRANGER, a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "Kơ Să Thử Nghiệm",
        "ko sa",
        "nghiem",
        "NGHIÊM",
        "nghi thu",
        "068085999901",
        "068 085 999",
        "0912345678",
        "+84 912 345 67",
    ],
)
def test_a_person_is_found_without_tones_by_any_words_or_the_start_of_a_number(text: str) -> None:
    person_id = a_person()
    a_person(COMPANY)

    assert queries.find_ids(text) == [person_id]


@pytest.mark.parametrize(
    "text", ["", "  ", "'", '"', "*", "068", "06808599", "khac", "9999999", "ghiem", "%"]
)
def test_what_matches_nobody_finds_nobody(text: str) -> None:
    a_person()

    assert queries.find_ids(text) == []


@pytest.mark.parametrize("text", ["đạ k'nàng", "da k’nang", "ca phe", "0100109106", "010010910"])
def test_an_enterprise_is_found_by_name_and_tax_number(text: str) -> None:
    company = a_person(COMPANY)

    assert queries.find_ids(text) == [company]


def test_a_search_gives_at_most_the_limit() -> None:
    for number in range(5):
        a_person(replace(NGHIEM, name=f"Nguyễn Văn {'ABCDE'[number]}"))

    assert len(queries.find_ids("nguyen", limit=3)) == 3
    assert len(queries.find_ids("068085999", limit=3)) == 3


def test_a_number_finds_the_person_met_before() -> None:
    person_id, company = a_person(), a_person(COMPANY)

    assert queries.find_by_number("068 085 999901") == person_id
    assert queries.find_by_number("0100109106") == company
    assert queries.find_by_number("068085999902") is None
    assert queries.find_by_number(" ") is None


def test_names_come_by_id_and_unknown_ids_are_left_out() -> None:
    person_id = a_person()

    assert queries.names([person_id, uuid4()]) == {person_id: "Kơ Să Thử Nghiệm"}
    assert queries.names([]) == {}


def test_a_card_leaves_a_row_of_who_read_whom_why_when_for_what() -> None:
    person_id, dossier_id = a_person(), uuid4()

    card = queries.card(
        person_id, actor=CLERK, purpose=Purpose.HANDLE_DOSSIER, at=AT, subject_id=dossier_id
    )

    assert card.details == NGHIEM
    (reading,) = queries.readings(subject_id=dossier_id)
    assert reading == queries.readings(person_id=person_id)[0]
    assert (reading.person_id, reading.reader_id) == (person_id, "clerk")
    assert (reading.purpose, reading.read_at) == ("handle_dossier", AT)


def test_nobody_without_the_right_reads_a_card() -> None:
    person_id = a_person()

    with pytest.raises(NotAllowed):
        queries.card(person_id, actor=STRANGER, purpose=Purpose.SEARCH, at=AT)
    assert not Reading.objects.exists()


def test_a_card_is_refused_when_its_reading_cannot_be_written() -> None:
    person_id = a_person()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE citizens_reading RENAME TO citizens_reading_gone")

    with pytest.raises(ReadingNotKept):
        queries.card(person_id, actor=CLERK, purpose=Purpose.SEARCH, at=AT)


def test_an_unknown_person_has_no_card_and_leaves_no_row() -> None:
    with pytest.raises(Person.DoesNotExist):
        queries.card(uuid4(), actor=CLERK, purpose=Purpose.SEARCH, at=AT)
    assert not Reading.objects.exists()


def test_a_reading_is_never_changed() -> None:
    person_id = a_person()
    queries.card(person_id, actor=CLERK, purpose=Purpose.CORRECT, at=AT)
    reading = Reading.objects.get()

    with pytest.raises(TypeError):
        reading.save()
    with pytest.raises(TypeError):
        reading.delete()
    for past in ("UPDATE citizens_reading SET reader_id = 'x'", "DELETE FROM citizens_reading"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(past)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_search_uses_its_indexes() -> None:
    for column in ("identity_number", "tax_number", "phone"):
        with connection.cursor() as cursor:
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT id FROM citizens_person"
                f" WHERE {column} >= '06' AND {column} <= '0699' AND NOT ({column} = '')"
            )
            assert "USING INDEX citizens_person" in str(cursor.fetchall())
