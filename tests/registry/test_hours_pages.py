"""Hours of a week on the calendar's page: who may take them out again, and what is sent on."""

import re
from datetime import date

import pytest
from django.test import Client

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.registry.actions import set_week_hours
from motcua.registry.drafts import WeekDraft
from motcua.registry.seed import install
from tests.dossiers.given_pages import signed_in, text_of

from . import given
from .test_calendar_pages import COMMUNE, OTHER, YEAR, draft_sent_on, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    install(SYSTEM, given.AT)


@pytest.fixture
def keeper() -> Client:
    """Somebody who keeps the calendar of one commune."""
    return signed_in(Role.ADMINISTRATOR, unit_key=COMMUNE)


@pytest.fixture
def clerk() -> Client:
    return signed_in(Role.COUNTER_CLERK, unit_key=COMMUNE, name="mai")


@pytest.mark.parametrize("is_service", [False, True])
def test_hours_of_its_own_are_removed_from_the_day_they_begin(
    keeper: Client, clerk: Client, is_service: bool
) -> None:
    removal = 'name="do" value="remove_week_hours"'
    assert removal not in opened(keeper, YEAR).content.decode()  # the hours are the nation's
    set_week_hours(
        unit_key=COMMUNE,
        valid_from=date(2025, 9, 1),
        week=dict.fromkeys(range(5), "08:00-12:00"),
        legal_basis="QĐ 1",
        source="xã",
        is_service=is_service,
        actor=SYSTEM,
        at=given.AT,
    )
    body = opened(keeper, YEAR).content.decode()
    assert body.count(removal) == 1
    assert removal not in opened(clerk, YEAR).content.decode()
    assert removal not in opened(keeper, f"/calendar/{OTHER}/2026/").content.decode()
    form = body.partition(removal)[2].partition("</form>")[0]
    said = dict(re.findall(r'name="(unit|valid_from|service)" value="([^"]+)"', form))

    data = {"do": "remove_week_hours", **said}
    sent = keeper.post(f"/calendar/{COMMUNE}/change/", data)

    draft = WeekDraft(date(2025, 9, 1), {}, "", "", COMMUNE, is_service=is_service, is_removal=True)
    assert draft_sent_on(sent) == draft
    assert clerk.post(f"/calendar/{COMMUNE}/change/", data).status_code == 403
    gone = {**data, "valid_from": "2025-09-02"}
    answer = keeper.post(f"/calendar/{COMMUNE}/change/", gone)
    assert answer.status_code == 422
    assert "Giờ này không còn trong lịch" in text_of(answer)
    nation = {**data, "unit": "nation"}
    assert keeper.post(f"/calendar/{COMMUNE}/change/", nation).status_code == 403
