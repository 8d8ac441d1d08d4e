"""The wall in a browser: down by clicks, with a lost connection, and for everybody to read."""

import random
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.operations import actions, rules
from tests.browser import violations
from tests.dossiers.given import COMMUNE, TEN_DAYS
from tests.sizes import sized, soaks

from .given import FIRST, PERIOD

pytestmark = [pytest.mark.browser, soaks]
Opener = Callable[..., Page]
WALL = f"/wall/?{urlencode(PERIOD)}"
LIST = f"/wall/list/?{urlencode({**PERIOD, 'measure': 'received', 'unit': COMMUNE})}"
WAITING = f"/wall/list/?{urlencode({**PERIOD, 'measure': 'results_waiting'})}"
CHANNELS = f"{WALL}&{urlencode({'unit': COMMUNE, 'procedure': TEN_DAYS})}"  # rows are channels
KEEPER = Actor(
    "keeper", grants={COMMUNE: frozenset({Permission.KEEP_KIOSKS, Permission.READ_WALL})}
)
CLICKED_WALKS = sized(whole=50, part=3)


def a_kiosk() -> str:
    """Open a kiosk of one wall; give its address."""
    at, secret = timezone.now(), rules.new_secret()
    wall = actions.save_wall(name="Sảnh", params=PERIOD, unit_key=COMMUNE, actor=KEEPER, at=at)
    actions.open_kiosk(
        name="Sảnh",
        unit_key=COMMUNE,
        walls=[wall],
        seconds=600,
        last_day=timezone.localdate() + timedelta(days=9),
        secret=secret,
        actor=KEEPER,
        at=at,
    )
    return f"/kiosk/{secret}/"


def a_wall() -> str:
    """Give the wall of some days, of one channel or all, of the units of then or of today."""
    first, last = sorted(FIRST.date() + timedelta(days=random.randrange(36)) for _ in range(2))
    days = {"from": first.isoformat(), "to": last.isoformat()}
    channel, boundaries = random.choice(["", "", "direct", "online"]), random.choice(["", "as_now"])
    more = {"channel": channel, "boundaries": boundaries}
    return f"/wall/?{urlencode({**days, **{name: text for name, text in more.items() if text}})}"


def number(text: str) -> int:
    found = re.search(r"[\d.,]+", text)
    assert found is not None, text
    return int(re.sub(r"[.,]", "", found.group(0)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_on_kiosks_lists_and_units_of_today(
    open_page: Opener, language: str
) -> None:
    a_kiosk()
    as_now = f"{WALL}&boundaries=as_now&unit={COMMUNE}"
    for path in (as_now, "/centre/kiosks/", LIST, WAITING, "/wall/rotate/"):
        page = open_page(path, language=language)

        assert violations(page) == [], path


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_in_the_open_chooser(open_page: Opener, theme: str) -> None:
    for language, words in (("vi", "Chọn"), ("en", "Choose")):
        page = open_page(f"{WALL}&theme={theme}", language=language)
        page.get_by_role("button", name=words, exact=True).click()

        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations(page) == [], language


def test_a_walk_by_clicks_finds_the_same_number_at_each_step(open_page: Opener) -> None:
    for _ in range(CLICKED_WALKS):
        page = open_page(a_wall())
        for panel, name, many in (
            (".tile", ".name", ".many-of a"),
            (".bars li", ".name a", ".value a"),
            (".tile", ".name", ".many-of a"),
        ):
            rows = page.locator(panel)
            if not rows.count():  # nothing of it in these days: a wall without a way down
                break
            row = rows.nth(random.randrange(rows.count()))
            said = number(row.locator(many).first.inner_text())
            before = page.url
            row.locator(name).first.click()
            expect(page).not_to_have_url(before)
            assert number(page.locator(".key .value a").first.inner_text()) == said
        said = number(page.locator(".key .value a").first.inner_text())
        page.locator(".key .value a").first.click()
        assert number(page.locator(".lead b").inner_text()) == said
        if said:
            code = page.locator("td.code a").first
            text = code.inner_text()
            code.click()
            expect(page.locator("main")).to_contain_text(text)


def test_a_lost_connection_is_said_with_the_time_of_the_figures_and_found_again(
    open_page: Opener,
) -> None:
    page = open_page("/wall/")
    expect(page.locator("[data-live-on]")).to_be_visible()
    figure = page.locator(".key .value").first.inner_text()

    page.route("**/wall/data/**", lambda route: route.abort())
    lost = page.locator("[data-live-off]")
    expect(lost).to_contain_text(re.compile(r"Mất kết nối · số liệu lúc \d\d:\d\d:\d\d"))
    expect(page.locator("[data-live-on]")).to_be_hidden()
    assert page.locator(".key .value").first.inner_text() == figure

    page.unroute("**/wall/data/**")
    expect(page.locator("[data-live-on]")).to_be_visible()
    expect(lost).to_be_hidden()


def test_the_wall_asks_each_second_and_hears_that_nothing_changed(open_page: Opener) -> None:
    page = open_page("/wall/")
    answers: list[Response] = []

    def heard(one: Response) -> None:
        answers.append(one)

    page.on("response", heard)
    page.wait_for_timeout(4500)

    statuses = [one.status for one in answers if "/wall/data/" in one.url]
    assert 2 <= len(statuses) <= 5
    assert set(statuses) <= {200, 304}
    assert page.locator(".key").count() == 8


def test_a_kiosk_is_a_whole_wall_without_ways_on(open_page: Opener) -> None:
    for width, height in ((390, 844), (1280, 800), (1920, 1080)):
        page = open_page(a_kiosk(), viewport={"width": width, "height": height})
        page.wait_for_timeout(1500)  # asked once more

        assert page.locator(".key").count() == 8
        assert "<" not in page.locator("main").inner_text()
        assert page.locator("main a, main summary, main button").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_heads_and_names_of_the_wall_neither_meet_nor_are_cut(open_page: Opener) -> None:
    whole = f"/wall/?period=whole&boundaries=as_now&unit={COMMUNE}"
    for path in (WALL, whole, f"{whole}&theme=light"):
        page = open_page(path)
        for width, height in ((1280, 800), (1366, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            lead = page.evaluate(
                "Math.max(...[...document.querySelectorAll('.name .lead > *, .name h1')]"
                ".map(e => e.getBoundingClientRect().right))"
            )
            choose = page.locator(".choose").bounding_box()
            assert choose is not None
            assert lead <= choose["x"], (path, width)
            cut = page.evaluate(
                "[...document.querySelectorAll('.feed .where, .feed .what, .lows span')]"
                ".filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)"
                ".map(e => e.innerText)"
            )
            assert cut == [], (path, width)


def test_charts_are_laid_out_anew_when_the_window_grows(open_page: Opener) -> None:
    size = (
        "motcua.chartOf(document.querySelector('[data-key=by_day]')).getOption().textStyle.fontSize"
    )
    page = open_page(WALL, viewport={"width": 1280, "height": 800})
    before = page.evaluate(size)

    page.set_viewport_size({"width": 3840, "height": 2160})

    page.wait_for_function(f"{size} > {2 * before}")


def test_lines_are_as_thick_on_a_large_wall_as_on_a_small_one(open_page: Opener) -> None:
    wide = """() => {
      const chart = motcua.chartOf(document.querySelector('[data-key=by_day]'));
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      const spark = parseFloat(getComputedStyle(document.querySelector('.spark')).strokeWidth);
      return [chart.getOption().series[0].lineStyle.width / rem, spark / rem, rem];
    }"""
    found = []
    for width, height in ((1920, 1080), (3840, 2160)):
        page = open_page(WALL, viewport={"width": width, "height": height})
        page.wait_for_selector("html[data-drawn]")
        found.append(page.evaluate(wide))

    (line, spark, rem), (large_line, large_spark, large_rem) = found
    assert large_rem == pytest.approx(2 * rem, rel=0.01)
    assert (large_line, large_spark) == pytest.approx((line, spark), rel=0.01)


def test_no_head_of_a_panel_takes_two_lines_on_a_desk(open_page: Opener) -> None:
    for language, path in product(("vi", "en"), (CHANNELS, "/wall/?period=whole")):
        page = open_page(path, language=language, viewport={"width": 1280, "height": 800})
        tall = page.evaluate(
            "[...document.querySelectorAll('.panel > h2')].filter(e => e.scrollHeight >"
            " 1.5 * parseFloat(getComputedStyle(e).lineHeight)).map(e => e.innerText)"
        )
        assert tall == [], (language, path)
