import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.accounts.actors import SYSTEM, NotAllowed
from motcua.kit.clock import Limit, LimitUnit
from motcua.kit.refusals import Refused
from motcua.ledger.models import Event
from motcua.registry.actions import add_procedure_version
from motcua.registry.importing import Report, import_procedures
from motcua.registry.imports import refusals
from motcua.registry.imports.facts import draft_of
from motcua.registry.models import ProcedureVersion
from motcua.registry.queries import catalogue

from . import given

pytestmark = pytest.mark.django_db
SHORT = given.DATA / "procedures_commune_all.csv"
DETAILED = given.DATA / "procedures_detail.jsonl"
HEADER = "code,name_vi,field,level,limit_value,limit_unit,fee_vnd,online_level,source_url"
ROW = "1.999001,Thủ tục thử,Đất đai,commune,5,working_day,,online,https://example.vn/1"
needs_data = pytest.mark.skipif(not SHORT.exists(), reason=given.NO_DATA)
DAY, CALENDAR_DAY = LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY


def _import(path: Path, today: date = given.TODAY) -> Report:
    return import_procedures(path, actor=SYSTEM, at=given.AT, today=today)


def _csv(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "list.csv"
    path.write_text("\r\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def _jsonl(folder: Path, *rows: Mapping[str, Any] | str) -> Path:
    path = folder / "list.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def _detail(code: str = "1.999001", **more: Any) -> dict[str, Any]:
    said = {
        "code": code,
        "name_vi": "Thủ tục thử",
        "field": "Đất đai",
        "decision": "1/QĐ",
        "limit_source": "portal",
        "fee_basis": "free",
        "channels": [_channel("Trực tiếp", 5)],
        "source_url": "https://example.vn/1",
    }
    return {**said, **more}


def _channel(
    name: str, value: int, unit: str | None = "working_day", text: str = "Miễn phí"
) -> dict[str, Any]:
    return {"channel": name, "value": value, "unit": unit, "fee_text": text}


def _limit(code: str, channel: str = "direct", case: str = "") -> Limit | None:
    shown = catalogue()
    return shown.limit(shown.procedure(code, given.TODAY), channel, case)


@needs_data
@pytest.mark.parametrize("path", [SHORT, DETAILED])
@pytest.mark.parametrize("cut", [0.31, 0.5, 0.77, 0.999])
def test_half_a_file_is_refused_and_leaves_nothing(path: Path, cut: float, tmp_path: Path) -> None:
    raw = path.read_bytes()
    half = tmp_path / path.name
    half.write_bytes(raw[: int(len(raw) * cut)])

    with pytest.raises(refusals.HalfFile):
        _import(half)

    assert not ProcedureVersion.objects.exists()
    assert not Event.objects.exists()


def test_a_new_procedure_is_in_force_since_the_two_level_government(tmp_path: Path) -> None:
    report = _import(_csv(tmp_path, ROW))

    card = catalogue().procedure("1.999001", date(2025, 7, 1))
    assert (report.added, card.online, card.field_code) == (1, True, "dat-dai")
    assert "ngày bắt đầu" in card.source_note
    assert _limit("1.999001") == Limit(5, DAY)


def test_a_changed_limit_makes_a_version_from_today_and_keeps_the_old_one(tmp_path: Path) -> None:
    _import(_csv(tmp_path, ROW), date(2026, 1, 5))

    report = _import(_csv(tmp_path, ROW.replace(",5,", ",7,")))

    shown = catalogue()
    assert (report.added, report.changed) == (0, 1)
    before = shown.procedure("1.999001", date(2026, 11, 23))
    assert shown.limit(before, "direct") == Limit(5, DAY)
    assert _limit("1.999001") == Limit(7, DAY)


def test_a_second_change_on_one_day_corrects_the_version_of_that_day(tmp_path: Path) -> None:
    for days in ("5", "7", "9"):
        _import(_csv(tmp_path, ROW.replace(",5,", f",{days},")))

    assert _limit("1.999001") == Limit(9, DAY)
    assert len(catalogue().versions("1.999001")) == 2
    assert Event.objects.filter(kind="registry.version_corrected").count() == 1


def test_what_a_list_is_silent_about_stays_as_it_was(tmp_path: Path) -> None:
    _import(_jsonl(tmp_path, _detail(fee_basis="fixed")), date(2026, 1, 5))

    report = _import(_csv(tmp_path, ROW.replace(",5,working_day,,online,", ",,,,,")))

    assert report.unchanged == 1
    assert _limit("1.999001") == Limit(5, DAY)


@pytest.mark.parametrize("one", ["obligation", "verification", "posting"])
def test_for_what_the_clock_stops_no_list_says_and_a_new_version_keeps(
    one: str, tmp_path: Path
) -> None:
    _import(_csv(tmp_path, ROW), date(2026, 1, 5))
    name = f"pauses_for_{one}"
    known = catalogue().versions("1.999001")[-1]
    assert not getattr(known, name)
    draft = replace(draft_of(known, field_name="Đất đai"), **{name: True})  # type: ignore[arg-type]
    draft = replace(draft, valid_from=date(2026, 2, 2))
    add_procedure_version(draft=draft, actor=SYSTEM, at=given.AT)

    _import(_csv(tmp_path, ROW.replace(",5,", ",7,")))

    after = catalogue().versions("1.999001")[-1]
    assert after.valid_from == given.TODAY
    flags = ("pauses_for_obligation", "pauses_for_verification", "pauses_for_posting")
    assert [getattr(after, flag) for flag in flags] == [flag == name for flag in flags]


def test_limits_that_differ_by_channel_are_kept_apart(tmp_path: Path) -> None:
    channels = [
        _channel("Trực tiếp", 20),
        _channel("Trực tuyến", 17),
        _channel("Dịch vụ bưu chính", 30, "day"),
    ]
    _import(_jsonl(tmp_path, _detail(channels=channels)))

    assert _limit("1.999001") == Limit(20, DAY)
    assert _limit("1.999001", "online") == Limit(17, DAY)
    assert _limit("1.999001", "post") == Limit(30, CALENDAR_DAY)
    assert _limit("1.999001", "other") == Limit(20, DAY)


def test_a_second_limit_of_a_channel_is_a_case_named_by_its_text(tmp_path: Path) -> None:
    channels = [_channel("Trực tiếp", 5), _channel("Trực tiếp", 30, text="Miễn phí phải xác minh")]
    _import(_jsonl(tmp_path, _detail(channels=channels)))

    assert _limit("1.999001") == Limit(5, DAY)
    assert _limit("1.999001", "direct", "phải xác minh") == Limit(30, DAY)


def test_free_is_no_fee_text_and_a_fee_of_the_province_is_a_fee(tmp_path: Path) -> None:
    free = _detail()
    council = _detail(
        "1.999002",
        fee_basis="provincial_council",
        channels=[_channel("Trực tiếp", 5, text="Miễn phí(Theo nghị quyết của HĐND)")],
    )
    _import(_jsonl(tmp_path, free, council))

    shown = catalogue()
    first, second = (shown.procedure(f"1.99900{n}", given.TODAY) for n in (1, 2))
    assert (first.has_fee, first.fee_text) == (False, "")
    assert (second.has_fee, second.fee_text) == (True, "(Theo nghị quyết của HĐND)")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("law:NĐ 23/2015/NĐ-CP Đ.37 (không quá 02 ngày làm việc)", Limit(2, DAY)),
        ("law:Luật Nuôi con nuôi 2010 Đ.19 (30 ngày)", Limit(30, CALENDAR_DAY)),
        ("law:NĐ 23/2015/NĐ-CP Đ.7 (trong ngày; sau 15h …)", Limit(0, LimitUnit.SAME_DAY)),
        ("law:Luật Hộ tịch 2014 Đ.64 (ngay; sau 15h …)", Limit(0, LimitUnit.SAME_DAY)),
        ("portal_value_unit_inferred", Limit(3, DAY)),
        ("", None),
    ],
)
def test_a_limit_without_a_unit_is_read_from_its_source(
    source: str, expected: Limit | None, tmp_path: Path
) -> None:
    row = _detail(limit_source=source, channels=[_channel("Trực tiếp", 3, None)])

    _import(_jsonl(tmp_path, row))

    assert _limit("1.999001") == expected


def test_same_day_procedures_are_same_day_though_lists_say_one_working_day(tmp_path: Path) -> None:
    row = ROW.replace("1.999001", "1.000656").replace(",5,", ",1,")

    _import(_csv(tmp_path, row, row.replace("1.000656", "1.000894")))

    assert _limit("1.000656") == Limit(0, LimitUnit.SAME_DAY)
    assert _limit("1.000894") == Limit(1, DAY)


BAD_ROWS: list[tuple[str, type[Refused]]] = [
    (",Name,Field,,,,,,u", refusals.RowWithout),
    ("1.2,,Field,,,,,,u", refusals.RowWithout),
    ("1.2,Name,,,,,,,u", refusals.RowWithout),
    ("mã lạ,Name,Field,,,,,,u", refusals.WrongCodeInRow),
    ("1.2,Name,Field,,5,fortnight,,,u", refusals.WrongLimitInRow),
    ("1.2,Name,Field,,half,working_day,,,u", refusals.WrongLimitInRow),
    ("1.2,Name,Field,,-3,working_day,,,u", refusals.WrongLimitInRow),
    ("1.2,Name,Field,,5", refusals.RowBroken),
    (f"1.2,{'x' * 1501},Field,,,,,,u", refusals.RowTooLong),
    ("1.999001,Twice,Field,,,,,,u", refusals.RowTwice),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS)
def test_a_row_that_cannot_be_used_is_named_with_its_reason(
    bad: str, reason: type[Refused], tmp_path: Path
) -> None:
    report = _import(_csv(tmp_path, ROW, bad, ROW.replace("1.999001", "1.999002")))

    assert report.added == 2
    [rejected] = report.rejected
    assert (rejected.line, type(rejected.refusal)) == (3, reason)
    assert report.as_dict()["rejected"][0]["reason"]  # type: ignore[index]


@pytest.mark.parametrize("bad", ["{broken", "[]", '{"code": "1.2", "name_vi": "N", "field": "F"}'])
def test_a_json_line_that_is_no_row_is_rejected(bad: str, tmp_path: Path) -> None:
    report = _import(_jsonl(tmp_path, _detail(), bad))

    assert report.added == 1
    assert isinstance(report.rejected[0].refusal, refusals.RowBroken)


def test_when_no_row_can_be_used_nothing_happens(tmp_path: Path) -> None:
    with pytest.raises(refusals.NothingUsable):
        _import(_csv(tmp_path, ",Name,Field,,,,,,u"))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_another_encoding_is_refused_with_advice(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{HEADER}\nĐất đai,à".encode(encoding, errors="replace") + b"\n" * 9)

    with pytest.raises(refusals.WrongEncoding):
        _import(path)


def test_bytes_of_zero_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"code\0name\n")

    with pytest.raises(refusals.WrongEncoding):
        _import(path)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(refusals.WrongColumns, match="source_url"):
        _import(_csv(tmp_path, "1.2,Name", header="code,name_vi"))
    with pytest.raises(refusals.WrongColumns, match="channels"):
        _import(_jsonl(tmp_path, {"code": "1.2"}))
    with pytest.raises(refusals.WrongColumns):
        _import(_jsonl(tmp_path, "no json at all"))


@pytest.mark.parametrize("text", ["", "  \n", HEADER + "\n"])
def test_a_file_without_rows_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(refusals.FileEmpty):
        _import(path)


def test_a_file_that_is_not_there_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(refusals.FileUnreadable):
        _import(tmp_path / "nowhere.csv")
    other = tmp_path / "list.pdf"
    other.write_text("%PDF", encoding="utf-8")
    with pytest.raises(refusals.UnknownFormat):
        _import(other)


def test_a_file_far_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.registry.imports.reading.MOST_MEGABYTES", 0)
    path = tmp_path / "list.csv"
    path.write_bytes(b"x" * (1 << 20 | 1))

    with pytest.raises(refusals.FileTooLarge):
        _import(path)


def test_a_file_whose_last_line_has_no_end_is_fine_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{HEADER}\n{ROW}\n{ROW.replace('1.999001', '1.999002')}", encoding="utf-8")

    assert _import(path).added == 2


def test_an_open_quotation_mark_is_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f'{HEADER}\n{ROW}\n1.2,"Name', encoding="utf-8")

    with pytest.raises(refusals.HalfFile):
        _import(path)


def test_who_may_not_import_does_not(tmp_path: Path) -> None:
    path = _csv(tmp_path, ROW)

    with pytest.raises(NotAllowed):
        import_procedures(path, actor=given.NOBODY, at=given.AT, today=given.TODAY)


def test_names_are_kept_composed(tmp_path: Path) -> None:
    decomposed = "Đất đai".replace("ấ", "a\u0302\u0301")
    _import(_csv(tmp_path, ROW.replace("Đất đai", decomposed)))

    assert catalogue().field_name("dat-dai") == "Đất đai"
