"""A change in the browser: draft, preview, act, reversal; looked through by axe."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings as program
from playwright.sync_api import Browser, Page, expect

from motcua.accounts.roles import Role
from motcua.dossiers.changes.going_on import go_on
from motcua.dossiers.models import ClockChange
from motcua.registry.draft_params import to_params
from tests.browser import violations
from tests.ui.serving import served

from .given import COMMUNE, DISTRICT, TEN_DAYS, a_received_dossier, a_registry
from .given_changes import HOLIDAY, NOW
from .given_pages import signed_in

pytestmark = pytest.mark.browser

WIDTHS = (390, 1280, 1920)
SHOTS = os.environ.get("MOTCUA_SHOTS", "")


@pytest.fixture
def page(transactional_db: None, chromium: Browser) -> Iterator[Page]:
    """Give the browser of an administrator of the district, where thirty dossiers run."""
    a_registry()
    for _ in range(30):
        a_received_dossier()
    person = signed_in(Role.ADMINISTRATOR, unit_key=DISTRICT)
    session = person.cookies[program.SESSION_COOKIE_NAME].value
    with served() as site:
        context = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 800})
        cookies = {"django_language": "vi", program.SESSION_COOKIE_NAME: session}
        for name, value in cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": site}])
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        yield opened
        context.close()


def look(page: Page, name: str, *, is_shown_by_address: bool = True) -> None:
    """Hold a page against axe and its width, in both languages and at three widths.

    What only a form sent has shown is not asked for again by its address.
    """
    look_once(page, f"{name}-vi")
    if is_shown_by_address:
        speak(page, "en")
        look_once(page, f"{name}-en")
        speak(page, "vi")
    page.set_viewport_size({"width": 1280, "height": 800})


def look_once(page: Page, name: str) -> None:
    """Hold a page against axe and its width, as it is spoken now."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width, (name, width)
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
    assert violations(page) == [], name


def speak(page: Page, language: str) -> None:
    """Read the same page again in another language."""
    site = page.evaluate("location.origin")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page.goto(page.url)
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_holiday_goes_from_its_draft_to_the_dossiers_and_back(page: Page) -> None:
    page.goto("/clock/changes/")
    look(page, "none")
    page.goto(f"/clock/changes/new/?{urlencode(to_params(replace(HOLIDAY, unit_key=COMMUNE)))}")
    look(page, "draft")
    page.get_by_role("button", name="Tính những hồ sơ sẽ đổi hạn").click()
    expect(page.get_by_role("button", name="Dừng tính")).to_be_visible()
    look(page, "counting")

    go_on(at=NOW)
    expect(page.locator("#step h2").first).to_contain_text("30 hồ sơ đang giải quyết sẽ đổi hạn")
    expect(page.locator("table.moved tbody tr")).to_have_count(25)
    expect(page.locator("table.moved")).to_contain_text("28/09/2026 không tính")
    look(page, "preview")

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Áp dụng thay đổi").click()
    expect(page.locator("#step")).to_contain_text("Đang đổi hạn hồ sơ")
    look(page, "moving")
    go_on(at=NOW)
    expect(page.locator("#step h2").first).to_contain_text("30 hồ sơ đã đổi hạn")
    look(page, "applied")
    page.goto("/clock/changes/")
    look(page, "list")

    page.get_by_role("link", name="Ngày nghỉ thử").click()
    page.get_by_role("button", name="Thu hồi thay đổi").click()
    expect(page.locator("#step")).to_contain_text("Đang trả lại hạn cũ")
    go_on(at=NOW)
    expect(page.locator("#step h2").first).to_contain_text("30 hồ sơ đã trả lại hạn cũ")
    look(page, "reversed")
    assert ClockChange.objects.get().state == "reversed"


def test_a_limit_is_corrected_without_losing_what_was_typed(page: Page) -> None:
    page.goto("/clock/changes/limit/")
    look(page, "limit-choose")
    page.goto(f"/clock/changes/limit/?procedure={TEN_DAYS}")
    page.get_by_label("Thời hạn đã đính chính").fill("7")
    page.get_by_label("Số, ngày quyết định").fill("QĐ 12/QĐ-UBND")
    page.get_by_role("button", name="Tính những hồ sơ sẽ đổi hạn").click()
    expect(page.locator(".alert.bad").first).to_be_visible()
    expect(page.get_by_label("Số, ngày quyết định")).to_have_value("QĐ 12/QĐ-UBND")
    look(page, "limit-wrong", is_shown_by_address=False)
    page.get_by_label("Căn cứ pháp lý").fill("Luật thử")
    page.get_by_label("Có: quyết định nói rõ").check()
    page.get_by_role("button", name="Tính những hồ sơ sẽ đổi hạn").click()
    expect(page.get_by_role("button", name="Dừng tính")).to_be_visible()
    go_on(at=NOW)
    expect(page.locator("#step h2").first).to_contain_text("30 hồ sơ đang giải quyết sẽ đổi hạn")
    expect(page.locator("table.moved")).to_contain_text("7 ngày làm việc thay cho 10")
    look(page, "limit-preview")


def test_a_preview_that_is_stopped_leaves_a_whole_page(page: Page) -> None:
    page.goto(f"/clock/changes/new/?{urlencode(to_params(replace(HOLIDAY, unit_key=COMMUNE)))}")
    page.get_by_role("button", name="Tính những hồ sơ sẽ đổi hạn").click()

    page.get_by_role("button", name="Dừng tính").click()

    expect(page.locator("#step")).to_contain_text("Đã dừng bản xem trước")
    expect(page.get_by_role("navigation").first).to_be_visible()
    expect(page.locator("h1")).to_contain_text("Ngày nghỉ thử")


def test_a_limit_that_begins_too_early_is_refused_beside_its_day(page: Page) -> None:
    page.goto(f"/clock/changes/limit/?procedure={TEN_DAYS}")
    page.get_by_label("Thời hạn đã đính chính").fill("7")
    page.get_by_label("Số, ngày quyết định").fill("QĐ 12/QĐ-UBND")
    page.get_by_label("Căn cứ pháp lý").fill("Luật thử")
    page.get_by_label("Không: giữ thời hạn cũ").check()
    first_day = page.get_by_role("textbox", name="Áp dụng cho hồ sơ tiếp nhận từ")
    first_day.fill("01/09/2026")
    page.get_by_role("button", name="Tính những hồ sơ sẽ đổi hạn").click()

    expect(page.get_by_text("Hãy chọn một ngày sau hôm nay")).to_be_visible()
    expect(first_day).to_have_value("01/09/2026")
    expect(page.get_by_label("Căn cứ pháp lý")).to_have_value("Luật thử")
    look(page, "limit-too-early", is_shown_by_address=False)


def test_a_draft_is_thrown_away(page: Page) -> None:
    page.goto(f"/clock/changes/new/?{urlencode(to_params(replace(HOLIDAY, unit_key=COMMUNE)))}")
    page.get_by_role("button", name="Tính những hồ sơ sẽ đổi hạn").click()
    expect(page.get_by_role("button", name="Dừng tính")).to_be_visible()
    go_on(at=NOW)
    expect(page.locator("#step h2").first).to_contain_text("30 hồ sơ đang giải quyết sẽ đổi hạn")
    address = page.url

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Bỏ bản nháp").click()

    expect(page.get_by_text("Chưa có thay đổi nào")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("Bản nháp này đã bị bỏ")).to_be_visible()
    look(page, "discarded")
