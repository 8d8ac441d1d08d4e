"""axe-core on every page of the room, in both languages, on a phone and a desk, light and dark.

A page is loaded once for two looks: what differs between them is its CSS alone. The four looks of
the two languages hold every pair of language, light and size.
"""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser import AXE
from tests.dossiers.given import COMMUNE, TEN_DAYS

from .given import PERIOD
from .test_wall_browser import a_kiosk

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
ASKED = urlencode(PERIOD)
LOOKS = {
    "vi": (("light", 390, 844), ("dark", 1280, 800)),
    "en": (("dark", 390, 844), ("light", 1280, 800)),
}
STAFF = (f"/reports/?{ASKED}", f"/reports/years/?{ASKED}", "/morning/")
WALLS = (f"/wall/?{ASKED}", f"/wall/?{ASKED}&unit={COMMUNE}&procedure={TEN_DAYS}")
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FOUND = """() => axe.run().then((said) => said.violations.map(
  (one) => `${one.id}: ${one.nodes.map((node) => node.target).join(', ')}`))"""


def show(page: Page, theme: str, *, is_wall: bool) -> None:
    """Show a page light or dark. Staff pages follow the machine, walls carry their theme."""
    page.emulate_media(color_scheme="light" if theme == "light" else "dark")
    if is_wall:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)


@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing_with_every_menu_open(open_page: Opener, language: str) -> None:
    walls, found, menus = (*WALLS, a_kiosk()), [], 0
    for path in (*STAFF, *walls):
        page = open_page(path, language=language)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate(OPEN_ALL)
        menus += page.locator("details.take[open] a").count()
        for theme, width, height in LOOKS[language]:
            page.set_viewport_size({"width": width, "height": height})
            show(page, theme, is_wall=path in walls)
            found += [(path, theme, width, said) for said in page.evaluate(FOUND)]
            assert page.evaluate("document.documentElement.scrollWidth") == width, (path, theme)

    assert found == []
    assert menus == 2 * 2 + 2 * 6 * 4  # two reports of two forms, two walls of six panels of four
