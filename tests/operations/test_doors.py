"""Walls that ask again: what is drawn anew for whom, and when they are told to ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.actors import NotAllowed
from motcua.accounts.permissions import Permission
from motcua.dossiers import actions
from motcua.indicators import cube, facts
from motcua.operations import doors
from motcua.operations.pages import wall as page
from motcua.operations.picture import picture
from tests.dossiers.given import APPLICANT, CLERK, COMMUNE, OTHER, a_request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_minute")]
HERE, ELSEWHERE = f"/wall/data/?unit={COMMUNE}", f"/wall/data/?unit={OTHER}"
BY_POST, ON_LINE = "/wall/data/?channel=post", "/wall/data/?channel=online"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Count what is drawn."""
    found = list[object]()

    def counted(*args: Any, **asked: Any) -> dict[str, Any]:
        found.append(args[0])
        return picture(*args, **asked)

    monkeypatch.setattr(page, "picture", counted)
    return found


def keep_up() -> None:
    facts.advance()
    cube.advance()


def receive(channel: str = "direct") -> None:
    """Let the commune receive a dossier, and the wall know of it."""
    actions.receive_new(
        request=a_request(channel=channel), applicants=APPLICANT, actor=CLERK, at=timezone.now()
    )
    keep_up()


def tags_of(client: Client, *urls: str) -> dict[str, str]:
    return {url: client.get(url).headers["ETag"] for url in urls}


def test_only_walls_of_the_place_of_the_news_are_drawn_anew(
    operator: Client, drawn: list[object]
) -> None:
    keep_up()
    tags = tags_of(operator, HERE, ELSEWHERE, BY_POST, ON_LINE, "/wall/data/")
    drawn.clear()

    receive("post")
    answers = {url: operator.get(url, HTTP_IF_NONE_MATCH=tag) for url, tag in tags.items()}

    assert {url: one.status_code for url, one in answers.items()} == {
        HERE: 200,
        ELSEWHERE: 304,
        BY_POST: 200,
        ON_LINE: 304,
        "/wall/data/": 200,
    }
    assert len(drawn) == 3


@contextmanager
def somebody_draws_and_another_waits() -> Iterator[None]:
    for _ in range(2):
        assert doors._drawn._may_wait.acquire(timeout=1)
    try:
        yield
    finally:
        doors._drawn._may_wait.release(2)


def test_who_gets_what_was_drawn_before_is_told_to_ask_again_soon(operator: Client) -> None:
    keep_up()
    first = operator.get(HERE)
    assert first.headers[doors.AGAIN] == "1"

    receive()
    with somebody_draws_and_another_waits():
        early = operator.get(HERE, HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert (early.status_code, early.headers[doors.AGAIN]) == (304, "0.5")
        assert operator.get(HERE).content == first.content

    after = operator.get(HERE, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (after.status_code, after.headers[doors.AGAIN]) == (200, "1")
    assert after.content != first.content


def test_what_can_be_drawn_no_more_is_refused_as_on_a_page(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_up()
    tag = operator.get(HERE).headers["ETag"]

    def refused(*_args: object, **_asked: object) -> dict[str, Any]:
        raise NotAllowed(permission=Permission.READ_WALL, unit=COMMUNE)

    monkeypatch.setattr(page, "picture", refused)
    receive()
    assert operator.get(HERE, HTTP_IF_NONE_MATCH=tag).status_code == 403


def test_a_page_shows_what_its_refresh_shows(operator: Client) -> None:
    keep_up()
    receive()

    told, shown = operator.get(HERE).json(), operator.get(f"/wall/?unit={COMMUNE}")

    assert shown.context["data"] == told
    for html in told["html"].values():
        assert html in shown.content.decode()
