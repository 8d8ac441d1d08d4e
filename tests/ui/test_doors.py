"""Refusals and errors as people meet them."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from motcua.kit.refusals import Refused
from motcua.ui.doors import too_many_tries, words_of
from tests.ui.gallery import FeeUnpaid

pytestmark = pytest.mark.usefixtures("gallery")


def test_a_literal_percent_sign_in_a_message_stays_one() -> None:
    refusal = FeeUnpaid(count=3, day="24/11/2026")

    assert words_of(refusal) == "3 of 100 % unpaid by 24/11/2026"


def test_a_place_without_its_fact_is_shown_as_it_is() -> None:
    class Forgetful(Refused):
        message = "%(this)s and %(that)s"

        def __init__(self) -> None:
            self.facts = {"this": "bread"}

    assert words_of(Forgetful()) == "bread and %(that)s"


def test_facts_come_escaped_into_the_page(client: Client) -> None:
    answer = client.post("/refuse/", {"note": "<b>x</b>"})

    assert answer.status_code == 422
    assert "<b>x</b>" not in answer.content.decode()


def test_a_refusal_is_a_page_with_its_status_words_and_legal_basis(client: Client) -> None:
    answer = client.post("/refuse/")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3 of 100 % unpaid by 24/11/2026" in page
    assert "Căn cứ: Điều 12 Nghị định 118/2025/NĐ-CP" in page
    assert "Quay lại để sửa" in page


def test_a_form_sent_by_htmx_gets_a_notice_for_its_own_place(client: Client) -> None:
    answer = client.post("/refuse/", headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "find [data-refusal]"
    assert answer.content.decode().lstrip().startswith('<div class="alert bad"')


@pytest.mark.parametrize(("language", "words"), [("vi", "Trang này không có"), ("en", "not exist")])
def test_a_missing_page_says_so_in_the_language_of_the_person(
    client: Client, language: str, words: str
) -> None:
    client.cookies["django_language"] = language

    answer = client.get("/gone/")

    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_forged_form_is_told_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/refuse/")

    assert answer.status_code == 403
    assert "Biểu mẫu không còn hiệu lực" in answer.content.decode()


def test_a_locked_account_is_told_to_wait() -> None:
    with translation.override("vi"):
        answer = too_many_tries(RequestFactory().post("/"))

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "tạm khoá 15 phút" in answer.content.decode()


def test_the_page_of_a_fault_needs_nothing_of_the_program() -> None:
    from django.template.loader import get_template

    assert "<h1>" in get_template("500.html").render()


def test_every_answer_carries_the_security_headers_and_is_kept_nowhere(client: Client) -> None:
    answer = client.get("/")

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
