"""What a person does on the recorder's pages, in words."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shown(page: Page, text: str, exact: bool = False) -> Locator:
    """Words that can be seen now; not those that only a screen reader is told."""
    return page.get_by_text(text, exact=exact).and_(page.locator(":visible:not([data-say])")).first


def begin(page: Page) -> None:
    """From the question to a running recording."""
    again = page.get_by_role("button", name="Record again", exact=True)
    press(page, "Record again" if again.is_visible() else "Record")
    press(page, "I am ready")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()


def record(page: Page, seconds: float) -> None:
    begin(page)
    page.wait_for_timeout(seconds * 1000)
    press(page, "Stop")


def go_on(page: Page) -> None:
    """From a take that rests to a running recording."""
    press(page, "Go on")
    press(page, "I am ready")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()


def wait_for_parts(page: Page, count: int) -> None:
    """Until the browser has handed out so many parts, about one a second, of the running segment."""
    wait_for(page, f"recordings.at(-1).length >= {count}", 30)


def wait_until_saved(page: Page, seconds: float = 30) -> None:
    expect(shown(page, "Saved", exact=True)).to_be_visible(timeout=seconds * 1000)


def plays(page: Page, label: str) -> None:
    """Pictures move: what was recorded is on the server, and the browser decodes it."""
    video = page.get_by_label(label, exact=True).and_(page.locator("video"))
    expect(video).to_have_attribute("src", re.compile("^/d/"))
    video.evaluate("video => { video.muted = true; void video.play() }")
    until(page, lambda: video.evaluate("video => video.currentTime > 0.5"), name=f"{label} plays")


def digest_of_recording(page: Page, number: int = -1) -> dict[str, Any]:
    """Length and SHA-256 of what the browser's own recorder handed out."""
    return page.evaluate("(number) => digestOf(recordings.at(number))", number)


def kept_on_device(page: Page) -> dict[str, int]:
    """How many takes and parts the journal on the device holds."""
    return page.evaluate(
        """() => new Promise((resolve, reject) => {
          const asked = indexedDB.open("bothways");
          asked.onerror = () => reject(asked.error);
          asked.onsuccess = () => {
            const stores = asked.result.transaction(["takes", "parts"]);
            const [takes, parts] = ["takes", "parts"].map((name) => stores.objectStore(name).count());
            stores.oncomplete = () => (asked.result.close(), resolve({ takes: takes.result, parts: parts.result }));
          };
        })"""
    )


def wait_for(page: Page, condition: str, seconds: float = 15) -> None:
    """Until the expression is true. Playwright's own wait is forbidden by the page's content security policy."""
    until(page, lambda: page.evaluate(condition), seconds, condition)


def until(page: Page, condition: Callable[[], bool], seconds: float = 30, name: str = "the condition") -> None:
    """Waits, while the page goes on, until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"never came true: {name}"
        page.wait_for_timeout(50)


def heard_words(page: Page) -> Callable[[], list[str]]:
    """Listens to the live region; call the answer for everything said so far."""
    page.evaluate(
        """() => {
          window.said = [];
          const region = document.querySelector("[data-say]");
          new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
        }"""
    )
    return lambda: page.evaluate("said")
