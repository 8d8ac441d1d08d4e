"""The calendar as a person uses it: with the mouse, the keyboard, a phone, and without scripts."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from playwright.sync_api import Browser, Page, expect

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.kit.calendar import DayKind
from motcua.registry.actions import enter_day, set_week_hours
from motcua.registry.drafts import DayDraft
from motcua.registry.seed import install
from tests.browser import violations
from tests.dossiers.given_pages import signed_in
from tests.sizes import sized, soaks
from tests.ui.serving import served

from . import given

pytestmark = [pytest.mark.browser, soaks]
Opener = Callable[..., Page]
COMMUNE = "24886@2025-07-01"
YEAR = f"/calendar/{COMMUNE}/2026/"
PAGES = (
    "/calendar/",
    "/calendar/?q=zzz",
    f"{YEAR}?day=2026-12-01",
    "/calendar/nation/2027/",
    f"/calendar/{COMMUNE}/change/?do=enter_day&kind=closure&day=2026-12-01",
    f"/calendar/{COMMUNE}/change/?do=enter_day&kind=holiday&day=2026-12-01",
    f"/calendar/{COMMUNE}/change/?do=set_week_hours&valid_from=2027-01-01",
    "/calendar/nation/decree/",
)


def a_year_with_everything() -> None:
    """Days of every state, and one of every kind that does not fit."""
    install(SYSTEM, given.AT)
    for day, kind, spans in (
        (date(2026, 12, 1), DayKind.CLOSURE, "07:30-11:30"),
        (date(2026, 12, 2), DayKind.CLOSURE, ""),
        (date(2026, 12, 5), DayKind.SERVED, "07:30-11:30"),
        (date(2026, 12, 6), DayKind.CLOSURE, ""),
        (date(2026, 9, 2), DayKind.WORKED, "08:00-10:00"),
    ):
        draft = DayDraft(day, kind, "Thử", "QĐ 1", "xã", COMMUNE, spans)
        enter_day(draft=draft, actor=SYSTEM, at=given.AT)
    set_week_hours(
        unit_key=COMMUNE,
        valid_from=date(2026, 6, 1),
        week={6: "08:00-10:00"},
        legal_basis="QĐ 2",
        source="xã",
        is_service=True,
        actor=SYSTEM,
        at=given.AT,
    )


@pytest.fixture
def open_page(transactional_db: None, chromium: Browser) -> Iterator[Opener]:
    """Give a function that opens a page as somebody who keeps every calendar."""
    a_year_with_everything()
    person = signed_in(Role.ADMINISTRATOR, unit_key="*")
    session = person.cookies[program.SESSION_COOKIE_NAME].value
    contexts = []
    with served() as site:

        def opened(path: str, *, language: str = "vi", **options: Any) -> Page:
            view = {"viewport": {"width": 1366, "height": 768}, **options}
            context = chromium.new_context(base_url=site, **view)
            contexts.append(context)
            cookies = {"django_language": language, program.SESSION_COOKIE_NAME: session}
            for name, value in cookies.items():
                context.add_cookies([{"name": name, "value": value, "url": site}])
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.goto(path, wait_until="load")
            return page

        yield opened
        for context in contexts:
            context.close()


def test_axe_finds_nothing_in_either_language_light_or_dark(open_page: Opener) -> None:
    for path in PAGES:
        looks = [("vi", "light"), ("en", "dark")]
        for language, scheme in random.sample(looks, sized(whole=2, part=1)):
            page = open_page(path, language=language, color_scheme=scheme)

            assert violations(page) == [], (path, language)


def test_no_page_scrolls_sideways(open_page: Opener) -> None:
    for path in PAGES:
        page = open_page(path)
        for width in (390, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})

            assert page.evaluate("document.documentElement.scrollWidth") == width, (path, width)


def test_a_day_is_opened_in_place_and_stays_under_the_keyboard(open_page: Opener) -> None:
    page = open_page(YEAR)
    page.evaluate("window.stays = true")
    page.locator("#d2026-12-01").focus()

    page.keyboard.press("Enter")

    expect(page.locator("#day-heading")).to_contain_text("01/12/2026")
    expect(page.locator("td.chosen")).to_contain_text("01/12/2026")
    assert page.evaluate("window.stays") is True
    assert page.evaluate("document.activeElement.id") == "d2026-12-01"
    assert page.url.endswith("day=2026-12-01#day")


def test_a_day_is_opened_without_scripts(open_page: Opener) -> None:
    page = open_page(YEAR, java_script_enabled=False)

    page.locator("#d2026-12-02").click()

    expect(page.locator("#day-heading")).to_contain_text("02/12/2026")
    expect(page.locator("#day")).to_contain_text("Đóng cửa cả ngày")


def test_every_state_has_a_colour_a_sign_and_a_word_of_its_own(open_page: Opener) -> None:
    page = open_page(YEAR)

    signs = page.evaluate(
        """[...document.querySelectorAll('.legend .sign')].map(one => {
          const drawn = getComputedStyle(one, '::before')
          return [drawn.backgroundImage, drawn.backgroundColor, drawn.borderTopColor,
                  drawn.borderRadius, drawn.right, drawn.height, one.innerText,
                  getComputedStyle(one).backgroundColor, getComputedStyle(one).boxShadow].join()
        })"""
    )
    assert len(signs) == len(set(signs)) == 10
    for state in ("part", "closure", "served", "holiday", "observed", "swap_off", "worked"):
        square = page.locator(f"td.{state} a").first
        assert square.locator("i").inner_text().strip(), state


def test_a_wrong_form_keeps_what_was_typed(open_page: Opener) -> None:
    page = open_page(f"/calendar/{COMMUNE}/change/?do=enter_day&kind=closure&day=2026-12-01")
    page.get_by_label("Lý do").fill("Mất điện")

    page.get_by_role("button", name="Xem hồ sơ nào sẽ đổi hạn").click()

    expect(page.locator(".field.wrong").first).to_be_visible()
    expect(page.get_by_label("Lý do")).to_have_value("Mất điện")


def test_from_the_day_to_what_its_closure_would_move(open_page: Opener) -> None:
    page = open_page(f"{YEAR}?day=2026-12-03")
    page.locator("#day").get_by_role("link", name="Đóng cửa").click()
    page.get_by_label("Lý do").fill("Mất điện")
    page.get_by_label("Căn cứ pháp lý").fill("QĐ 7")
    page.get_by_label("Nguồn").fill("Xã")

    page.get_by_role("button", name="Xem hồ sơ nào sẽ đổi hạn").click()

    page.wait_for_url("**/changes/new/**")
    assert "day=2026-12-03" in page.url
    expect(page.locator("main")).to_contain_text("Mất điện")


def test_a_decree_is_looked_at_before_it_goes_on(open_page: Opener, tmp_path: Path) -> None:
    file = tmp_path / "decree.csv"
    file.write_text(
        "date,kind,name_vi,counterpart_date,source\n2027-01-01,holiday,Tết Dương lịch,,TB\n",
        encoding="utf-8",
    )
    page = open_page("/calendar/nation/decree/")
    page.get_by_label("Tệp", exact=True).set_input_files(file)
    page.get_by_label("Thông báo, quyết định").fill("TB 99")
    page.get_by_role("button", name="Xem tệp thay đổi gì").click()
    expect(page.locator("main")).to_contain_text("trước là tạm tính")
    assert violations(page) == []

    page.get_by_role("button", name="Xem hồ sơ nào sẽ đổi hạn").click()

    page.wait_for_url("**/changes/new/**")
    assert "do=take_decree" in page.url
