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
    serious_findings,
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


MARKED = """[...document.querySelectorAll(".scrub > svg > g > .silence")].map((mark) => {
  const [box, line] = [mark.getBoundingClientRect(), document.querySelector(".scrub").getBoundingClientRect()];
  return [box.left, box.right].map((x) => Math.round(((x - line.left) * 100) / line.width));
})"""


def test_silences_are_marked_without_a_text_and_told_without_the_marks(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(room.question("Heron", 2))
    until(page, "media.readyState >= 1")
    assert page.evaluate(MARKED) == [[20, 45], [70, 100]]
    assert page.evaluate("getComputedStyle(document.querySelector('.scrub .silence')).fill").startswith("url(")
    expect(page.get_by_text("Silence", exact=True)).to_be_visible()
    line = page.get_by_role("slider", name="Place in the answer")
    expect(line).to_have_accessible_description("Silence: 6 seconds in 2 stretches.")
    line.focus()
    for words in ("0 min 1 s of 0 min 10 s", "0 min 2 s of 0 min 10 s, silence", "0 min 3 s of 0 min 10 s, silence"):
        page.keyboard.press("ArrowRight")
        expect(line).to_have_attribute("aria-valuetext", words)
    assert media(page, "currentTime") == 3, "nothing is skipped"


def test_silences_lie_between_the_words_and_nowhere_else(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(room.question("Heron", 1))
    until(page, "media.readyState >= 1")
    assert page.evaluate(MARKED) == [[26, 65]]
    page.goto(room.question("Plover", 2))
    until(page, "media.readyState >= 1")
    assert page.evaluate(MARKED) == []
    expect(page.get_by_text("Silence", exact=True)).to_have_count(0)


def test_silences_are_seen_in_the_dark_and_stick_out_nowhere(sign_in, room: Room) -> None:  # noqa: F811
    for width, scheme in ((360, "dark"), (1280, "light")):
        context = sign_in(viewport={"width": width, "height": 800}, color_scheme=scheme)
        seen = context.new_page()
        for code, place in (("Heron", 2), ("Heron", 1)):
            seen.goto(room.question(code, place))
            until(seen, "media.readyState >= 1")
            assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert serious_findings(seen) == []
            if SHOTS:
                seen.screenshot(path=Path(SHOTS) / f"silences-{place}-{width}-{scheme}.png", full_page=True)
