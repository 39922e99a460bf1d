"""The gate in a browser: by keys alone from “Calibrate first” to the first real answer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.team.test_rating_room import (  # noqa: F401 - fixtures
    Room,
    chromium,
    media,
    room,
    serious_findings,
    sign_in,
    until,
)

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


def rate_by_keys(page: Page, value: str) -> None:
    """One gold answer: listened to, rated, locked."""
    until(page, "media.readyState >= 2")
    page.keyboard.press("k")
    until(page, "media.currentTime > 0.2")
    page.keyboard.press("k")
    page.keyboard.press(value)
    expect(page.locator(f"input[name=value][value='{value}']")).to_be_checked()
    page.keyboard.press("n")
    page.keyboard.type("Heard 4 and m and ? in it")
    expect(page.locator("[data-part=status]")).to_have_text("Saved")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(f"^You gave {value}"))).to_be_visible()


def test_by_keys_alone_through_the_gate(room: Room, sign_in: Callable[..., BrowserContext]) -> None:  # noqa: F811
    page = sign_in("nia").new_page()
    page.goto(f"{room.url}/team/{room.slug}/review/")
    expect(page.get_by_role("heading", name="Calibrate first")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_role("link", name=re.compile("^Calibrate.*Garden talk")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before you begin")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Begin").focus()
    for value, end in (("5", "Not yet close enough"), ("3", "You have calibrated")):
        page.keyboard.press("Enter")
        for place in (1, 2, 3):
            page.wait_for_url(re.compile(f"/{place}/$"))
            assert "It is a" not in page.content(), "the lead's words come afterwards"
            if value == "3":
                rate_by_keys(page, value)
            else:
                page.keyboard.press(value)
                page.keyboard.press("Enter")
                expect(page.get_by_role("heading", name=re.compile("^You gave 5"))).to_be_visible()
            expect(page.get_by_text(re.compile("^It is a [234]"))).to_be_visible()
            expect(page.locator("section.panel h2")).to_be_focused()
            if place == 1:
                assert serious_findings(page) == []
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=end)).to_be_visible()
        assert serious_findings(page) == []
        if value == "5":
            expect(page.get_by_text("You tend to rate higher than the lead.")).to_be_visible()
            page.get_by_role("button", name="Once more").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="To rate", exact=True)).to_be_visible()
    page.get_by_role("link", name="Begin with question 1").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lane .turn")).to_contain_text("answer 1 of 2")


def test_on_a_phone_nothing_sticks_out(room: Room, sign_in: Callable[..., BrowserContext]) -> None:  # noqa: F811
    page = sign_in("rafael", viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto(f"{room.url}/team/{room.slug}/stages/{room.calibrated_stage}/calibration/")
    expect(page.get_by_role("heading", name="Who rates here")).to_be_visible()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name=re.compile("Look|Rate and explain")).first.click()
    expect(page.get_by_role("heading", name="Gold answer")).to_be_visible()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
