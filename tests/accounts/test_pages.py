"""Signing in and out, the locked door, the own password."""

import html
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from motcua.accounts import actions, doors
from motcua.accounts.actors import SYSTEM

from . import given

pytestmark = pytest.mark.django_db

SIGN_IN, PASSWORD_PAGE = "/sign-in/", "/account/password/"


def sign_in(client: Client, *, password: str = given.PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"username": "lan", "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get(PASSWORD_PAGE).status_code == 200


def test_the_page_is_vietnamese_first(client: Client) -> None:
    page = client.get(SIGN_IN, headers={"Accept-Language": "en-US"}).content.decode()

    assert '<html lang="vi"' in page
    assert "Đăng nhập" in page


def test_the_language_is_the_one_chosen_here(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": SIGN_IN})

    page = client.get(SIGN_IN)

    assert '<html lang="en"' in page.content.decode()
    assert page.headers["Content-Language"] == "en"


def test_a_person_signs_in_and_comes_where_she_wanted(client: Client) -> None:
    given.account()

    response = sign_in(client, next="/work/?page=2")

    assert response.headers["Location"] == "/work/?page=2"
    assert is_in(client)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "x:y"])
def test_the_sign_in_leads_to_no_other_server(client: Client, elsewhere: str) -> None:
    given.account()

    assert sign_in(client, next=elsewhere).headers["Location"] == "/"


def test_a_wrong_password_says_what_to_do_and_keeps_the_typed_name(client: Client) -> None:
    given.account()

    response = sign_in(client, password="wrong")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert 'value="lan"' in page
    assert "wrong" not in page


def test_a_form_that_came_too_late_is_offered_again_after_the_sign_in(client: Client) -> None:
    given.account()
    late = {"next": "/dossiers/new/", "typed": "owner-name=K%27Br%C4%95p&note=m%E1%BB%99t%0D%0Ahai"}

    wrong = sign_in(client, password="wrong", **late).content.decode()
    right = sign_in(client, **late)

    page = right.content.decode()
    assert html.escape(late["typed"]) in wrong
    assert right.status_code == 200
    assert 'action="/dossiers/new/?again=1"' in page
    assert 'name="owner-name" value="K&#x27;Brĕp"' in page
    assert given.PASSWORD not in page
    assert is_in(client)


def test_a_late_form_is_carried_to_no_other_server(client: Client) -> None:
    given.account()

    response = sign_in(client, next="https://elsewhere.example/", typed="owner-name=Lan")

    assert response.headers["Location"] == "/"


def test_a_failed_attempt_keeps_nothing_of_the_late_form(client: Client) -> None:
    given.account()

    sign_in(client, password="wrong", next="/dossiers/new/", typed="owner-name=Nghiem")

    assert "Nghiem" not in str(AccessAttempt.objects.values())


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"username": "", "password": "x"}, "Tên đăng nhập"), ({"username": "lan"}, "Mật khẩu")],
)
def test_an_empty_field_is_asked_for_and_is_no_failed_attempt(
    client: Client, sent: dict[str, str], words: str
) -> None:
    response = client.post(SIGN_IN, sent)

    assert response.status_code == 422
    assert f"Hãy nhập: {words}." in response.content.decode()
    assert not AccessAttempt.objects.exists()


def test_empty_fields_of_the_own_password_are_asked_for(client: Client) -> None:
    given.account()
    sign_in(client)

    response = client.post(PASSWORD_PAGE, {"old_password": given.PASSWORD, "new_password": "x"})

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Hãy nhập: ") == 1
    assert "Hãy nhập: Nhập lại mật khẩu mới." in page


def test_an_unknown_name_is_answered_as_a_wrong_password(client: Client) -> None:
    unknown = sign_in(client).content.decode()
    given.account()
    wrong = sign_in(client, password="wrong").content.decode()

    assert _without_token(unknown) == _without_token(wrong)


def test_five_failed_attempts_lock_the_door_in_words_also_for_the_right_password(
    client: Client,
) -> None:
    given.account()
    for _ in range(5):
        sign_in(client, password="wrong")

    response = sign_in(client)

    page = response.content.decode()
    assert response.status_code == 429
    assert "khoá trong 15 phút" in page
    assert 'value="lan"' in page
    assert not is_in(client)


def test_a_session_of_a_closed_account_ends_at_once(client: Client) -> None:
    lan = given.account()
    sign_in(client)

    actions.close_account(account_id=lan, actor=SYSTEM, at=given.MORNING)

    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client: Client) -> None:
    given.account()
    other = Client()
    sign_in(client)
    sign_in(other)

    new = "nang-moi-len-tren-doi-che"
    response = client.post(
        PASSWORD_PAGE,
        {"old_password": given.PASSWORD, "new_password": new, "new_password_again": new},
    )

    assert response.status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_two_different_new_passwords_change_nothing(client: Client) -> None:
    given.account()
    sign_in(client)

    response = client.post(
        PASSWORD_PAGE,
        {
            "old_password": given.PASSWORD,
            "new_password": "nang-moi-len",
            "new_password_again": "nang-moi-len-roi",
        },
    )

    assert response.status_code == 422
    assert "không giống nhau" in response.content.decode()
    assert sign_in(Client()).status_code == 302


def test_a_password_given_by_an_administrator_is_changed_first(client: Client) -> None:
    given.account(stale=True)

    response = sign_in(client, next="/work/")

    assert response.headers["Location"] == PASSWORD_PAGE


def test_signing_out_is_a_button_not_a_link(client: Client) -> None:
    given.account()
    sign_in(client)

    answer = client.get("/sign-out/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Chưa có việc gì được thực hiện" in answer.content.decode()
    client.post("/sign-out/")

    assert not is_in(client)


def test_a_session_in_use_stays_and_one_of_twelve_hours_ends(client: Client) -> None:
    given.account()
    sign_in(client)
    assert is_in(client)

    late = timezone.now() + doors.LONGEST_SESSION + timedelta(minutes=1)
    with patch("django.utils.timezone.now", return_value=late):
        assert not is_in(client)


def test_use_is_remembered_at_most_every_few_minutes(
    client: Client, django_assert_num_queries: Any
) -> None:
    given.account()
    sign_in(client)
    client.get(PASSWORD_PAGE)
    seen = client.session[doors.SEEN]

    client.get(PASSWORD_PAGE)

    assert client.session[doors.SEEN] == seen


def test_the_policy_of_the_page_allows_no_inline_script(client: Client) -> None:
    policy = client.get(SIGN_IN).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def _without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
