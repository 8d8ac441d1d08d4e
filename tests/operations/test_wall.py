"""The wall: what it shows to whom, what it says to bad questions, and how it keeps up."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.indicators import cube, facts
from motcua.kit.moments import iso_minute
from motcua.operations.pages import wall as page
from motcua.operations.picture import picture
from tests.dossiers.given import APPLICANT, CLERK, COMMUNE, DISTRICT, OTHER, a_request
from tests.dossiers.given_pages import signed_in, text_of

from .given import PERIOD

pytestmark = pytest.mark.django_db


def wall(path: str = "", **params: str) -> str:
    return f"/wall/{path}?{urlencode({**PERIOD, **params})}"


@pytest.fixture
def at_one_commune(month: None) -> Client:
    return signed_in(Role.CENTRE_OPERATOR, unit_key=COMMUNE, name="mot.xa")


def test_the_wall_is_for_those_who_may_read_it(month: None) -> None:
    clerk = signed_in(Role.COUNTER_CLERK, name="clerk")

    for path in ("/wall/", "/wall/data/", "/wall/list/"):
        assert Client().get(path).status_code in (302, 401)
        assert clerk.get(path).status_code == 403


def test_a_viewer_of_one_commune_sees_only_that_commune(
    operator: Client, at_one_commune: Client
) -> None:
    whole = operator.get(wall(unit=COMMUNE)).context["picture"]["figures"]

    for unit in ("", COMMUNE, "674"):
        response = at_one_commune.get(wall(unit=unit))
        assert response.context["picture"]["figures"] == whole
        assert {line.key for line in response.context["units"]} == {COMMUNE}
    assert at_one_commune.get(wall(unit=OTHER)).status_code == 403
    assert at_one_commune.get(wall("list/", only_unit=OTHER)).status_code == 403
    assert at_one_commune.get(wall("data/", unit=OTHER)).status_code == 403


def test_a_part_of_a_district_is_called_a_part(at_one_commune: Client) -> None:
    assert "Huyện Đam Rông (phần được xem)" in text_of(at_one_commune.get(wall(unit="674")))
    assert "Xã Rô Men" in at_one_commune.get(wall()).context["scope_name"]


BAD = [
    ({"from": "2024-10-01", "to": "2024-09-01"}, "trước ngày đầu kỳ", "2024-10-01"),
    ({"from": "2024-02-30"}, "không phải là ngày", "2024-02-30"),
    ({"from": "hôm qua", "to": "2024-09-01"}, "không phải là ngày", "hôm qua"),
    ({"from": "1974-01-01", "to": "2024-01-01"}, "dài hơn 30 năm", "1974-01-01"),
    ({"from": "0001-01-01", "to": "2024-01-01"}, "trước năm 1900", "0001-01-01"),
    ({"from": "9999-01-01", "to": "9999-12-31"}, "sau năm 2199", "9999-12-31"),
    ({"unit": "99999@2021-01-01"}, "99999@2021-01-01", "99999@2021-01-01"),
    ({"unit": "xã chưa từng có"}, "xã chưa từng có", "xã chưa từng có"),
    ({"field": "không có"}, "Không có lĩnh vực này", "không có"),
    ({"channel": "chim bồ câu"}, "Không có hình thức tiếp nhận này", "chim bồ câu"),
    ({"from": "", "to": "", "period": "thế kỷ"}, "Không có kỳ này", ""),
]


@pytest.mark.parametrize(("params", "said", "kept"), BAD)
def test_a_question_that_cannot_be_asked_is_answered_in_words_and_kept_in_the_form(
    operator: Client, params: dict[str, str], said: str, kept: str
) -> None:
    shown, data, listed = (operator.get(wall(path, **params)) for path in ("", "data/", "list/"))

    assert [one.status_code for one in (shown, data, listed)] == [422, 422, 422]
    assert said in text_of(shown)
    assert any(said in one for one in data.json()["problems"])
    assert said in text_of(listed)
    form = shown.content.decode().split("<dialog")[1].split("</dialog>")[0]
    assert kept in form


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"measure": "happiness"}, 404),
        ({"at": "half past nine"}, 422),
        ({"at": "2024-99-01T08:00"}, 422),
        ({"after": "the end"}, 422),
        ({"after": f"{10**60}.{uuid4()}.0"}, 422),
        ({"only_field": "none"}, 422),
        ({"only_procedure": "9.999999"}, 422),
        ({"only_unit": "nowhere@2021-01-01"}, 403),
        ({"sort": "price"}, 200),
    ],
)
def test_a_list_refuses_what_it_does_not_know(
    operator: Client, params: dict[str, str], status: int
) -> None:
    assert operator.get(wall("list/", **params)).status_code == status


def test_an_empty_past_is_a_wall_without_dossiers(operator: Client) -> None:
    response = operator.get(wall(**{"from": "1950-01-01", "to": "1950-12-31"}))

    assert response.status_code == 200
    assert response.context["picture"]["figures"]["received"] == 0
    assert "chưa có dữ liệu" in text_of(response)


def test_a_period_that_has_not_begun_is_refused_in_words(operator: Client) -> None:
    response = operator.get(wall(**{"from": "2190-01-01", "to": "2199-12-31"}))

    assert response.status_code == 422
    assert "2190" in text_of(response)


def test_an_unchanged_wall_answers_304_until_something_happens(
    one_minute: None, operator: Client
) -> None:
    first = operator.get("/wall/data/", HTTP_ACCEPT_ENCODING="gzip")
    tag = first.headers["ETag"]

    again = operator.get("/wall/data/", HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert operator.get("/wall/data/?period=month", HTTP_IF_NONE_MATCH=tag).status_code == 200

    actions.receive_new(
        request=a_request(),
        applicants=APPLICANT,
        actor=CLERK,
        at=timezone.now() - timedelta(minutes=1),
    )
    facts.advance()
    changed = operator.get("/wall/data/", HTTP_IF_NONE_MATCH=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert changed.headers["Cache-Control"] == "private, no-cache"


def test_one_tag_is_not_good_for_another_person(
    one_minute: None, operator: Client, at_one_commune: Client
) -> None:
    cube.advance()
    tag = operator.get("/wall/data/").headers["ETag"]

    assert at_one_commune.get("/wall/data/", HTTP_IF_NONE_MATCH=tag).status_code == 200
    assert Client().get("/wall/data/", HTTP_IF_NONE_MATCH=tag).status_code in (302, 401)


def test_an_unchanged_wall_asks_who_is_there_only_when_a_right_may_have_changed(
    one_minute: None, operator: Client, django_assert_num_queries: Any
) -> None:
    cube.advance()
    tag = operator.get("/wall/data/").headers["ETag"]
    actions.receive_new(request=a_request(), applicants=APPLICANT, actor=CLERK, at=timezone.now())
    with django_assert_num_queries(1):  # what was written since
        assert operator.get("/wall/data/", HTTP_IF_NONE_MATCH=tag).status_code == 304

    signed_in(Role.COUNTER_CLERK, name="new")
    with CaptureQueriesContext(connection) as asked:
        assert operator.get("/wall/data/", HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert any("django_session" in query["sql"] for query in asked)


def test_news_is_given_to_who_may_have_it_and_not_after_signing_out(
    one_minute: None, operator: Client, django_assert_num_queries: Any
) -> None:
    facts.advance()
    cube.advance()
    first = operator.get("/wall/data/")
    actions.receive_new(request=a_request(), applicants=APPLICANT, actor=CLERK, at=timezone.now())
    facts.advance()
    cube.advance()
    operator.get("/wall/data/?period=year")  # made for whoever asks the same
    with django_assert_num_queries(2):  # what was written since, and the session
        again = operator.get("/wall/data/?period=year")
    assert again.status_code == 200
    assert again.json()["html"] != first.json()["html"]

    cookies = operator.cookies.output(header="", sep=";").strip()
    operator.post("/sign-out/")
    late = Client(headers={"cookie": cookies}).get("/wall/data/?period=year")
    assert late.status_code in (302, 401)


def test_a_wall_is_made_once_for_all_who_ask_the_same(
    one_minute: None, operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[object]()

    def counted(*args: Any, **asked: Any) -> dict[str, Any]:
        made.append(args)
        return picture(*args, **asked)

    monkeypatch.setattr(page, "picture", counted)
    cube.advance()

    answers = {operator.get("/wall/data/").content for _ in range(3)}
    page_of = signed_in(Role.CENTRE_OPERATOR, unit_key=DISTRICT, name="second")
    cube.advance()
    page_of.get("/wall/")

    assert len(answers) == 1
    assert len(made) <= 2  # signing in wrote an event


def test_a_past_period_tells_its_last_happenings_and_a_running_one_tells_live(
    operator: Client,
) -> None:
    past = operator.get(wall()).context["feed"]
    assert past.lines
    assert not past.is_live
    listed = operator.get(wall("list/", measure="resolved", sort="-ended")).context["lines"]
    assert past.lines[0].iso == iso_minute(listed[0].ended_at)
    assert [line.iso for line in past.lines] == sorted((x.iso for x in past.lines), reverse=True)
    assert all("2024-09-16" <= line.iso[:10] <= "2024-10-20" for line in past.lines)

    actions.receive_new(request=a_request(), applicants=APPLICANT, actor=CLERK, at=timezone.now())
    live = operator.get("/wall/").context["feed"]
    assert live.is_live
    assert live.lines[0].what == "Tiếp nhận hồ sơ"


def test_a_feed_of_one_commune_names_no_dossier_of_another(at_one_commune: Client) -> None:
    for place in (COMMUNE, OTHER):
        actions.receive_new(
            request=replace(a_request(), place_key=place),
            applicants=APPLICANT,
            actor=CLERK,
            at=timezone.now(),
        )

    past, live = (at_one_commune.get(url).context["feed"] for url in (wall(), "/wall/"))

    assert live.is_live
    for feed in (past, live):
        assert {line.where for line in feed.lines} == {"Xã Rô Men"}


def test_more_receipts_are_neither_good_nor_bad_and_more_late_ones_are_bad(
    operator: Client,
) -> None:
    later = operator.get(wall(**{"from": "2024-09-23", "to": "2024-09-29"}))
    change = later.context["picture"]["change"]

    assert change["received"].size == abs(change["received"].more)
    assert change["received"].tone == ""
    card = text_of(later).split("Tiếp nhận trong kỳ")[1]
    assert "so với kỳ trước" in card
    first = later.content.decode().split('class="key')[1]
    assert 'class="ok"' not in first
    assert 'class="warn"' not in first
    late = change["late"]
    assert late.tone == ("bad" if late.more > 0 else "ok" if late.more else "")


def test_a_unit_without_others_below_shows_its_procedures(operator: Client) -> None:
    assert operator.get(wall()).context["picture"]["tiles_are"] == "units"
    assert operator.get(wall(unit=COMMUNE)).context["picture"]["tiles_are"] == "procedures"
    assert operator.get(wall(unit=DISTRICT)).context["picture"]["tiles_are"] == "units"


def test_weeks_and_days_that_still_run_are_left_out_of_the_line(operator: Client) -> None:
    year = operator.get("/wall/?period=year").context["picture"]["by_day"]
    week = operator.get(wall(**{"from": "2024-09-18", "to": "2024-12-31"}))
    weeks = week.context["picture"]["by_day"]

    today = f"{timezone.localdate():%d/%m}"
    assert today not in operator.get("/wall/?period=day").context["picture"]["by_day"]["labels"]
    assert all(len(one["values"]) == len(year["labels"]) for one in year["series"])
    assert weeks["labels"][0] == "23/09"
    assert weeks["labels"][-1] == "23/12"
    assert weeks["said"] == "theo tuần đã trọn"
