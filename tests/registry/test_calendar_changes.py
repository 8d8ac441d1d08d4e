"""A change of the calendar that leaves somebody nothing to count by is refused."""

from datetime import date

import pytest
from django.db import transaction

from motcua.accounts.actors import SYSTEM, Actor
from motcua.kit.calendar import DayKind, WorkedDayWithoutHours
from motcua.kit.moments import day_number
from motcua.ledger.models import Event
from motcua.registry import rules
from motcua.registry.actions import enter_day, set_week_hours
from motcua.registry.checks import calendar_with, check_change
from motcua.registry.drafts import DayDraft, RemovalDraft, SwapDraft, WeekDraft
from motcua.registry.models import CalendarEntry, WeekHours
from motcua.registry.queries import catalogue
from motcua.registry.sets import UnitKind

from . import given

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = date(2026, 1, 2), date(2026, 1, 10)
SUNDAY = date(2026, 1, 11)
SWAP = SwapDraft(FRIDAY, SATURDAY, "Hoán đổi", "Thông báo", "báo")
STORM = DayDraft(FRIDAY, DayKind.CLOSURE, "Bão", "Công điện 12", "xã")
WEEKS = dict.fromkeys(range(5), "08:00-12:00")


@pytest.fixture
def tree() -> tuple[str, str]:
    province = given.unit("68", kind=UnitKind.PROVINCE).key
    return province, given.unit("24853", parent=province).key


@transaction.atomic
def make(draft: DayDraft | SwapDraft | WeekDraft, actor: Actor = SYSTEM) -> None:
    """Write a change by the actions there are."""
    match draft:
        case DayDraft():
            enter_day(draft=draft, actor=actor, at=given.AT)
        case SwapDraft():
            for day in draft.days():
                enter_day(draft=day, actor=actor, at=given.AT)
        case WeekDraft():
            set_week_hours(
                unit_key=draft.unit_key,
                valid_from=draft.valid_from,
                week=draft.week,
                legal_basis=draft.legal_basis,
                source=draft.source,
                is_service=draft.is_service,
                actor=actor,
                at=given.AT,
            )


def spans(unit_key: str | None, day: date) -> tuple[tuple[int, int], ...]:
    return catalogue().calendar(unit_key).spans_of(day_number(day))


def kinds_told() -> list[str]:
    return [
        event.data["kind"]
        for event in Event.objects.filter(kind__startswith="registry.day").order_by("seq")
    ]


def test_two_days_are_exchanged_at_once_and_each_names_the_other(tree: tuple[str, str]) -> None:
    make(SWAP)

    assert spans(tree[1], FRIDAY) == ()
    assert spans(tree[1], SATURDAY) == ((450, 690), (810, 1050))
    rows = CalendarEntry.objects.order_by("day")
    assert [(row.kind, row.day, row.counterpart) for row in rows] == [
        ("swap_off", FRIDAY, SATURDAY),
        ("swap_work", SATURDAY, FRIDAY),
    ]
    assert kinds_told() == ["swap_off", "swap_work"]


@pytest.mark.parametrize("draft", [SWAP, STORM])
def test_what_the_calendar_says_already_is_refused_and_nothing_is_written(
    draft: DayDraft | SwapDraft | WeekDraft,
) -> None:
    make(draft)
    before = (CalendarEntry.objects.count(), Event.objects.count())

    with pytest.raises(rules.DayEnteredTwice):
        make(draft)

    assert (CalendarEntry.objects.count(), Event.objects.count()) == before


def test_the_same_day_may_be_said_by_another_unit(tree: tuple[str, str]) -> None:
    for unit_key in (None, *tree):
        make(DayDraft(FRIDAY, DayKind.HOLIDAY, "Lễ", "QĐ 1", "báo", unit_key))

    assert CalendarEntry.objects.count() == 3


def test_a_worked_day_whose_other_day_has_no_hours_is_refused(tree: tuple[str, str]) -> None:
    with pytest.raises(WorkedDayWithoutHours):
        make(SwapDraft(SUNDAY, SATURDAY, "Hoán đổi", "Thông báo", "báo"))

    assert not CalendarEntry.objects.exists()
    assert spans(tree[1], SATURDAY) == ()


def test_a_worked_day_of_the_nation_is_refused_where_a_commune_could_not_work_it(
    tree: tuple[str, str],
) -> None:
    monday_only = WeekDraft(given.PROVINCE, {0: "08:00-12:00"}, "QĐ 1", "báo", tree[1])
    make(monday_only)

    with pytest.raises(WorkedDayWithoutHours):
        make(SWAP)

    assert spans(None, FRIDAY) != ()


def test_hours_that_leave_a_worked_day_below_without_hours_are_refused(
    tree: tuple[str, str],
) -> None:
    make(SWAP)
    make(DayDraft(SUNDAY, DayKind.WORKED, "Làm bù", "QĐ 1", "xã", tree[1], "", date(2026, 1, 9)))
    four_days = {day: spans for day, spans in WEEKS.items() if day != 4}

    with pytest.raises(WorkedDayWithoutHours):
        make(WeekDraft(given.PROVINCE, four_days, "QĐ 1", "báo"))

    assert not WeekHours.objects.exists()


@pytest.mark.parametrize("since", [given.PROVINCE, date(2035, 6, 1)])
@pytest.mark.parametrize("week", [{}, {0: "", 1: " "}])
def test_a_week_without_an_open_minute_is_refused_however_late_it_begins(
    tree: tuple[str, str], since: date, week: dict[int, str]
) -> None:
    with pytest.raises(rules.NeverOpen):
        make(WeekDraft(since, week, "QĐ 1", "báo", tree[0]))

    assert not WeekHours.objects.exists()

    make(WeekDraft(since, week, "QĐ 1", "báo", tree[0], is_service=True))
    assert WeekHours.objects.exists()


def test_removing_what_is_not_there_is_told_before_it_is_tried() -> None:
    row = enter_day(draft=STORM, actor=SYSTEM, at=given.AT)

    check_change(catalogue(), RemovalDraft((row.pk,)))
    for numbers in ((0,), (row.pk, 10**9)):
        with pytest.raises(rules.NoSuchEntry):
            check_change(catalogue(), RemovalDraft(numbers))


def test_the_calendar_without_an_entry_can_be_looked_at_before(
    tree: tuple[str, str],
) -> None:
    row = enter_day(draft=STORM, actor=SYSTEM, at=given.AT)
    seen = calendar_with(catalogue(), tree[1], RemovalDraft((row.pk,)))

    assert seen.is_working(day_number(FRIDAY))
    assert not catalogue().calendar(tree[1]).is_working(day_number(FRIDAY))


@pytest.mark.parametrize(
    "draft",
    [
        SWAP,
        STORM,
        DayDraft(SATURDAY, DayKind.WORKED, "Làm", "QĐ", "báo", None, "08:00-10:00"),
        WeekDraft(date(2026, 1, 1), WEEKS, "QĐ", "báo"),
        WeekDraft(date(2026, 1, 1), {5: "08:00-10:00"}, "QĐ", "báo", None, is_service=True),
    ],
)
def test_the_calendar_looked_at_before_is_the_one_there_is_after(
    draft: DayDraft | SwapDraft | WeekDraft, tree: tuple[str, str]
) -> None:
    make(WeekDraft(date(2026, 1, 1), {0: "09:00-10:00", 4: "08:00-11:00"}, "QĐ", "báo"))
    seen = calendar_with(catalogue(), tree[1], draft)

    make(draft)

    made = catalogue().calendar(tree[1])
    first = day_number(date(2025, 12, 20))
    for day in range(first, first + 60):
        assert seen.spans_of(day) == made.spans_of(day)
        assert seen.served_spans_of(day) == made.served_spans_of(day)
    assert seen.starts == made.starts
