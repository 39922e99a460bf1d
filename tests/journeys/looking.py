"""Looking at pages as they stand: at a desk in the light, on a phone in the dark."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browsers import fits_everybody
from tests.journeys.conftest import PICTURES

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
    """The page fits everybody, seen with both eyes; and a picture of all of it, where somebody wants to look at it."""
    before, was_dark = page.viewport_size, page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for eyes, (width, height, scheme) in EYES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        fits_everybody(page, f"{name}-{eyes}")
        if PICTURES:
            page.set_viewport_size({"width": width, "height": page.evaluate(WHOLE)})
            page.screenshot(path=Path(PICTURES) / f"{name}-{eyes}.png", animations="disabled")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="dark" if was_dark else "light")
