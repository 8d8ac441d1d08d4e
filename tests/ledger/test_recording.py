from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.kit.moments import minute_of, moment_of
from motcua.ledger.kinds import EventKind, Shape, WrongEventData
from motcua.ledger.models import Event
from motcua.ledger.recording import Draft, record, record_many

from .given import AT, HAPPENED, UNIT, an_event

pytestmark = pytest.mark.django_db


def test_an_event_drops_the_seconds_and_the_empty_values() -> None:
    event = an_event(unit=UNIT, code="", n=0, yes=False)

    event.refresh_from_db()
    assert event.happened_at == AT.replace(second=0)
    assert event.data == {"unit": UNIT, "n": 0, "yes": False}


@pytest.mark.parametrize(
    "data",
    [
        {"words": "undeclared"},
        {"code": "free text has blanks"},
        {"code": "Nguyễn"},
        {"code": 7},
        {"n": True},
        {"n": "7"},
        {"yes": 1},
        {"unit": "24877"},
    ],
)
def test_an_event_holds_no_words_and_nothing_undeclared(data: dict[str, Any]) -> None:
    with pytest.raises(WrongEventData):
        an_event(**data)


def test_every_shape_has_one_form() -> None:
    kind = EventKind("t", "t", {shape.value: shape for shape in Shape})
    whole = {
        "code": "a_b.c:d/e+f-1",
        "unit": "674@2021-01-01",
        "id": "import:boston311",
        "moment": "2026-11-24T08:00",
        "day": "2026-11-24",
        "count": 3,
        "flag": True,
    }

    assert kind.checked(whole) == whole
    for name in ("moment", "day", "id", "code"):
        with pytest.raises(WrongEventData):
            kind.checked({name: "24/11/2026 lúc 8 giờ"})


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_row() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(HAPPENED, subject_id=uuid4(), version=1, unit_key=UNIT, actor_id="x", at=AT)


def test_a_version_of_a_subject_is_told_once() -> None:
    subject = uuid4()
    an_event(subject)

    with pytest.raises(IntegrityError):
        an_event(subject)


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_event SET kind = 'x'", "DELETE FROM ledger_event"]
)
def test_the_database_itself_refuses_to_change_the_past(statement: str) -> None:
    an_event()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Event.objects.count() == 1


def test_rows_refuse_too() -> None:
    event = an_event()

    with pytest.raises(TypeError, match="never changed"):
        event.save()
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()


def test_many_events_are_the_same_as_single_ones() -> None:
    single = an_event(UUID(int=1), n=5, code="x")
    draft = Draft(
        kind=HAPPENED.name,
        subject_id=UUID(int=2),
        version=1,
        unit_key=UNIT,
        actor_id="clerk",
        at=minute_of(AT),
        data=HAPPENED.checked({"n": 5, "code": "x"}),
    )

    assert record_many([draft]) == 1

    many = Event.objects.get(subject_id=UUID(int=2))
    same = (
        "kind",
        "epoch",
        "subject_version",
        "unit_key",
        "actor_id",
        "node",
        "happened_at",
        "data",
    )
    assert [getattr(many, name) for name in same] == [getattr(single, name) for name in same]
    assert many.seq > single.seq
    assert moment_of(draft.at) == many.happened_at
    assert many.recorded_at - single.recorded_at < timedelta(minutes=5)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
def test_replacing_is_changing_too() -> None:
    an_event()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(
            "INSERT OR REPLACE INTO ledger_event SELECT * FROM ledger_event"
        )
