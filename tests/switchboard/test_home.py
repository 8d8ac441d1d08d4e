"""The first address, and what every page says of the installation."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts import actions
from motcua.accounts.actors import SYSTEM
from motcua.accounts.models import Account
from motcua.accounts.roles import Role
from motcua.accounts.rules import EVERYWHERE
from motcua.exchange.demonstration import marker
from tests.accounts import given

pytestmark = pytest.mark.django_db


def signed_in(client: Client, role: Role | None) -> Client:
    account_id = given.account()
    if role:
        actions.grant_role(
            account_id=account_id,
            role=role,
            unit_key=EVERYWHERE,
            actor=SYSTEM,
            at=timezone.now() - timedelta(days=2),
        )
    client.force_login(Account.objects.get(pk=account_id))
    return client


def test_a_guest_is_led_to_the_sign_in(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.SPECIALIST, "/work/"), (Role.ADMINISTRATOR, "/wall/")],
)
def test_who_is_signed_in_is_led_to_the_first_line_of_the_own_menu(
    client: Client, role: Role, first: str
) -> None:
    assert signed_in(client, role).get("/").headers["Location"] == first


def test_an_account_without_a_role_is_told_whom_to_ask(client: Client) -> None:
    page = signed_in(client, None).get("/")

    assert page.status_code == 200
    assert "quản trị hệ thống giao vai trò" in page.content.decode()


def test_pages_of_a_demonstration_say_so_and_others_do_not(client: Client) -> None:
    before = client.get("/sign-in/").content.decode()
    marker.write(marker.Marker(seed=1, now=0, scale=1, password="x", is_complete=True))

    after = client.get("/sign-in/").content.decode()

    assert "dữ liệu trình diễn" in after
    assert "dữ liệu trình diễn" not in before
