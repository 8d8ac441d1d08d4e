"""A file of limits becomes the same file with due moments; a wrong row loses no other."""

import csv
from pathlib import Path

import pytest

from motcua.exchange.dues import Outcome, count_file
from motcua.exchange.dues import command as dues_command
from motcua.exchange.dues.refusals import (
    ColumnsMissing,
    NothingInside,
    NotText,
    OneFile,
    QuoteWrong,
    Unreadable,
    Unwritable,
    Workbook,
    WrongSeparator,
)
from motcua.kit.clock import Limit, LimitUnit, due_of, pauses_of
from motcua.kit.moments import from_iso_minute, iso_minute
from motcua.registry.nation import national_calendar

HEADER = "id,received_at,limit,unit,pauses"
GOOD = "a,2026-11-02T09:00,5,working_day,"
DUE = "2026-11-09T17:30"


def counted(tmp_path: Path, *rows: str, header: str = HEADER) -> tuple[Outcome, Path]:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return count_file(source, target, national_calendar()), target


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def errors_of(target: Path) -> list[list[str]]:
    return read(target.with_name("out.csv.errors.csv"))


def test_good_rows_keep_their_order_and_columns_and_get_their_due_moment(tmp_path: Path) -> None:
    outcome, target = counted(
        tmp_path,
        'b,2026-11-02 09:00:59,5,working_day,,"Nguyễn, ""An"""',
        "a,2026-11-02T09:00,0,same_day,,",
        "c,2026-11-02T09:00,1,same_day,,",
        "d,2026-11-02T09:00,5,working_day,2026-11-03T08:00/2026-11-04T08:00;2026-11-05T08:00/,",
        header=f"{HEADER},name",
    )

    assert read(target) == [
        [*HEADER.split(","), "name", "due_at"],
        ["b", "2026-11-02 09:00:59", "5", "working_day", "", 'Nguyễn, "An"', DUE],
        ["a", "2026-11-02T09:00", "0", "same_day", "", "", "2026-11-02T17:30"],
        ["c", "2026-11-02T09:00", "1", "same_day", "", "", "2026-11-02T17:30"],
        [
            *("d", "2026-11-02T09:00", "5", "working_day"),
            *("2026-11-03T08:00/2026-11-04T08:00;2026-11-05T08:00/", "", ""),
        ],
    ]
    assert outcome == Outcome(due=3, waiting=1, wrong=0, errors=None)
    assert not target.with_name("out.csv.errors.csv").exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,2026-11-02,5,working_day,", "thời điểm"),
        ("x,2026-11-02T24:00,5,working_day,", "thời điểm"),
        ("x,2026-02-30T09:00,5,working_day,", "“2026-02-30T09:00” không phải là một thời điểm"),
        ("x,2026-11-02T09:00+07:00,5,working_day,", "thời điểm"),
        ("x,2026-11-02T09:00,five,working_day,", "số nguyên"),
        ("x,2026-11-02T09:00,0,working_day,", "Thời hạn 0"),
        ("x,2026-11-02T09:00,-2,month,", "Thời hạn -2"),
        ("x,2026-11-02T09:00,3,same_day,", "trong ngày"),
        ("x,2026-11-02T09:00,5,week,", "“week”"),
        ("x,2026-11-02T09:00,999999999999,month,", "Lịch làm việc chỉ có từ"),
        ("x,1999-11-02T09:00,5,working_day,", "Lịch làm việc chỉ có từ"),
        ("x,2026-11-02T09:00,5,working_day,tomorrow", "khoảng tạm dừng"),
        ("x,2026-11-02T09:00,5,working_day,2026-11-04T08:00/2026-11-03T08:00", "trước khi bắt"),
        ("x,2026-11-02T09:00,5,working_day", "4 ô"),
        ("x,2026-11-02T09:00,5,working_day,,more", "6 ô"),
        ('"x,2026-11-02T09:00,5,working_day,', "ngoặc kép"),
        ('"x"y,2026-11-02T09:00,5,working_day,', "ngoặc kép"),
    ],
)
def test_a_wrong_row_goes_beside_with_its_line_and_reason(
    tmp_path: Path, row: str, reason: str
) -> None:
    outcome, target = counted(tmp_path, GOOD, row, GOOD, GOOD)

    title, (line, why, *_) = errors_of(target)
    assert title == ["row", "reason", *HEADER.split(",")]
    assert (line, reason in why) == ("3", True), why
    assert [cells[-1] for cells in read(target)] == ["due_at", DUE, DUE, DUE]
    assert (outcome.due, outcome.wrong) == (3, 1)


def test_a_quotation_mark_left_open_swallows_no_row(tmp_path: Path) -> None:
    outcome, target = counted(
        tmp_path, GOOD, '"x,2026,5,working_day,', GOOD, 'y,"2026,5,working_day,', *[GOOD] * 3
    )

    assert [line for line, *_ in errors_of(target)[1:]] == ["3", "5"]
    assert (outcome.due, outcome.wrong) == (5, 2)


def test_a_cell_longer_than_csv_may_have_is_named_and_loses_no_other_row(tmp_path: Path) -> None:
    most = csv.field_size_limit()
    too_long = "x" * (most + 1)

    outcome, target = counted(
        tmp_path, GOOD, f"{too_long},2026-11-02T09:00,5,working_day,", GOOD, f'"{too_long}', GOOD
    )

    assert [cells[-1] for cells in read(target)] == ["due_at", DUE, DUE, DUE]
    assert (outcome.due, outcome.wrong) == (3, 2)
    told = target.with_name("out.csv.errors.csv").read_text("utf-8")
    assert told.count(str(most)) == 2
    assert QuoteWrong.message not in told


def test_a_cell_of_several_lines_is_kept_and_lines_are_counted(tmp_path: Path) -> None:
    outcome, target = counted(
        tmp_path, '"a\nb",2026-11-02T09:00,5,working_day,', "", "x,2026,5,working_day,"
    )

    assert read(target)[1][0] == "a\nb"
    assert errors_of(target)[1][0] == "5"
    assert (outcome.due, outcome.wrong) == (1, 1)


def test_the_mark_of_utf_8_is_kept_and_due_at_is_written_anew(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"{HEADER},due_at,more\r\n{GOOD},old,m\r\n", encoding="utf-8-sig", newline="")

    count_file(source, target, national_calendar())

    text = target.read_bytes().decode("utf-8")
    assert text == f"\N{ZERO WIDTH NO-BREAK SPACE}{HEADER},due_at,more\n{GOOD},{DUE},m\n"


def test_wrong_rows_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    counted(tmp_path, "x,2026,5,working_day,")

    _, target = counted(tmp_path, GOOD)

    assert not target.with_name("out.csv.errors.csv").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_many_pieces_with_every_tenth_row_wrong_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dues_command, "PIECE", 7)
    rows = [
        f"{n},2026-11-{1 + n % 28:02}T09:{n % 60:02},{0 if n % 10 == 9 else 1 + n % 9},"
        f"{list(LimitUnit)[1 + n % 4]},2026-11-{1 + n % 28:02}T10:00/2026-12-01T08:00"
        for n in range(200)
    ]

    outcome, target = counted(tmp_path, *rows)

    assert (outcome.due, outcome.wrong) == (180, 20)
    assert [cells[2] for cells in errors_of(target)[1:]] == [str(n) for n in range(9, 200, 10)]
    for _, received, limit, unit, pauses, due in read(target)[1:]:
        asked = due_of(
            received_at=from_iso_minute(received),
            limit=Limit(int(limit), LimitUnit(unit)),
            calendar=national_calendar(),
            pauses=pauses_of(pauses),
        )
        assert asked.due_at is not None
        assert due == iso_minute(asked.due_at)


def test_a_header_alone_gives_a_header_alone(tmp_path: Path) -> None:
    outcome, target = counted(tmp_path)

    assert outcome.as_json()["rows"] == 0
    assert read(target) == [[*HEADER.split(","), "due_at"]]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NothingInside),
        (b"id,limit,unit\n1,2,month\n", ColumnsMissing),
        (b"id,id,received_at,limit,unit,pauses\n", ColumnsMissing),
        (b'"id,received_at\n', ColumnsMissing),
        (b"\n" + HEADER.encode(), ColumnsMissing),
        (HEADER.encode("utf-16"), NotText),
        (b"PK\3\4\0\0\n", Workbook),
        (HEADER.replace(",", ";").encode(), WrongSeparator),
        (HEADER.encode() + b"\n" + "é".encode("latin-1") * 9 + b"\n", NotText),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(
    tmp_path: Path, content: bytes, refusal: type[Exception]
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    target.write_text("what was there")

    with pytest.raises(refusal):
        count_file(source, target, national_calendar())

    assert target.read_text() == "what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_file_is_not_written_over_itself(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(HEADER)

    for target in (source, tmp_path / "sub" / ".." / "in.csv"):
        with pytest.raises(OneFile):
            count_file(source, target, national_calendar())

    assert source.read_text() == HEADER


def test_a_missing_file_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"none\.csv"):
        count_file(tmp_path / "none.csv", tmp_path / "out.csv", national_calendar())
    source = tmp_path / "in.csv"
    source.write_text(HEADER)
    with pytest.raises(Unwritable, match=r"away/out\.csv"):
        count_file(source, tmp_path / "away" / "out.csv", national_calendar())
