"""The one Chromium of a test run. Playwright's loop can run only once in a process."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    program_file = shutil.which("chromium")
    assert program_file, "Chromium is missing: apt-get install chromium"
    # Playwright's loop stays in this thread to the end, and Django would take every query of
    # the tests after it for one made inside of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program_file, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def pages(
    chromium: Browser, site: str, *, session: str = "", language: str = "vi", **standard: Any
) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page of a site: path, language, and options of the context.

    Each page has a context of its own, signed in if a session is given.
    """
    contexts = []

    def opened(path: str = "/", *, language: str = language, **options: Any) -> Page:
        context = chromium.new_context(base_url=site, **{**standard, **options})
        contexts.append(context)
        cookies = {"django_language": language, settings.SESSION_COOKIE_NAME: session}
        context.add_cookies(
            [{"name": n, "value": value, "url": site} for n, value in cookies.items() if value]
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(path, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Page) -> list[str]:
    """Name what axe-core finds."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(r => r.violations)")
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]
