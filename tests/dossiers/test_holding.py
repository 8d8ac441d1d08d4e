"""Who counts and who changes the calendar at the same moment, on both engines (docs/adr/0014)."""

import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions, history
from motcua.dossiers.actions import beginning, door
from motcua.dossiers.changes.going_on import finish
from motcua.dossiers.changes.looking import look
from motcua.dossiers.changes.moving import list_todo, move_page
from motcua.dossiers.deadlines import note_crossings
from motcua.dossiers.history import lock_codes, write_history
from motcua.dossiers.models import ClockChange, Dossier
from motcua.dossiers.numbering import lock_counter
from motcua.dossiers.rules.moves import BY_NAME
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import minute_of
from motcua.ledger.recording import keep_commit_order
from motcua.registry import actions as registry
from motcua.registry.holding import about_to_change, hold_still

from .given import CLERK, COMMUNE, MONDAY, TEN_DAYS, WHY, a_received_dossier, a_registry, later
from .given_changes import HOLIDAY, NOW, a_previewed, an_applied, counted, dues, reversed_again
from .test_together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LONG = 30.0
Job = Callable[[], object]
A_WHILE = 2.0  # in which whoever does not wait has long done everything


@pytest.fixture(autouse=True)
def _registry(transactional_db: None) -> None:
    a_registry()


def at_once(first: Job, then: Job, *, at_last: Job = lambda: None) -> None:
    """Do the first without committing it, begin the other meanwhile, then let both end.

    `at_last` is what the first still does before it commits.
    """
    is_done, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            first()
            is_done.set()
            assert may_commit.wait(LONG)
            at_last()

    def quick() -> None:
        assert is_done.wait(LONG)
        timer = threading.Timer(A_WHILE, may_commit.set)
        timer.start()
        try:
            then()
        finally:
            timer.cancel()
            may_commit.set()

    assert together(slow, quick) == []


def receive() -> None:
    a_received_dossier(at=MONDAY)


def a_past() -> Past:
    return Past(
        id=uuid4(),
        source="sheet",
        source_key="1",
        procedure=TEN_DAYS,
        channel="direct",
        place=COMMUNE,
        holder=COMMUNE,
        moves=[Told(BY_NAME["receive_new"], minute_of(MONDAY))],
    )


def tell_history() -> None:
    list(write_history([a_past()], actor=SYSTEM, at=MONDAY))


def apply_holiday() -> None:
    an_applied(HOLIDAY)


def in_between(
    monkeypatch: pytest.MonkeyPatch, place: ModuleType, name: str, *, first: Job, then: Job
) -> None:
    """Do the other thing when the first has counted and has not told the ledger yet."""
    has_counted, goes_on = threading.Event(), threading.Event()
    real = getattr(place, name)

    def held(*rest: Any, **named: Any) -> Any:
        if not has_counted.is_set():
            has_counted.set()
            goes_on.wait(A_WHILE)  # who does not wait for us has done everything by then
        return real(*rest, **named)

    def other() -> None:
        assert has_counted.wait(LONG)
        then()
        goes_on.set()

    monkeypatch.setattr(place, name, held)
    assert together(first, other) == []


@pytest.mark.parametrize(
    ("begin", "place", "name"),
    [(receive, beginning, "finish"), (tell_history, history, "record_many")],
)
def test_a_dossier_begun_while_the_calendar_changes_counts_by_the_new_one(
    begin: Job, place: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_between(monkeypatch, place, name, first=begin, then=apply_holiday)

    assert Dossier.objects.count() == 1
    assert dues() == counted()


def test_a_move_made_while_the_calendar_changes_counts_by_the_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier_id = a_received_dossier().id
    actions.hand_over(dossier_id=dossier_id, actor=CLERK, at=later(minutes=10))
    actions.request_supplement(dossier_id=dossier_id, words=WHY, actor=CLERK, at=later(days=1))

    def complete() -> None:
        actions.complete_supplement(dossier_id=dossier_id, actor=CLERK, at=later(days=2))

    in_between(monkeypatch, door, "finish", first=complete, then=apply_holiday)

    assert dues() == counted()


def test_a_dossier_begun_while_a_change_is_taken_back_counts_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change = an_applied(HOLIDAY)

    in_between(
        monkeypatch,
        beginning,
        "finish",
        first=receive,
        then=lambda: reversed_again(change),
    )

    assert dues() == counted()


def test_who_waited_for_a_change_counts_by_what_it_wrote() -> None:
    receive()  # the picture of the old calendar is in memory

    def change_it() -> None:
        registry.enter_day(draft=HOLIDAY, actor=SYSTEM, at=MONDAY)

    at_once(change_it, lambda: a_received_dossier(at=later(minutes=1)))

    latest = Dossier.objects.latest("received_at")
    assert latest.due_at == counted()[latest.pk]


def receive_with_other_events_first() -> None:
    for number in range(4):
        with transaction.atomic():
            lock_counter(place_key=COMMUNE, at=MONDAY)
            keep_commit_order()
            a_received_dossier(at=later(minutes=number))


def import_with_other_events_first() -> None:
    with transaction.atomic():
        lock_codes([a_past()])
        keep_commit_order()
        tell_history()


def watch() -> None:
    for day in (1, 9, 30):
        note_crossings(clock=SYSTEM, at=later(days=day))


def test_all_doors_beside_a_change_never_wait_in_a_circle() -> None:
    rows = [a_received_dossier() for _ in range(4)]
    previewed = a_previewed(HOLIDAY)

    def change() -> None:
        actions.apply_change(change_id=previewed.pk, actor=SYSTEM, at=NOW)
        finish(previewed.pk, at=NOW)
        reversed_again(previewed)

    def hand_over() -> None:
        for row in rows:
            actions.hand_over(dossier_id=row.id, actor=CLERK, at=later(days=30))

    jobs = [receive_with_other_events_first, import_with_other_events_first]

    assert together(*jobs, change, hand_over, watch) == []
    assert dues() == counted()


def test_a_page_of_a_change_holds_the_registry_before_it_locks_anything() -> None:
    receive()
    change = a_previewed(HOLIDAY)
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    change = ClockChange.objects.get(pk=change.pk)
    list_todo(change.pk, look(change), passes=change.passes)

    order: list[str] = []

    def change_on() -> None:
        ClockChange.objects.select_for_update().get(pk=change.pk)
        order.append("changed")

    def move() -> None:
        move_page(change.pk, at=NOW)
        order.append("moved")

    at_once(about_to_change, move, at_last=change_on)

    assert order == ["changed", "moved"]
    assert dues() == counted()


def test_the_clock_holds_the_registry_before_it_locks_a_dossier() -> None:
    row = a_received_dossier()

    at_once(
        about_to_change,
        lambda: note_crossings(clock=SYSTEM, at=later(days=60)),
        at_last=lambda: Dossier.objects.select_for_update().get(pk=row.pk),
    )

    assert Dossier.objects.get(pk=row.pk).version == row.version + 3  # one for each level


def test_many_count_at_once_and_nobody_changes_meanwhile() -> None:
    order: list[str] = []
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")

    def count() -> None:
        with transaction.atomic():
            hold_still()
            order.append("counted")

    def change() -> None:
        with transaction.atomic():
            about_to_change()
            order.append("changed")

    def count_beside() -> None:
        count()
        order.append("while held")

    at_once(hold_still, count_beside)
    at_once(hold_still, change)

    assert order == ["counted", "while held", "changed"]


@pytest.mark.parametrize("hold", [hold_still, about_to_change])
def test_the_registry_is_held_in_a_transaction_only(hold: Callable[[], None]) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        hold()
