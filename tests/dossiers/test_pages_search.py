"""Finding a dossier by what a clerk has in hand."""

import pytest
from django.test import Client

from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicants
from motcua.dossiers.queries import tidy_code

from . import given
from .given_pages import EVERY_ROLE, a_dossier_of, a_person, codes_on, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


@pytest.fixture
def client() -> Client:
    return signed_in(*EVERY_ROLE)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("write", ["{0}", " {0}\n", "'{0}", "{1}"])
def test_a_scanned_or_copied_code_opens_its_dossier(
    client: Client, method: str, write: str
) -> None:
    row = given.a_received_dossier()
    typed = write.format(row.code, row.code.replace("-", "–").lower())

    response = getattr(client, method)("/dossiers/", {"q": typed})

    assert response.status_code == 303
    assert response.headers["Location"] == f"/dossiers/{row.code}/"


@pytest.mark.parametrize(
    "text", ["Kơ Să Thử Nghiệm", "nghiem", "sa ko", "068085999901", "0680 85999", "0912345678"]
)
def test_a_person_is_found_and_stays_out_of_the_address(client: Client, text: str) -> None:
    row = a_dossier_of(a_person())
    given.a_received_dossier()

    response = client.post("/dossiers/", {"q": text}, follow=True)

    assert codes_on(response) == [row.code]
    for address, _ in response.redirect_chain:
        assert text.split(maxsplit=1)[0] not in address


def test_submitter_and_representative_are_found_too(client: Client) -> None:
    owner, helper = a_person("Cil Múp A"), a_person("Păng Ting B", identity_number="")
    row = actions.receive_new(
        request=given.a_request(),
        applicants=Applicants(owner, None, helper),
        actor=given.CLERK,
        at=given.MONDAY,
    )

    assert codes_on(client.post("/dossiers/", {"q": "pang ting"}, follow=True)) == [row.code]


def test_the_start_of_a_code_lists_what_begins_so(client: Client) -> None:
    rows = [given.a_received_dossier() for _ in range(2)]

    response = client.post("/dossiers/", {"q": rows[0].code[:-1]}, follow=True)

    assert set(codes_on(response)) == {row.code for row in rows}


def test_dossiers_of_other_units_are_not_found() -> None:
    row = a_dossier_of(a_person())
    stranger = signed_in(Role.COUNTER_CLERK, unit_key=given.OTHER)

    for text in (row.code, "nghiem"):
        response = stranger.post("/dossiers/", {"q": text}, follow=True)
        assert response.status_code == 200
        assert codes_on(response) == []
        assert "Không tìm thấy hồ sơ" in text_of(response)


@pytest.mark.parametrize("text", ["'", '"', "%", "*", "(", "a" * 5000, "\x00", "–", "🙂", "NEAR("])
def test_any_text_is_answered(client: Client, text: str) -> None:
    a_dossier_of(a_person())

    assert client.post("/dossiers/", {"q": text}, follow=True).status_code == 200


def test_a_mark_nobody_knows_shows_the_empty_page(client: Client) -> None:
    response = client.get("/dossiers/?s=zzz")

    assert response.status_code == 200
    assert "autofocus" in response.content.decode()


def test_the_last_searches_are_kept_and_the_oldest_forgotten(client: Client) -> None:
    row = a_dossier_of(a_person())
    first = client.post("/dossiers/", {"q": "nghiem"}).headers["Location"]
    assert codes_on(client.get(first)) == [row.code]

    for number in range(25):
        client.post("/dossiers/", {"q": f"x{number}"})

    assert codes_on(client.get(first)) == []
    assert len(client.session["searches"]) == 20


def test_a_code_is_tidied() -> None:
    assert tidy_code("’h36.12.8–250705—0003 ") == "H36.12.8-250705-0003"
    assert tidy_code(" ") == ""
