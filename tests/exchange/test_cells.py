"""What a cell says."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.exchange.files import cells
from motcua.exchange.files.labels import code_of, label, unit_labels
from motcua.kit.moments import from_iso_minute

EARLY = from_iso_minute("2025-07-05T08:21")


def read(text: str, *, day_first: bool = True, shift: int = 0) -> int | None:
    reader = cells.moment_reader(day_first=day_first, shift=shift, whole_day_at=7 * 60 + 30)
    first, again = reader(text), reader(text)
    assert first == again
    return first


@pytest.mark.parametrize(
    "text",
    [
        "05/07/2025 08:21:33",
        "5/7/2025 8:21",
        "05-07-2025 08:21",
        "05.07.2025 08:21",
        "08:21 05/07/2025",
        "8h21 05/07/2025",
        "08 giờ 21 phút, ngày 05/07/2025",
        "08:21:33, 05/07/2025",
        "05/07/2025 08:21 SA",
        "2025-07-05 08:21:33",
        "2025-07-05T08:21:33.120",
        "2025-07-05T01:21:33Z",
        "2025-07-05T08:21:33+07:00",
        "45843.34760",
        "45843,34760",
        "'05/07/2025 08:21:33",
        " 05/07/2025\u00a008:21:33 ",
    ],
)
def test_every_form_of_a_moment_gives_the_same_minute(text: str) -> None:
    minutes_apart = read(text)

    assert minutes_apart in (EARLY, EARLY - 1)  # the serial is 08:20:32
    assert (minutes_apart == EARLY) == (not text.startswith("45843"))


def test_a_serial_that_falls_just_short_of_its_minute_is_that_minute() -> None:
    just_short = repr(45843 + (8 * 60 + 21) / 1440 - 1e-9)

    assert read(just_short) == EARLY


def test_afternoon_is_told_in_two_ways() -> None:
    assert read("05/07/2025 08:21 CH") == read("05/07/2025 20:21") == EARLY + 12 * 60


def test_a_column_in_utc_is_moved_to_local_time_once() -> None:
    assert read("05/07/2025 01:21:33", shift=7 * 60) == EARLY
    assert read("2025-07-05T01:21:33Z", shift=7 * 60) == EARLY


def test_the_month_comes_first_where_the_mapping_says_so() -> None:
    assert read("07/05/2025 08:21", day_first=False) == EARLY


@pytest.mark.parametrize("text", ["", " ", "-", "--", "—", "N/A", "null", "không"])
def test_all_kinds_of_nothing_are_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["05/07/2025", "2025-07-05", "45843", "ngày 5/7/2025"])
def test_a_day_without_a_time_is_marked_and_takes_the_minute_of_the_mapping(text: str) -> None:
    found = read(text)

    assert isinstance(found, cells.WholeDay)
    assert found == from_iso_minute("2025-07-05T07:30")


@pytest.mark.parametrize(
    "text",
    ["32/13/2025", "hôm qua", "05/07/25", "05/07/0205", "99999", "25:00 05/07/2025", "5/2025"],
)
def test_what_is_no_moment_is_not_guessed(text: str) -> None:
    with pytest.raises(cells.NotUnderstood):
        read(text)


@given(st.datetimes(datetime(2010, 1, 2), datetime(2035, 12, 31)))  # noqa: DTZ001
def test_written_and_read_again_a_moment_is_the_same(moment: datetime) -> None:
    text = f"{moment:%d/%m/%Y %H:%M:%S}"

    assert read(text) == from_iso_minute(f"{moment:%Y-%m-%dT%H:%M}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 ngày", (10, "working_day")),
        ("05 ngày làm việc", (5, "working_day")),
        ("10", (10, "working_day")),
        ("0,5 ngày", (4, "working_hour")),
        ("1.5 ngày", (12, "working_hour")),
        ("8h", (8, "working_hour")),
        ("8 giờ", (8, "working_hour")),
        ("30 ngày lịch", (30, "calendar_day")),
        ("2 tháng", (2, "month")),
        ("trong ngày", (1, "same_day")),
        ("Giải quyết ngay trong ngày làm việc", (1, "same_day")),
        ("--", None),
    ],
)
def test_limits_are_understood_as_clerks_write_them(
    text: str, found: tuple[int, str] | None
) -> None:
    assert cells.limit(text) == found


@pytest.mark.parametrize("text", ["0 ngày", "theo quy định", "10 tuần", "0,1 ngày"])
def test_a_limit_nobody_can_count_is_not_guessed(text: str) -> None:
    with pytest.raises(cells.NotUnderstood):
        cells.limit(text)


def test_codes_lose_what_spreadsheets_and_typists_add() -> None:
    assert cells.code("'H36.12.8-250705-0003") == "H36.12.8-250705-0003"
    assert cells.code("’H36.12.8–250705–0003 ") == "H36.12.8-250705-0003"
    assert cells.code("000.25.10.H36-230614-0007") == "000.25.10.H36-230614-0007"
    assert cells.procedure_code("2.00084") == "2.000840"
    assert cells.procedure_code("DD.01") == "DD.01"
    assert cells.identity_number("68199999001") == "068199999001"
    assert cells.identity_number("012 345 678") == "012345678"


@pytest.mark.parametrize(
    "name",
    ["Đạ K'Nàng", "Xã Đạ K’ Nàng", "xã Đạ K Nàng (cũ)", "UBND xã Đạ K' Nàng", "X. Đạ K'Nàng"],
)
def test_variants_of_a_units_name_are_equal(name: str) -> None:
    assert unit_labels(name)[1] == "daknang"


def test_the_kind_tells_namesakes_apart() -> None:
    assert unit_labels("TT. Lạc Dương")[0] == unit_labels("Thị trấn Lạc Dương")[0]
    assert unit_labels("Huyện Lạc Dương")[0] != unit_labels("Thị trấn Lạc Dương")[0]


def test_codes_made_from_names_stay_short_and_apart() -> None:
    long = [code_of("Cấp giấy chứng nhận quyền sử dụng đất lần đầu " + end) for end in ("A", "B")]

    assert [len(code) <= 40 for code in long] == [True, True]
    assert long[0] != long[1]
    assert code_of("Street Lights") == "street-lights" == code_of(label("STREET  lights"))
