"""The live demonstration: real actions, one true story each, stocks that stay."""

import os
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import OperationalError

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.citizens.models import Person
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.statuses import Status
from motcua.exchange.demonstration import live, marker, stocks
from motcua.exchange.demonstration.playing import REFUSED, Player
from motcua.exchange.demonstration.stocks import OPEN
from motcua.ledger.models import ClientKey, Event

from . import given_demonstration as given

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.database]
PLAYED = int(os.environ.get("MOTCUA_PLAYED", "300"))


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
    before, dossiers = Event.objects.count(), Dossier.objects.count()

    play(player, PLAYED, since=given.WORKING_DAY, apart=timedelta(seconds=1))

    done = +player.done
    acted = done.total() - done[REFUSED]
    assert done[REFUSED] <= PLAYED // 20, done
    assert acted >= PLAYED * 0.9
    assert Event.objects.count() - before == acted == ClientKey.objects.count()
    assert Dossier.objects.count() - dossiers == done["file"] + done["receive_new"]
    played = Event.objects.order_by("-seq")[:acted]
    told_of = {event.subject_id for event in played}
    for row in Dossier.objects.filter(pk__in=told_of):
        _one_story(row)


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
        play(player, PLAYED, since=night + timedelta(hours=3 * part), apart=timedelta(seconds=30))
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


def test_most_results_are_in_time(player: Player) -> None:
    play(player, PLAYED * 3, since=given.WORKING_DAY, apart=timedelta(seconds=1))

    ended = Dossier.objects.filter(ended_at__gte=given.WORKING_DAY, outcome="positive")
    late = [row for row in ended if row.due_at and row.ended_at and row.ended_at > row.due_at]
    assert ended.count() > PLAYED // 10
    assert len(late) <= ended.count() * 0.2


def test_events_name_no_person(player: Player) -> None:
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0

    play(player, PLAYED, since=given.WORKING_DAY, apart=timedelta(seconds=1))

    persons = {str(person) for person in Person.objects.values_list("id", flat=True)}
    for event in Event.objects.filter(seq__gt=last):
        text = str(event.data)
        assert not persons & {str(value) for value in event.data.values()}, text
        assert "Demo" not in text


def test_who_acts_holds_the_right_and_the_dossier_stays_at_real_units(player: Player) -> None:
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0

    play(player, PLAYED, since=given.WORKING_DAY, apart=timedelta(seconds=1))

    actors = Counter(Event.objects.filter(seq__gt=last).values_list("actor_id", flat=True))
    assert len(actors) > 8, actors
    assert "system" not in actors
    filed = Event.objects.filter(seq__gt=last, kind="dossier.filed")
    assert "national-portal" in set(filed.values_list("actor_id", flat=True))


def test_a_world_loaded_weeks_ago_works_off_what_has_become_due(player: Player) -> None:
    later = given.WORKING_DAY + timedelta(days=60)
    before = len(stocks.under_way(at=later).by_stage[stocks.Stage.OVERDUE])

    play(player, PLAYED * 4, since=later, apart=timedelta(seconds=1))

    after = len(stocks.under_way(at=later).by_stage[stocks.Stage.OVERDUE])
    assert before > 2 * player.levels["overdue"]
    assert after < before * 0.8


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


def test_a_refusal_is_counted_and_the_dossier_is_led_on(player: Player) -> None:
    """A course that does not fit any more is left; nothing is tried for ever."""
    later = given.WORKING_DAY + timedelta(days=400)

    play(player, PLAYED, since=later, apart=timedelta(seconds=1))

    assert player.done.total() - player.done[REFUSED] > PLAYED * 0.6, player.done


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
