"""Drafts of changes: which are refused, how one is thrown away, and how a list is read."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.changes import listing
from motcua.dossiers.changes.drafts import Replaced
from motcua.dossiers.changes.previewing import count, preview
from motcua.dossiers.changes.reading import keys_of
from motcua.dossiers.changes.refusals import FirstDayPast, StepNotPossible
from motcua.dossiers.changes.worlds import if_applied, reach_of
from motcua.dossiers.models import ClockChange, Dossier
from motcua.dossiers.pages.change_words import Told, facts_of
from motcua.kit.clock import LimitUnit
from motcua.ledger.models import Event
from motcua.registry.drafts import CorrectionDraft, WeekDraft
from motcua.registry.queries import catalogue, week_of
from motcua.registry.rules import NoSuchHours

from .given import COMMUNE, OTHER, TEN_DAYS, a_received_dossier, a_registry, later
from .given_changes import HOLIDAY, NOW, a_previewed, an_applied, counted, dues, reversed_again

pytestmark = pytest.mark.django_db
SHORTER = CorrectionDraft(
    TEN_DAYS, date(2021, 1, 1), 7, LimitUnit.WORKING_DAY, "QĐ 12/QĐ-UBND", "Luật thử"
)


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def test_a_limit_for_new_receipts_never_begins_when_some_are_running() -> None:
    running = a_received_dossier()

    for past in (date(2026, 9, 14), date(2026, 9, 26)):  # the second is the day of the change
        with pytest.raises(FirstDayPast):
            a_previewed(replace(SHORTER, from_day=past))
    change = a_previewed(replace(SHORTER, from_day=date(2026, 9, 27)))
    with pytest.raises(FirstDayPast):  # the draft has lain until its day has come
        actions.apply_change(change_id=change.pk, actor=SYSTEM, at=later(days=13))

    assert Dossier.objects.get(pk=running.pk).due_at == running.due_at
    assert ClockChange.objects.get().state == "draft"


def test_a_draft_is_thrown_away_with_its_preview_and_stays_in_the_ledger() -> None:
    a_received_dossier()
    change = a_previewed(HOLIDAY)
    assert change.pages.exists()

    for _ in range(2):  # sent twice
        actions.discard_change(change_id=change.pk, actor=SYSTEM, at=NOW, key="discard-1")

    gone = ClockChange.objects.get()
    assert (gone.state, gone.version, gone.pages.count()) == ("discarded", 2, 0)
    told = Event.objects.filter(subject_id=change.pk).order_by("seq").values_list("kind", flat=True)
    assert list(told) == ["clock_change.drafted", "clock_change.discarded"]
    for act in (actions.apply_change, actions.want_preview, actions.discard_change):
        with pytest.raises(StepNotPossible):
            act(change_id=change.pk, actor=SYSTEM, at=NOW)


def test_what_holds_already_is_taken_back_and_not_thrown_away() -> None:
    change = an_applied(HOLIDAY)

    with pytest.raises(StepNotPossible):
        actions.discard_change(change_id=change.pk, actor=SYSTEM, at=NOW)


def test_a_draft_thrown_away_while_it_is_counted_stays_thrown_away() -> None:
    a_received_dossier()
    change = actions.draft_change(draft=HOLIDAY, actor=SYSTEM, at=NOW)
    worlds = if_applied(catalogue(), HOLIDAY, Replaced())
    ClockChange.objects.update(preview="counting")
    actions.discard_change(change_id=change.pk, actor=SYSTEM, at=NOW)

    keys = keys_of(reach_of(HOLIDAY, Replaced(), catalogue()))
    assert count(change.pk, worlds, keys) is None
    preview(change.pk)
    assert ClockChange.objects.get().state == "discarded"
    assert not ClockChange.objects.get().pages.exists()


def test_the_moves_of_a_change_are_read_to_their_end_page_by_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    codes = [a_received_dossier().code for _ in range(5)]
    change = an_applied(HOLIDAY)

    with CaptureQueriesContext(connection) as asked:
        found = [row.code for row in listing.every(change)]

    assert sorted(found) == sorted(codes)
    assert not [one for one in asked if "OFFSET" in one["sql"]]
    assert [row.code for row in listing.every(change, OTHER)] == []


@pytest.mark.parametrize("is_service", [False, True])
def test_hours_of_a_unit_are_taken_out_and_come_back_with_the_dossiers(is_service: bool) -> None:
    week = WeekDraft(
        date(2026, 9, 21), {0: "07:30-11:30", 2: "07:30-11:30"}, "QĐ", "xã", COMMUNE, is_service
    )
    no_week = WeekDraft(week.valid_from, {}, "", "", COMMUNE, is_service, is_removal=True)
    running = a_received_dossier()
    with pytest.raises(NoSuchHours):
        a_previewed(no_week)
    an_applied(week)
    slow = dues()
    assert (slow[running.pk] == running.due_at) is is_service

    change = an_applied(no_week)

    assert week_of(COMMUNE, week.valid_from, is_service=is_service) is None
    assert dues()[running.pk] == running.due_at
    assert change.would_move == change.moved == (0 if is_service else 1)
    assert dues() == counted()
    told = Told(change, catalogue())
    assert "QĐ" in [value for _name, value in facts_of(told.draft, told.replaced, catalogue())]
    reversed_again(change)
    again = week_of(COMMUNE, week.valid_from, is_service=is_service)
    assert again is not None
    assert {day: spans for day, spans in again.week.items() if spans} == week.week
    assert dues() == slow == counted()


def test_hours_taken_out_are_named_in_title_and_reason() -> None:
    week = WeekDraft(date(2026, 9, 21), {0: "07:30-11:30"}, "QĐ", "xã", COMMUNE)
    dossier = a_received_dossier()
    an_applied(week)
    change = a_previewed(replace(week, week={}, legal_basis="", source="", is_removal=True))

    with translation.override("vi"):
        told = Told(change, catalogue())
        [row] = listing.listed(change, start=0, stop=5)
        words = (told.title, told.why(row), facts_of(told.draft, told.replaced, catalogue())[0][1])

    assert row.code == dossier.code
    assert words == (
        "Bỏ giờ làm việc từ 21/09/2026",
        "Giờ làm việc từ 21/09/2026 không còn áp dụng",
        "Bỏ giờ làm việc trong tuần",
    )
