"""Players side by side, with real recordings and the real server: together, and each by itself."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.web.team.test_rating_room import Room, chromium, room, sign_in  # noqa: F401

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


def open_side(room: Room, page: Page, *names: str) -> None:  # noqa: F811
    people = "".join(f"&with={room.interviews[name]}" for name in names)
    page.goto(f"{room.url}/team/{room.slug}/compare/{room.stage}/side/?question=1{people}")
    until(page, f"m.length === {len(names)} && m.every((one) => one.readyState >= 2)")


def until(page: Page, condition: str, seconds: float = 60) -> None:
    """Wait until this holds of `m`, the media of the page. Asked from outside, because the CSP allows no other way."""
    deadline = time.monotonic() + seconds
    asked = f"(() => {{ const m = [...document.querySelectorAll('video')]; return {condition}; }})()"
    while not page.evaluate(asked):
        state = "[...document.querySelectorAll('video')].map((m) => [m.currentTime, m.paused, m.muted, m.readyState])"
        assert time.monotonic() < deadline, (condition, page.evaluate(state))
        page.wait_for_timeout(40)


def share(page: Page, name: str) -> Locator:
    return page.locator(f"[data-who={name}] [data-part=share]")


def test_together_all_run_one_is_heard_and_only_that_one_counts(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    page = sign_in("rafael").new_page()
    open_side(room, page, "Siskin", "Dunlin", "Whimbrel")
    page.get_by_role("button", name="Play together").click()
    expect(page.get_by_role("status").filter(has_text="You hear Siskin.")).to_be_visible()
    until(page, "m.every((one) => !one.paused && one.currentTime > 1)")
    assert page.evaluate("[...document.querySelectorAll('video')].map((one) => one.muted)") == [False, True, True]
    page.keyboard.press("k")
    until(page, "m.every((one) => one.paused)")
    expect(share(page, "Siskin")).not_to_contain_text("You have watched 0 %")
    page.locator("[data-who=Dunlin] [data-hear]").click()
    expect(page.get_by_role("status").filter(has_text="You hear Dunlin.")).to_be_visible()
    together = "m.every((one) => Math.abs(one.currentTime - m[1].currentTime) < 0.5)"
    page.keyboard.press("l")
    until(page, f"m[1].currentTime > 5.5 && {together}")
    page.locator("[data-who=Whimbrel] input[type=range]").focus()
    page.keyboard.press("Home")
    until(page, f"m[1].currentTime === 0 && {together}")
    expect(share(page, "Dunlin")).to_contain_text("You have watched 0 %")
    page.keyboard.press("k")
    until(page, "m.every((one) => !one.paused && one.currentTime > 0.5)")
    page.locator("[data-who=Whimbrel] [data-part=play]").click()
    until(page, "m.every((one) => one.paused)")
    expect(share(page, "Dunlin")).not_to_contain_text("You have watched 0 %")
    expect(share(page, "Whimbrel")).to_contain_text("You have watched 0 %")
    page.get_by_role("button", name="Play together").click()
    assert page.evaluate("[...document.querySelectorAll('video')].some((one) => one.muted)") is False


def test_by_themselves_one_pauses_the_other_and_both_count(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    page = sign_in("ada").new_page()
    names = ("Siskin", "Dunlin")
    open_side(room, page, *names)
    for place, name in enumerate(names):
        play = page.locator(f"[data-who={name}] [data-part=play]")
        play.click()
        until(page, f"!m[{place}].paused && m[{place}].currentTime > 1 && m[{1 - place}].paused")
        play.click()
        expect(share(page, name)).not_to_contain_text("You have watched 0 %")
