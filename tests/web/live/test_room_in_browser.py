"""A talk in two browsers on a real server: let in, seen and heard, asked and rated, recorded and not, ended."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browsers import start_chromium
from tests.product import Product
from tests.recorder.driving import press
from tests.web.live.calling import ARGUMENTS
from tests.web.live.in_room import PATIENCE_MS, go_in, looked_at, sees_the_other, start, until

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.timeout(600)]


def test_a_talk_from_the_waiting_room_to_its_end(
    held: tuple[Product, dict[str, Any]], browser: Browser, faults: list[str]
) -> None:
    product, made = held
    talk = made["talks"][0]
    bo = start(browser, product.base_url, faults, made["bo"], viewport={"width": 1440, "height": 900})
    phone = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
    dee = start(browser, product.base_url, faults, **phone)
    bo.goto(f"/live/{talk['room']}/")
    go_in(bo)
    dee.goto(f"/i/{talk['token']}/room/")
    expect(dee.get_by_role("button", name="Go in", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    looked_at(dee, "before-360-dark")
    go_in(dee)
    expect(dee.get_by_role("heading", name="They know that you are here")).to_be_visible()
    expect(dee.get_by_text("In the room: Bo Osei. One of them lets you in.")).to_be_visible()
    press(bo, "Let in")
    sees_the_other(bo)
    sees_the_other(dee)

    dee.keyboard.press("m")
    expect(bo.locator(".seat:not(.own)").get_by_label("microphone off")).to_be_visible()
    dee.keyboard.press("m")
    expect(bo.locator(".seat:not(.own)").get_by_label("microphone on")).to_be_visible()
    bo.keyboard.press("q")
    expect(dee.locator(".asked")).to_contain_text("Question number 1?")
    bo.keyboard.press("4")
    expect(bo.get_by_text("Saved", exact=True)).to_be_visible()
    press(dee, "Write")
    dee.get_by_label("Your message").fill("I am on a train <b>")
    dee.keyboard.press("Enter")
    press(dee, "Close")
    bo.keyboard.press("w")
    expect(bo.get_by_label("What was written")).to_contain_text("I am on a train <b>")
    looked_at(bo, "in-1440-light")
    looked_at(dee, "in-360-dark")

    bo.keyboard.press("Escape")
    bo.keyboard.press("r")
    for page in (bo, dee):
        expect(page.get_by_text("Recording", exact=True)).to_be_hidden()
        press(page, "I agree to be recorded")
    for page in (bo, dee):
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        until(page, "recorders.some((one) => one.state === 'recording')")
    press(dee, "Take my yes back")
    for page in (bo, dee):
        expect(page.get_by_text("Recording", exact=True)).to_be_hidden()
        until(page, "recorders.every((one) => one.state === 'inactive')")

    product.stop()
    expect(dee.get_by_text("Our server does not answer just now.")).to_be_visible()
    sees_the_other(dee)
    product.start()
    product.wait_until_it_answers()
    expect(dee.get_by_text("Our server does not answer just now.")).to_be_hidden(timeout=PATIENCE_MS)

    dee.reload()
    go_in(dee)
    sees_the_other(dee)
    sees_the_other(bo)
    press(bo, "End the talk")
    press(bo, "End it for everybody")
    for page in (bo, dee):
        expect(page.get_by_role("heading", name="The talk has ended")).to_be_visible()
    looked_at(dee, "ended-360-dark")


def test_another_device_takes_over_without_a_camera_in_arabic(
    held: tuple[Product, dict[str, Any]], browser: Browser, faults: list[str]
) -> None:
    product, made = held
    talk = made["talks"][2]
    laptop = start(browser, product.base_url, faults, viewport={"width": 360, "height": 740})
    laptop.goto(f"/i/{talk['token']}/room/")
    laptop.locator("[data-act=enter]").click()
    expect(laptop.locator("[data-when='waiting connecting']").first).to_be_visible()
    assert laptop.evaluate("document.dir") == "rtl"
    looked_at(laptop, "waiting-360-rtl")
    phone = start(browser, product.base_url, faults, viewport={"width": 360, "height": 740})
    phone.goto(f"/i/{talk['token']}/room/")
    phone.locator("[data-when=seeing] [data-act=voice]").click()
    phone.locator("[data-act=enter]").click()
    expect(laptop.locator("section[data-when=replaced]")).to_be_visible()
    assert laptop.evaluate("document.querySelector('video[data-self]').srcObject.active") is False
    expect(phone.locator("body")).to_have_attribute("data-phase", "waiting")


def test_who_has_no_camera_and_no_microphone_still_comes_in(
    held: tuple[Product, dict[str, Any]], playwright: Playwright, faults: list[str]
) -> None:
    product, made = held
    fake = "--use-fake-device-for-media-stream"
    none = [f"{one}=device-count=0" if one == fake else one for one in ARGUMENTS]
    without = start_chromium(playwright, *none)
    try:
        ines = start(without, product.base_url, faults, made["ines"], viewport={"width": 1280, "height": 800})
        ines.goto(f"/live/{made['talks'][1]['room']}/")
        ines.locator("[data-act=listen]").click()
        go_in(ines)
        expect(ines.get_by_text("You are the only one here.")).to_be_visible()
    finally:
        without.close()
