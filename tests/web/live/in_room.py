"""Going into the room of a talk in a browser, and what is seen there."""

import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browsers import fits_everybody
from tests.journeys.rooms import run
from tests.product import Product
from tests.recorder import driving
from tests.recorder.driving import press, wait_for

PATIENCE_MS = 60_000
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
"""A folder for screenshots, where somebody wants to look at them."""

# A small picture is as good a proof, and recorders can be asked what they do.
INIT = """
// The empty page before the first one has no devices.
const open = window.MediaDevices?.prototype.getUserMedia;
if (open) MediaDevices.prototype.getUserMedia = function (wanted) {
  const small = { width: 320, height: 180, frameRate: 10 };
  return open.call(this, wanted.video ? { ...wanted, video: small } : wanted);
};
window.recorders = [];
window.MediaRecorder = class extends MediaRecorder {
  constructor(...given) { super(...given); window.recorders.push(this); }
};
"""


def look(product: Product, word: str) -> Any:
    done = run(product, "tests.web.live.live_room", word)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def start(browser: Browser, url: str, faults: list[str], session: str = "", **options: Any) -> Page:
    """A window of its own. Faults in scripts and breaches of the CSP are collected."""
    context = browser.new_context(base_url=url, permissions=["camera", "microphone"], **options)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(INIT)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda line: "Content Security Policy" in line.text and faults.append(line.text))
    return context.new_page()


def looked_at(page: Page, name: str) -> None:
    """The page fits everybody; and a picture, where somebody wants one."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", timeout=PATIENCE_MS)
    fits_everybody(page, name)


def go_in(page: Page) -> None:
    expect(page.get_by_role("button", name="Go in", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    press(page, "Go in")


def until(page: Page, condition: str) -> None:
    wait_for(page, condition, PATIENCE_MS / 1000)


def sees_the_other(page: Page, by: int = 10) -> None:
    """So many more pictures of the other one are shown. A new connection counts from the beginning."""
    seen = "document.querySelector('.seat:not(.own) video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0"
    least = page.evaluate(seen)

    def grows() -> bool:
        nonlocal least
        now = page.evaluate(seen)
        least = min(least, now)
        return bool(now - least >= by)

    driving.until(page, grows, PATIENCE_MS / 1000, "more pictures of the other one")
