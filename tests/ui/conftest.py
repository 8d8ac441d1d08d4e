"""The gallery as a running site, and a browser to look at it with."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROOMS_ABOVE = ("motcua.accounts", "motcua.registry", "axes", "django.contrib.auth")


@pytest.fixture
def gallery(settings: Any) -> None:
    """Serve the gallery with the program's own settings, without the rooms above the look."""
    settings.ROOT_URLCONF = "tests.ui.gallery"
    settings.SHELL = "tests.ui.gallery.SHELL"
    settings.MIDDLEWARE = [
        name for name in program.MIDDLEWARE if not name.startswith(ROOMS_ABOVE)
    ]
    settings.TEMPLATES = [{**program.TEMPLATES[0], "DIRS": [HERE / "templates"]}]


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    chromium = shutil.which("chromium")
    assert chromium, "apt-get install chromium (make test does it where it may)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
