"""What a journey does with a browser that Playwright does not drive."""

import contextlib
import json
import time
from typing import Any, Protocol

# A button or link that can be seen and does something, by its words.
FIND = """
(words) => [...document.querySelectorAll("button, a, [role=button]")].find((node) =>
  node.checkVisibility() && !node.closest("[data-undrawn]") &&
  (node.getAttribute("aria-label") ?? node.innerText).trim().match(new RegExp(words)))
"""


class PageError(Exception):
    """What the browser says went wrong."""


class Driven(Protocol):
    """One browser with one page."""

    def goto(self, address: str) -> None: ...

    def evaluate(self, expression: str) -> Any:
        """What an expression is, as JSON would have it; promises are waited for."""

    def wait_until(self, expression: str, seconds: float = 30) -> None:
        """Until an expression is true, through whatever pages come and go meanwhile."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(PageError):
                if self.evaluate(expression):
                    return
            assert time.monotonic() < end, f"never came true: {expression}\n{self.text()}"
            time.sleep(0.1)

    def press(self, words: str) -> None:
        """Presses the first button or link whose words match the regular expression, once it can be seen."""
        self.wait_for_button(words)
        self.evaluate(f"void ({FIND})({json.dumps(words)}).click()")

    def wait_for_button(self, words: str) -> None:
        self.wait_until(f"!!({FIND})({json.dumps(words)})")

    def text(self) -> str:
        return self.evaluate("document.body.innerText")
