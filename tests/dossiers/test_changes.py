"""A change of the calendar or of a limit: who moves, who stays, and the way back."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions, deadlines
from motcua.dossiers.changes.drafts import ChangeDraft
from motcua.dossiers.changes.going_on import finish
from motcua.dossiers.changes.packing import unpacked
from motcua.dossiers.models import ClockChange, Dossier
from motcua.kit.calendar import DayKind
from motcua.kit.clock import LimitUnit
from motcua.kit.moments import iso_minute, minute_of, moment_of
from motcua.ledger.models import Event
from motcua.registry import rules
from motcua.registry.actions import enter_day
from motcua.registry.drafts import (
    CorrectionDraft,
    DayDraft,
    DecreeDraft,
    RemovalDraft,
    SwapDraft,
    WeekDraft,
)
from motcua.registry.models import CalendarEntry

from . import given_clocks
from .given import (
    CLERK,
    COMMUNE,
    MONDAY,
    OTHER,
    TEN_DAYS,
    WHY,
    a_dossier_in_process,
    a_ready_dossier,
    a_received_dossier,
    a_registry,
    later,
)
from .given_changes import (
    HOLIDAY,
    NOW,
    a_previewed,
    a_world,
    all_else,
    an_applied,
    counted,
    due_told,
    dues,
    looked_at_too_late,
    moved_ids,
    reversed_again,
    smaller,
    smaller_counted,
)

pytestmark = pytest.mark.django_db

SWAP = SwapDraft(date(2026, 9, 25), date(2026, 9, 26), "Hoán đổi", "QĐ thử", "test")
WEEK = WeekDraft(
    date(2026, 9, 21),
    {**dict.fromkeys(range(4), "07:00-11:00,13:00-16:30"), 4: "07:00-11:30", 5: "08:00-11:00"},
    "QĐ thử",
    "test",
    unit_key=COMMUNE,
)
SHORTER = CorrectionDraft(
    TEN_DAYS, date(2021, 1, 1), 7, LimitUnit.WORKING_DAY, "QĐ 12/QĐ-UBND", "Luật thử"
)
HOURS = replace(SHORTER, value=20, unit=LimitUnit.WORKING_HOUR)
CLOSED = replace(HOLIDAY, kind=DayKind.CLOSURE, unit_key=OTHER, spans="", day=date(2026, 9, 22))
DRAFTS: dict[str, ChangeDraft] = {
    "holiday": HOLIDAY,
    "swap": SWAP,
    "week": WEEK,
    "limit": SHORTER,
    "limit in hours": HOURS,
    "closure": CLOSED,
}


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def local(moment: datetime | None) -> str | None:
    return None if moment is None else iso_minute(minute_of(moment))


def a_removal() -> RemovalDraft:
    """Take a worked-off day in the middle of everything out again."""
    entry = enter_day(draft=HOLIDAY, actor=SYSTEM, at=MONDAY)
    return RemovalDraft((entry.pk,))


def a_decree() -> DecreeDraft:
    """Decide what was computed: one day as it was, one at another place, a swap."""
    guessed = [
        enter_day(draft=replace(HOLIDAY, day=day, is_decided=False), actor=SYSTEM, at=MONDAY)
        for day in (date(2026, 9, 28), date(2026, 9, 29))
    ]
    days = (HOLIDAY, replace(HOLIDAY, day=date(2026, 9, 30)), *SWAP.days())
    return DecreeDraft(days, tuple(row.pk for row in guessed))


MADE: dict[str, Callable[[], ChangeDraft]] = {"removal": a_removal, "decree": a_decree}


@pytest.mark.parametrize("name", [*DRAFTS, *MADE])
def test_exactly_those_move_whom_a_full_count_moves_and_the_way_back_restores_all(
    name: str,
) -> None:
    draft = DRAFTS[name] if name in DRAFTS else MADE[name]()
    a_world(random.Random(random.random()), 160)
    assert dues() == counted()  # the world is whole to begin with
    assert smaller() == smaller_counted()
    before, limits, rest = dues(), smaller(), all_else()

    change = a_previewed(draft)
    assert dues() == before
    listed = {
        (one["id"].tobytes(), one["before"], one["after"])
        for page in change.pages.filter(purpose="preview")
        for one in unpacked(page.rows)
    }
    actions.apply_change(change_id=change.pk, actor=SYSTEM, at=NOW)
    finish(change.pk, at=NOW)

    moved = moved_ids(before)
    assert moved, "the world has nobody to move"
    assert dues() == counted()
    assert smaller() == smaller_counted()
    assert looked_at_too_late() == []
    assert len(listed) == len(moved) == change.would_move
    assert {one[0] for one in listed} == {key.bytes for key in moved}
    after = ClockChange.objects.get(pk=change.pk)
    assert (after.state, after.moved) == ("applied", len(moved))
    assert all_else() == rest
    told = due_told()
    for row in Dossier.objects.filter(pk__in=moved):
        due = told[row.pk]
        assert due == (
            row.due_at and row.due_at.astimezone(MONDAY.tzinfo).strftime("%Y-%m-%dT%H:%M")
        )

    back = reversed_again(after)

    assert (back.state, back.moved_back) == ("reversed", len(moved))
    assert dues() == before
    assert (smaller(), looked_at_too_late()) == (limits, [])
    assert back.followed_back == after.followed
    assert all_else() == rest
    assert Event.objects.filter(kind="dossier.due_moved").count() == 2 * len(moved)


def test_the_preview_says_where_each_stands_now_and_then() -> None:
    dossier = a_received_dossier()

    change = a_previewed(HOLIDAY)

    [page] = change.pages.all()
    [row] = unpacked(page.rows)
    assert row["id"].tobytes() == dossier.pk.bytes
    assert moment_of(int(row["before"])) == later(days=14, hours=8, minutes=30)
    assert moment_of(int(row["after"])) == later(days=15, hours=8, minutes=30)
    assert moment_of(int(row["received"])) == MONDAY
    assert change.by_unit == [[COMMUNE, 1, 0, 0]]
    assert (change.seen, change.total, change.would_move, change.uncounted) == (1, 1, 1, 0)


def test_the_event_tells_the_old_moment_the_new_one_and_the_change() -> None:
    dossier = a_received_dossier()

    change = an_applied(HOLIDAY)

    event = Event.objects.get(kind="dossier.due_moved")
    assert event.data == {
        "due": "2026-09-29T17:30",
        "warn_1": "2026-09-25",
        "warn_3": "2026-09-23",
        "warn_5": "2026-09-21",
        "was": "2026-09-28T17:30",
        "change": str(change.pk),
    }
    row = Dossier.objects.get(pk=dossier.pk)
    assert event.subject_version == row.version == dossier.version + 1
    assert row.original_due_at == dossier.original_due_at


def test_closed_dossiers_and_those_of_another_unit_stay() -> None:
    ready, open_one = a_ready_dossier(), a_received_dossier()

    an_applied(replace(HOLIDAY, unit_key=OTHER))
    assert Dossier.objects.get(pk=open_one.pk).due_at == open_one.due_at
    an_applied(replace(HOLIDAY, unit_key=COMMUNE))

    assert Dossier.objects.get(pk=ready.pk).due_at == ready.due_at
    assert Dossier.objects.get(pk=open_one.pk).due_at == later(days=15, hours=8, minutes=30)


def test_an_appointment_with_an_apology_stays_and_a_later_pause_moves_it_by_new_days() -> None:
    dossier = a_dossier_in_process()
    extended = actions.extend(
        dossier_id=dossier.pk,
        due_at=later(days=16, hours=8, minutes=30),
        words=WHY,
        actor=CLERK,
        at=later(days=2),
    )
    an_applied(HOLIDAY)
    assert Dossier.objects.get(pk=dossier.pk).due_at == extended.due_at

    actions.request_supplement(dossier_id=dossier.pk, words=WHY, actor=CLERK, at=later(days=11))
    done = actions.complete_supplement(dossier_id=dossier.pk, actor=CLERK, at=later(days=15))

    # Friday 25 to Tuesday 29 September: one working day where there were two.
    assert done.due_at == later(days=17, hours=8, minutes=30)


def test_a_new_limit_that_does_not_touch_running_dossiers_is_a_version_of_its_own() -> None:
    running = a_received_dossier()

    change = an_applied(replace(SHORTER, from_day=date(2026, 9, 28)))

    assert change.moved == 0
    assert Dossier.objects.get(pk=running.pk).due_at == running.due_at
    fresh = a_received_dossier(at=later(days=14))
    assert fresh.due_at == later(days=23, hours=8, minutes=30)
    back = reversed_again(change)  # who was received under it is counted under the old one again
    assert back.moved_back == 1
    assert Dossier.objects.get(pk=fresh.pk).due_at == later(days=28, hours=8, minutes=30)
    assert dues() == counted()


def test_a_corrected_limit_keeps_its_decision_and_gives_the_old_one_back() -> None:
    from motcua.registry.models import ProcedureLimit

    change = an_applied(SHORTER)
    row = ProcedureLimit.objects.get(version__procedure_id=TEN_DAYS)
    assert (row.value, row.decision, row.legal_basis) == (7, "QĐ 12/QĐ-UBND", "Luật thử")

    reversed_again(change)

    row = ProcedureLimit.objects.get(version__procedure_id=TEN_DAYS)
    assert (row.value, row.decision, row.legal_basis) == (10, "", "")


def test_two_entries_of_one_day_keep_their_order_when_one_is_taken_out_and_put_back() -> None:
    first = enter_day(draft=HOLIDAY, actor=SYSTEM, at=MONDAY)
    worked = replace(HOLIDAY, kind=DayKind.WORKED, spans="07:30-11:30")
    enter_day(draft=worked, actor=SYSTEM, at=MONDAY)
    a_world(random.Random(3), 30)
    before = dues()

    reversed_again(an_applied(RemovalDraft((first.pk,))))

    assert CalendarEntry.objects.filter(pk=first.pk).exists()
    assert dues() == before == counted()


def test_who_stands_elsewhere_for_another_reason_stays_where_the_change_does_not_touch() -> None:
    drifted = a_received_dossier()
    enter_day(draft=replace(HOLIDAY, day=date(2026, 9, 16)), actor=SYSTEM, at=MONDAY)

    change = an_applied(replace(HOLIDAY, day=date(2026, 10, 2)))

    assert change.moved == 0
    assert Dossier.objects.get(pk=drifted.pk).due_at == drifted.due_at
    moved = an_applied(replace(HOLIDAY, day=date(2026, 9, 17)))
    assert moved.moved == 1
    reversed_again(moved)
    assert Dossier.objects.get(pk=drifted.pk).due_at == drifted.due_at


def test_a_waiting_dossier_stands_still_and_is_counted_with_the_change_when_it_goes_on() -> None:
    dossier = a_dossier_in_process()
    actions.request_supplement(dossier_id=dossier.pk, words=WHY, actor=CLERK, at=later(days=1))

    change = an_applied(HOLIDAY, at=later(days=1, hours=1))
    assert change.moved == 0
    done = actions.complete_supplement(dossier_id=dossier.pk, actor=CLERK, at=later(days=2))

    # One working day of pause moves 28 September to the 29th, the holiday to the 30th.
    assert done.due_at == later(days=16, hours=8, minutes=30)


def test_a_clock_that_ran_out_before_the_pause_may_stand_still_under_the_change() -> None:
    dossier = a_dossier_in_process()
    asked = later(days=15)  # the day after it was due
    waiting = actions.request_supplement(dossier_id=dossier.pk, words=WHY, actor=CLERK, at=asked)
    assert waiting.due_at is not None

    change = an_applied(HOLIDAY)  # due on the 29th at 17:30 now, and asked before that

    assert Dossier.objects.get(pk=dossier.pk).due_at is None
    assert Event.objects.get(kind="dossier.due_moved").data["waits"] is True
    reversed_again(change)
    assert Dossier.objects.get(pk=dossier.pk).due_at == waiting.due_at


def test_a_moved_moment_is_told_to_the_watch_again() -> None:
    dossier = a_received_dossier()
    late = later(days=14, hours=9)
    deadlines.note_crossings(clock=SYSTEM, at=late)

    change = an_applied(HOLIDAY)

    assert Dossier.objects.get(pk=dossier.pk).told_level is None
    deadlines.note_crossings(clock=SYSTEM, at=late + timedelta(days=1))
    assert Event.objects.filter(kind="dossier.went_overdue").count() == 2
    reversed_again(change)
    assert minute_of(Dossier.objects.get(pk=dossier.pk).due_at or MONDAY) == minute_of(
        later(days=14, hours=8, minutes=30)
    )


def test_a_day_drafted_for_a_unit_nobody_knows_is_refused() -> None:
    with pytest.raises(rules.UnknownUnit):
        actions.draft_change(
            draft=replace(HOLIDAY, unit_key="99999@2021-01-01"), actor=SYSTEM, at=NOW
        )
    assert isinstance(HOLIDAY, DayDraft)


def test_the_limit_of_the_step_follows_the_calendar_and_comes_back() -> None:
    given_clocks.a_procedure_with_steps()
    dossier = given_clocks.an_examined_dossier()  # 3 working days for its step, until Thursday
    thursday = dossier.step_due_at
    closed = DayDraft(date(2026, 9, 16), DayKind.HOLIDAY, "Nghỉ", "test", "test")

    change = an_applied(closed)

    row = Dossier.objects.get(pk=dossier.pk)
    assert (thursday, row.step_due_at) == (given_clocks.on(17, 17, 30), given_clocks.on(18, 17, 30))
    assert Event.objects.get(kind="dossier.due_moved").data["step_due"] == "2026-09-18T17:30"
    assert row.watch_at == given_clocks.on(18, 17, 31)
    reversed_again(change)
    assert Dossier.objects.get(pk=dossier.pk).step_due_at == thursday
