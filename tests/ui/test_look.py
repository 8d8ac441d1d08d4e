"""Every component as a person meets it: readable, reachable, light."""

from collections.abc import Callable

import brotli
import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser import violations

pytestmark = pytest.mark.browser

Opener = Callable[..., Page]
PAGES = ["/", "/form/", "/empty/", "/plain/", "/wall/", "/gone/", "/refuse/"]
TEXT = ("text/", "application/javascript", "application/json", "image/svg")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_either_language_light_or_dark(path: str, open_page: Opener) -> None:
    for language in ("vi", "en"):
        for scheme in ("light", "dark"):
            page = open_page(path, language=language, color_scheme=scheme)

            assert violations(page) == [], (language, scheme)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 640])
def test_no_page_scrolls_sideways_on_a_phone_or_at_double_size(
    path: str, width: int, open_page: Opener
) -> None:
    page = open_page(path, viewport={"width": width, "height": 700})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/", "/form/", "/plain/", "/wall/"])
def test_the_strict_content_policy_stops_nothing_of_ours(path: str, open_page: Opener) -> None:
    page = open_page("/empty/")
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))

    page.goto(path)
    page.wait_for_timeout(300)

    assert heard == []


@pytest.mark.parametrize(("path", "budget_kb"), [("/", 160), ("/plain/", 75), ("/wall/", 320)])
def test_a_page_keeps_its_budget_over_the_wire(
    path: str, budget_kb: int, open_page: Opener
) -> None:
    answers: list[Response] = []
    page = open_page("/gone/")
    assert page.context.browser is not None
    cold = page.context.browser.new_page(base_url=page.url.removesuffix("/gone/"))
    cold.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (Playwright marks it)

    cold.goto(path, wait_until="networkidle")

    weights = {answer.url: _weight(answer) for answer in answers}
    cold.close()
    assert len(weights) > 5
    assert sum(weights.values()) <= budget_kb * 1000, weights


def _weight(answer: Response) -> int:
    body = answer.body()
    is_text = answer.headers.get("content-type", "").startswith(TEXT)
    return len(brotli.compress(body)) if is_text else len(body)


def test_reduced_motion_stops_every_animation(open_page: Opener) -> None:
    page = open_page("/wall/", reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-drawn", "1")

    assert page.evaluate("document.getAnimations().length") == 0


def test_a_chart_is_also_a_table_for_those_who_do_not_see_it(open_page: Opener) -> None:
    page = open_page("/wall/")
    expect(page.locator("html")).to_have_attribute("data-drawn", "1")

    table = page.get_by_role("table", name="Số hồ sơ tiếp nhận và giải quyết mỗi ngày")

    assert table.get_by_role("row").count() == 31


def test_figures_of_a_wall_are_written_as_the_language_writes_them(open_page: Opener) -> None:
    for language, received in (("vi", "74.909"), ("en", "74,909")):
        page = open_page("/wall/", language=language)
        expect(page.locator("html")).to_have_attribute("data-drawn", "1")

        assert page.locator("[data-text='figures.received']").inner_text() == received


def test_print_leaves_menu_and_buttons_out(open_page: Opener) -> None:
    page = open_page("/")
    page.emulate_media(media="print")

    assert not page.locator(".side").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.get_by_role("table").is_visible()
