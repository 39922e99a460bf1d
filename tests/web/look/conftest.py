"""A browser that looks at pages of the product."""

import contextlib
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright

from bothways.accounts.models import User


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    yield browser
    browser.close()


# Refusals of the page's own policy, told before axe begins, because axe writes style attributes itself.
LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => window.refused.push(
  `${event.violatedDirective} in ${event.sourceFile}: ${event.sample || event.blockedURI}`));
"""


class Look:
    """Opens pages of a running server and keeps what the browser complains about."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser, self._base_url = browser, base_url
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def start(
        self, user: User | None = None, *, width: int = 1440, scheme: Any = "light", scripts: bool = True
    ) -> Page:
        """A fresh browser window, with `user` signed in."""
        context = self._browser.new_context(
            base_url=self._base_url,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        self._contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self._base_url}])
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        return page

    def check(self, page: Page, address: str) -> None:
        """Nothing sticks out sideways, and axe finds nothing."""
        page.goto(address)
        width = page.viewport_size["width"] if page.viewport_size else 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} scrolls sideways at {width}"
        self.check_as_it_stands(page)

    def check_as_it_stands(self, page: Page) -> None:
        refused = page.evaluate("window.refused")
        assert not refused, f"{page.url}: {refused}"
        violations = Axe().run(page).response["violations"]
        found = [(violation["id"], [node["html"][:160] for node in violation["nodes"]]) for violation in violations]
        assert not found, f"{page.url}: {found}"

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _hear(self, said: ConsoleMessage) -> None:
        expected = ("the server responded with a status of 4", "Content Security Policy")
        if said.type == "error" and not any(words in said.text for words in expected):
            self.complaints.append(said.text)


def crash(page: Page) -> None:
    """The tab dies at once, without the last words of a page that is left."""
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash", timeout=2000)
    page.close()


@pytest.fixture
def look(chromium: Browser, live_server: Any, transactional_db: None) -> Iterator[Look]:
    started = Look(chromium, live_server.url)
    yield started
    started.close()
    assert not started.complaints
