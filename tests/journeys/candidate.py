"""What a candidate does, in words."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.recorder.driving import digest_of_recording, press, record, wait_until_saved


def agree(page: Page, link: str) -> None:
    """From the link to the questions, by the consent."""
    page.goto(link)
    page.get_by_role("link", name="Begin", exact=True).click()
    page.get_by_role("checkbox").check()
    press(page, "Go on")


def pass_the_check(page: Page) -> None:
    """The browser has given its permission already, so the picture opens by itself."""
    page.get_by_role("link", name="Looks and sounds good").click()


def answer(page: Page, place: int, *, seconds: float, takes: int = 1) -> Iterator[dict[str, Any]]:
    """Records a question so often and keeps the last take. Yields bytes and SHA-256 of each, as the browser has it."""
    page.wait_for_url(re.compile(rf"/questions/{place}/"))
    for _ in range(takes):
        record(page, seconds)
        wait_until_saved(page)
        yield digest_of_recording(page)
    page.get_by_role("button", name=re.compile("^(Keep it|Use take)")).click()


def send(page: Page) -> None:
    page.wait_for_url(re.compile(r"/review/"))
    press(page, "Send my answers")
    expect(page.get_by_role("heading", name="Now it is our turn")).to_be_visible()
