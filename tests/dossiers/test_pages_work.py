"""The work list: mine and my unit's, due first, every row exactly once."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.pages import paging
from motcua.dossiers.queries import GROUPS, LIVE
from motcua.dossiers.rules.statuses import Outcome, Status

from . import given
from .given import CLERK, COMMUNE, OTHER, TEN_DAYS, later
from .given_pages import (
    EVERY_ROLE,
    a_dossier_of,
    a_person,
    account_id,
    codes_on,
    signed_in,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


@pytest.fixture
def client() -> Client:
    return signed_in(*EVERY_ROLE)


def test_the_groups_share_out_every_status_once() -> None:
    found = [status for group in GROUPS for status in group.statuses]

    assert sorted(found) == sorted(Status)
    assert Status.RESULT_READY in LIVE


def test_the_list_is_for_those_who_are_signed_in_and_may_read() -> None:
    nobody, no_reader = Client(), signed_in(Role.HELPER, name="huong-dan")

    assert nobody.get("/work/").headers["Location"].startswith("/sign-in/")
    assert no_reader.get("/work/").status_code == 403


def test_what_is_due_first_stands_first_and_what_waits_stands_last(client: Client) -> None:
    waiting = given.a_waiting_dossier()
    late = given.a_dossier_in_process()
    soon = a_dossier_of(a_person(), minutes=60 * 24 * 60)
    filed = given.a_filed_dossier(at=later(hours=1))

    listed = codes_on(client.get("/work/?scope=unit"))

    assert listed == [filed.code, late.code, soon.code, waiting.code]


def test_mine_is_what_i_was_given_and_what_waits_for_my_right(client: Client) -> None:
    mine, somebodys = given.a_dossier_in_process(), given.a_dossier_in_process()
    actions.assign(dossier_id=mine.id, account_id=account_id(), actor=CLERK, at=later(days=1))
    actions.assign(
        dossier_id=somebodys.id, account_id=given.a_worker(), actor=CLERK, at=later(days=1)
    )
    signatory = signed_in(Role.SIGNATORY, name="chu")
    to_sign = actions.submit_for_signature(
        dossier_id=somebodys.id, outcome=Outcome.POSITIVE, actor=CLERK, at=later(days=2)
    )

    assert set(codes_on(client.get("/work/"))) == {mine.code, to_sign.code}
    assert codes_on(signatory.get("/work/")) == [to_sign.code]
    assert len(codes_on(signatory.get("/work/?scope=unit"))) == 2


def test_dossiers_of_another_unit_are_not_shown(client: Client) -> None:
    elsewhere = actions.receive_new(
        request=actions.Request(TEN_DAYS, "direct", OTHER),
        applicants=given.APPLICANT,
        actor=CLERK,
        at=given.MONDAY,
    )

    assert codes_on(client.get("/work/?scope=unit")) == []
    assert codes_on(client.get(f"/work/?scope=unit&unit={OTHER}")) == []
    assert client.get(f"/dossiers/{elsewhere.code}/").status_code == 403


def test_a_dossier_handed_in_here_and_decided_elsewhere_is_shown_here(client: Client) -> None:
    row = given.a_received_dossier()
    actions.transfer(dossier_id=row.id, body_key=OTHER, actor=CLERK, at=later(days=1))

    assert codes_on(client.get("/work/?scope=unit")) == [row.code]


def test_the_tabs_count_what_they_open(client: Client) -> None:
    given.a_filed_dossier()
    given.a_waiting_dossier()
    given.a_ready_dossier()
    ended = given.a_dossier_in_process()
    actions.withdraw(dossier_id=ended.id, actor=CLERK, at=later(days=1))

    page = client.get("/work/?scope=unit").content.decode()
    tabs = dict(re.findall(r'href="([^"]*)"[^>]*>[^<]+<span class="tally[^"]*">(\d+)<', page))

    assert len(tabs) == len(GROUPS)  # everything open, and each group but the ended
    for query, count in tabs.items():
        address = "/work/" + query.replace("&amp;", "&")
        assert len(codes_on(client.get(address))) == int(count), address
    assert codes_on(client.get("/work/?scope=unit&group=ended")) == [ended.code]


@pytest.mark.parametrize("sort", ["due", "-due", "received", "-received", "code", "-code"])
def test_paging_shows_every_row_once_forwards_and_backwards(
    client: Client, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging.page_of, "__kwdefaults__", {"size": 3})
    person = a_person()
    for number in range(4):
        a_dossier_of(person, minutes=number % 2)
        given.a_filed_dossier()
    given.a_waiting_dossier()

    forwards, pages, address = [], [], f"/work/?scope=unit&sort={sort}"
    while address:
        page = client.get(address)
        pages.append(codes_on(page))
        forwards += pages[-1]
        back, address = address, neighbour(page, "next")
    for expected in reversed(pages[:-1]):
        back = neighbour(client.get(back), "prev")
        assert codes_on(client.get(back)) == expected

    assert len(forwards) == len(set(forwards)) == 9
    assert not neighbour(client.get(back), "prev")


def neighbour(page: object, rel: str) -> str:
    body = page.content.decode()  # type: ignore[attr-defined]
    found = re.search(rf'rel="{rel}" href="([^"]*)"', body)
    return "/work/" + found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize(
    "place",
    [
        "x",
        "~",
        "2026~y",
        "a~b~c",
        "%00~",
        "0001-01-01T00:00%2B14:00~00000000-0000-0000-0000-000000000001",
    ],
)
@pytest.mark.parametrize("word", ["after", "before"])
def test_a_broken_address_shows_the_first_page(client: Client, word: str, place: str) -> None:
    row = given.a_received_dossier()

    response = client.get(f"/work/?scope=unit&{word}={place}&sort=nonsense&group=zz&due=qq")

    assert codes_on(response) == [row.code]


@pytest.mark.parametrize("query", ["unit=%00", "procedure=%00", "q=%00", "sort=code&after=%00~{0}"])
def test_signs_nobody_can_type_break_nothing(client: Client, query: str) -> None:
    given.a_received_dossier()

    assert client.get(f"/work/?scope=unit&{query.format(uuid4())}").status_code == 200


@pytest.mark.parametrize("text", ["nghiem", "Kơ Să", "068085999901", "0912 345 678", "thu tuc"])
def test_the_list_is_searched_without_tones_and_the_address_does_not_say_what_for(
    client: Client, text: str
) -> None:
    found = a_dossier_of(a_person())
    if text != "thu tuc":
        given.a_received_dossier()

    response = client.get("/work/", {"q": text, "scope": "unit"}, follow=True)

    address = response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"]
    assert codes_on(response) == [found.code]
    assert "q=" not in address
    assert "scope=unit" in address
    assert f'value="{text}"' in response.content.decode()


def test_a_code_finds_its_dossier_in_the_list(client: Client) -> None:
    row = given.a_received_dossier()
    given.a_received_dossier()

    response = client.get("/work/", {"q": row.code, "scope": "unit"}, follow=True)

    assert codes_on(response) == [row.code]


def test_the_due_filter_keeps_what_is_overdue_or_due_soon(client: Client) -> None:
    late, now = given.a_dossier_in_process(), timezone.now()
    later_on = given.a_received_dossier(at=now)
    filed = given.a_filed_dossier(at=now)

    assert codes_on(client.get("/work/?scope=unit&due=overdue")) == [late.code]
    assert codes_on(client.get("/work/?scope=unit&due=soon")) == [filed.code]
    assert later_on.code not in codes_on(client.get("/work/?scope=unit&due=today"))


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    reader = signed_in(Role.REFORM_OFFICER, name="doc")

    assert "/dossiers/new/" in client.get("/work/").content.decode()
    assert "Không có việc nào chờ bạn" in text_of(client.get("/work/"))
    assert "Đơn vị chưa có hồ sơ" in text_of(reader.get("/work/?scope=unit"))
    assert "Không có hồ sơ nào khớp" in text_of(client.get("/work/?due=overdue"))


def test_somebody_over_many_bodies_chooses_one() -> None:
    client = signed_in(Role.SPECIALIST, unit_key=given.DISTRICT)
    row = given.a_received_dossier()

    page = client.get("/work/?scope=unit")

    assert f'<option value="{COMMUNE}"' in page.content.decode()
    assert codes_on(client.get(f"/work/?scope=unit&unit={COMMUNE}")) == [row.code]
    assert codes_on(client.get(f"/work/?scope=unit&unit={OTHER}")) == []


def test_every_word_of_the_page_has_its_english(client: Client) -> None:
    given.a_filed_dossier()
    client.cookies["django_language"] = "en"

    words = text_of(client.get("/work/?scope=unit"))

    assert "What is due first stands first." in words
    assert "Waiting to be received" in words
