"""Finding a place by its picture, and listening without one, in a browser on the real server."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.team.test_rating_room import (  # noqa: F401 - fixtures
    Room,
    chromium,
    media,
    page,
    pytestmark,
    room,
    sign_in,
    until,
)

SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
LISTEN = "Listen only, without the picture"
TILE = "document.querySelector('.peek > svg').getAttribute('viewBox')"


def test_the_pointer_over_the_line_shows_the_picture_of_that_second(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(room.question("Heron", 2))
    until(page, "media.readyState >= 1")
    peek = page.locator(".scrub .peek")
    expect(peek).to_be_hidden()
    box = page.locator(".scrub").bounding_box()
    assert box is not None
    for share, second, tile in (
        (0.2, "0:02", "0 0 160 90"),
        (0.8, "0:08", "160 0 160 90"),
        (0.99, "0:10", "160 0 160 90"),
    ):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
        expect(peek).to_be_visible()
        expect(peek).to_have_text(second)
        assert page.evaluate(TILE) == tile
    ends = page.evaluate(
        "(({x, width}) => x.baseVal.value + width.baseVal.value)(document.querySelector('.peek > svg'))"
    )
    assert ends <= box["width"] + 1, "it does not stick out"
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "peek.png")
    page.mouse.move(box["x"], box["y"] + 300)
    expect(peek).to_be_hidden()
    assert media(page, "currentTime") == 0, "looking moves nothing"


def test_keys_on_the_line_show_where_they_have_come_to(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(room.question("Heron", 2))
    until(page, "media.readyState >= 1")
    page.get_by_role("slider", name="Place in the answer").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    peek = page.locator(".scrub .peek")
    expect(peek).to_have_text("0:06")
    assert page.evaluate(TILE) == "160 0 160 90"
    expect(peek).to_be_hidden()


def test_a_voice_has_no_pictures_to_look_at(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(room.question("Heron", 3))
    until(page, "media.readyState >= 1")
    expect(page.locator(".peek")).to_have_count(0)
    expect(page.get_by_role("button", name=LISTEN)).to_have_count(0)


def test_whoever_listens_gets_no_picture_and_goes_on_where_they_were(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(room.question("Heron", 2))
    until(page, "media.readyState >= 2")
    page.keyboard.press("l")
    until(page, "Math.abs(media.currentTime - 5) < 0.2")
    listen = page.get_by_role("button", name=LISTEN)
    listen.click()
    expect(listen).to_have_attribute("aria-pressed", "true")
    until(page, "media.videoWidth === 0 && media.readyState >= 2 && Math.abs(media.currentTime - 5) < 0.2")
    expect(page.locator(".clip .ear")).to_be_visible()
    page.locator(".scrub").hover()
    expect(page.locator(".peek")).to_be_hidden()
    until(page, "media.currentTime > 4")
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "listening.png")

    wanted: list[str] = []
    page.on("request", lambda request: wanted.append(request.url))
    page.reload()
    until(page, "media.readyState >= 2 && media.videoWidth === 0")
    video = re.findall(r"<source src=\"([^\"]+)\"", page.content())
    assert video, "without scripts the picture plays"
    assert not [url for url in wanted if any(url.endswith(source) for source in video)], "nothing of it was fetched"
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "media.currentTime > 1")
    page.get_by_role("button", name=LISTEN).click()
    until(page, "media.videoWidth > 0 && media.currentTime > 1")
    expect(page.locator(".clip .ear")).to_be_hidden()
    until(page, "!media.paused")
