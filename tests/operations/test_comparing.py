"""What figures are held against, the days units went over, and what a wall refuses to be asked."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.kit.periods import Period
from motcua.operations.choosing import Compare
from motcua.operations.comparing import changes, comparable
from tests.dossiers.given_pages import text_of

from .given import PERIOD
from .test_standing_now import _divide

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1950, 1, 1), date(2190, 12, 31))


@pytest.mark.parametrize(
    ("period", "compare", "wanted"),
    [
        (("2026-11-01", "2026-11-30"), Compare.BEFORE, ("2026-10-01", "2026-10-24")),
        (("2026-11-01", "2026-11-30"), Compare.YEAR_AGO, ("2025-11-01", "2025-11-24")),
        (("2025-01-01", "2025-12-31"), Compare.BEFORE, ("2024-01-01", "2024-12-31")),
        (("2024-02-29", "2024-02-29"), Compare.YEAR_AGO, ("2023-02-28", "2023-02-28")),
        (("2024-03-01", "2025-02-28"), Compare.YEAR_AGO, ("2023-03-01", "2024-02-28")),
    ],
)
def test_a_period_is_held_against_as_many_days_as_have_passed(
    period: tuple[str, str], compare: Compare, wanted: tuple[str, str]
) -> None:
    asked, told = (Period(*map(date.fromisoformat, days)) for days in (period, wanted))

    assert comparable(asked, today=TODAY, compare=compare) == told


@given(st.tuples(DAYS, DAYS).map(sorted), DAYS)
def test_a_year_ago_never_lies_after_what_it_is_compared_with(
    days: list[date], today: date
) -> None:
    period = Period(days[0], days[1])
    stretch = comparable(period, today=today, compare=Compare.YEAR_AGO)

    assert (stretch is None) == (period.first > today)
    if stretch:
        assert stretch.first < period.first
        assert abs(stretch.number_of_days - (min(period.last, today) - period.first).days - 1) <= 1


@pytest.mark.parametrize(("now", "was", "arrow", "tone"), [(5, 3, "▲", "bad"), (1, 3, "▼", "ok")])
def test_more_late_ones_are_bad_and_fewer_are_good(
    now: int, was: int, arrow: str, tone: str
) -> None:
    def counts(late: int) -> dict[str, int]:
        on_time = {"on_time": 10 - late, "early": 10 - late, "on_the_day": 0}
        return {"received": 10, "resolved": 10, "resolved_with_due": 10, "late": late, **on_time}

    told = changes(counts(now), counts(was))

    assert (told["late"].arrow, told["late"].tone, told["late"].size) == (arrow, tone, 2)
    assert told["on_time_rate"].tone == ("bad" if tone == "bad" else "ok")
    assert told["received"].arrow == "="
    assert changes(counts(now), {**counts(0), "received": 0, "resolved": 0}) == {}


def test_the_change_is_the_difference_of_two_walls(operator: Client) -> None:
    later = {"from": "2024-09-30", "to": "2024-10-06"}
    year = {"from": "2025-09-16", "to": "2025-10-20", "compare": "year_ago"}
    for params, other in (
        (later, {"from": "2024-09-23", "to": "2024-09-29"}),
        (year, {"from": "2024-09-16", "to": "2024-10-20"}),
    ):
        now, was = (
            operator.get(f"/wall/?{urlencode(one)}").context["picture"] for one in (params, other)
        )
        for name in ("received", "resolved", "late"):
            assert was["figures"]["received"] > 0
            more = now["figures"][name] - was["figures"][name]
            assert now["change"][name].more == more, (params, name)


@pytest.mark.django_db
def test_a_line_over_the_day_units_went_over_says_so(month: None, operator: Client) -> None:
    def marks() -> list[str]:
        line = operator.get("/wall/?period=whole").context["picture"]["by_day"]
        return [mark["label"] for mark in line["marks"]]

    assert marks() == []
    _divide()
    assert marks() == ["01/10/2026: sắp xếp đơn vị hành chính"]
    before = operator.get(f"/wall/?{urlencode(PERIOD)}").context["picture"]["by_day"]
    assert before["marks"] == []


@pytest.mark.django_db
def test_small_lines_and_files_carry_the_mark_where_they_span_the_day(
    month: None, operator: Client
) -> None:
    _divide()
    label = "01/10/2026: sắp xếp đơn vị hành chính"
    across = {"from": "2026-08-03", "to": "2026-11-01"}
    past = {"from": "2026-03-02", "to": "2026-09-30"}
    long_after = {"from": "2026-01-05", "to": "2026-11-22"}  # its last eight weeks hold the day
    for params, is_marked in ((across, True), (past, False), (long_after, True)):
        page = operator.get(f"/wall/?{urlencode(params)}")
        found = page.context["picture"]["sparks"]["marks"]
        assert [one["label"] for one in found] == [label] * is_marked, params
        assert page.content.decode().count(f'role="img" aria-label="{label}"') == 2 * is_marked
    file = operator.get(f"/wall/export/?{urlencode({**across, 'what': 'by_day', 'as': 'csv'})}")
    assert label in file.content.decode()
    for form in ("png", "pdf"):
        asked = urlencode({**across, "what": "by_day", "as": form})
        assert operator.get(f"/wall/export/?{asked}").status_code == 200


BAD = [
    ({"compare": "hôm qua"}, "hôm qua"),
    ({"theme": "hồng"}, "hồng"),
    ({"boundaries": "as_ever"}, "as_now"),
    ({"procedure": "9.999999"}, "Không có thủ tục này"),
    ({"from": "1970-01-01", "to": "2020-01-01"}, "dài hơn 30 năm"),
    ({"from": "2024-10-01", "to": "2024-09-01"}, "trước ngày đầu kỳ"),
    ({"unit": "00000@1999-01-01"}, "00000@1999-01-01"),
    ({"unit": "<script>alert(1)</script>"}, "alert(1)"),
    ({"compare": "a" * 3000}, "aaa"),
    ({"theme": "\x00"}, ""),
]


@pytest.mark.parametrize(("params", "said"), BAD)
def test_a_wall_that_cannot_be_drawn_says_why_and_stays_a_page(
    operator: Client, params: dict[str, str], said: str
) -> None:
    query = urlencode({**PERIOD, **params})
    shown, data, listed = (operator.get(f"/wall/{path}?{query}") for path in ("", "data/", "list/"))

    assert [one.status_code for one in (shown, data, listed)] == [422, 422, 422]
    assert said in text_of(shown).replace("&lt;", "<")
    assert any(said in one for one in data.json()["problems"])
    assert "<script>alert" not in shown.content.decode()
