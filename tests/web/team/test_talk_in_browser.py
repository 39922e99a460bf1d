"""Talking beside the player: a name from the list, a second of the answer, a draft that survives, and who reads it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.team.test_rating_room import Room, chromium, page, room, serious_findings, sign_in, until  # noqa: F401

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


def test_one_writes_by_keys_and_another_reads(
    room: Room,  # noqa: F811
    page: Page,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    page.goto(room.question("Siskin", 1))
    until(page, "media.readyState >= 2")
    page.keyboard.press("l")
    until(page, "Math.abs(media.currentTime - 5) < 0.3")
    say = page.get_by_role("textbox", name="Say something")
    say.focus()
    page.keyboard.type("Listen, @ra")
    option = page.get_by_role("listbox", name="People").get_by_role("option", selected=True)
    expect(option).to_have_text("Rafael Moreno")
    assert say.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="People")).to_be_hidden()
    page.keyboard.type("f")
    page.keyboard.press("Enter")
    expect(say).to_have_value("Listen, @Rafael Moreno ")
    page.keyboard.type("here it turns")
    page.reload()
    expect(say).to_have_value("Listen, @Rafael Moreno here it turns")
    until(page, "media.readyState >= 2")
    page.keyboard.press("l")
    until(page, "Math.abs(media.currentTime - 5) < 0.3")
    page.get_by_role("button", name="Here").click()
    expect(page.get_by_label("Time, as 0:42")).to_have_value("0:05")
    page.get_by_role("button", name="Send").last.click()
    comment = page.get_by_role("article").filter(has_text="here it turns")
    expect(comment).to_be_focused()
    expect(say).to_have_value("")
    until(page, "(media.currentTime = 0) === 0")
    comment.get_by_role("link", name="0:05").click()
    until(page, "media.currentTime >= 5 && !media.paused")

    say.fill("Out of time")
    page.get_by_label("Time, as 0:42").fill("soon")
    page.get_by_role("button", name="Send").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Write the time as 0:42")
    expect(say).to_have_value("Out of time")

    rafael = sign_in("rafael", viewport={"width": 360, "height": 740}).new_page()
    rafael.goto(f"{room.url}/team/{room.slug}/talk/")
    rafael.get_by_role("link", name="Read").click()
    expect(rafael.get_by_role("article")).to_contain_text("here it turns")
    with rafael.expect_response("**/read/"):
        rafael.get_by_role("button", name="I have read it").scroll_into_view_if_needed()
    rafael.locator("details.reply > summary").click()
    rafael.get_by_role("textbox", name="Your answer").fill("I hear it, too.")
    rafael.get_by_role("button", name="Send").first.click()
    expect(rafael.get_by_role("article").filter(has_text="I hear it, too.")).to_be_visible()
    assert serious_findings(rafael) == []
    assert rafael.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # An open page asks from time to time, and what one writes there is still there when it shows what came.
    say.fill("Still writing")
    page.get_by_role("link", name="Show it").click(timeout=40_000)
    expect(page.get_by_role("article").filter(has_text="I hear it, too.")).to_be_visible()
    expect(say).to_have_value("Still writing")
