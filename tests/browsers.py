"""Starting Chromium, wherever it is installed, and what holds for every page in it."""

import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

USUAL = ("--no-sandbox", "--disable-gpu")
"""Tests run as root, too. Drawing by a graphics processor that is only played costs more than drawing without one."""


WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""The rules of axe for what the product promises: WCAG 2.2, A and AA."""


def start_chromium(playwright: Playwright, *arguments: str, program: str | Path = "chromium") -> Browser:
    """`program` is what starts Chromium, where it is not to be started as it is."""
    return playwright.chromium.launch(executable_path=shutil.which(program), args=[*USUAL, *arguments])


def fits_everybody(page: Page, name: str) -> None:
    """Nothing sticks out sideways, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
    found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
