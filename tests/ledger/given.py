"""Events as tests need them, recorded by the real door."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from motcua.kit.moments import LOCAL
from motcua.ledger.kinds import EventKind, Shape
from motcua.ledger.models import Event
from motcua.ledger.recording import record

AT = datetime(2026, 9, 14, 9, 0, 37, tzinfo=LOCAL)
UNIT = "24877@2021-01-01"
HAPPENED = EventKind(
    "test.happened",
    "something happened",
    {"unit": Shape.UNIT, "code": Shape.CODE, "n": Shape.COUNT, "yes": Shape.FLAG},
)


def an_event(subject_id: UUID | None = None, *, version: int = 1, **data: Any) -> Event:
    """Record one event in a transaction of its own."""
    with transaction.atomic():
        return record(
            HAPPENED,
            subject_id=subject_id or uuid4(),
            version=version,
            unit_key=UNIT,
            actor_id="clerk",
            at=AT,
            data=data,
        )
