"""The demonstration world before it is written: deterministic, lawful, made up, alive today."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction

from motcua.citizens.rules import is_synthetic_number, read_identity_number
from motcua.dossiers.history import Folder
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.life import Life
from motcua.dossiers.rules.statuses import OPEN, Status
from motcua.dossiers.told import Past
from motcua.exchange.demonstration.people import newcomers, people_of
from motcua.exchange.demonstration.shares import targets
from motcua.exchange.demonstration.streams import shared_out, stream
from motcua.exchange.demonstration.timetable import Timetable
from motcua.kit.moments import at_clock, date_of, day_number, day_of, minute_of
from motcua.registry.catalogue import Catalogue

from . import given_demonstration as given

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
BY_MACHINES = frozenset({moves.NOTE_OVERDUE, moves.NOTE_ACCEPTANCE_OVERDUE, moves.TRANSFER})
AT_HOME = frozenset({moves.FILE, moves.REFILE})


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Catalogue]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield given.a_registry()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(known: Catalogue) -> list[Past]:
    return given.a_world(known, at=given.WORKING_DAY)


def lives(known: Catalogue, pasts: list[Past]) -> list[Life]:
    """Fold every past with the rules of the moves, as the bulk door does."""
    folder = Folder(known, actor_id="somebody")
    folder.lock_counters(pasts)
    return [folder.fold(past).life for past in pasts]


def test_the_same_seed_and_moment_give_the_same_world(known: Catalogue, world: list[Past]) -> None:
    assert given.a_world(known, at=given.WORKING_DAY) == world


def test_another_seed_is_another_world(known: Catalogue, world: list[Past]) -> None:
    other = given.a_world(known, at=given.WORKING_DAY, seed=given.SEED + 1)

    assert {past.id for past in other}.isdisjoint(past.id for past in world)


def test_later_on_the_same_day_the_same_dossiers_only_went_on(
    known: Catalogue, world: list[Past]
) -> None:
    later = given.a_world(known, at=given.WORKING_DAY + timedelta(hours=5))

    by_key = {past.source_key: past for past in later}
    for past in world:
        assert list(by_key[past.source_key].moves)[: len(past.moves)] == list(past.moves)


def test_every_move_is_in_order_and_people_work_in_open_hours(
    known: Catalogue, world: list[Past]
) -> None:
    for past in world:
        told = list(past.moves)
        assert [one.at for one in told] == sorted(one.at for one in told)
        calendar = known.calendar(past.holder)
        for one in told:
            if one.move not in BY_MACHINES | AT_HOME:
                assert calendar.next_open(one.at) == one.at, (past.source_key, one.move.name)


def test_the_first_part_ends_with_its_totals_to_the_last_dossier(
    known: Catalogue, world: list[Past]
) -> None:
    wanted, end = targets(given.SCALE), at_clock(day_number(date(2025, 4, 1))) - 1

    received = [
        life
        for life in lives(known, world)
        if life.received_at is not None
        and life.received_at <= end
        and life.status is not Status.VOIDED
    ]

    ended = [life for life in received if life.ended_at is not None and life.ended_at <= end]
    late = [one for one in ended if one.due_at and one.ended_at and one.ended_at > one.due_at]
    assert len(received) == wanted.received == 1_498
    assert len(received) - len(ended) == wanted.open
    assert len(late) == wanted.late
    assert all(life.due_at is not None for life in ended)


def test_what_is_open_on_the_day_the_old_units_end_goes_on_in_the_new_ones(
    known: Catalogue, world: list[Past]
) -> None:
    ends = at_clock(day_number(date(2025, 7, 1)))

    for past, life in zip(world, lives(known, world), strict=True):
        holder = known.unit(life.holder)
        begun = past.moves[0].at
        is_open = life.ended_at is None or life.ended_at >= ends
        if begun < ends and is_open and life.status is not Status.VOIDED:
            assert holder.valid_to is None, past.source_key
            handed = [one for one in past.moves if one.at == ends]
            assert handed[0].facts.reason == "reorganisation"
        assert known.unit(past.holder).is_valid_on(date_of(day_of(begun)))


@pytest.mark.parametrize("at", [given.WORKING_DAY, given.HOLIDAY])
def test_there_is_work_of_every_kind_on_a_working_day_and_on_a_holiday(
    known: Catalogue, at: object
) -> None:
    assert isinstance(at, type(given.WORKING_DAY))
    now, calendar = minute_of(at), known.calendar(None)
    next_day = calendar.next_working_day(day_of(now))

    found = lives(known, given.a_world(known, at=at))

    statuses = Counter(life.status for life in found)
    still = [life for life in found if life.status in OPEN]
    due = [life.due_at for life in still if life.due_at is not None]
    assert sum(day_of(moment) == next_day for moment in due) >= 5
    assert sum(moment < now for moment in due) >= 5
    assert statuses[Status.AWAITING_SUPPLEMENT] >= 4
    assert statuses[Status.AWAITING_OBLIGATION] >= 2
    assert statuses[Status.FILED] >= 2
    assert statuses[Status.RESULT_READY] >= 2
    assert any(life.status is Status.FILED and life.crossings for life in found)


def test_the_whole_life_is_met(world: list[Past]) -> None:
    met = {told.move for past in world for told in past.moves}

    by_the_clock = moves.BY_SYSTEM - {moves.NOTE_OVERDUE, moves.NOTE_ACCEPTANCE_OVERDUE}
    assert met >= set(moves.MOVES) - by_the_clock - {moves.STOP, moves.STOP_UNANSWERED}


def test_every_person_is_synthetic_and_marked_and_has_an_own_number() -> None:
    wanted = targets(given.SCALE)
    everybody = people_of(given.SEED, persons=wanted.persons, businesses=wanted.businesses)

    details = [one.details for one in newcomers(given.SEED, everybody)]

    citizens = [one for one in details if one.birth_on is not None]
    assert len(citizens) == wanted.persons
    assert len({one.identity_number for one in citizens}) == len(citizens)
    for one in citizens:
        reading = read_identity_number(one.identity_number)
        assert one.is_synthetic
        assert is_synthetic_number(one.identity_number)
        assert one.phone.startswith("0900")
        assert reading is not None
        assert one.birth_on is not None
        assert (reading.birth_year, reading.sex) == (one.birth_on.year, one.sex)
    assert {letter.lower() for one in details for letter in one.name} >= set("ĕĭŏŭƀ")


def test_a_number_is_shared_out_without_a_rest() -> None:
    assert shared_out(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(shared_out(14_200, [0.85, 0.75, 1.1])) == 14_200


def test_streams_of_other_names_are_other_streams() -> None:
    assert stream(1, "a", "b").random() == stream(1, "a", "b").random()
    assert stream(1, "a").random() != stream(1, "b").random()


def test_the_timetable_counts_open_minutes_like_the_calendar(known: Catalogue) -> None:
    calendar = known.calendar(None)
    table = Timetable(
        calendar, first=day_number(date(2026, 1, 1)), last=day_number(date(2026, 12, 31))
    )

    place = table.place_of(minute_of(given.WORKING_DAY))
    minute = table.minute_at(place)

    assert minute == minute_of(given.WORKING_DAY)
    assert calendar.count_open(minute, table.minute_at(place + 500)) == 500
    assert table.minute_at(table.days_later(place, 1)) == minute + 24 * 60
    assert table.last_until(minute) == place
