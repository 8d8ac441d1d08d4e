"""The whole program on a port, and people who open it in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.ui.serving import served

from . import given
from .people import Office


@pytest.fixture
def office(transactional_db: None, chromium: Browser) -> Iterator[Office]:
    """Give a commune at work: five people, each with a browser of their own."""
    given.a_commune()
    with served() as address:
        opened = Office(chromium, address)
        yield opened
        opened.close()
