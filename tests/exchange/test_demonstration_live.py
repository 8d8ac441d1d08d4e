"""The live demonstration: real actions, one true story each, stocks that stay."""

import os
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import OperationalError

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.accounts.queries import names_of
from motcua.citizens.models import Person
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.statuses import Status
from motcua.exchange.demonstration import live, marker, stocks
from motcua.exchange.demonstration.playing import REFUSED, Player
from motcua.exchange.demonstration.posts import PORTAL
from motcua.exchange.demonstration.stocks import OPEN
from motcua.ledger.models import ClientKey, Event
from motcua.ledger.reading import last_seq
from tests.sizes import IS_WHOLE, is_partly_second, soaks

from . import given_demonstration as given

pytestmark = [soaks, pytest.mark.slow, pytest.mark.django_db, pytest.mark.database]
PLAYED, OF_ALL_KINDS = (1000 if IS_WHOLE else 200), 300  # fewer do not show the rare ones


@pytest.fixture
def player() -> Player:
    given.a_registry()
    given.loaded()
    world = marker.read()
    assert world is not None
    return live.player_of(world, Random(os.environ["MOTCUA_TEST_SEED"]))


def play(player: Player, number: int, *, since: datetime, apart: timedelta) -> None:
    for step in range(number):
        player.play(at=since + step * apart)


def test_every_action_leaves_row_and_ledger_telling_one_story(player: Player) -> None:
    last, before, dossiers = last_seq(), Event.objects.count(), Dossier.objects.count()

    play(player, PLAYED, since=given.WORKING_DAY, apart=timedelta(seconds=1))

    done = +player.done
    acted = done.total() - done[REFUSED]
    assert done[REFUSED] <= PLAYED // 20, done
    assert acted >= PLAYED * 0.9
    assert Event.objects.count() - before == acted == ClientKey.objects.count()
    assert Dossier.objects.count() - dossiers == done["file"] + done["receive_new"]
    played = list(Event.objects.filter(seq__gt=last))
    for row in Dossier.objects.filter(pk__in={event.subject_id for event in played}):
        _one_story(row)
    _name_no_person(played)
    _come_from_real_accounts(played)
    _are_mostly_in_time()


def _name_no_person(events: list[Event]) -> None:
    persons = {str(person) for person in Person.objects.values_list("id", flat=True)}
    for event in events:
        assert persons.isdisjoint(map(str, event.data.values())), event.data
        assert "Demo" not in str(event.data)


def _come_from_real_accounts(events: list[Event]) -> None:
    actors = {event.actor_id for event in events}
    assert len(actors) > 8, actors
    assert len(names_of(actors)) == len(actors - {PORTAL})
    filed = {event.actor_id for event in events if event.kind == "dossier.filed"}
    assert PORTAL in filed


def _are_mostly_in_time() -> None:
    ended = Dossier.objects.filter(ended_at__gte=given.WORKING_DAY, outcome="positive")
    late = [row for row in ended if row.due_at and row.ended_at and row.ended_at > row.due_at]
    assert ended.count() > PLAYED // 20
    assert len(late) <= ended.count() * 0.25


def _one_story(row: Dossier) -> None:
    events = list(Event.objects.filter(subject_id=row.id).order_by("subject_version"))
    assert [event.subject_version for event in events] == list(range(1, row.version + 1))
    assert events[-1].unit_key == row.holder_key
    assert [e.happened_at for e in events] == sorted(e.happened_at for e in events)
    targets = {move.event.name: move.target for move in MOVES if move.target is not None}
    reached = [targets[event.kind] for event in events if event.kind in targets]
    if Status(row.status) not in (Status.AWAITING_APPROVAL, Status.AWAITING_SIGNATURE):
        assert reached[-1] == row.status
    has_end = any(e.kind in ("dossier.resolved", "dossier.withdrawn") for e in events)
    assert (has_end or row.outcome in ("stopped", "refused")) == (row.ended_at is not None)
    assert sum(e.kind == "dossier.supplement_requested" for e in events) == row.supplements


def test_all_kinds_of_actions_occur_by_day_and_by_night_and_stocks_stay(player: Player) -> None:
    night = given.WORKING_DAY.replace(hour=23)
    level = sum(player.levels[stage] for stage in OPEN)
    seen = []

    for part in range(6):
        play(
            player,
            max(PLAYED, OF_ALL_KINDS) * 2 // 3,
            since=night + timedelta(hours=3 * part),
            apart=timedelta(seconds=30),
        )
        now = stocks.under_way(at=night + timedelta(hours=3 * part + 2))
        seen.append(sum(len(now.by_stage[stage]) for stage in OPEN))

    assert all(level * 0.5 <= number <= level * 1.6 for number in seen), (level, seen)
    assert {
        "file",
        "receive_new",
        "receive",
        "hand_over",
        "submit",
        "submit_for_signature",
        "approve",
        "sign",
        "number",
        "return_result",
        "request_supplement",
        "complete_supplement",
    } <= set(player.done), player.done


@pytest.mark.skipif(is_partly_second(), reason="how it plays is the same on both engines")
def test_a_world_loaded_weeks_ago_works_off_what_has_become_due(player: Player) -> None:
    later = given.WORKING_DAY + timedelta(days=60)
    before = len(stocks.under_way(at=later).by_stage[stocks.Stage.OVERDUE])

    play(player, PLAYED * 2, since=later, apart=timedelta(seconds=1))

    after = len(stocks.under_way(at=later).by_stage[stocks.Stage.OVERDUE])
    assert before > 2 * player.levels["overdue"]
    assert after < before * 0.9
    assert player.done[REFUSED] < PLAYED // 2, player.done  # courses that do not fit are left


def test_what_a_visitor_began_is_left_to_the_visitor(player: Player) -> None:
    owner = Person.objects.values_list("id", flat=True).first()
    assert owner is not None
    row = actions.receive_new(
        request=actions.Request("2.000815", "direct", "24886@2025-07-01"),
        applicants=actions.Applicants(owner),
        actor=Actor.everywhere("visitor", Permission),
        at=given.WORKING_DAY,
    )

    play(player, PLAYED, since=given.WORKING_DAY, apart=timedelta(seconds=1))

    assert Dossier.objects.get(pk=row.pk).version == row.version


def test_pace_rests_as_long_as_it_works_and_longer_while_it_fails() -> None:
    pace = live.Pace(1.0)

    assert pace.after("sign", took=0.1) == pytest.approx(0.9)
    assert pace.after("sign", took=3.0) == pytest.approx(3.0)
    assert pace.after("", took=0.1) == pytest.approx(5.0)
    rests = [pace.after_failure(OperationalError("database is locked")) for _ in range(8)]
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60]
    pace.after("sign", took=0.1)
    assert pace.after_failure(OperationalError("database is locked")) == 1


def test_a_failure_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    pace = live.Pace(1.0)

    for _ in range(3):
        pace.after_failure(ValueError("broken"))

    assert len([r for r in caplog.records if r.name.endswith("demonstration.live")]) == 1
