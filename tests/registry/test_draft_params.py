"""A change of the calendar goes into an address and comes out the same, or says what is wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kit.calendar import DayKind
from motcua.kit.moments import DayUnclear
from motcua.kit.refusals import Refused
from motcua.registry import draft_params as params
from motcua.registry import rules
from motcua.registry.draft_params import Problems, from_params, to_params
from motcua.registry.drafts import (
    CalendarDraft,
    DayDraft,
    DecreeDraft,
    RemovalDraft,
    SwapDraft,
    WeekDraft,
)
from motcua.registry.layers import FIRST, LAST

DAYS = st.dates(FIRST, LAST)
WORDS = st.text("aăâeêgHn đ-./&=?%+", min_size=1, max_size=60).map(lambda text: f"N{text}".strip())
SPOKEN = WORDS.map(lambda text: " ".join(text.split()))
UNITS = st.sampled_from([None, "24886@2025-07-01", "68@2025-07-01"])
SPANS = st.sampled_from(["07:30-11:30", "07:30-11:30,13:30-17:30", "13:30-17:30", "00:00-23:59"])
HOURS = st.dictionaries(st.integers(0, 6), SPANS, min_size=1)


def _lone(kinds: list[DayKind], spans: st.SearchStrategy[str]) -> st.SearchStrategy[DayDraft]:
    """Entries that name no other day."""
    return st.builds(
        DayDraft,
        day=DAYS,
        kind=st.sampled_from(kinds),
        name=SPOKEN,
        legal_basis=SPOKEN,
        source=SPOKEN,
        unit_key=UNITS,
        spans=spans,
        is_decided=st.booleans(),
    )


PAIRED = st.builds(
    DayDraft,
    day=st.dates(FIRST, date(2020, 1, 1)),
    kind=st.sampled_from([DayKind.SWAP_OFF, DayKind.SWAP_WORK, DayKind.WORKED]),
    name=SPOKEN,
    legal_basis=SPOKEN,
    source=SPOKEN,
    unit_key=UNITS,
    counterpart=st.dates(date(2020, 1, 2), LAST),
)
ENTRIES = st.one_of(
    _lone([DayKind.HOLIDAY, DayKind.OBSERVED], st.just("")),
    _lone([DayKind.CLOSURE], SPANS | st.just("")),
    _lone([DayKind.WORKED, DayKind.SERVED], SPANS),
    PAIRED,
)
SWAPS = st.builds(
    SwapDraft,
    st.dates(FIRST, date(2020, 1, 1)),
    st.dates(date(2020, 1, 2), LAST),
    SPOKEN,
    SPOKEN,
    SPOKEN,
    UNITS,
)
WEEKS = st.builds(WeekDraft, DAYS, HOURS, SPOKEN, SPOKEN, UNITS, st.booleans())
NO_WEEKS = st.builds(
    WeekDraft,
    valid_from=DAYS,
    week=st.just({}),
    legal_basis=st.just(""),
    source=st.just(""),
    unit_key=UNITS,
    is_service=st.booleans(),
    is_removal=st.just(True),
)
REMOVALS = st.builds(
    RemovalDraft, st.lists(st.integers(1, 10**9), min_size=1, max_size=3, unique=True).map(tuple)
)


NATIONS = ENTRIES.map(lambda draft: replace(draft, unit_key=None))
DECREES = st.builds(
    DecreeDraft,
    st.lists(NATIONS, min_size=1, max_size=5).map(tuple),
    st.lists(st.integers(1, 10**9), max_size=3, unique=True).map(tuple),
)


@settings(max_examples=400)
@given(st.one_of(ENTRIES, SWAPS, WEEKS, NO_WEEKS, REMOVALS, DECREES))
def test_a_draft_goes_into_parameters_and_comes_back_the_same(
    draft: CalendarDraft,
) -> None:
    said = to_params(draft)

    assert from_params(said) == draft
    assert all(said.values())
    assert next(iter(said)) == "do"


GOOD: Mapping[str, Mapping[str, str]] = {
    "day": {
        "do": "enter_day",
        "unit": "24886@2025-07-01",
        "day": "2026-12-01",
        "kind": "closure",
        "spans": "07:30-11:30",
        "name": "Bão số 9",
        "legal_basis": "Công điện 12/CĐ-UBND",
        "source": "UBND xã",
    },
    "swap": {
        "do": "swap_days",
        "unit": "nation",
        "day_off": "2026-01-02",
        "day_worked": "2026-01-10",
        "name": "Hoán đổi",
        "legal_basis": "Thông báo",
        "source": "24h.com.vn",
    },
    "removal": {"do": "remove_days", "entry": "12"},
    "decree": {
        "do": "take_decree",
        "unit": "nation",
        "days": "2027-01-01\tholiday\t\t\tTết Dương lịch\tbáo\tTB 1\t",
        "entry": "12,13",
    },
    "week": {
        "do": "set_week_hours",
        "unit": "nation",
        "valid_from": "2027-01-01",
        "mon": "07:30-11:30",
        "legal_basis": "QĐ 1",
        "source": "báo",
    },
}
REFUSED: list[tuple[str, Mapping[str, str], str, type[Refused]]] = [
    ("day", {"do": "drop"}, "do", params.UnknownChange),
    ("day", {"unit": ""}, "unit", params.NothingSaid),
    ("day", {"name": "  "}, "name", params.NothingSaid),
    ("day", {"name": "x" * 201}, "name", params.TooLong),
    ("day", {"source": ""}, "source", params.NothingSaid),
    ("day", {"legal_basis": " "}, "legal_basis", rules.NoLegalBasis),
    ("day", {"legal_basis": "x" * 301}, "legal_basis", params.TooLong),
    ("day", {"day": ""}, "day", params.NothingSaid),
    ("day", {"day": "01/12/2026"}, "day", DayUnclear),
    ("day", {"day": "2026-02-30"}, "day", DayUnclear),
    ("day", {"day": "2036-01-01"}, "day", rules.DayOutside),
    ("day", {"day": "2009-12-31"}, "day", rules.DayOutside),
    ("day", {"kind": "weekly_rest"}, "kind", params.UnknownKind),
    ("day", {"kind": "party"}, "kind", params.UnknownKind),
    ("day", {"kind": ""}, "kind", params.NothingSaid),
    ("day", {"spans": "7h30-11h99"}, "spans", rules.WrongSpans),
    ("day", {"spans": "07:30-11:30,11:00-12:00"}, "spans", rules.WrongSpans),
    ("day", {"spans": "13:30-24:00"}, "spans", rules.WrongSpans),
    ("day", {"kind": "served", "spans": ""}, "spans", rules.NoServiceHours),
    ("day", {"kind": "worked", "spans": ""}, "spans", rules.WrongEntry),
    ("day", {"kind": "swap_off"}, "counterpart", params.NoCounterpart),
    ("day", {"kind": "swap_work"}, "counterpart", params.NoCounterpart),
    ("day", {"counterpart": "2026-12-01"}, "counterpart", params.SameDay),
    ("swap", {"day_off": ""}, "day_off", params.NothingSaid),
    ("swap", {"day_worked": "2026-01-02"}, "day_worked", params.SameDay),
    ("removal", {"entry": ""}, "entry", params.WrongEntries),
    ("removal", {"entry": "12;13"}, "entry", params.WrongEntries),
    ("removal", {"entry": ",".join(map(str, range(101)))}, "entry", params.WrongEntries),
    ("decree", {"days": "", "entry": ""}, "days", params.WrongDays),
    ("decree", {"days": "2027-01-01\tholiday"}, "days", params.WrongDays),
    ("decree", {"days": "2027-02-30\tholiday\t\t\tTết\tbáo\tTB 1\t"}, "days", params.WrongDays),
    (
        "decree",
        {"days": "\n".join(["2027-01-01\tholiday\t\t\tTết\tbáo\tTB 1\t"] * 101)},
        "days",
        params.WrongDays,
    ),
    ("decree", {"entry": "x"}, "entry", params.WrongEntries),
    ("week", {"mon": ""}, "mon", rules.NeverOpen),
    ("week", {"sun": "08-11"}, "sun", rules.WrongSpans),
    ("week", {"valid_from": "soon"}, "valid_from", DayUnclear),
]


@pytest.mark.parametrize("name", GOOD)
def test_the_examples_are_good(name: str) -> None:
    draft = from_params(GOOD[name])

    assert not isinstance(draft, Problems)
    assert to_params(draft) == GOOD[name]


@pytest.mark.parametrize(("name", "changed", "field", "refusal"), REFUSED)
def test_what_cannot_be_read_is_told_beside_its_field(
    name: str, changed: Mapping[str, str], field: str, refusal: type[Refused]
) -> None:
    problems = from_params({**GOOD[name], **changed})

    assert isinstance(problems, Problems)
    assert {key: type(found) for key, found in problems.by_field.items()} == {field: refusal}


def test_everything_wrong_is_told_at_once() -> None:
    problems = from_params({"do": "enter_day"})

    assert isinstance(problems, Problems)
    assert set(problems.by_field) == {"unit", "day", "kind", "name", "legal_basis", "source"}


def test_a_week_of_service_hours_may_be_empty_to_end_them() -> None:
    draft = from_params({**GOOD["week"], "mon": "", "service": "1"})

    assert draft == WeekDraft(date(2027, 1, 1), {}, "QĐ 1", "báo", None, is_service=True)
