"""Every page and state of a dossier, looked at by axe-core and by the width of the screen."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser import violations
from tests.dossiers import given
from tests.dossiers.given import CLERK, OTHER, WHY, later
from tests.dossiers.given_pages import a_person

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.statuses import Outcome

from .people import Office, Person

pytestmark = pytest.mark.browser
Given = Callable[[], Dossier]


def after(begin: Given, action: Callable[..., Dossier], **facts: Any) -> Given:
    return lambda: action(dossier_id=begin().id, actor=CLERK, at=later(days=3), **facts)


def a_filing_of_a_person() -> Dossier:
    return actions.file_dossier(
        request=given.a_request(channel="online"),
        applicants=actions.Applicants(a_person()),
        actor=CLERK,
        at=given.MONDAY,
    )


in_process = given.a_dossier_in_process
to_sign = after(in_process, actions.submit_for_signature, outcome=Outcome.POSITIVE)
STATES: dict[str, Given] = {
    "filed": a_filing_of_a_person,
    "to refile": after(a_filing_of_a_person, actions.return_for_refiling, words=WHY),
    "refused": after(a_filing_of_a_person, actions.refuse, words=WHY),
    "received": given.a_received_dossier,
    "in process, overdue": in_process,
    "in consultation": after(in_process, actions.ask_consultation, body_key=OTHER),
    "with a leg": after(in_process, actions.open_leg, body_key=OTHER),
    "waiting for a supplement": given.a_waiting_dossier,
    "owing": after(in_process, actions.notify_obligation),
    "on hold": after(in_process, actions.pause_clock, words=WHY),
    "to approve": after(in_process, actions.submit, outcome=Outcome.POSITIVE),
    "to sign": to_sign,
    "to number": after(to_sign, actions.sign),
    "ready": given.a_ready_dossier,
    "returned": after(given.a_ready_dossier, actions.return_result),
    "withdrawn": after(in_process, actions.withdraw, words=WHY),
    "stopped": after(in_process, actions.stop, words=WHY),
    "voided": after(in_process, actions.void, words=WHY),
}
FORMS = ("hand_over", "request_supplement", "transfer", "submit", "open_leg", "extend", "withdraw")


@pytest.fixture
def everybody(office: Office) -> Person:
    """Give somebody with every role of a commune, so that every form is on the page."""
    return office.person("moi-viec")


def faults_of(page: Page) -> Iterator[str]:
    """Name what axe finds in light and in dark, and what is wider than the screen."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        yield from (f"{page.url} {scheme}: {fault}" for fault in violations(page))
    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{page.url} is wider than {width}"


def open_all(page: Page, path: str) -> None:
    """Open a page of a dossier with every form of it."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok, path
    assert page.locator("h1").count() == 1, path
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def test_a_dossier_is_accessible_wherever_it_stands(everybody: Person) -> None:
    found: list[str] = []
    for begin in STATES.values():
        open_all(everybody.page, f"/dossiers/{begin().code}/")
        found += faults_of(everybody.page)

    assert found == []


def test_the_forms_of_moves_are_accessible_empty_and_refused(everybody: Person) -> None:
    code = in_process().code
    found: list[str] = []
    for name in FORMS:
        open_all(everybody.page, f"/dossiers/{code}/moves/{name}/")
        found += faults_of(everybody.page)
    for name in ("request_supplement", "withdraw"):
        everybody.page.goto(f"/dossiers/{code}/moves/{name}/")
        everybody.page.locator("form.act button[type=submit]").click()
        everybody.page.wait_for_selector(".field.wrong")
        found += faults_of(everybody.page)

    assert found == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_lists_search_and_the_new_dossier_are_accessible(office: Office, language: str) -> None:
    person = office.person("motcua", language=language)
    page, code = person.page, a_filing_of_a_person().code
    counted = in_process().code
    visits = (
        partial(page.goto, "/work/"),
        partial(page.goto, "/work/?scope=unit"),
        partial(page.goto, "/work/?due=today"),
        partial(page.goto, "/dossiers/"),
        partial(person.search, "nghiem"),
        partial(person.search, "khong co ai"),
        partial(page.goto, f"/dossiers/{code}/parties/"),
        partial(page.goto, f"/dossiers/{counted}/clock/"),
        partial(person.begin, ""),
        partial(person.refused_new, "Kơ Să"),
    )
    found: list[str] = []
    for visit in visits:
        visit()
        found += faults_of(page)
        page.set_viewport_size({"width": 1280, "height": 800})

    assert found == []
