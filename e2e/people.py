"""People at their browsers, who read the buttons and press them."""

import re
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .given import BIRTH, BIRTH_NAME, PASSWORD

PATIENCE = 10_000
MOST_TABS = 120
FOCUSED = """(() => {
    const here = document.activeElement;
    const label = here.labels && here.labels[0] || here;
    return [here.tagName.toLowerCase(), (label.innerText || "").trim()];
})()"""


class Person:
    """Somebody signed in, in one language. `page` is what stands on the screen."""

    def __init__(self, context: BrowserContext, language: str) -> None:
        self.language = language
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)

    def words(self, text: str, **facts: str) -> str:
        """Give words of the program in this person's language."""
        with translation.override(self.language):
            return gettext(text) % facts if facts else gettext(text)

    def sign_in(self, username: str) -> None:
        self.page.goto("/")
        self.page.get_by_label(self.words("Sign-in name")).fill(username)
        self.page.get_by_label(self.words("Password")).fill(PASSWORD)
        self.page.get_by_role("button", name=self.words("Sign in")).click()
        self.page.wait_for_url("**/work/**")

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=self.words(button)).first.click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=self.words(link), exact=True).first.click()

    def fill(self, label: str, text: str) -> None:
        self.shown(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.shown(label).select_option(label=option)

    def shown(self, label: str) -> Any:
        """Give the field with this label that stands open; a dossier's page holds many forms."""
        begins = re.compile(r"^\s*" + re.escape(self.words(label)))
        return self.page.locator("main").get_by_label(begins).locator("visible=true").first

    def unfold(self, move: str) -> None:
        """Open the form of a move that is not the first of the list."""
        self.page.locator("summary", has_text=self.words(move)).first.click()

    def sees(self, text: str, **facts: str) -> None:
        said = self.words(text, **facts)
        expect(self.page.locator("main")).to_contain_text(said)

    def makes(self, move: str, then: str) -> None:
        """Press the button of a move, and see the status after it."""
        self.page.get_by_role("button", name=self.words(move), exact=True).locator(
            "visible=true"
        ).first.click()
        expect(self.page.locator(".lead .badge")).to_have_text(self.words(then))

    def tab_to(self, label: str, kind: str = "") -> None:
        """Press Tab until the thing with this name (a button, a select …) has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            found, name = self.page.evaluate(FOCUSED)
            if name.startswith(self.words(label)) and kind in ("", found):
                return
        raise AssertionError(f"the keyboard does not reach {label}")

    def find(self, code: str) -> None:
        """Type a code into the search box of every page, as a scanner does."""
        self.page.get_by_role("search").get_by_role("searchbox").fill(code)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".lead .code")).to_have_text(code)

    def search(self, text: str) -> None:
        """Look for a person on the page of its own."""
        self.page.goto("/dossiers/")
        self.shown("Code, name, identity number or phone").fill(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def refused_new(self, name: str) -> None:
        """Send a new dossier with an identity number that cannot be."""
        self.begin(name)
        self.fill("Personal identity number", "12345")
        self.page.keyboard.press("F9")
        self.page.wait_for_selector(".field.wrong")

    def begin(self, name: str) -> None:
        """Fill in the form of a new dossier, up to its last button."""
        self.page.goto("/work/")
        self.follow("New dossier")
        self.page.get_by_label(self.words("Procedure")).select_option(BIRTH)
        expect(self.page.locator("#terms")).to_contain_text(self.words("Papers needed"))
        self.fill("Full name", name)
        self.fill("Phone", "0912 345 678")

    def receive(self, name: str = "Kơ Să Thử Nghiệm") -> str:
        """Take in a dossier at the counter and give its code."""
        self.begin(name)
        self.page.keyboard.press("F9")
        expect(self.page.locator("h1")).to_have_text(BIRTH_NAME)
        return self.code

    @property
    def code(self) -> str:
        return self.page.locator(".lead .code").inner_text()

    def told(self) -> list[str]:
        """Give the titles of the time line."""
        return [
            re.sub(r"\s+", " ", text).strip()
            for text in self.page.locator(".timeline b").all_inner_texts()
        ]


class Office:
    """A running program and its people."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []

    def person(self, username: str = "", *, language: str = "vi", **options: Any) -> Person:
        """Give somebody at a browser of their own; signed in when a name is given."""
        context = self.browser.new_context(
            base_url=self.address, **{"viewport": {"width": 1280, "height": 800}, **options}
        )
        self.contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": self.address}])
        person = Person(context, language)
        if username:
            person.sign_in(username)
        return person

    def close(self) -> None:
        for context in self.contexts:
            context.close()
