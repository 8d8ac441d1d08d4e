"""Every number of a wall opens a list of exactly as many dossiers."""

import random
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st

from motcua.indicators.measures import MEASURES
from motcua.operations.lines import Line
from tests.dossiers.given import COMMUNE, OTHER, SAME_DAY, TEN_DAYS
from tests.sizes import sized, soaks

from .given import DOSSIERS, FIRST, PERIOD, numbers_of, rows_of

pytestmark = soaks
DAYS = st.integers(-3, 45).map(lambda n: FIRST.date() + timedelta(days=n))
UNITS = st.sampled_from(["", "674", COMMUNE, OTHER])
CHANNELS = st.sampled_from(["", "direct", "online", "post", "other"])
WITH_ONE_MONTH = settings(
    max_examples=sized(whole=40, part=4),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def wall(**params: str) -> str:
    return f"/wall/?{urlencode({**PERIOD, **params})}"


def test_the_month_has_everything_a_wall_can_show(operator: Client) -> None:
    figures = operator.get(wall()).context["picture"]["figures"]

    assert figures["received"] == DOSSIERS
    for name in ("resolved", "on_time", "late", "open", "waiting", "overdue", "online_of_offered"):
        assert figures[name] > 0, name


@WITH_ONE_MONTH
@examples(days=st.tuples(DAYS, DAYS).map(sorted), unit=UNITS, channel=CHANNELS)
def test_each_number_of_any_wall_is_the_number_of_rows_of_its_list(
    operator: Client, days: list[date], unit: str, channel: str
) -> None:
    first, last = (day.isoformat() for day in days)
    response = operator.get(wall(**{"from": first, "to": last, "unit": unit, "channel": channel}))

    shown = numbers_of(response.content.decode())

    assert len(shown) > 10
    for one in {(one.number, one.url): one for one in shown}.values():
        assert operator.get(one.url).context["count"] == one.number, one.url
        if one.number:
            assert rows_of(operator, one.url) == one.number, one.url


@WITH_ONE_MONTH
@examples(
    measure=st.sampled_from(sorted(MEASURES)),
    days=st.tuples(DAYS, DAYS).map(sorted),
    procedure=st.sampled_from(["", TEN_DAYS, SAME_DAY]),
    unit=st.sampled_from(["", COMMUNE, OTHER]),
    sort=st.sampled_from(["received", "-received", "due", "-due", "ended", "-ended"]),
)
def test_a_list_of_any_measure_has_as_many_rows_as_it_says_in_any_order(
    *, operator: Client, measure: str, days: list[date], procedure: str, unit: str, sort: str
) -> None:
    first, last = (day.isoformat() for day in days)
    only = {"only_unit": unit, "only_procedure": procedure, "sort": sort, "measure": measure}
    url = f"/wall/list/?{urlencode({'from': first, 'to': last, **only})}"

    assert rows_of(operator, url) == operator.get(url).context["count"]


def test_pages_of_a_list_go_on_where_the_last_one_ended(operator: Client) -> None:
    url = f"/wall/list/?{urlencode({**PERIOD, 'measure': 'received', 'sort': '-due'})}"
    first = operator.get(url)
    second = operator.get(f"{url}&after={first.context['pager'].following['after']}")

    codes = [line.code for page in (first, second) for line in page.context["lines"]]
    assert len(codes) == len(set(codes)) == DOSSIERS
    assert first.context["first_url"] == ""
    assert operator.get(second.context["first_url"]).context["lines"] == first.context["lines"]


def test_a_dossier_in_process_has_no_end_and_an_ended_one_has_its_own(operator: Client) -> None:
    def lines(measure: str) -> list[Line]:
        response = operator.get(f"/wall/list/?{urlencode({**PERIOD, 'measure': measure})}")
        assert b"1970" not in response.content
        found: list[Line] = response.context["lines"]
        return found

    assert all(line.was_late for line in lines("late"))
    assert all(line.is_overdue or line.was_late for line in lines("overdue"))
    assert {line.ended_at is None for line in lines("open")} == {True, False}  # some ended since
    assert all(line.ended_at for line in lines("resolved"))


def test_a_tile_opens_the_dossiers_of_its_unit_alone(operator: Client) -> None:
    tiles = operator.get(wall(unit="674")).context["picture"]["tiles"]

    assert {tile.key for tile in tiles} == {COMMUNE, OTHER}
    for tile in tiles:
        assert operator.get(tile.received_url).context["count"] == tile.received < DOSSIERS
        assert operator.get(tile.rate_url).context["count"] == tile.late > 0


def test_the_list_leads_back_to_the_wall_with_the_same_choice(operator: Client) -> None:
    response = operator.get(wall(unit="674", channel="direct"))
    tile = response.context["picture"]["tiles"][0]

    listed = operator.get(tile.received_url)
    back = operator.get(listed.context["wall_url"])

    assert back.context["choice"].params == {
        **PERIOD,
        "unit": response.context["unit_key"],
        "channel": "direct",
    }
    assert back.context["picture"]["figures"] == response.context["picture"]["figures"]


def test_a_running_period_keeps_its_name_on_the_way_to_a_list_and_back(operator: Client) -> None:
    response = operator.get("/wall/?period=last_year")

    listed = operator.get(response.context["picture"]["links"]["received"])

    assert "period=last_year" in listed.context["wall_url"]


@pytest.mark.parametrize("unit", ["", COMMUNE])
def test_each_hour_and_each_point_of_the_line_opens_its_dossiers(
    operator: Client, unit: str
) -> None:
    picture = operator.get(wall(unit=unit)).context["picture"]

    cells = [(number, url) for _column, _row, number, url in picture["heat"]["cells"]]
    points = [
        (number, url)
        for one in picture["by_day"]["series"]
        for number, url in zip(one["values"], one["urls"], strict=True)
    ]
    assert sum(number for number, _ in cells) == picture["figures"]["received"] > 0
    opened = random.sample([*cells, *points], sized(whole=len(cells) + len(points), part=40))
    for number, url in opened:
        assert operator.get(url).context["count"] == number, url


@pytest.mark.parametrize("hour", ["24", "-1", "x", "٣", "3.5"])
def test_an_hour_that_never_was_is_said(operator: Client, hour: str) -> None:
    url = f"/wall/list/?{urlencode({**PERIOD, 'measure': 'received', 'only_hour': hour})}"

    assert operator.get(url).status_code == 422
