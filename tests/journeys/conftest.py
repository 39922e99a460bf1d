"""A running product of its own for each journey, browsers with a speaking microphone, and a folder for pictures."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.product import Product, database_of_its_own, running
from tests.recorder.conftest import LISTEN_IN, devices_folder, launch

__all__ = ["devices_folder", "launch"]

PICTURES = os.environ.get("BOTHWAYS_TEST_PICTURES", "")
"""A folder for photographs, where somebody wants to look at them."""


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with database_of_its_own() as environment, running(Product(tmp_path / "data", environment=environment)) as product:
        yield product


@pytest.fixture
def browser(launch: Callable[..., Browser]) -> Browser:
    return launch()


@pytest.fixture
def somebody(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """A person with a browser of their own. What their pages throw fails the journey."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []
    expect.set_options(timeout=30_000)

    def come(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        context.add_init_script(LISTEN_IN)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield come
    for number, context in enumerate(contexts):
        for page in context.pages:
            page.screenshot(path=tmp_path / f"last-seen-{number}.png")
        context.close()
    expect.set_options(timeout=5_000)
    assert errors == []


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Photographs a page as it stands: phone and desktop, light and dark."""

    def take(page: Page, name: str) -> None:
        if not PICTURES:
            return
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for width, height in ((1440, 900), (360, 780)):
            page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                page.screenshot(path=folder / f"{name}-{width}-{theme}.png", animations="disabled")
        page.emulate_media(color_scheme=None)
        page.set_viewport_size(before)

    return take
