"""The demonstration world as it is loaded: once, whole, and shown as made up."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction
from django.test import Client

from motcua.accounts.actors import SYSTEM
from motcua.accounts.models import Account
from motcua.accounts.roles import Role
from motcua.dossiers.actions import Applicants, Request, receive_new
from motcua.dossiers.models import Dossier
from motcua.exchange import demonstration
from motcua.exchange.demonstration.loading import a_password
from motcua.exchange.demonstration.shares import targets
from motcua.indicators import queries
from motcua.indicators.asking import By
from motcua.indicators.queries import Answer
from motcua.kit.moments import minute_of
from motcua.kit.periods import Period
from tests import sizes

from . import given_demonstration as given

pytestmark = [sizes.soaks, pytest.mark.slow, pytest.mark.django_db]
FOUND = 302
FIRST, LAST = date(2021, 1, 1), date(2025, 3, 31)
FIELD_SHARES = {  # percent of all dossiers
    "chung-thuc": 43,
    "ho-tich": 23.5,
    "dat-dai+dang-ky-bien-phap-bao-dam": 14.5,
    "bao-tro-xa-hoi+giam-ngheo": 9,
    "nghia-vu-quan-su": 2,
}
COUNT = """
    SELECT count(*),
           sum(CASE WHEN ended_at < %(end)s THEN 1 ELSE 0 END),
           sum(CASE WHEN ended_at < %(end)s AND ended_at <= due_at THEN 1 ELSE 0 END),
           sum(CASE WHEN ended_at < %(end)s AND ended_at > due_at THEN 1 ELSE 0 END),
           sum(CASE WHEN ended_at < %(end)s AND ended_at > due_at
                     AND field_code IN ('dat-dai', 'dang-ky-bien-phap-bao-dam') THEN 1 ELSE 0 END)
      FROM dossiers_dossier
     WHERE received_at < %(end)s AND status <> 'voided'
"""


@pytest.fixture(autouse=True)
def registry() -> None:
    given.a_registry()


def counted() -> tuple[int, ...]:
    """Received, resolved, on time, late, late on land of the first part, by one plain query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"end": "2025-03-31 17:00:00+00:00"})
        return tuple(cursor.fetchone())


def asked(first: date, last: date, by: By | None = None) -> Answer:
    now = minute_of(given.HOLIDAY)
    return queries.show(Period(first, last), now=now, unit="674", by=by)


def told() -> list[tuple[object, ...]]:
    columns = ("source_key", "id", "code", "status", "version", "due_at", "ended_at", "holder_key")
    return list(Dossier.objects.order_by("source_key").values_list(*columns))


def test_a_small_world_is_whole_shown_as_made_up_and_loaded_once(client: Client) -> None:
    before = client.get("/sign-in/").content.decode()
    summary = given.loaded()

    wanted, total = targets(given.SCALE), asked(FIRST, LAST).total.counts
    received, resolved, on_time, late, _ = counted()
    assert (received, resolved - on_time) == (wanted.received, wanted.late)
    assert received - resolved == wanted.open
    assert (total["received"], total["resolved"], total["on_time"]) == (received, resolved, on_time)
    assert total["no_due"] == 0
    assert late == wanted.late
    assert "dữ liệu trình diễn" not in before
    assert "dữ liệu trình diễn" in client.get("/sign-in/").content.decode()
    _check_sign_ins(client, summary)
    _check_passwords(summary)
    _check_loaded_once(summary)


def _check_sign_ins(client: Client, summary: demonstration.Summary) -> None:
    assert {one.role for one in summary.sign_ins} == set(Role)
    for one in summary.sign_ins:
        typed = {"username": one.username, "password": one.password}
        assert client.post("/sign-in/", typed).status_code == FOUND
        assert client.session["_auth_user_id"]
        client.logout()
        assert one.name.startswith("Demo – ")


def _check_loaded_once(first: demonstration.Summary) -> None:
    before = told()

    again = given.loaded(at=given.WORKING_DAY + timedelta(days=3))

    assert told() == before
    assert again.loaded_at == first.loaded_at
    assert again.sign_ins == first.sign_ins
    assert again.seconds == {}


def _check_passwords(summary: demonstration.Summary) -> None:
    """No password there may be is like a sign-in name."""
    for _ in range(300):
        password = a_password()
        for one in summary.sign_ins:
            validate_password(password, Account(username=one.username))


def test_a_load_that_broke_off_goes_on_and_ends_like_one_that_did_not(
    settings: Any, tmp_path: Path
) -> None:
    home = settings.MOTCUA_HOME
    settings.MOTCUA_HOME = tmp_path
    with transaction.atomic():
        given.loaded(batch=350, scale=100)
        whole = told()
        transaction.set_rollback(True)

    settings.MOTCUA_HOME = home
    with pytest.raises(InterruptedError):
        given.loaded(batch=350, scale=100, stop_after=4)
    some = len(told())
    given.loaded(at=given.WORKING_DAY + timedelta(days=1), batch=350, scale=100)

    assert 0 < some < len(whole)
    assert told() == whole


def test_a_home_in_which_somebody_works_is_left_alone() -> None:
    receive_new(
        request=Request("2.000815", "direct", "24886@2025-07-01"),
        applicants=Applicants(uuid4()),
        actor=SYSTEM,
        at=given.WORKING_DAY,
    )

    with pytest.raises(demonstration.HomeInUse):
        given.loaded()
    assert not demonstration.is_demonstration()


@pytest.mark.skipif(not sizes.IS_WHOLE, reason="two minutes: `make soak` loads the whole world")
def test_the_whole_world_is_the_article_to_the_last_dossier() -> None:
    summary = given.loaded(at=given.HOLIDAY, scale=1)

    assert summary.dossiers > 100_000
    assert summary.events / summary.dossiers > 6.5
    received, resolved, on_time, late, on_land = counted()
    assert (received, resolved, on_time, late) == (74_909, 74_848, 74_491, 357)
    assert 0.86 < on_land / late < 0.9
    total = asked(FIRST, LAST).total.counts
    assert (total["received"], total["resolved"], total["on_time"]) == (74_909, 74_848, 74_491)
    _check_shares()
    _check_balance()


def _check_shares() -> None:
    fields = {row.key: row.counts for row in asked(FIRST, LAST, by=By.FIELD).rows}
    for name, share in FIELD_SHARES.items():
        part = sum(fields[code]["received"] for code in name.split("+"))
        assert abs(100 * part / 74_909 - share) < 1.2, name
    for year, share in ((2021, 4), (2022, 15), (2023, 33), (2024, 44)):
        counts = asked(date(year, 1, 1), date(year, 12, 31)).total.counts
        assert abs(100 * counts["online"] / counts["received"] - share) < 1.5, year
    for row in asked(FIRST, LAST, by=By.UNIT).rows:
        if row.key.startswith("24"):
            assert row.counts["on_time"] / row.counts["resolved"] >= 0.999, row.name


def _check_balance() -> None:
    for year in range(2021, 2026):
        for month in range(1, 4 if year == 2025 else 13):
            first = date(year, month, 1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            for row in asked(first, last, by=By.UNIT).rows:
                has = row.counts
                came = has["carried_over"] + has["received"] + has["transferred_in"]
                assert came == has["resolved"] + has["open"] + has["transferred_out"], row.name
