"""Looking at pages as they stand: at a desk in the light, on a phone in the dark."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import PICTURES

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
EYES = {"desk": (1280, 900, "light"), "phone": (360, 740, "dark")}

# From its top; and a color that is on its way to another one is neither of them.
SETTLE = """
() => new Promise((settled) => requestAnimationFrame(() => {
  scrollTo(0, 0);
  for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
  settled();
}))
"""

# What stays at the foot of a window is then at the foot of the page, not in the middle of it.
WHOLE = "Math.max(document.documentElement.scrollHeight, innerHeight)"


def look(page: Page, name: str) -> None:
    """The page as `checked`, with both eyes; and a picture of all of it, where somebody wants to look at it."""
    before, was_dark = page.viewport_size, page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for eyes, (width, height, scheme) in EYES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        checked(page, f"{name}-{eyes}")
        if PICTURES:
            page.set_viewport_size({"width": width, "height": page.evaluate(WHOLE)})
            page.screenshot(path=Path(PICTURES) / f"{name}-{eyes}.png", animations="disabled")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="dark" if was_dark else "light")


def checked(page: Page, name: str) -> None:
    """Nothing sticks out sideways, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
