"""What a tab recorded and could not send before it died goes up from the page that says that the talk has ended."""

import contextlib
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.product import Product
from tests.recorder.driving import kept_on_device, press, until
from tests.web.live.in_room import PATIENCE_MS, go_in, look, sees_the_other, start

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.timeout(600)]


def test_a_tab_that_died_loses_nothing_that_it_had_written_down(
    held: tuple[Product, dict[str, Any]],
    browser: Browser,
    faults: list[str],
) -> None:
    product, made = held
    talk = made["talks"][3]
    bo = start(browser, product.base_url, faults, made["bo"], viewport={"width": 1280, "height": 800})
    dee = start(browser, product.base_url, faults)
    # Opening a leg works, and none of its bytes gets through.
    dee.route("**/u/*", lambda route: route.abort())
    bo.goto(f"/live/{talk['room']}/")
    go_in(bo)
    dee.goto(f"/i/{talk['token']}/room/")
    go_in(dee)
    press(bo, "Let in")
    sees_the_other(bo)
    bo.keyboard.press("r")
    for page in (bo, dee):
        press(page, "I agree to be recorded")
    until(dee, lambda: kept_on_device(dee)["parts"] >= 3, 60, "three parts on the device")
    die(dee)
    press(bo, "End the talk")
    press(bo, "End it for everybody")
    expect(bo.get_by_text("Your side of the recording is all there.")).to_be_visible(timeout=PATIENCE_MS)
    before = sides(product)
    assert (before["candidate"]["bytes"], before["candidate"]["is_finished"]) == (0, False)

    again = dee.context.new_page()
    again.goto(f"/i/{talk['token']}/room/")
    expect(again.get_by_role("heading", name="This talk has ended")).to_be_visible()
    expect(again.get_by_text("All of it is with us now.")).to_be_visible(timeout=PATIENCE_MS)
    after = sides(product)
    assert after["candidate"]["bytes"] > 10_000 and after["candidate"]["is_finished"]
    assert kept_on_device(again) == {"takes": 0, "parts": 0}
    again.reload()
    expect(again.get_by_role("heading", name="This talk has ended")).to_be_visible()
    expect(again.get_by_text("All of it is with us now.")).to_be_hidden()


def die(page: Page) -> None:
    with contextlib.suppress(Error):
        page.goto("chrome://crash")


def sides(product: Product) -> dict[str, dict[str, Any]]:
    """By the kind of person; each has one leg in this room."""
    return {one["kind"]: one for one in look(product, "sides")}
