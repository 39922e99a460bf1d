"""A talk between Firefox and Chromium: each sees and hears the other, and again after everything was begun anew."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.firefox import Firefox, firefox
from tests.product import Product
from tests.recorder.driving import press
from tests.web.live.in_room import PATIENCE_MS, go_in, sees_the_other, start

pytestmark = [
    pytest.mark.alone,
    pytest.mark.needs_chromium,
    pytest.mark.needs_firefox,
    pytest.mark.timeout(400),
]

PATIENCE_S = PATIENCE_MS / 1000
# What Firefox counts otherwise stays at 0 for a picture that comes over a line.
SHOWN = "(document.querySelector('.seat:not(.own) video')?.mozPaintedFrames ?? 0)"
HEARD = "document.querySelector('.seat:not(.own) [data-part=voice]').currentTime > 1"


def comes_in(page: Firefox, address: str) -> None:
    page.goto(address)
    page.wait_for_button("^(Open camera and microphone|Go in)$")
    if page.evaluate("document.body.dataset.phase") != "seeing":
        page.press("^Open camera and microphone$")
    page.press("^Go in$")


def test_firefox_and_chromium_see_and_hear_each_other(
    held: tuple[Product, dict[str, Any]],
    browser: Browser,
    faults: list[str],
    tmp_path: Path,
) -> None:
    product, made = held
    talk = made["talks"][0]
    bo = start(browser, product.base_url, faults, made["bo"], viewport={"width": 1280, "height": 800})
    bo.goto(f"/live/{talk['room']}/")
    go_in(bo)
    with firefox(tmp_path / "profile") as dee:
        comes_in(dee, f"{product.base_url}/i/{talk['token']}/room/")
        press(bo, "Let in")
        dee.wait_until(f"{SHOWN} > 10", PATIENCE_S)
        dee.wait_until(HEARD, PATIENCE_S)
        sees_the_other(bo)
        bo.wait_for_timeout(1000)

        # A page that was loaded anew calls; before, the other one did.
        bo.reload()
        go_in(bo)
        sees_the_other(bo)
        dee.wait_until(f"{SHOWN} > 10", PATIENCE_S)
        comes_in(dee, f"{product.base_url}/i/{talk['token']}/room/")
        sees_the_other(bo)
        dee.wait_until(f"{SHOWN} > 10", PATIENCE_S)
        dee.press("^Leave$")
        expect(bo.get_by_text("You are the only one here.")).to_be_visible()
