"""Nobody types twice: not after the session has ended, not for another language."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as program
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from motcua.dossiers.models import Dossier
from tests.browser import pages, violations
from tests.ui.serving import served

from . import given
from .given import COMMUNE, OTHER, TEN_DAYS
from .given_pages import EVERY_ROLE, post_move, signed_in, text_of

Opener = Callable[..., Page]
PASSWORD = "mot-cua-2026!"
SEND = "main form.act button[type=submit]"
pytestmark = pytest.mark.browser


@pytest.fixture
def row(transactional_db: None) -> Dossier:
    given.a_registry()
    return given.a_dossier_in_process()


@pytest.fixture
def open_page(row: Dossier, chromium: Browser) -> Iterator[Opener]:
    """Give a function that opens a page as a clerk of the commune, in Vietnamese."""
    session = signed_in(*EVERY_ROLE).cookies[program.SESSION_COOKIE_NAME].value
    with served() as site, pages(chromium, site, session=session, language="") as opened:
        yield opened


def end_session(page: Page) -> None:
    page.context.clear_cookies(name=program.SESSION_COOKIE_NAME)


def sign_in_and_look(page: Page) -> None:
    expect(page.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Xem lại nội dung đã nhập").click()


def test_axe_finds_nothing_on_the_pages_between(open_page: Opener) -> None:
    page = open_page("/dossiers/new/")
    fill_in(page)
    end_session(page)
    page.locator("button[value=receive]").click()
    expect(page.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    assert violations(page) == []

    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Xem lại nội dung đã nhập")).to_be_visible()
    assert violations(page) == []
    page.goto("/sign-out/")
    assert violations(page) == []


def fill_in(page: Page) -> None:
    page.get_by_label("Thủ tục", exact=False).first.select_option(TEN_DAYS)
    page.locator("[name=owner-name]").fill('K\'Brĕp "Ha" & Ŏ')
    page.locator("[name=owner-birth_on]").fill("31/02/1985")
    page.locator("[name=other_submitter]").check()
    page.locator("[name=submitter-name]").fill("Rơ Ông K’Lâm")


def is_filled_in(page: Page) -> None:
    expect(page.locator("[name=procedure]")).to_have_value(TEN_DAYS)
    expect(page.locator("[name=owner-name]")).to_have_value('K\'Brĕp "Ha" & Ŏ')
    expect(page.locator("[name=owner-birth_on]")).to_have_value("31/02/1985")
    expect(page.locator("[name=other_submitter]")).to_be_checked()
    expect(page.locator("[name=has_representative]")).not_to_be_checked()
    expect(page.locator("[name=submitter-name]")).to_have_value("Rơ Ông K’Lâm")
    assert "Br" not in page.url
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_new_dossier_sent_after_the_session_has_ended_is_shown_again(
    has_scripts: bool, open_page: Opener
) -> None:
    page = open_page("/dossiers/new/", java_script_enabled=has_scripts)
    fill_in(page)
    end_session(page)

    page.locator("button[value=receive]").click()
    sign_in_and_look(page)

    is_filled_in(page)


def test_a_choice_made_after_the_session_has_ended_loses_nothing(open_page: Opener) -> None:
    page = open_page("/dossiers/new/")
    fill_in(page)
    page.wait_for_load_state("networkidle")
    end_session(page)

    page.locator("[name=channel]").select_option("post")
    sign_in_and_look(page)

    is_filled_in(page)
    expect(page.locator("[name=channel]")).to_have_value("post")


def test_another_language_and_back_keep_what_was_typed(open_page: Opener) -> None:
    page = open_page("/dossiers/new/")
    fill_in(page)

    for language in ("en", "vi"):
        page.locator(f".languages button[value={language}]").click()

        expect(page.locator("html")).to_have_attribute("lang", language)
        is_filled_in(page)


def test_another_language_after_a_refused_form_keeps_what_was_typed(open_page: Opener) -> None:
    page = open_page("/dossiers/new/")
    fill_in(page)
    page.locator("button[value=receive]").click()
    expect(page.locator(".error").first).to_be_visible()

    page.locator(".languages button[value=en]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    is_filled_in(page)


def test_a_move_sent_without_scripts_after_the_session_has_ended_is_shown_again(
    row: Dossier, open_page: Opener
) -> None:
    page = open_page(f"/dossiers/{row.code}/moves/transfer/", java_script_enabled=False)
    page.locator("[name=body]").select_option(OTHER)
    page.locator("[name=words]").fill("dòng một\ndòng hai")
    end_session(page)

    page.locator(SEND).click()
    sign_in_and_look(page)

    expect(page.locator("[name=body]")).to_have_value(OTHER)
    expect(page.locator("[name=words]")).to_have_value("dòng một\ndòng hai")
    assert Dossier.objects.get().holder_key == COMMUNE


def test_a_move_sent_after_the_session_has_ended_stays_in_its_place(
    row: Dossier, open_page: Opener
) -> None:
    page = open_page(f"/dossiers/{row.code}/moves/transfer/")
    page.locator("[name=body]").select_option(OTHER)
    page.locator("[name=words]").fill("viết dở")
    end_session(page)

    page.locator(SEND).click()

    expect(page.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    expect(page.locator("[name=words]")).to_have_value("viết dở")


def test_another_language_keeps_the_words_of_a_move(row: Dossier, open_page: Opener) -> None:
    page = open_page(f"/dossiers/{row.code}/moves/transfer/")
    page.locator("[name=words]").fill("viết dở")

    page.locator(".languages button[value=en]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[name=words]")).to_have_value("viết dở")
    assert Dossier.objects.get().version == row.version


def test_a_refused_form_leaves_the_console_clean(row: Dossier, open_page: Opener) -> None:
    page = open_page(f"/dossiers/{row.code}/moves/transfer/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    # As a person does who drags the corner of the box.
    page.locator("[name=words]").evaluate("box => { box.style.height = '9rem'; }")

    page.locator(SEND).click()

    expect(page.get_by_text("Hãy chọn: Cơ quan.")).to_be_visible()
    page.wait_for_timeout(300)
    assert [text for text in said if "inline style" in text] == []


def test_a_wrong_move_says_what_to_do_in_both_languages(row: Dossier) -> None:
    client: Client = signed_in(*EVERY_ROLE)

    vietnamese = text_of(post_move(client, row, "extend", due_on="31/02/2026"))
    client.cookies["django_language"] = "en"
    english = text_of(post_move(client, row, "extend", due_on="31/02/2026"))

    assert "“31/02/2026” không phải là ngày. Hãy viết như 24/11/2026." in vietnamese
    assert "“31/02/2026” is not a day. Write it as 24/11/2026." in english


def test_a_search_sent_after_the_session_has_ended_stands_in_its_box(
    row: Dossier, open_page: Opener
) -> None:
    page = open_page("/dossiers/", java_script_enabled=False)
    page.locator("#find").fill("nghiêm")
    end_session(page)

    page.get_by_role("button", name="Tìm", exact=True).click()
    sign_in_and_look(page)

    expect(page.locator("#find")).to_have_value("nghiêm")
