"""The steps of a change: one after the other, stopped, refused, broken off and gone on with."""

import random
from dataclasses import replace

import pytest

from motcua.accounts.actors import SYSTEM, NotAllowed
from motcua.dossiers import actions
from motcua.dossiers.changes import going_on, moving
from motcua.dossiers.changes.going_on import finish, go_on
from motcua.dossiers.changes.refusals import (
    AnotherChangeRuns,
    NoPreview,
    PreviewStale,
    StepNotPossible,
)
from motcua.dossiers.models import ClockChange, Dossier
from motcua.ledger.models import Event
from motcua.registry import rules
from motcua.registry.actions import enter_day
from motcua.registry.drafts import (
    RemovalDraft,
)
from motcua.registry.models import CalendarEntry

from .given import (
    CLERK,
    MONDAY,
    WHY,
    a_received_dossier,
    a_registry,
)
from .given_changes import (
    HOLIDAY,
    NOW,
    a_previewed,
    a_world,
    counted,
    dues,
    reversed_again,
)
from .test_changes import SHORTER, SWAP

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def test_a_second_change_waits_until_the_first_is_done() -> None:
    a_received_dossier()
    first, second = a_previewed(HOLIDAY), a_previewed(SWAP)
    actions.apply_change(change_id=first.pk, actor=SYSTEM, at=NOW)

    with pytest.raises(AnotherChangeRuns):
        actions.apply_change(change_id=second.pk, actor=SYSTEM, at=NOW)
    finish(first.pk, at=NOW)

    with pytest.raises(PreviewStale):  # the first changed the calendar the second was counted by
        actions.apply_change(change_id=second.pk, actor=SYSTEM, at=NOW)


def test_nothing_is_applied_unseen_twice_or_by_who_may_not() -> None:
    change = actions.draft_change(draft=HOLIDAY, actor=SYSTEM, at=NOW)
    with pytest.raises(NoPreview):
        actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    with pytest.raises(NotAllowed):
        actions.draft_change(draft=HOLIDAY, actor=CLERK, at=NOW)  # the nation is not the commune's
    with pytest.raises(StepNotPossible):
        actions.reverse_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    go_on(at=NOW)

    for _ in range(2):
        actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW, key="einmal-1")

    assert CalendarEntry.objects.filter(day=HOLIDAY.day).count() == 1
    with pytest.raises(StepNotPossible):
        actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)


def test_a_draft_that_repeats_what_stands_is_refused() -> None:
    enter_day(draft=HOLIDAY, actor=SYSTEM, at=MONDAY)

    with pytest.raises(rules.DayEnteredTwice):
        actions.draft_change(draft=HOLIDAY, actor=SYSTEM, at=NOW)
    with pytest.raises(rules.NothingCorrected):
        actions.draft_change(draft=replace(SHORTER, value=10), actor=SYSTEM, at=NOW)
    with pytest.raises(rules.NoSuchLimit):
        actions.draft_change(draft=replace(SHORTER, channel="post"), actor=SYSTEM, at=NOW)
    with pytest.raises(rules.NoSuchEntry):
        actions.draft_change(draft=RemovalDraft((10**9,)), actor=SYSTEM, at=NOW)


def test_a_preview_is_stopped_and_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    a_received_dossier()
    change = actions.draft_change(draft=HOLIDAY, actor=SYSTEM, at=NOW)
    actions.stop_preview(change_id=change.pk, actor=SYSTEM, at=NOW)
    go_on(at=NOW)
    assert ClockChange.objects.get(pk=change.pk).preview == "stopped"

    actions.want_preview(change_id=change.pk, actor=SYSTEM, at=NOW)
    from motcua.dossiers.changes import previewing

    def stop_in_the_middle(*args: object, **more: object) -> bool:
        actions.stop_preview(change_id=change.pk, actor=SYSTEM, at=NOW)
        return tell(*args, **more)  # type: ignore[arg-type]

    tell = previewing._tell
    with monkeypatch.context() as patch:
        patch.setattr(previewing, "_tell", stop_in_the_middle)
        go_on(at=NOW)
    assert ClockChange.objects.get(pk=change.pk).preview == "stopped"

    actions.want_preview(change_id=change.pk, actor=SYSTEM, at=NOW)
    go_on(at=NOW)
    assert ClockChange.objects.get(pk=change.pk).would_move == 1


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_broken_off_between_two_batches_and_gone_on_with_it_ends_the_same(
    steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "BATCH", 7)
    a_world(random.Random(11))
    before = dues()
    change = a_previewed(HOLIDAY)
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    for _ in range(steps):
        going_on.step(change.pk, at=NOW)

    # Meanwhile somebody pauses one that is still to move, finishes another, receives a new one.
    waiting = Dossier.objects.filter(
        status="in_process", due_at__gt=NOW, supplements=0, due_of="rules"
    ).order_by("-pk")
    paused, finished = waiting[0], waiting[1]
    actions.request_supplement(dossier_id=paused.pk, words=WHY, actor=SYSTEM, at=NOW)
    actions.withdraw(dossier_id=finished.pk, actor=SYSTEM, at=NOW)
    a_received_dossier(at=NOW)
    go_on(at=NOW)

    assert ClockChange.objects.get(pk=change.pk).state == "applied"
    assert dues() == counted()
    events = Event.objects.filter(kind="dossier.due_moved").values_list("subject_id", flat=True)
    assert len(events) == len(set(events))
    reversed_again(change)
    assert dues() == counted()
    stayed = set(before) - {paused.pk, finished.pk}
    assert {key: dues()[key] for key in stayed} == {key: before[key] for key in stayed}


def test_a_batch_that_fails_leaves_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    a_world(random.Random(12), 40)
    before, events = dues(), Event.objects.count()
    change = a_previewed(HOLIDAY)
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    going_on.step(change.pk, at=NOW)

    def broken(*args: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(moving, "record_many", broken)
        with pytest.raises(RuntimeError):
            going_on.step(change.pk, at=NOW)
    assert dues() == before
    assert Event.objects.count() == events + 3  # drafted, entered, begun

    finish(change.pk, at=NOW)
    assert dues() == counted() != before
