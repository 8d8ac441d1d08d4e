"""The month of two communes, and a page in a browser that shows it."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as program
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from motcua.accounts.roles import Role
from tests.browser import pages
from tests.dossiers.given import DISTRICT
from tests.dossiers.given_pages import signed_in
from tests.ui.serving import served

from . import given


@pytest.fixture
def month(db: None) -> None:
    """Tell the month."""
    given.a_month()


@pytest.fixture
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand, so that no minute ends between two questions."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def operator(month: None) -> Client:
    """Give the browser of somebody who watches the whole district."""
    return signed_in(Role.CENTRE_OPERATOR, unit_key=DISTRICT)


@pytest.fixture
def open_page(transactional_db: None, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page as an operator of the district."""
    given.a_month()
    person = signed_in(Role.CENTRE_OPERATOR, unit_key=DISTRICT)
    session = person.cookies[program.SESSION_COOKIE_NAME].value
    screen = {"width": 1366, "height": 768}
    with served() as site, pages(chromium, site, session=session, viewport=screen) as opened:
        yield opened
