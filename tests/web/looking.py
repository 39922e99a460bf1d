"""Looking at pages of the product in a browser."""

import contextlib
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

from bothways.accounts.models import User

# Refusals of the page's own policy, told before axe begins, because axe writes style attributes itself.
LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => window.refused.push(
  `${event.violatedDirective} in ${event.sourceFile}: ${event.sample || event.blockedURI}`));
"""

WIDTHS = (360, 1440)
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
CONTRAST = EVERYTHING | {"runOnly": ["color-contrast"]}


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
        """Nothing sticks out sideways on a phone or at a desk, axe finds nothing, and no contrast is lost in the other
        color scheme.
        """
        page.goto(address)
        self.check_as_it_stands(page)
        self.check_other_looks(page)

    def check_as_it_stands(self, page: Page) -> None:
        refused = page.evaluate("window.refused")
        assert not refused, f"{page.url}: {refused}"
        self._ask_axe(page, EVERYTHING)

    def check_other_looks(self, page: Page) -> None:
        """Without loading it again."""
        own = page.viewport_size or {"width": 1440, "height": 800}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": own["height"]})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} sticks out at {width}"
        page.set_viewport_size(own)
        scheme = "dark" if page.evaluate(IS_DARK) else "light"
        page.emulate_media(color_scheme="light" if scheme == "dark" else "dark", reduced_motion="reduce")
        self._ask_axe(page, CONTRAST)
        page.emulate_media(color_scheme=scheme, reduced_motion="no-preference")

    def _ask_axe(self, page: Page, rules: dict[str, Any]) -> None:
        violations = Axe().run(page, options=rules).response["violations"]
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
