"""Where a table begins and which of its rows are data."""

from motcua.exchange.files.fields import Field
from motcua.exchange.files.headers import Header, find_header
from motcua.exchange.files.mapping import Column, Plan, load
from motcua.exchange.files.sieve import Sieve
from tests.exchange import samples

PLAN = load("one_stop_sheet")
SHORT = Plan(
    "short",
    "short",
    "short",
    {
        Field.NUMBER: Column(("stt",)),
        Field.KEY: Column(("so ho so",), needed=True),
        Field.RECEIVED_AT: Column(("tiep nhan ngay", "ngay tiep nhan"), needed=True),
        Field.RETURNED_AT: Column(("tra ket qua ngay", "ngay tra")),
    },
)


def numbered(rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    return list(enumerate(rows, start=1))


def header_of(rows: list[list[str]], plan: Plan = SHORT) -> Header:
    return find_header(numbered(rows), plan.columns)


def kept(rows: list[list[str]]) -> list[int]:
    header = Header({Field.NUMBER: 0, Field.KEY: 1, Field.RECEIVED_AT: 2}, 0, ())
    return [line for line, _ in Sieve(header, SHORT).keep(iter(numbered(rows)))]


def test_a_header_over_two_rows_is_found_below_titles() -> None:
    header = header_of([*samples.head(), *samples.lines()], PLAN)

    assert header.ends_after == 6
    assert header.places[Field.KEY] == samples.NAMES.index("Số hồ sơ")
    assert header.places[Field.RETURNED_AT] == samples.NAMES.index("Ngày trả kết quả")


def test_a_name_that_comes_twice_is_told_apart_by_the_merged_cell_above() -> None:
    header = header_of(
        [
            ["STT", "Số hồ sơ", "Tiếp nhận", "", "Trả kết quả", ""],
            ["", "", "Ngày", "Ai", "Ngày", "Ai"],
        ]
    )

    assert header.places[Field.RECEIVED_AT] == 2
    assert header.places[Field.RETURNED_AT] == 4


def test_a_header_printed_again_on_the_next_page_does_not_win() -> None:
    rows = [["STT", "Số hồ sơ", "Ngày tiếp nhận"], ["1", "A", "05/07/2025"]]

    assert header_of(rows + rows).ends_after == 1


def test_a_table_without_any_known_name_shows_its_own() -> None:
    header = header_of([["Họ tên"], ["Tên", "Tuổi", "Lớp"]])

    assert header.places == {}
    assert header.labels == ("Tên", "Tuổi", "Lớp")


def test_captions_totals_and_signatures_are_no_data() -> None:
    lines = kept(
        [
            ["(1)", "(2)", "(3)=(1)+(2)"],
            ["I. Lĩnh vực Đất đai"],
            ["1", "H36-1", "05/07/2025"],
            ["II", "Lĩnh vực Hộ tịch", ""],
            ["STT", "Số hồ sơ", "Ngày tiếp nhận"],
            ["2", "H36-2", "05/07/2025"],
            [],
            ["Tổng cộng:", "2", ""],
            ["", "Người lập biểu", ""],
            ["", "Nguyễn Văn Thử", ""],
        ]
    )

    assert lines == [3, 6]


def test_rows_that_lack_key_or_receipt_are_kept_to_be_reported() -> None:
    assert kept([["1", "", "05/07/2025"], ["2", "H36-2", ""], ["", "", "", "Sổ hộ khẩu"]]) == [
        1,
        2,
        3,
    ]


def test_a_second_table_below_a_total_is_read_too() -> None:
    assert kept([["1", "A1", "x"], ["Cộng", "1", ""], ["Ai ký"], ["1", "B1", "y"]]) == [1, 4]
