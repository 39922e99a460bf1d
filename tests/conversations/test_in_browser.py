"""A candidate on a phone asks on video, the owner answers on video, the candidate plays it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browsers import fits_everybody, start_chromium
from tests.product import ROOT, Product, running

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]

SETTLE_MS = 60_000
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
"""A folder for screenshots, where somebody wants to look at them."""


@dataclass
class Room:
    url: str
    slug: str
    token: str
    other_token: str
    position: str
    session: str
    bo_session: str
    sent: str
    sent_token: str
    asked: str
    asked_token: str
    follow_up: str

    def team(self, rest: str) -> str:
        return f"{self.url}/team/{self.slug}/{rest}"

    def link(self, rest: str = "", token: str = "") -> str:
        return f"{self.url}/i/{token or self.token}/{rest}"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    data = tmp_path_factory.mktemp("asking") / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    own = {"BOTHWAYS_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "bothways.config.settings"}
    filled = subprocess.run(
        [sys.executable, "-m", "tests.conversations.asking_room"],
        env={**kept, **own, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert filled.returncode == 0, filled.stderr
    with running(Product(data, command="up")) as product:
        yield Room(product.base_url, **json.loads(filled.stdout))


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = start_chromium(playwright, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    yield browser
    browser.close()


def start(browser: Browser, faults: list[str], session: tuple[str, str] | None = None, **options: object) -> Page:
    """A page of its own. Faults in scripts and breaches of the CSP are collected."""
    context = browser.new_context(**options)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session[1], "url": session[0]}])
    context.set_default_timeout(30_000)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda line: "Content Security Policy" in line.text and faults.append(line.text))
    return context.new_page()


def looked_at(page: Page, name: str) -> None:
    """The page fits everybody; and a picture, where somebody wants one."""
    fits_everybody(page, name)
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def plays(page: Page, label: str) -> None:
    video = page.get_by_label(label, exact=True).and_(page.locator("video"))
    expect(video).to_have_attribute("src", re.compile("^/d/"))
    video.evaluate("video => { video.muted = true; void video.play() }")
    page.wait_for_function(
        "label => document.querySelector(`video[aria-label='${label}']`).currentTime > 0.5", arg=label
    )


def test_asked_on_a_phone_answered_on_video_and_played(room: Room, chromium: Browser) -> None:
    faults: list[str] = []
    phone = start(chromium, faults, viewport={"width": 360, "height": 740}, color_scheme="dark")
    phone.goto(room.link())
    looked_at(phone, "landing-360-dark")
    phone.goto(room.link("review/"))
    looked_at(phone, "review-360-dark")
    phone.goto(room.link())
    with phone.expect_navigation():
        phone.get_by_role("main").get_by_role("link", name="Ask us something").click()
    looked_at(phone, "ask-empty-360-dark")
    phone.get_by_role("link", name="Record my question").click()
    phone.get_by_role("button", name="Record", exact=True).click()
    phone.get_by_role("button", name="I am ready").click()
    expect(phone.locator(".timer")).to_be_visible()
    looked_at(phone, "ask-recording-360-dark")
    phone.wait_for_timeout(3000)
    phone.get_by_role("button", name="Stop").click()
    send = phone.get_by_role("button", name="Send this question")
    expect(send).to_be_visible(timeout=SETTLE_MS)
    phone.reload()
    expect(phone.get_by_role("heading", name="Shall we get this one?")).to_be_visible(timeout=SETTLE_MS)
    looked_at(phone, "ask-reviewing-360-dark")
    send.click()
    phone.wait_for_url(room.link("ask/"))
    expect(phone.get_by_role("status").first).to_contain_text("Your question is on its way. Ada Lindqvist answers you")
    plays(phone, "Play your question")

    desk = start(chromium, faults, (room.url, room.session), viewport={"width": 1280, "height": 900})
    desk.goto(room.team("inquiries/"))
    looked_at(desk, "inquiries-list-1280")
    desk.get_by_role("link", name="Answer Dee Okafor: Asked on video").click()
    plays(desk, "Play the question")
    looked_at(desk, "inquiries-detail-1280")
    desk.get_by_role("link", name="Answer on video or by voice").click()
    desk.get_by_role("button", name="Open the camera").click()
    desk.get_by_role("button", name="Record", exact=True).click()
    desk.wait_for_timeout(3000)
    looked_at(desk, "inquiries-record-1280")
    desk.get_by_role("button", name="Stop").click()
    desk.get_by_role("button", name="Send this answer").click(timeout=SETTLE_MS)
    expect(desk.get_by_text("The candidate has not seen it yet")).to_be_visible(timeout=SETTLE_MS)
    plays(desk, "Play the answer")

    phone.goto(room.link("ask/"))
    plays(phone, "Play the answer by Ada Lindqvist")
    looked_at(phone, "ask-answered-360-dark")
    desk.reload()
    expect(desk.get_by_text("The candidate has seen it")).to_be_visible()
    assert faults == []


def test_followed_up_on_video_answered_on_a_phone_and_heard(room: Room, chromium: Browser) -> None:
    """The words that Bo typed before recording are still there afterwards."""
    faults: list[str] = []
    desk = start(chromium, faults, (room.url, room.bo_session), viewport={"width": 1280, "height": 900})
    desk.goto(room.team(f"review/{room.sent}/1/"))
    desk.get_by_text("one more question").click()
    desk.get_by_label("Your question, in a sentence or two").fill("Why did you choose the roof first?")
    looked_at(desk, "follow-up-beside-1280")
    desk.get_by_role("link", name="Ask it on video or by voice as well").click()
    desk.get_by_role("button", name="Open the camera").click()
    desk.get_by_role("button", name="Record", exact=True).click()
    desk.wait_for_timeout(2000)
    desk.get_by_role("button", name="Stop").click()
    desk.get_by_role("button", name="Use this one").click(timeout=SETTLE_MS)
    plays(desk, "Play what you recorded")
    expect(desk.get_by_label("Your question, in a sentence or two")).to_have_value("Why did you choose the roof first?")
    looked_at(desk, "follow-up-new-1280")
    desk.get_by_role("button", name="Send the question").click()
    expect(desk.get_by_text("gets a mail with a link")).to_be_visible()

    phone = start(chromium, faults, viewport={"width": 360, "height": 740}, color_scheme="dark")
    phone.goto(room.link("", room.sent_token))
    looked_at(phone, "status-followed-360-dark")
    phone.get_by_role("link", name="Open the question").click()
    plays(phone, "Play the question by Bo Osei")
    looked_at(phone, "follow-up-360-dark")
    with phone.expect_navigation():
        phone.get_by_role("link", name="Record my answer").click()
    looked_at(phone, "follow-up-record-360-dark")
    phone.get_by_role("button", name="Record", exact=True).click()
    phone.get_by_role("button", name="I am ready").click()
    phone.wait_for_timeout(2000)
    phone.get_by_role("button", name="Stop").click()
    phone.get_by_role("button", name="Send this answer").click(timeout=SETTLE_MS)
    plays(phone, "Play your answer to this question")
    looked_at(phone, "follow-up-answered-360-dark")

    desk.goto(room.team("follow-ups/"))
    looked_at(desk, "follow-ups-list-1280")
    desk.get_by_role("link", name=re.compile("^Open Heron")).first.click()
    desk.get_by_role("button", name="I have watched or read it").click()
    expect(desk.get_by_text("Answered and heard")).to_be_visible()
    looked_at(desk, "follow-up-heard-1280")
    assert faults == []


def test_follow_ups_from_right_to_left_on_a_phone_and_without_scripts(room: Room, chromium: Browser) -> None:
    faults: list[str] = []
    here = room.link(f"follow-up/{room.follow_up}/", room.asked_token)
    wide = start(chromium, faults, viewport={"width": 1280, "height": 900}, color_scheme="light")
    wide.goto(here)
    looked_at(wide, "follow-up-ar-1280")
    small = start(
        chromium, faults, (room.url, room.bo_session), viewport={"width": 360, "height": 740}, color_scheme="dark"
    )
    small.goto(room.team(f"review/{room.asked}/1/"))
    small.get_by_text("one more question").click()
    looked_at(small, "follow-up-beside-360-dark")
    small.goto(room.team("follow-ups/"))
    looked_at(small, "follow-ups-list-360-dark")
    phone = start(chromium, faults, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    phone.goto(here)
    phone.locator("textarea").fill("ثم أصلحناه.")
    phone.locator("main form button[type=submit]").click()
    expect(phone.locator(".said.you")).to_have_count(1)
    assert faults == []


def test_long_names_from_right_to_left_and_without_scripts(room: Room, chromium: Browser) -> None:
    faults: list[str] = []
    phone = start(chromium, faults, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    phone.goto(room.link("ask/", room.other_token))
    phone.locator("textarea").fill("هل يوجد مصعد؟")
    phone.locator("main form button[type=submit]").click()
    expect(phone.locator("article.talk")).to_have_count(3)
    wide = start(chromium, faults, viewport={"width": 1280, "height": 900}, color_scheme="light")
    wide.goto(room.link("ask/", room.other_token))
    looked_at(wide, "ask-ar-1280")
    small = start(
        chromium, faults, (room.url, room.session), viewport={"width": 360, "height": 740}, color_scheme="dark"
    )
    small.goto(room.team("inquiries/"))
    looked_at(small, "inquiries-list-360-dark")
    small.goto(room.team(f"inquiries/published/of/{room.position}/"))
    looked_at(small, "published-list-360-dark")
    with small.expect_navigation():
        small.get_by_role("link", name="Edit Where is the office").click()
    looked_at(small, "published-form-360-dark")
    small.goto(room.team("inquiries/"))
    with small.expect_navigation():
        small.get_by_role("link", name="José Luis").first.click()
    looked_at(small, "inquiries-detail-360-dark")
    assert faults == []
