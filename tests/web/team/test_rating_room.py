"""The rating room in a browser, with real recordings and the real server."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

from tests.browsers import WCAG, start_chromium
from tests.product import ROOT, Product, running

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


@dataclass
class Room:
    """A running server with a stage to rate."""

    url: str
    slug: str
    calibrated_stage: str
    stage: str
    round_stage: str
    round_questions: list[str]
    interviews: dict[str, str]
    sessions: dict[str, str]

    def question(self, code_name: str, place: int) -> str:
        return f"{self.url}/team/{self.slug}/review/{self.interviews[code_name]}/{place}/"

    def round(self, place: int) -> str:
        return f"{self.url}/team/{self.slug}/review/rounds/{self.round_stage}/{self.round_questions[place - 1]}/"

    def overall(self, code_name: str) -> str:
        return f"{self.url}/team/{self.slug}/review/{self.interviews[code_name]}/overall/"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    data = tmp_path_factory.mktemp("room") / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    own = {"BOTHWAYS_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "bothways.config.settings"}
    filled = subprocess.run(
        [sys.executable, "-m", "tests.web.team.rating_room"],
        env={**kept, **own, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert filled.returncode == 0, filled.stderr
    product = Product(data, command="web", environment={"BOTHWAYS_DEBUG": "1"})
    with running(product):
        yield Room(product.base_url, **json.loads(filled.stdout))


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = start_chromium(playwright, "--autoplay-policy=no-user-gesture-required", "--mute-audio")
    expect.set_options(timeout=20_000)
    yield browser
    expect.set_options(timeout=5_000)
    browser.close()


@pytest.fixture
def sign_in(chromium: Browser, room: Room) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of its own for one member. Faults in scripts and breaches of the CSP fail the test."""
    contexts, faults = [], []

    def start(name: str = "bo", **options: object) -> BrowserContext:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.add_cookies([{"name": "sessionid", "value": room.sessions[name], "url": room.url}])
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda line: "Content Security Policy" in line.text and faults.append(line.text))
        contexts.append(context)
        return context

    yield start
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(sign_in: Callable[..., BrowserContext]) -> Page:
    return sign_in().new_page()


def share(page: Page) -> int:
    return int(re.search(r"\d+", page.locator("[data-part=share]").inner_text())[0])


def media(page: Page, expression: str) -> object:
    return page.evaluate(f"document.querySelector('video, audio').{expression}")


def until(page: Page, condition: str, seconds: float = 60) -> None:
    """Wait until this holds of `media`. Asked from outside, because the page's CSP allows no evaluation inside."""
    deadline = time.monotonic() + seconds
    asked = f"(() => {{ const media = document.querySelector('video, audio'); return {condition}; }})()"
    while not page.evaluate(asked):
        assert time.monotonic() < deadline, (condition, media(page, "currentTime"), media(page, "readyState"))
        page.wait_for_timeout(40)


def test_what_is_played_is_measured_and_what_is_skipped_is_not(room: Room, page: Page) -> None:
    page.goto(room.question("Heron", 1))
    expect(page.locator("[data-part=share]")).to_contain_text("You have watched 0 %")
    until(page, "media.readyState >= 2")
    page.keyboard.press("k")
    until(page, "media.currentTime > 1.2")
    page.keyboard.press("l")
    until(page, "media.currentTime > 7")
    page.keyboard.press("k")
    stopped = media(page, "currentTime")
    until(page, "document.querySelectorAll('.scrub .seen').length === 2")
    watched = share(page)
    assert abs(watched / 100 * 8 - (stopped - 5)) < 1, (watched, stopped)


def test_the_whole_answer_at_double_speed_is_enough(room: Room, page: Page) -> None:
    page.goto(room.question("Heron", 2))
    until(page, "media.readyState >= 2")
    for _ in range(4):
        page.keyboard.press(">")
    expect(page.locator("[data-part=speed]")).to_have_text("2×")
    assert media(page, "playbackRate") == 2
    page.keyboard.press("Space")
    until(page, "media.ended")
    expect(page.locator("[data-part=share]")).to_contain_text("which is enough")
    page.reload()
    expect(page.locator("[data-part=share]")).to_contain_text("which is enough")
    expect(page.locator("[data-part=speed]")).to_have_text("2×")


def test_what_the_server_believes_is_what_was_played_through_jumps_and_speeds(
    room: Room, sign_in: Callable[..., BrowserContext]
) -> None:
    page, told = sign_in("rafael").new_page(), []
    page.on("response", lambda response: told.append(response) if response.url.endswith("/played/") else None)
    page.goto(room.question("Dunlin", 2))
    until(page, "media.readyState >= 2")
    # A witness of its own: where each jump led. From where it left follows, because jumps are of five seconds.
    page.evaluate(
        """() => {
          window.jumps = [];
          const media = document.querySelector("video");
          media.addEventListener("seeking", () => window.jumps.push(media.currentTime));
        }"""
    )
    speed = page.locator("[data-part=speed]")
    for _ in range(2):
        page.keyboard.press(">")
    expect(speed).to_have_text("1.5×")
    page.keyboard.press("k")
    until(page, "media.currentTime > 2")
    page.keyboard.press("l")
    until(page, "media.currentTime > 8")
    for _ in range(2):
        page.keyboard.press(">")
    expect(speed).to_have_text("2×")
    page.keyboard.press("j")
    until(page, "media.currentTime > 4.4 && media.currentTime < 7")
    page.keyboard.press("k")
    stopped = media(page, "currentTime")
    until(page, "document.querySelectorAll('.scrub .seen').length >= 2")
    forward, back = page.evaluate("window.jumps")
    played = seconds((0, forward - 5), (forward, back + 5), (back, stopped))
    believed = seconds(*((start / 1000, end / 1000) for start, end in told[-1].json()["spans"]))
    assert len(played ^ believed) < 100, (played ^ believed, forward, back, stopped)


def seconds(*spans: tuple[float, float]) -> set[int]:
    """Every hundredth of a second in at least one of the spans."""
    return {at for start, end in spans for at in range(round(start * 100), round(end * 100))}


def test_text_on_the_screen_counts_as_watched_where_the_kit_says_so(
    room: Room, sign_in: Callable[..., BrowserContext]
) -> None:
    page = sign_in("ines").new_page()
    page.goto(room.question("Ruff", 1))
    expect(page.get_by_text("Reading this while nothing plays counts as watching.")).to_be_visible()
    page.locator(".transcript").scroll_into_view_if_needed()
    expect(page.locator("[data-part=share]")).to_contain_text("You have watched or read 100 %, which is enough")
    page.reload()
    expect(page.locator("[data-part=share]")).to_contain_text("You have watched or read 100 %, which is enough")
    page.goto(room.question("Heron", 1))
    expect(page.locator("[data-part=share]")).to_contain_text("You have watched 0 %")
    expect(page.locator("bw-read")).to_have_count(0)


def test_a_tab_that_is_closed_while_playing_has_told_what_it_played(room: Room, page: Page) -> None:
    page.goto(room.question("Heron", 4))
    until(page, "media.readyState >= 2")
    with page.expect_response("**/opened/"):
        page.reload()
    until(page, "media.readyState >= 2")
    page.keyboard.press("k")
    until(page, "media.currentTime > 2.8")
    page.goto(room.question("Heron", 3))
    page.goto(room.question("Heron", 4))
    expect(page.locator("[data-part=share]")).to_contain_text(re.compile("You have watched (2[5-9]|[345]\\d) %"))


def test_a_slow_line_while_the_page_opens_takes_nothing_away(room: Room, page: Page) -> None:
    held: list[Route] = []
    page.route("**/opened/", lambda route: held.append(route))
    page.goto(room.question("Siskin", 1))
    until(page, "media.readyState >= 2")
    page.keyboard.press("k")
    until(page, "media.ended")
    for route in held:
        route.continue_()
    expect(page.locator("[data-part=share]")).to_contain_text("You have watched 100 %", timeout=60_000)


def test_what_a_busy_browser_plays_without_saying_so_counts(room: Room, page: Page) -> None:
    page.goto(room.question("Dunlin", 1))
    until(page, "media.readyState >= 2")
    page.keyboard.press("k")
    page.evaluate("for (const until = performance.now() + 4500; performance.now() < until; );")
    expect(page.locator("[data-part=share]")).to_contain_text("You have watched 100 %", timeout=60_000)


def test_sound_without_a_picture_plays_with_its_levels(room: Room, page: Page) -> None:
    page.goto(room.question("Plover", 3))
    until(page, "media.readyState >= 2")
    expect(page.locator(".scrub .level")).not_to_have_count(0)
    expect(page.get_by_role("button", name="Full screen")).to_have_count(0)
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "media.currentTime > 0.5")
    page.get_by_role("button", name="Pause").click()
    assert media(page, "paused")


def test_the_timeline_is_a_slider_for_keys_and_clicks(room: Room, page: Page) -> None:
    page.goto(room.question("Plover", 2))
    until(page, "media.readyState >= 2")
    slider = page.get_by_role("slider", name="Place in the answer")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    until(page, "Math.abs(media.currentTime - 2) < 0.2")
    expect(slider).to_have_attribute("aria-valuetext", "0 min 2 s of 0 min 10 s")
    page.keyboard.press("j")
    until(page, "media.currentTime === 0")


def test_rating_by_keys_alone_question_after_question(room: Room, page: Page) -> None:
    page.goto(room.question("Plover", 1))
    status = page.locator("[data-part=status]")
    for place, key in enumerate("4305", start=1):
        expect(page.locator(".beads [aria-current]")).to_have_text(str(place))
        page.wait_for_load_state()
        page.keyboard.press(key)
        expect(page.locator(f"input[name=value][value='{key}']")).to_be_checked()
        page.keyboard.press("n")
        page.keyboard.type(f"Heard in {place}, with 5 and j in it")
        expect(status).to_have_text("Saved")
        assert media(page, "paused")
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
    expect(page).to_have_url(room.overall("Plover"))
    page.wait_for_load_state()
    page.get_by_label("Wait").check()
    expect(status).to_have_text("Saved")
    page.get_by_role("button", name="Hand in my scorecard").click()
    expect(page.get_by_text("Your scorecard for Plover is handed in.")).to_be_visible()
    page.goto(room.question("Plover", 3))
    expect(page.get_by_text("Heard in 3, with 5 and j in it")).to_be_visible()
    expect(page.locator("input[type=radio][name=value]")).to_have_count(0)


def test_nothing_written_without_a_line_is_lost(room: Room, sign_in: Callable[..., BrowserContext]) -> None:
    context = sign_in()
    page = context.new_page()
    page.goto(room.question("Heron", 1))
    note = page.get_by_label("What did you hear?")
    note.fill("Before the tunnel.")
    expect(page.locator("[data-part=status]")).to_have_text("Saved")
    context.set_offline(True)
    page.get_by_role("radio", name="3 Some of it.").check()
    note.fill("Before the tunnel. In the tunnel.")
    expect(page.locator("[data-part=status]")).to_contain_text("Not on the server yet")
    page.get_by_role("button", name="Next question").click()
    expect(page).to_have_url(room.question("Heron", 1))
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(room.question("Heron", 1))
    expect(page.locator("[data-part=status]")).to_have_text("Saved")
    fresh = sign_in().new_page()
    fresh.goto(room.question("Heron", 1))
    expect(fresh.get_by_label("What did you hear?")).to_have_value("Before the tunnel. In the tunnel.")
    expect(fresh.locator("input[name=value][value='3']")).to_be_checked()


def test_two_devices_disagree_and_the_person_chooses(room: Room, sign_in: Callable[..., BrowserContext]) -> None:
    phone, laptop = sign_in().new_page(), sign_in().new_page()
    for page in (phone, laptop):
        page.goto(room.question("Heron", 3))
    phone.get_by_label("What did you hear?").fill("From the phone")
    expect(phone.locator("[data-part=status]")).to_have_text("Saved")
    laptop.get_by_label("What did you hear?").fill("From the laptop")
    expect(laptop.locator("[data-part=status]")).to_contain_text("Something newer was saved on another device")
    laptop.get_by_role("button", name="Take the newer one").click()
    expect(laptop.get_by_label("What did you hear?")).to_have_value("From the phone")
    laptop.get_by_label("What did you hear?").fill("From both")
    expect(laptop.locator("[data-part=status]")).to_have_text("Saved")


def test_an_address_that_is_over_is_replaced_and_playing_goes_on(room: Room, page: Page) -> None:
    page.goto(room.question("Heron", 1))
    until(page, "media.readyState >= 2")
    media(page, "currentTime = 3")
    until(page, "media.currentTime === 3 && !media.seeking")
    media(page, "src = '/d/over'")
    until(page, "media.readyState >= 2 && !media.src.endsWith('/d/over')")
    assert page.locator("[data-part=fault]").is_hidden()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_open_to_everybody(
    room: Room, sign_in: Callable[..., BrowserContext], width: int, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    team = f"{room.url}/team/{room.slug}"
    addresses = {
        "bo": [f"{team}/review/", room.question("Heron", 1), room.question("Siskin", 1), room.overall("Heron")],
        "rafael": [
            f"{team}/compare/{room.stage}/",
            f"{team}/compare/{room.stage}/side/?with={room.interviews['Siskin']}&with={room.interviews['Dunlin']}",
            f"{team}/compare/{room.stage}/several/decline/?with={room.interviews['Siskin']}",
            f"{team}/decisions/",
            f"{team}/decisions/{room.interviews['Whimbrel']}/?outcome=decline",
            room.question("Heron", 2),
        ],
    }
    for name, pages in addresses.items():
        page = sign_in(name, **options).new_page()
        for address in pages:
            page.goto(address)
            found = serious_findings(page)
            assert found == [], (address, found)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def serious_findings(page: Page) -> list[str]:
    """What axe finds. It reads styles again through the page, which the CSP refuses; that is no fault of ours."""
    found = Axe().run(page, options={"runOnly": WCAG, "preload": False}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]
