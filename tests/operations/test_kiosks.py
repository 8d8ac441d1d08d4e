"""A kiosk shows numbers without sign-in, and nothing else: no ways on, no cookies, no persons."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.actors import Actor, NotAllowed
from motcua.accounts.permissions import Permission
from motcua.ledger.models import Event
from motcua.operations import actions, rules
from motcua.operations.models import Kiosk
from tests.dossiers.given import COMMUNE, OTHER

KEEPER = Actor(
    "keeper", grants={COMMUNE: frozenset({Permission.KEEP_KIOSKS, Permission.READ_WALL})}
)


@pytest.fixture
def secret(month: None) -> str:
    at = timezone.now()
    params = {"from": "2024-09-16", "to": "2024-10-20"}
    wall = actions.save_wall(name="Tháng 9", params=params, unit_key=COMMUNE, actor=KEEPER, at=at)
    made = rules.new_secret()
    actions.open_kiosk(
        name="Sảnh",
        unit_key=COMMUNE,
        walls=[wall],
        seconds=20,
        last_day=timezone.localdate() + timedelta(days=30),
        secret=made,
        actor=KEEPER,
        at=at,
    )
    return made


def test_a_kiosk_shows_numbers_and_opens_nothing(secret: str) -> None:
    response = Client().get(f"/kiosk/{secret}/")
    text = response.content.decode()

    assert response.status_code == 200
    assert "Tháng 9" in text
    assert not response.cookies
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "/wall/list/" not in text
    assert "/dossiers/" not in text
    assert text.count("<a ") == 1  # the way to the content
    data = Client().get(f"/kiosk/{secret}/data/?place=0")
    assert data.status_code == 200
    assert "/wall/" not in data.content.decode()
    tag = data.headers["ETag"]
    assert Client().get(f"/kiosk/{secret}/data/", HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_a_wrong_or_revoked_address_shows_nothing(secret: str) -> None:
    assert Client().get("/kiosk/wrong/").status_code == 404
    kiosk = Kiosk.objects.get()
    assert secret not in (kiosk.digest, kiosk.name)

    actions.revoke_kiosk(kiosk_id=kiosk.pk, actor=KEEPER, at=timezone.now())

    assert Client().get(f"/kiosk/{secret}/").status_code == 404
    told = Event.objects.filter(subject_id=kiosk.pk).values_list("kind", flat=True)
    assert list(told) == ["kiosk.opened", "kiosk.revoked"]


def test_a_kiosk_needs_the_right_at_its_unit(month: None) -> None:
    with pytest.raises(NotAllowed):
        actions.save_wall(name="x", params={}, unit_key=OTHER, actor=KEEPER, at=timezone.now())
