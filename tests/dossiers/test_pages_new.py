"""A new dossier begins in the browser: received at the counter, or filed."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from motcua.accounts.roles import Role
from motcua.citizens.models import Person
from motcua.dossiers.models import Dossier

from . import given
from .given import COMMUNE, TEN_DAYS
from .given_pages import EVERY_ROLE, NGHIEM, a_person, signed_in, text_of

pytestmark = pytest.mark.django_db
CARD = "068085999901|259999991|Kơ Să Thử Nghiệm|14021985|Nam|Thôn 1, Xã Đam Rông 1|01072021"


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


@pytest.fixture
def client() -> Client:
    return signed_in(*EVERY_ROLE)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "do": "receive",
        "client_key": str(uuid4()),
        "procedure": TEN_DAYS,
        "channel": "direct",
        "place": COMMUNE,
        "owner-kind": "citizen",
        "owner-name": "Kơ Să Thử Nghiệm",
        "owner-identity_number": "068085999901",
        "owner-birth_on": "14/02/1985",
        "owner-phone": "0912 345 678",
        "submitter-kind": "citizen",
        "representative-kind": "citizen",
        **more,
    }


def test_a_dossier_is_received_with_its_owner(client: Client) -> None:
    response = client.post("/dossiers/new/", typed())

    row = Dossier.objects.get()
    person = Person.objects.get()
    assert response.headers["Location"] == f"/dossiers/{row.code}/"
    assert (row.status, row.channel, row.owner_id) == ("received", "direct", person.id)
    assert (row.submitter_id, row.representative_id) == (person.id, None)
    assert (person.phone, person.is_synthetic) == ("0912345678", True)


def test_a_filing_waits_to_be_received_with_all_three_parties(client: Client) -> None:
    client.post(
        "/dossiers/new/",
        typed(
            do="file",
            channel="online",
            other_submitter="on",
            has_representative="on",
            **{
                "submitter-name": "Rơ Ông K’Lâm",
                "representative-name": "Công ty TNHH Mẫu",
                "representative-kind": "enterprise",
                "representative-tax_number": "0100109106",
            },
        ),
    )

    row = Dossier.objects.get()
    assert (row.status, row.channel) == ("filed", "online")
    assert len({row.owner_id, row.submitter_id, row.representative_id}) == 3
    enterprise = Person.objects.get(kind="enterprise")
    assert row.representative_id == enterprise.id


def test_a_double_click_takes_in_once(client: Client) -> None:
    sent = typed(**{"owner-identity_number": ""})

    answers = [client.post("/dossiers/new/", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Dossier.objects.count() == Person.objects.count() == 1


def test_somebody_met_before_is_not_enrolled_again(client: Client) -> None:
    known = a_person()

    client.post("/dossiers/new/", typed(**{"owner-name": "KO SA THU NGHIEM"}))

    assert Dossier.objects.get().owner_id == known
    assert Person.objects.count() == 1


def test_a_known_person_with_a_new_phone_is_kept_with_it_and_the_clerk_is_told(
    client: Client,
) -> None:
    known = a_person()
    sent = typed(**{"owner-phone": "0987 654 321"})

    response = client.post("/dossiers/new/", sent, follow=True)
    client.post("/dossiers/new/", sent)  # a double click changes nothing twice

    person = Person.objects.get(pk=known)
    assert (person.phone, person.version) == ("0987654321", 2)
    assert person.address == NGHIEM.address
    assert "đã có trong hệ thống" in text_of(response)


def test_owner_and_submitter_with_one_number_are_one_person(client: Client) -> None:
    number = {"submitter-identity_number": "068085999901", "other_submitter": "on"}

    clash = client.post("/dossiers/new/", typed(**number, **{"submitter-name": "Người Khác"}))
    assert clash.status_code == 422
    assert "trùng với số của người ở phần trên" in text_of(clash)
    assert not Person.objects.exists()

    client.post("/dossiers/new/", typed(**number, **{"submitter-name": "Kơ Să Thử Nghiệm"}))
    row = Dossier.objects.get()
    assert row.owner_id == row.submitter_id == Person.objects.get().id


def test_a_number_kept_under_another_name_asks_before_it_is_taken(client: Client) -> None:
    known = a_person()
    sent = typed(**{"owner-name": "Nguyễn Văn Khác"})

    asked = client.post("/dossiers/new/", sent)
    assert asked.status_code == 422
    assert "Số này đang lưu với một tên khác" in text_of(asked)
    assert "Kơ Să" not in text_of(asked)
    assert not Dossier.objects.exists()

    client.post("/dossiers/new/", sent | {"owner-same_person": "on"})
    assert Dossier.objects.get().owner_id == known


@pytest.mark.parametrize(
    ("field", "value", "beside"),
    [
        ("owner-name", "", "Hãy nhập họ và tên."),
        ("owner-name", "x" * 300, "300 ký tự"),
        ("owner-identity_number", "06898599990", "11 chữ số"),
        ("owner-birth_on", "31/02/1985", "Hãy ghi ngày như"),
        ("owner-birth_on", "01/01/2099", "tương lai"),
        ("owner-phone", "0912 345 67", "9 chữ số"),
        ("procedure", "", "Hãy chọn thủ tục."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_stays_typed(
    client: Client, field: str, value: str, beside: str
) -> None:
    response = client.post("/dossiers/new/", typed(**{field: value, "owner-address": "Thôn 9"}))

    body = response.content.decode()
    assert response.status_code == 422
    assert beside in text_of(response)
    assert f'id="id_{field}_error"' in body
    assert 'value="Thôn 9"' in body
    assert not Dossier.objects.exists()
    assert not Person.objects.exists()


def test_what_is_strange_is_kept_and_said(client: Client) -> None:
    response = client.post(
        "/dossiers/new/", typed(**{"owner-identity_number": "999085999901"}), follow=True
    )

    assert Dossier.objects.count() == 1
    assert "Không có tỉnh nào mang mã 999" in text_of(response)


def test_a_scanned_card_fills_the_fields_and_takes_nothing_in(client: Client) -> None:
    sent = typed(**{"owner-card": CARD, "owner-name": "", "owner-identity_number": ""})

    response = client.post("/dossiers/new/", sent)

    body = response.content.decode()
    assert response.status_code == 200
    assert "Đã đọc từ mã trên thẻ" in text_of(response)
    for value in ("068085999901", "Kơ Să Thử Nghiệm", "14/02/1985", "Thôn 1, Xã Đam Rông 1"):
        assert f'value="{value}"' in body
    assert f'value="{sent["client_key"]}"' in body
    assert not Dossier.objects.exists()


def test_the_code_of_something_else_is_told_and_nothing_is_lost(client: Client) -> None:
    response = client.post("/dossiers/new/", typed(**{"owner-card": "https://example.vn"}))

    assert response.status_code == 422
    assert "không phải mã trên thẻ căn cước" in text_of(response)
    assert 'value="Kơ Să Thử Nghiệm"' in response.content.decode()


def test_limit_appointment_and_papers_are_shown_for_what_is_chosen(client: Client) -> None:
    address = f"/dossiers/new/?procedure={TEN_DAYS}&channel=direct&place={COMMUNE}"

    words = text_of(client.get(address))

    assert "10 ngày làm việc" in words
    assert "Xã Rô Men" in words


def test_only_places_of_ones_own_are_offered_and_taken(client: Client) -> None:
    page = client.get("/dossiers/new/").content.decode()
    response = client.post("/dossiers/new/", typed(place=given.OTHER))

    assert f'value="{given.OTHER}"' not in page
    assert response.status_code == 422
    assert not Dossier.objects.exists()


def test_who_may_only_file_receives_nothing() -> None:
    helper = signed_in(Role.HELPER)

    page = helper.get("/dossiers/new/").content.decode()
    response = helper.post("/dossiers/new/", typed())

    assert 'value="receive"' not in page
    assert response.status_code == 403
    assert not Dossier.objects.exists()
    assert not Person.objects.exists()


def test_a_reader_opens_no_new_dossier() -> None:
    assert signed_in(Role.REFORM_OFFICER).get("/dossiers/new/").status_code == 403


def test_a_procedure_in_the_address_shows_the_appointment_at_the_place_offered_first(
    client: Client,
) -> None:
    page = client.get(f"/dossiers/new/?procedure={given.TEN_DAYS}")

    assert re.search(r"17:30, Thứ \w+ \d\d/\d\d/\d{4}", text_of(page))
