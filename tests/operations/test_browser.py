"""The wall as a person uses it: from the figure to the dossier, on a phone, in both languages."""

import random
import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser import violations
from tests.sizes import sized, soaks

from .given import PERIOD

pytestmark = [pytest.mark.browser, soaks]

Opener = Callable[..., Page]
WALL = f"/wall/?{urlencode(PERIOD)}"
LIST = f"/wall/list/?{urlencode({**PERIOD, 'measure': 'received'})}"
BAD = "/wall/?from=2024-13-01&channel=x"
PAGES = (WALL, "/wall/", LIST, BAD, "/centre/readers/")


def number(text: str) -> int:
    found = re.search(r"[\d.,]+", text)
    assert found is not None
    return int(re.sub(r"[.,]", "", found.group(0)))


def test_axe_finds_nothing_on_any_page_in_either_language(open_page: Opener) -> None:
    for path in PAGES:
        for language in random.sample(["vi", "en"], sized(whole=2, part=1)):
            page = open_page(path, language=language)

            assert violations(page) == [], (path, language)


def test_no_page_scrolls_sideways(open_page: Opener) -> None:
    for path in PAGES:
        page = open_page(path)
        for width in (390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})

            assert page.evaluate("document.documentElement.scrollWidth") == width, (path, width)


def test_from_the_wall_by_a_tile_and_its_list_to_the_dossier(open_page: Opener) -> None:
    page = open_page(WALL)
    tile = page.locator(".tile").first
    name = tile.locator(".name").inner_text()
    link = tile.locator(".many-of a").first
    said = number(link.inner_text())

    link.click()
    expect(page.locator("h1")).to_have_text("Tiếp nhận trong kỳ")
    assert number(page.locator(".lead b").inner_text()) == said
    expect(page.locator(".lead")).to_contain_text(name)
    assert page.locator("table.dossiers tbody tr").count() == min(said, 50)

    code = page.locator("table.dossiers td.code a").first
    text = code.inner_text()
    code.click()
    expect(page.locator("main")).to_contain_text(text)


def test_the_name_of_a_tile_opens_the_wall_of_its_unit_with_its_number(open_page: Opener) -> None:
    page = open_page(WALL)
    tile = page.locator(".tile").first
    said = number(tile.locator(".many-of a").first.inner_text())

    tile.locator(".name").click()

    page.wait_for_selector(".tiles.procedures")
    assert number(page.locator(".key .value a").first.inner_text()) == said


def test_a_choice_is_made_in_the_form_and_a_wrong_one_is_kept(open_page: Opener) -> None:
    page = open_page(WALL)
    page.get_by_role("button", name="Chọn").click()
    page.get_by_label("Đến ngày").fill("31/02/2025")
    page.get_by_role("button", name="Xem", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("31/02/2025")
    page.get_by_role("button", name="Sửa lựa chọn").click()
    expect(page.get_by_label("Đến ngày")).to_have_value("31/02/2025")
    page.get_by_label("Đến ngày").fill("28/02/2025")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator(".about")).to_contain_text("28/02/2025")


def test_nothing_is_cut_off_in_the_key_figures(open_page: Opener) -> None:
    for language in ("vi", "en"):
        for width, height in ((390, 844), (1366, 768), (1920, 1080)):
            viewport = {"width": width, "height": height}
            page = open_page(WALL, language=language, viewport=viewport)
            cut = page.evaluate(
                "[...document.querySelectorAll('.key h2, .key .sub, .key, .keys')]"
                ".filter(e => e.scrollWidth > e.clientWidth + 1"
                " || e.scrollHeight > e.clientHeight + 3)"
                ".map(e => e.innerText)"
            )
            assert cut == [], (language, width)


def test_every_percentage_is_written_with_a_space_that_does_not_break(open_page: Opener) -> None:
    for language in ("vi", "en"):
        page = open_page(WALL, language=language)
        text = page.locator("main").inner_text()

        assert "%" in text
        assert re.findall(r".{0,12}(?<!\u00a0)%", text) == [], language


def test_a_list_on_a_phone_shows_each_dossier_whole(open_page: Opener) -> None:
    for language, head in (("vi", "Hẹn trả lúc"), ("en", "Due at")):
        page = open_page(LIST, language=language, viewport={"width": 390, "height": 844})

        frame = page.locator(".table")
        assert frame.evaluate("e => e.scrollWidth - e.clientWidth") == 0
        due = page.locator("td.moment").nth(1)
        assert head in due.evaluate("e => getComputedStyle(e, ':before').content")
        expect(page.get_by_role("link", name=head)).to_be_visible()  # the way to sort by it


def test_the_list_narrows_to_a_procedure_and_widens_again(open_page: Opener) -> None:
    page = open_page(LIST)
    choice = page.get_by_label("Thủ tục hành chính")
    option = choice.locator("option").nth(1)
    said = re.search(r"\((\d+)\)$", option.inner_text())
    assert said is not None

    choice.select_option(index=1)
    page.wait_for_url("**only_procedure=1**")
    assert number(page.locator(".lead b").inner_text()) == int(said.group(1))

    page.get_by_role("link", name="Xem tất cả").click()
    assert number(page.locator(".lead b").inner_text()) == 60
