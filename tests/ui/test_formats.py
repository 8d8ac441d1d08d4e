"""Numbers, days, moments and time left as people here read them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from motcua.kit.moments import day_number, minute_of
from motcua.ui import formats

MOMENT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)  # 08:30 in Việt Nam


def test_numbers_take_the_separators_of_the_language() -> None:
    with translation.override("vi"):
        vietnamese = [formats.number(74909), formats.number(-1234.5, 1), formats.percent(99.52)]
    with translation.override("en"):
        english = [formats.number(74909), formats.number(-1234.5, 1), formats.percent(99.52)]

    assert vietnamese == ["74.909", "−1.234,5", "99,52\u00a0%"]
    assert english == ["74,909", "−1,234.5", "99.52\u00a0%"]


def test_a_share_is_part_of_whole_and_a_dash_without_a_whole() -> None:
    with translation.override("vi"):
        assert formats.share(74491, 74848) == "99,52\u00a0%"
        assert formats.share(0, 0) == "–"
        assert formats.percent(None) == formats.number(None) == formats.dong(None) == "–"


def test_a_rate_with_fewer_places_is_cut_and_never_says_all_for_almost_all() -> None:
    with translation.override("en"):
        cut = [formats.percent_cut(value) for value in (99.99, 99.95, 100, 0.19, None)]

    assert cut == ["99.9\u00a0%", "99.9\u00a0%", "100.0\u00a0%", "0.1\u00a0%", "–"]


def test_money_is_whole_dong() -> None:
    with translation.override("vi"):
        assert formats.dong(30000) == "30.000 đồng"


def test_a_moment_is_said_on_the_clock_of_viet_nam_whatever_it_comes_as() -> None:
    with translation.override("vi"):
        assert formats.moment(MOMENT) == formats.moment(minute_of(MOMENT)) == "08:30 24/11/2026"
        assert formats.clock(MOMENT) == "08:30"
        assert formats.day(datetime(2026, 11, 23, 18, tzinfo=UTC)) == "24/11/2026"
        assert formats.day(day_number(date(2026, 11, 24))) == "24/11/2026"
        assert formats.weekday(date(2026, 11, 24)) == "Thứ Ba"
        assert formats.moment(None) == formats.day(None) == formats.weekday(None) == "–"
        assert formats.clock(None) == "–"


@pytest.mark.parametrize(
    ("value", "unit", "vietnamese", "english"),
    [
        (6, "working_day", "còn 6 ngày làm việc", "6 working days left"),
        (1, "working_day", "còn 1 ngày làm việc", "1 working day left"),
        (0, "working_day", "đến hạn hôm nay", "due today"),
        (-2, "working_day", "quá hạn 2 ngày làm việc", "2 working days overdue"),
        (8, "working_hour", "còn 8 giờ làm việc", "8 working hours left"),
        (30, "day", "còn 30 ngày", "30 days left"),
        (3 * 1440 + 125, "minute", "còn 3 ngày 2 giờ", "3 days 2 hours left"),
        (-200, "minute", "quá hạn 3 giờ 20 phút", "3 hours 20 minutes overdue"),
        (0, "minute", "còn 0 phút", "0 minutes left"),
    ],
)
def test_time_left_is_said_in_plain_words(
    value: int, unit: str, vietnamese: str, english: str
) -> None:
    with translation.override("vi"):
        assert formats.time_left(value, unit) == vietnamese
    with translation.override("en"):
        assert formats.time_left(value, unit) == english
