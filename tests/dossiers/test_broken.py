"""One dossier or change that breaks in an unforeseen way: all others go on (docs/adr/0012)."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from motcua.accounts.actors import SYSTEM, Actor, NotAllowed
from motcua.dossiers import actions
from motcua.dossiers.actions import watching
from motcua.dossiers.changes import going_on
from motcua.dossiers.changes.previewing import preview
from motcua.dossiers.changes.refusals import PreviewBroken
from motcua.dossiers.deadlines import go_on_with_changes, note_crossings
from motcua.dossiers.models import ClockChange, Crossing, Dossier
from motcua.dossiers.rows import life_of

from .given import a_received_dossier, a_registry, later
from .given_changes import HOLIDAY, NOW, a_previewed

pytestmark = pytest.mark.django_db
LATE = later(days=60)


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def breaking_for(key: UUID, real: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that breaks for one row or id, and for all others is what it was."""

    def breaks(first: Any, *rest: Any, **named: Any) -> Any:
        if getattr(first, "pk", first) == key:
            raise ZeroDivisionError
        return real(first, *rest, **named)

    return breaks


def test_a_dossier_that_breaks_is_put_off_and_all_others_are_noted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, *others = [a_received_dossier(at=later(minutes=n)) for n in range(3)]

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(watching, "life_of", breaking_for(first.pk, life_of))
        assert note_crossings(clock=SYSTEM, at=LATE) == 3 * len(others)
        assert note_crossings(clock=SYSTEM, at=LATE + timedelta(minutes=1)) == 0

    noted = set(Crossing.objects.values_list("dossier_id", flat=True))
    assert noted == {row.pk for row in others}
    assert Dossier.objects.get(pk=first.pk).watch_at == LATE + watching.REST
    assert [str(first.pk) in record.message for record in caplog.records] == [True]

    mended = LATE + watching.REST
    assert note_crossings(clock=SYSTEM, at=mended) == 3
    assert Crossing.objects.filter(dossier=first).count() == 3


def test_who_may_not_watch_the_clock_puts_nothing_off() -> None:
    row = a_received_dossier()
    nobody = Actor("nobody", "Không ai", {})

    with pytest.raises(NotAllowed):
        note_crossings(clock=nobody, at=LATE)
    with pytest.raises(NotAllowed):
        actions.put_off_watching(dossier_id=row.pk, actor=nobody, at=LATE)

    assert Dossier.objects.get(pk=row.pk).watch_at == row.watch_at


def test_a_preview_that_breaks_says_so_and_the_others_are_counted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_received_dossier()
    days = (date(2026, 9, 28), date(2026, 9, 29))
    bad, good = (
        actions.draft_change(draft=replace(HOLIDAY, day=day), actor=SYSTEM, at=NOW) for day in days
    )

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(going_on, "preview", breaking_for(bad.pk, preview))
        assert go_on_with_changes(clock=SYSTEM, at=NOW) == 2
        assert go_on_with_changes(clock=SYSTEM, at=NOW) == 0

    broken, counted = (ClockChange.objects.get(pk=one.pk) for one in (bad, good))
    assert (broken.preview, counted.preview) == ("failed", "ready")
    assert broken.problem == {"message": PreviewBroken.message, "facts": {}}
    assert [str(bad.pk) in record.message for record in caplog.records] == [True]

    actions.want_preview(change_id=bad.pk, actor=SYSTEM, at=NOW)
    go_on_with_changes(clock=SYSTEM, at=NOW)
    assert ClockChange.objects.get(pk=bad.pk).preview == "ready"


def test_a_running_change_that_breaks_is_named_after_the_previews_had_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_received_dossier()
    running = a_previewed(HOLIDAY)
    actions.apply_change(change_id=running.pk, actor=SYSTEM, at=NOW)
    draft = replace(HOLIDAY, day=date(2026, 9, 29))
    wanted = actions.draft_change(draft=draft, actor=SYSTEM, at=NOW)

    with monkeypatch.context() as patch:
        patch.setattr(going_on, "step", breaking_for(running.pk, going_on.step))
        with pytest.raises(ZeroDivisionError) as raised:
            go_on_with_changes(clock=SYSTEM, at=NOW)

    assert raised.value.__notes__ == [f"change {running.pk}"]
    assert ClockChange.objects.get(pk=wanted.pk).preview == "ready"
    assert ClockChange.objects.get(pk=running.pk).state == "applying"

    go_on_with_changes(clock=SYSTEM, at=NOW)
    assert ClockChange.objects.get(pk=running.pk).state == "applied"
