"""The gallery as a running site, and a browser to look at it with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from playwright.sync_api import Browser, Page

from tests.browser import pages
from tests.ui.serving import served

HERE = Path(__file__).parent
ROOMS_ABOVE = ("motcua.accounts", "motcua.registry", "axes", "django.contrib.auth")


@pytest.fixture
def gallery(settings: Any) -> None:
    """Serve the gallery with the program's own settings, without the rooms above the look."""
    settings.ROOT_URLCONF = "tests.ui.gallery"
    settings.LOGIN_URL = "/plain/"
    settings.SHELL = "tests.ui.gallery.SHELL"
    settings.MIDDLEWARE = [name for name in program.MIDDLEWARE if not name.startswith(ROOMS_ABOVE)]
    settings.TEMPLATES = [{**program.TEMPLATES[0], "DIRS": [HERE / "templates"]}]


@pytest.fixture
def site(gallery: None) -> Iterator[str]:
    """Give the address of the running gallery."""
    with served() as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page of the gallery: path, language, and context options."""
    with pages(chromium, site, viewport={"width": 1280, "height": 800}) as opened:
        yield opened
