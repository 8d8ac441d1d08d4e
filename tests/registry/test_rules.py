from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kit.calendar import DayKind
from motcua.kit.clock import LimitUnit
from motcua.registry import rules

DAYS = st.dates(date(2000, 1, 1), date(2000, 2, 1))
PERIODS = st.tuples(DAYS, st.none() | st.integers(0, 20)).map(
    lambda p: (p[0], None if p[1] is None else p[0] + timedelta(days=p[1]))
)


@given(PERIODS, PERIODS)
def test_two_periods_overlap_when_they_share_a_day(
    first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    def days(period: tuple[date, date | None]) -> set[int]:
        return set(range(period[0].toordinal(), (period[1] or date(2001, 1, 1)).toordinal() + 1))

    assert rules.overlaps(first, second) == bool(days(first) & days(second))


def test_a_key_is_the_code_and_the_first_day() -> None:
    assert rules.unit_key("674", date(2004, 11, 17)) == "674@2004-11-17"


@pytest.mark.parametrize("code", ["", "a b", "Đạ Tông", "x" * 29, "1@2", "a/b"])
def test_a_code_that_keys_cannot_carry_is_refused(code: str) -> None:
    with pytest.raises(rules.WrongCode):
        rules.check_code(code)


@pytest.mark.parametrize("code", ["674", "68-VPDK-DR", "x" * 28, "000.00.16"])
def test_codes_of_letters_digits_dots_and_hyphens_pass(code: str) -> None:
    rules.check_code(code)


@pytest.mark.parametrize("code", ["", ".1", "1 2", "x" * 41])
def test_a_procedure_code_that_the_ledger_cannot_carry_is_refused(code: str) -> None:
    with pytest.raises(rules.WrongCode):
        rules.check_procedure_code(code)


def test_a_period_may_last_one_day_but_not_end_before_it_begins() -> None:
    rules.check_period(date(2025, 7, 1), date(2025, 7, 1))
    rules.check_period(date(2025, 7, 1), None)

    with pytest.raises(rules.WrongPeriod):
        rules.check_period(date(2025, 7, 1), date(2025, 6, 30))


@pytest.mark.parametrize("text", ["", "  "])
def test_data_of_law_needs_its_paper(text: str) -> None:
    with pytest.raises(rules.NoLegalBasis):
        rules.check_legal_basis(text)


def test_hours_are_read_as_minutes_of_the_day() -> None:
    assert rules.parse_spans("07:30-11:30, 13:30-17:30") == ((450, 690), (810, 1050))
    assert rules.parse_spans("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "7:3-11:30",
        "11:30-07:30",
        "07:30-11:30,11:00-12:00",
        "07:30",
        "07:30-11:30,11:30-12:00",
        "07:30-11:30-13",
        "08:00-24:30",
    ],
)
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(rules.WrongSpans):
        rules.parse_spans(text)


@pytest.mark.parametrize("text", ["07:30–11:30, 13:30–17:30", "7h30-11h30,13h30 - 17h30"])
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert rules.parse_spans(text) == ((450, 690), (810, 1050))


@pytest.mark.parametrize(
    ("kind", "spans", "counterpart", "is_fine"),
    [
        (DayKind.HOLIDAY, "", None, True),
        (DayKind.CLOSURE, "", None, True),
        (DayKind.SWAP_WORK, "", date(2026, 1, 2), True),
        (DayKind.SWAP_WORK, "07:30-11:30", None, False),
        (DayKind.WORKED, "07:30-11:30", None, True),
        (DayKind.WORKED, "", None, False),
        (DayKind.SERVED, "", None, False),
        (DayKind.SERVED, "07:30-11:30", None, True),
    ],
)
def test_a_worked_day_has_hours_or_a_day_it_stands_for(
    kind: DayKind, spans: str, counterpart: date | None, is_fine: bool
) -> None:
    if is_fine:
        rules.check_entry(kind=kind, spans=spans, counterpart=counterpart)
    else:
        with pytest.raises(rules.WrongEntry):
            rules.check_entry(kind=kind, spans=spans, counterpart=counterpart)


@pytest.mark.parametrize(
    "pattern", ["000.{aa}.{bb}.H36-{yymmdd}-{nnnn}", "H36.{x}.{y}-{yymmdd}-{nnnn}"]
)
def test_both_generations_of_dossier_codes_are_patterns(pattern: str) -> None:
    rules.check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["H36-{yymmdd}", "H36-{nnnn}", "{z}-{yymmdd}-{nnnn}", "{yymmdd}-{nnnn}{", "}{nnnn}{yymmdd}"],
)
def test_a_pattern_that_cannot_number_dossiers_is_refused(pattern: str) -> None:
    with pytest.raises(rules.WrongPattern):
        rules.check_pattern(pattern)


def test_a_limit_is_at_least_one_but_for_the_same_day() -> None:
    rules.check_limits([("", "", 0, LimitUnit.SAME_DAY), ("online", "", 1, LimitUnit.MONTH)])

    with pytest.raises(rules.WrongLimit):
        rules.check_limits([("", "", 0, LimitUnit.WORKING_DAY)])


def test_one_channel_and_case_has_one_limit() -> None:
    with pytest.raises(rules.TwoLimits):
        rules.check_limits([("", "a", 1, LimitUnit.MONTH), ("", "a", 2, LimitUnit.MONTH)])


def test_the_code_of_a_field_is_its_name_without_tones() -> None:
    assert rules.field_code("Đất đai") == "dat-dai"
    assert rules.field_code("Giáo dục nghề nghiệp (G07-LĐ06)") == "giao-duc-nghe-nghiep-g07-ld06"
    assert rules.field_code("…") == "khac"
