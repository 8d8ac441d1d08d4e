"""The map as a person uses it: by mouse, by keyboard, on a phone, without motion."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as program
from playwright.sync_api import Browser, Page, expect

from motcua.accounts.roles import Role
from tests.browser import pages, violations
from tests.dossiers.given import DISTRICT
from tests.dossiers.given_pages import signed_in
from tests.ui.serving import served

from .given_map import BUSY, LATE, OVERDUE, a_district
from .test_map import WALL

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
SCREENS = ((390, 844), (768, 1024), (1280, 800), (1920, 1080), (3840, 2160))
# Lines of one label stand close, those of two must not touch: labels are told apart by their unit.
TOUCHING = """() => {
  const svg = document.querySelector('.map svg').getBoundingClientRect();
  const texts = [...document.querySelectorAll('.map .words text')];
  const seen = texts.filter((e) => e.getClientRects().length);
  const boxes = seen.map((e) => ({text: e.textContent, box: e.getBoundingClientRect()}));
  const found = [];
  boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => {
    const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    const low = Math.min(a.box.height, b.box.height);
    if (wide > 1 && high > 0.35 * low) found.push([a.text, b.text]);
  }));
  boxes.forEach(({text, box}) => {
    if (box.left < svg.left - 1 || box.right > svg.right + 1) found.push([text]);
  });
  return {found, many: boxes.length};
}"""


@pytest.fixture
def open_map(transactional_db: None, chromium: Browser) -> Iterator[Opener]:
    """Give a function that opens a page as an operator of the district."""
    a_district()
    person = signed_in(Role.CENTRE_OPERATOR, unit_key=DISTRICT)
    session = person.cookies[program.SESSION_COOKIE_NAME].value
    screen = {"width": 1920, "height": 1080}
    with served() as site, pages(chromium, site, session=session, viewport=screen) as opened:
        yield opened


def test_axe_finds_nothing_on_the_map(open_map: Opener) -> None:
    for width, height in ((390, 844), (1920, 1080)):
        for language in ("vi", "en"):
            page = open_map(WALL, language=language, viewport={"width": width, "height": height})
            page.wait_for_selector("html[data-drawn]")

            assert page.locator(".map svg a").count() == 5
            assert violations(page) == [], (width, language)


def test_a_click_on_a_unit_opens_its_wall(open_map: Opener) -> None:
    page = open_map(WALL)

    page.locator(f"[data-unit='{LATE}'] path").click()

    page.wait_for_url(f"**unit={LATE.replace('@', '%40')}**")
    expect(page.locator(".crumbs [aria-current]")).to_have_text("Xã Phi Liêng")


def test_the_keyboard_walks_from_unit_to_unit_and_opens_one(open_map: Opener) -> None:
    page = open_map(WALL)
    page.wait_for_selector("html[data-drawn]")
    page.locator(f"[data-unit='{BUSY[0]}']").focus()
    first = page.evaluate("document.activeElement.dataset.unit")

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    second = page.evaluate("document.activeElement.dataset.unit")
    assert first == BUSY[0]
    assert second not in (None, first)
    wide = "e => getComputedStyle(e.querySelector('path')).strokeWidth"
    assert page.locator(f"[data-unit='{second}']").evaluate(wide) == "4.5px"
    assert page.locator(f"[data-unit='{first}']").evaluate(wide) == "1.5px"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**unit={second.replace('@', '%40')}**")


def test_names_never_meet_and_nothing_scrolls_sideways(open_map: Opener) -> None:
    for width, height in SCREENS:
        page = open_map(WALL, viewport={"width": width, "height": height})
        page.wait_for_selector("html[data-drawn]")

        told = page.evaluate(TOUCHING)
        assert told["found"] == [], (width, told)
        assert told["many"] > 0, width
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_each_busy_unit_is_named_at_every_width(open_map: Opener) -> None:
    for width, height in SCREENS:
        page = open_map(WALL, viewport={"width": width, "height": height})
        seen = page.evaluate(
            "[...document.querySelectorAll('.map .words text, .map .beside .name')]"
            ".filter((e) => e.getClientRects().length).map((e) => e.textContent)"
        )

        text = " ".join(" ".join(seen).split())
        for name in ("Liêng", "Phi", "K'Nàng", "Long", "Tư pháp"):
            assert name in text, (width, name, text)


def test_who_wants_no_motion_sees_a_still_ring(open_map: Opener) -> None:
    wave = "getComputedStyle(document.querySelector('.map .wave')).animationName"

    assert open_map(WALL).evaluate(wave) == "map-wave"
    assert open_map(WALL, reduced_motion="reduce").evaluate(wave) == "none"


def test_the_map_is_left_alone_while_somebody_stands_on_it(open_map: Opener) -> None:
    page = open_map(WALL)
    page.wait_for_selector("html[data-drawn]")
    unit = page.locator(f"[data-unit='{OVERDUE}']")
    unit.focus()

    page.evaluate(
        "document.dispatchEvent(new CustomEvent('motcua:data',"
        " {detail: {html: {tiles: '<p>x</p>'}}}))"
    )

    expect(unit).to_be_focused()
