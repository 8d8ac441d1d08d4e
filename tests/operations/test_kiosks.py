"""A kiosk shows numbers without sign-in, and nothing else: no ways on, no cookies, no persons."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.actors import Actor, NotAllowed
from motcua.accounts.permissions import Permission
from motcua.accounts.roles import Role
from motcua.dossiers import actions as actions_of_dossiers
from motcua.dossiers.actions import Applicants
from motcua.indicators import cube, facts
from motcua.ledger.models import Event
from motcua.operations import actions, rules
from motcua.operations.models import Kiosk
from motcua.operations.unlinked import without_links
from tests.dossiers.given import CLERK, COMMUNE, OTHER, a_request
from tests.dossiers.given_pages import NGHIEM, a_dossier_of, a_person, signed_in

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
    assert Client().get(f"/kiosk/{secret}/data/?place=0", HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_a_kiosk_shows_figures_and_a_map_not_their_markup(secret: str) -> None:
    text = Client().get(f"/kiosk/{secret}/").content.decode()

    assert "&lt;" not in text.split("</script>")[-1].split("<main")[-1]
    assert '<article class="key' in text.split("<main")[1]
    drawing = (
        '<p><a class="x" href="/wall/">5</a></p><svg><a href="/wall/"><path d="M0 0"/></a></svg>'
    )
    assert without_links(drawing) == (
        '<p><span class="x">5</span></p><svg><g><path d="M0 0"/></g></svg>'
    )


def test_no_person_is_told_on_a_wall_its_data_or_a_kiosk(secret: str) -> None:
    person = a_person(phone="0912345678")
    row = a_dossier_of(person)
    actions_of_dossiers.receive_new(
        request=a_request(), applicants=Applicants(person), actor=CLERK, at=timezone.now()
    )
    facts.advance()
    watcher = signed_in(Role.CENTRE_OPERATOR, unit_key=COMMUNE, name="nguoi.truc")
    told = [
        (one, client.get(url).content.decode())
        for one, client in (("wall", watcher), ("kiosk", Client()))
        for url in (
            ("/wall/", "/wall/data/", "/wall/list/", "/morning/", "/wall/rotate/")
            if one == "wall"
            else (f"/kiosk/{secret}/", f"/kiosk/{secret}/data/")
        )
    ]

    assert any(row.code in text for _one, text in told)
    for _one, text in told:
        for part in (NGHIEM.name, NGHIEM.identity_number, "0912345678", str(person)):
            assert part not in text
            assert json.dumps(part).strip('"') not in text


def test_a_revoked_kiosk_is_not_told_that_nothing_changed(secret: str) -> None:
    cube.advance()
    url = f"/kiosk/{secret}/data/?place=0"
    tag = Client().get(url).headers["ETag"]

    actions.revoke_kiosk(kiosk_id=Kiosk.objects.get().pk, actor=KEEPER, at=timezone.now())

    assert Client().get(url, HTTP_IF_NONE_MATCH=tag).status_code == 404


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
