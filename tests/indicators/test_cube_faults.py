"""The comparison has teeth: faults planted in the rule of booking and in the keeping are found."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from motcua.indicators import counting, facts
from motcua.indicators.asking import Asked, Boundaries
from motcua.indicators.cube import booking, closing, figures, keeping
from motcua.ledger.recording import Draft
from tests.sizes import is_partly_second

from .conftest import Fresh
from .histories import DAY, FIRST_DAY, worlds
from .plain import Question
from .test_counts import asked
from .test_cube import additive, arrive
from .test_lineage import X, Z, a_reorganisation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(is_partly_second(), reason="facts and cube are the same files on both"),
]
LOOK = settings(
    max_examples=150,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
# (the arm, the slot or "" for its moment or where, what is right, what is wrong)
IN_ARMS = [
    (0, "online", "channel = 'online'", "channel = 'post'"),
    (0, "offered_online", "online_offered", "NOT online_offered"),
    (1, "open", "lasts", "true"),
    (1, "waiting", "AND waits", "AND NOT waits"),
    (1, "bad_766", "asked_twice", "extended"),
    (2, "early", "was_early", "NOT was_late"),
    (2, "late", "was_late", "was_early"),
    (2, "good_ended", "NOT asked_twice AND ", ""),
    (2, "out_now", "AND went_heir <> heir", ""),
    (1, "in_now", "AND came_heir <> heir", ""),
    (3, "bad_766", "NOT asked_twice", "asked_twice"),
    (3, "", "due_at + 1", "due_at"),
    (4, "overdue", "true", "false"),
    (5, "", "warn_1 * 1440", "warn_1 * 1440 + 1440"),
    (8, "", "least(leaves, due_at + 1)", "leaves"),
]


STEPS, MOVED = (20 * DAY, 0, 15 * DAY, 31 * DAY), (80 * DAY, 0, 0, DAY)


@cache
def many_lives() -> Sequence[Draft]:
    """Give the random worlds of many examples as one, so that one look finds what there is."""
    told: list[Draft] = []

    @LOOK
    @given(world=worlds())
    def collect(world: list[Draft]) -> None:
        start = 1000 * (len(told) + 1)
        told.extend(one._replace(subject_id=UUID(int=one.subject_id.int + start)) for one in world)

    collect()
    return told


def _is_found(fresh: Fresh) -> bool:
    """Tell whether some number of some day differs from that of the facts."""
    return _as_then(fresh) or _as_now(fresh)


def _as_then(fresh: Fresh) -> bool:
    with fresh():
        now = arrive(many_lives(), STEPS)
        facts.advance()
        asks = [asked(Question(FIRST_DAY, day, now)) for day in range(FIRST_DAY, now // DAY + 1)]
        return any(figures.total(one) != _right_total(one) for one in asks)


def _as_now(fresh: Fresh) -> bool:
    with fresh():
        a_reorganisation()
        now = arrive(many_lives(), MOVED)
        facts.advance()
        q = replace(asked(Question(FIRST_DAY, now // DAY, now)), boundaries=Boundaries.AS_NOW)
        asks = [replace(q, units=units) for units in (None, (X,), (Z,))]
        return any(figures.total(one) != _right_total(one) for one in asks)


@cache
def _right_total(one: Asked) -> dict[str, int]:
    """Ask the facts: no fault is planted in them, and every test tells them the same lives."""
    return additive(counting.total(one))


def _planted(arm: booking.Arm, slot: str, right: str, wrong: str) -> booking.Arm:
    if slot:
        test, sign = arm.slots[slot]
        assert right in test
        return replace(arm, slots={**arm.slots, slot: (test.replace(right, wrong), sign)})
    assert right in arm.moment + arm.where
    said = (arm.moment.replace(right, wrong), arm.where.replace(right, wrong))
    return replace(arm, moment=said[0], where=said[1])


@pytest.mark.parametrize(("n", "slot", "right", "wrong"), IN_ARMS)
def test_a_fault_in_the_rule_is_found(
    *, n: int, slot: str, right: str, wrong: str, fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    arms = list(booking.ARMS)
    arms[n] = _planted(arms[n], slot, right, wrong)
    monkeypatch.setattr(booking, "ARMS", arms)

    assert _is_found(fresh)


def _forget_time(self: closing.Cube, until: int) -> list[str]:
    return []


def _only_the_day(
    before: closing.Cells, stored: object, **booked: object
) -> list[tuple[int, closing.Cells]]:
    return list(_right(before, stored, **booked))[:1]  # type: ignore


def _take_nothing_back(db: object, relation: str) -> booking.Booked:
    return _book_few(db, f"(FROM {relation} WHERE sign = 1)")  # type: ignore[arg-type]


_book_few = booking.book_few
_right = closing._changed
IN_KEEPING: Sequence[tuple[object, str, object]] = [
    (closing.Cube, "passed", _forget_time),
    (closing, "_changed", _only_the_day),
    (keeping, "book_few", _take_nothing_back),
    (keeping, "ahead", lambda db, relation, until: []),
]


@pytest.mark.parametrize(("place", "name", "wrong"), IN_KEEPING)
def test_a_fault_in_the_keeping_is_found(
    *, place: object, name: str, wrong: object, fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, name, wrong)

    assert _is_found(fresh)


def test_without_a_fault_nothing_is_found(fresh: Fresh) -> None:
    assert not _is_found(fresh)
