"""The CSV of a yearly decree: what it changes, what it leaves, and why a row cannot be used."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.accounts.actors import SYSTEM, NotAllowed
from motcua.cli import parser
from motcua.commands import COMMANDS, run
from motcua.kit.calendar import DayKind
from motcua.kit.moments import day_number
from motcua.kit.refusals import Refused
from motcua.ledger.models import Event
from motcua.registry import decree_rows, rules
from motcua.registry import files as refusals
from motcua.registry.actions import enter_day, take_decree
from motcua.registry.decree_import import RowsWrong, check_plan, plan_decree, read_file
from motcua.registry.decrees import HalfASwap, OtherEntry, Plan
from motcua.registry.drafts import DayDraft, DecreeDraft
from motcua.registry.models import CalendarEntry
from motcua.registry.queries import catalogue
from motcua.registry.seed import install
from motcua.registry.years import Decree, decree_of
from motcua.ui.doors import words_of

from . import given

pytestmark = pytest.mark.django_db
DATA = given.DATA / "vn_working_calendar_2021_2027.csv"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=given.NO_DATA)
COMMUNE = "24886@2025-07-01"
HEADER = "date,kind,name_vi,counterpart_date,source"
NEW_YEAR = "2027-01-01,holiday,Tết Dương lịch,,TB 99"
SWAP = (
    "2027-01-04,swap_off,Nghỉ hoán đổi,2027-01-09,TB 99",
    "2027-01-09,swap_work,Làm bù,2027-01-04,TB 99",
)


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    install(SYSTEM, given.AT)


def csv_of(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *rows, ""]).encode()


def plan(raw: bytes, **more: Any) -> Plan:
    return plan_decree(raw, known=catalogue(), **more)


def take(raw: bytes, **more: Any) -> Plan:
    made = plan(raw, **more)
    check_plan(made)
    take_decree(draft=made.draft, actor=SYSTEM, at=given.AT)
    return made


def decree_year(year: int) -> Decree:
    return decree_of(catalogue().voices(None).entries, year)


def rows_of_2027() -> list[str]:
    return [
        f"{row.day},{row.kind},{row.name},{row.counterpart or ''},{row.source}"
        for row in CalendarEntry.objects.filter(day__year=2027).order_by("day")
    ]


# What is written, and what is left


@needs_data
def test_the_data_file_says_what_the_calendar_says_and_decides_nothing() -> None:
    made = plan(read_file(DATA))

    assert (made.rows, len(made.left), made.changes_nothing) == (107, 107, True)
    assert dict(made.years)[2026] is Decree.DECIDED
    assert dict(made.years)[2027] is Decree.COMPUTED
    assert not made.wrong


@needs_data
def test_the_data_file_fills_an_empty_calendar_day_by_day() -> None:
    before = set(CalendarEntry.objects.values_list("day", "kind", "name", "counterpart"))
    numbers = tuple(CalendarEntry.objects.values_list("pk", flat=True))
    take_decree(draft=DecreeDraft((), numbers), actor=SYSTEM, at=given.AT)
    assert decree_year(2026) is Decree.MISSING

    take(read_file(DATA), decree="TB 1")

    after = set(CalendarEntry.objects.values_list("day", "kind", "name", "counterpart"))
    assert after == before


def test_a_decree_for_2027_turns_computed_into_decided() -> None:
    rows = rows_of_2027()

    made = take(csv_of(*rows), decree="Thông báo 99/TB-BNV")

    assert (len(made.decided), len(made.added), made.other) == (15, 0, ())
    assert decree_year(2027) is Decree.DECIDED
    assert catalogue().calendar(None).is_decided(day_number(date(2027, 12, 31)))
    found = CalendarEntry.objects.filter(day__year=2027)
    assert {row.legal_basis for row in found} == {"Thông báo 99/TB-BNV"}
    assert len(found) == 15


def test_a_second_time_changes_nothing() -> None:
    raw = csv_of(*rows_of_2027())
    take(raw, decree="TB 99")

    again = plan(raw, decree="TB 99")

    assert again.changes_nothing
    assert len(again.left) == 15


def test_without_a_paper_the_days_stay_computed() -> None:
    made = take(csv_of(NEW_YEAR, *SWAP, "2028-01-01,holiday,Tết Dương lịch,,đoán"))

    assert [one.is_decided for one in made.draft.days] == [False, False, False]
    assert (decree_year(2027), decree_year(2028)) == (Decree.COMPUTED, Decree.COMPUTED)


def test_a_row_may_name_its_own_paper() -> None:
    raw = csv_of(f"{NEW_YEAR},QĐ 5", header=f"{HEADER},legal_basis")

    take(raw)

    assert CalendarEntry.objects.get(day=date(2027, 1, 1)).legal_basis == "QĐ 5"
    assert decree_year(2027) is Decree.DECIDED


def test_computed_days_the_decree_does_not_name_stay_unless_told_to_go() -> None:
    rows = [row for row in rows_of_2027() if "2027-02-10" not in row]
    raw = csv_of(*rows, "2027-02-11,holiday,Mùng sáu,,TB 99")

    kept = plan(raw, decree="TB 99")
    assert [row.day.isoformat() for row in kept.other] == ["2027-02-10"]
    assert kept.dropped == ()

    take(raw, decree="TB 99", drops_computed=True)
    days = set(CalendarEntry.objects.filter(day__year=2027).values_list("day", flat=True))
    assert date(2027, 2, 10) not in days
    assert date(2027, 2, 11) in days


def test_a_computed_day_of_another_kind_gives_way_and_a_decided_one_does_not() -> None:
    rows = ("2027-05-01,observed,Bù,,TB 99", "2026-09-02,observed,Bù,,TB 99")

    made = plan(csv_of(*rows), decree="TB 99")

    assert [one.day.isoformat() for one in made.decided] == ["2027-05-01"]
    [wrong] = made.wrong
    assert (wrong.line, type(wrong.refusal)) == (3, OtherEntry)
    with pytest.raises(RowsWrong):
        check_plan(made)


def test_a_commune_takes_in_days_of_its_own() -> None:
    header = f"{HEADER},spans,legal_basis"
    raw = csv_of("2026-12-01,closure,Bão,,xã,07:30-11:30,Công điện 12", header=header)

    take(raw, unit_key=COMMUNE)

    [row] = CalendarEntry.objects.filter(unit=COMMUNE)
    assert (row.kind, row.spans, row.is_decided) == ("closure", "07:30-11:30", True)
    spans = catalogue().calendar(COMMUNE).spans_of(day_number(date(2026, 12, 1)))
    assert spans == ((810, 1050),)


def test_the_ledger_is_told_of_each_day_and_of_the_decree() -> None:
    take(csv_of(NEW_YEAR, *SWAP), decree="TB 99")

    told = list(Event.objects.filter(kind__startswith="registry.d").order_by("seq"))
    assert [event.kind for event in told] == [
        "registry.day_removed",
        *["registry.day_entered"] * 3,
        "registry.decree_taken",
    ]
    assert told[-1].data == {
        "entered": 3,
        "replaced": 1,
        "first": "2027-01-01",
        "last": "2027-01-09",
    }


def test_who_does_not_keep_the_nation_takes_no_decree_in() -> None:
    made = plan(csv_of(NEW_YEAR), decree="TB 99")

    with pytest.raises(NotAllowed):
        take_decree(draft=made.draft, actor=given.keeper_of(COMMUNE), at=given.AT)


def test_a_plan_that_is_overtaken_is_refused_whole() -> None:
    made = plan(csv_of(*SWAP, "2027-03-08,holiday,Thêm,,TB 99"), decree="TB 99")
    draft = DayDraft(date(2027, 3, 8), DayKind.HOLIDAY, "Khác", "QĐ", "báo")
    enter_day(draft=draft, actor=SYSTEM, at=given.AT)
    before = CalendarEntry.objects.count()

    with pytest.raises(rules.DayEnteredTwice):
        take_decree(draft=made.draft, actor=SYSTEM, at=given.AT)

    assert CalendarEntry.objects.count() == before


# Rows that are wrong

WRONG_ROWS: list[tuple[str, type[Refused], str]] = [
    ("2027-02-30,holiday,Sai,,TB", decree_rows.CellWrong, "date"),
    ("30/04/2027,holiday,Sai,,TB", decree_rows.CellWrong, "date"),
    (",holiday,Sai,,TB", decree_rows.CellWrong, "date"),
    ("2050-01-01,holiday,Xa,,TB", decree_rows.CellWrong, "date"),
    ("2027-03-01,party,Vui,,TB", decree_rows.CellWrong, "kind"),
    ("2027-03-01,weekly_rest,Vui,,TB", decree_rows.CellWrong, "kind"),
    ("2027-03-01,holiday,,,TB", decree_rows.CellWrong, "name_vi"),
    ("2027-03-01,holiday,Lễ,,", decree_rows.CellWrong, "source"),
    ("2027-03-01,holiday," + "x" * 201 + ",,TB", decree_rows.CellWrong, "name_vi"),
    ("2027-03-01,swap_off,Đổi,,TB", decree_rows.CellWrong, "counterpart_date"),
    ("2027-03-06,swap_work,Đổi,soon,TB", decree_rows.CellWrong, "counterpart_date"),
    ("2027-03-01,swap_off,Đổi,2027-03-01,TB", decree_rows.CellWrong, "counterpart_date"),
    ("2027-03-01,swap_off,Đổi,2027-03-06,TB", HalfASwap, "06/03/2027"),
    ("2027-03-06,swap_work,Đổi,2027-03-01,TB", HalfASwap, "01/03/2027"),
    ("2027-03-01,holiday,Lễ,2027-03-06,TB", decree_rows.CounterpartOfNothing, "counterpart"),
    ("2027-03-01,worked,Làm,,TB", decree_rows.CellWrong, "legal_basis"),
    ("2027-03-01,holiday,Lễ", refusals.RowBroken, ""),
    ("2027-01-01,observed,Lễ,,TB", decree_rows.DayTwice, "2"),
]


@pytest.mark.parametrize(("row", "refusal", "said"), WRONG_ROWS)
def test_a_row_that_is_wrong_is_told_by_its_line_and_the_rest_is_judged(
    row: str, refusal: type[Refused], said: str
) -> None:
    made = plan(csv_of(NEW_YEAR, "", row, "2027-03-08,holiday,Thêm,,TB 99"))

    [wrong] = made.wrong
    assert (wrong.line, type(wrong.refusal)) == (4, refusal)
    assert said in words_of(wrong.refusal)
    assert (made.rows, len(made.draft.days)) == (3, 1)
    with pytest.raises(RowsWrong):
        check_plan(made)


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", refusals.FileEmpty),
        (f"{HEADER}\r\n".encode(), refusals.FileEmpty),
        (f"{HEADER}\r\n{NEW_YEAR}".encode("utf-16"), refusals.WrongEncoding),
        (f"{HEADER}\r\n{NEW_YEAR}\r\n".encode("cp1258", "replace"), refusals.WrongEncoding),
        (csv_of(NEW_YEAR, header=HEADER.replace(",", ";")), refusals.WrongSeparator),
        (b"PK\3\4 and more", refusals.Workbook),
        (csv_of(NEW_YEAR, header="date,kind,name,counterpart,source"), refusals.WrongColumns),
        (f'{HEADER}\r\n2027-01-01,holiday,"Tết'.encode(), refusals.HalfFile),
        (f"{HEADER}\r\n{NEW_YEAR}\r\n2027-02-05,holi".encode(), refusals.HalfFile),
        (b"x" * (1024 * 1024 + 1), decree_rows.TooLargeForADecree),
    ],
)
def test_a_file_that_is_none_is_refused_whole(raw: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        plan(raw)


def test_a_file_cut_anywhere_never_becomes_another_calendar() -> None:
    whole = csv_of(NEW_YEAR, *SWAP, "2027-04-16,holiday,Giỗ Tổ Hùng Vương,,TB 99")
    good = {one.day: one for one in plan(whole, decree="TB").draft.days}

    for cut in random.sample(range(len(whole)), 120):
        try:
            made = plan(whole[:cut], decree="TB")
            check_plan(made)
        except Refused:
            continue
        for one in made.draft.days:
            assert one.kind is good[one.day].kind
            assert one.counterpart == good[one.day].counterpart


# The command line


def command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    options = parser().parse_args(words)
    code = COMMANDS[options.command](options)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "decree.csv"
    path.write_bytes(csv_of(NEW_YEAR, *SWAP))
    return path


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = CalendarEntry.objects.count()

    code, out, _ = command(
        capsys, "import", "calendar", str(file), "--decree", "TB 99", "--dry-run", "--json"
    )

    said = json.loads(out)
    assert (code, said["written"], said["unit"]) == (0, False, "nation")
    assert [one["day"] for one in said["added"]] == ["2027-01-04", "2027-01-09"]
    assert [one["day"] for one in said["decided"]] == ["2027-01-01"]
    assert said["years"] == {"2027": "decided"}
    assert CalendarEntry.objects.count() == before


def test_the_command_writes_the_days(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command(capsys, "import", "calendar", str(file), "--decree", "TB 99")

    assert code == 0
    assert "04/01/2027 Nghỉ hoán đổi" in out
    assert decree_year(2027) is Decree.DECIDED


def test_the_command_tells_wrong_rows_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "decree.csv"
    path.write_bytes(csv_of(NEW_YEAR, SWAP[0]))
    before = CalendarEntry.objects.count()

    code, out, _ = command(capsys, "import", "calendar", str(path), "--unit", "24886")

    assert code == 2
    assert "! 3 2027-01-04:" in out
    assert CalendarEntry.objects.count() == before


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = parser().parse_args(["import", "calendar", str(tmp_path / "none.csv")])

    assert run(options) == 2
    assert "none.csv" in capsys.readouterr().err


def test_a_calendar_is_shown_for_people_and_for_machines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = command(capsys, "calendar", "show", "24886", "2026")
    assert code == 0
    assert "Ngày Văn hóa Việt Nam" in out

    _, out, _ = command(capsys, "calendar", "show", "nation", "2027", "--json")
    said = json.loads(out)
    assert (said["decree"], said["working_days"], len(said["days"])) == ("computed", 249, 365)
    assert not any(one["decided"] for one in said["days"])
    assert sum(one["counts"] for one in said["days"]) == said["working_days"]
    days = {one["day"]: one for one in said["days"]}
    assert (days["2027-09-02"]["state"], days["2027-09-02"]["name"]) == ("holiday", "Quốc khánh")
    assert days["2027-01-03"]["state"] == "rest"
    assert days["2027-01-04"]["spans"] == ["07:30-11:30", "13:30-17:30"]
    assert said["conflicts"] == [{"conflict": "computed", "day": None}]


def test_a_year_outside_the_calendar_is_refused() -> None:
    options = parser().parse_args(["calendar", "show", "nation", "2040"])

    with pytest.raises(rules.DayOutside):
        COMMANDS[options.command](options)
