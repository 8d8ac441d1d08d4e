"""Names of many units are told apart on their tiles, however alike they begin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Opener = Callable[..., Page]
# As many as the period since 2021 shows: communes before and after the merger, and offices.
MANY = """names => {
  const list = document.querySelector('.tiles');
  const one = list.firstElementChild;
  list.className = 'tiles many dense units';
  list.replaceChildren(...names.map((name) => {
    const tile = one.cloneNode(true);
    tile.querySelector('.name').textContent = name;
    tile.querySelector('.many-of b').textContent = '11.539';
    return tile;
  }));
}"""
CUT = """[...document.querySelectorAll('.tile .name')]
  .filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.innerText)"""
NAMES = ["CN VPĐKĐĐ", "CN VPĐKĐĐ Đam Rông", "Phòng LĐ–TBXH", "Phòng NN–PTNT", "Liêng Srônh"]


def test_no_name_of_many_tiles_is_cut(open_page: Opener) -> None:
    for width, height in ((390, 844), (1280, 800), (1920, 1080)):
        page = open_page("/wall/?period=whole", viewport={"width": width, "height": height})
        page.wait_for_selector("html[data-drawn]")

        page.evaluate(MANY, (NAMES * 5)[:21])

        assert page.evaluate(CUT) == [], width
