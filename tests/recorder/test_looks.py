"""Every state of the recorder's pages: axe-core, no sideways scrolling, light and dark, both directions."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.recorder.driving import begin, press, record, shown, until, wait_for_parts, wait_until_saved
from tests.recorder.standin import Standin
from tests.recorder.test_held import HIDE, INTERRUPTIONS, KEEP_TRACKS

pytestmark = pytest.mark.needs_chromium

# axe-core writes styles into the page while it measures; the product's own policy forbids that.
TELLINGS = [one.values for one in INTERRUPTIONS if one.id != "nothing comes"]
LOOKS = [
    pytest.param(
        {"viewport": {"width": 360, "height": 800}, "color_scheme": "light", "bypass_csp": True},
        "ltr",
        id="phone light",
    ),
    pytest.param(
        {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "bypass_csp": True},
        "rtl",
        id="phone dark rtl",
    ),
    pytest.param(
        {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark", "bypass_csp": True},
        "ltr",
        id="desktop dark",
    ),
    pytest.param(
        {"viewport": {"width": 360, "height": 800}, "forced_colors": "active", "bypass_csp": True},
        "ltr",
        id="phone forced colors",
    ),
]


def assert_fit_for_all(page: Page) -> None:
    # Under forced colors the system chooses them and puts a plate behind text on pictures, which axe does not see.
    chosen_by_us = not page.evaluate("matchMedia('(forced-colors: active)').matches")
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": chosen_by_us}}}
    found = Axe().run(page, options=options).response["violations"]
    grave = {
        rule["id"]: [node["html"] for node in rule["nodes"]]
        for rule in found
        if rule["impact"] in ("serious", "critical")
    }
    assert grave == {}
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


@pytest.mark.parametrize(("look", "direction"), LOOKS)
def test_the_question_in_each_state(
    open_page: Callable[..., Page], standin: Standin, look: dict[str, Any], direction: str
) -> None:
    standin.language_dir = direction
    standin.prompt |= {"url": "/prompt.webm"}
    page = open_page(**look)
    assert_fit_for_all(page)
    press(page, "Record")
    expect(page.get_by_role("button", name="I am ready")).to_be_visible()
    assert_fit_for_all(page)
    press(page, "I am ready")
    page.wait_for_timeout(1500)
    press(page, "Show digits")
    assert_fit_for_all(page)
    page.context.set_offline(True)
    expect(shown(page, "The line is down. Please keep talking.")).to_be_visible()
    assert_fit_for_all(page)
    press(page, "Pause")
    assert_fit_for_all(page)
    press(page, "Stop")
    expect(shown(page, "Saving", exact=True)).to_be_visible()
    assert_fit_for_all(page)
    page.context.set_offline(False)
    wait_until_saved(page)
    assert_fit_for_all(page)
    record(page, seconds=2)
    wait_until_saved(page)
    assert_fit_for_all(page)
    standin.takes_allowed = 2
    press(page, "Record again")
    press(page, "I am ready")
    expect(page.get_by_role("button", name="Back to your takes")).to_be_visible()
    assert_fit_for_all(page)


@pytest.mark.parametrize(("look", "direction"), LOOKS)
def test_the_check_the_practice_and_the_prompt(
    open_page: Callable[..., Page], standin: Standin, look: dict[str, Any], direction: str
) -> None:
    standin.language_dir = direction
    page = open_page("check", **look)
    expect(shown(page, "We hear you", exact=True)).to_be_visible()
    press(page, "Something is wrong")
    assert_fit_for_all(page)
    for name in ("practice", "prompt"):
        page = open_page(name, **look)
        assert_fit_for_all(page)
        begin(page)
        assert_fit_for_all(page)


@pytest.mark.parametrize(("look", "direction"), LOOKS)
@pytest.mark.parametrize("name", ["question", "check", "prompt"])
def test_a_refused_camera(
    open_page: Callable[..., Page],
    standin: Standin,
    launch: Callable[..., Browser],
    name: str,
    look: dict[str, Any],
    direction: str,
) -> None:
    standin.language_dir = direction
    page = open_page(name, browser=launch("--deny-permission-prompts", ask=True), **look)
    press(page, "Open camera and microphone" if name == "check" else "Record")
    expect(page.get_by_role("heading", name="The browser keeps your camera closed")).to_be_visible()
    assert_fit_for_all(page)


@pytest.mark.parametrize(("look", "direction"), LOOKS)
def test_a_take_that_rests_and_how_one_answers(
    open_page: Callable[..., Page], standin: Standin, look: dict[str, Any], direction: str
) -> None:
    standin.language_dir = direction
    standin.prompt |= {"url": "/prompt.webm"}
    page = open_page("leave", **look)
    page.add_init_script(KEEP_TRACKS + "StorageManager.prototype.estimate = async () => ({ quota: 9, usage: 1 });")
    page.goto(f"{standin.url}/question")
    page.get_by_text("How I answer", exact=True).click()
    assert_fit_for_all(page)
    begin(page)
    expect(shown(page, "This device is nearly full")).to_be_visible(timeout=15_000)
    assert_fit_for_all(page)
    page.get_by_role("radio", name="nothing We only").check()
    page.get_by_role("radio", name="half as much again").check()
    expect(shown(page, "Up to 4:30.")).to_be_visible()
    assert_fit_for_all(page)
    for interrupt, _, words in TELLINGS:
        interrupt(page)
        expect(shown(page, words)).to_be_visible(timeout=20_000)
        assert_fit_for_all(page)
        page.evaluate(HIDE, False)
        press(page, "Go on")
        expect(page.get_by_role("button", name="I am ready")).to_be_visible()
        assert_fit_for_all(page)
        press(page, "I am ready")
        wait_for_parts(page, 1)
    standin.takes[0].segments[0].closed = standin.takes[0].finished = True
    page.evaluate(HIDE, True)
    press(page, "Go on")
    press(page, "I am ready")
    expect(shown(page, "You ended this answer on another device.")).to_be_visible()
    assert_fit_for_all(page)


@pytest.mark.parametrize(("look", "direction"), LOOKS)
def test_what_was_found_or_begun_elsewhere(
    open_page: Callable[..., Page], standin: Standin, look: dict[str, Any], direction: str
) -> None:
    standin.language_dir = direction
    page = open_page(**look)
    begin(page)
    until(page, lambda: standin.takes != [] and standin.takes[0].offset > 0)
    other = open_page(**look)
    expect(shown(other, "You began this answer on another device.")).to_be_visible()
    assert_fit_for_all(other)
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(f"{standin.url}/question")
    expect(shown(again, "We found your answer.")).to_be_visible()
    assert_fit_for_all(again)


@pytest.mark.parametrize(("width", "size"), [(360, "200%"), (320, "100%"), (320, "150%")])
def test_large_letters_on_a_small_screen_hide_nothing(
    open_page: Callable[..., Page], standin: Standin, width: int, size: str
) -> None:
    standin.prompt |= {"url": "/prompt.webm"}
    page = open_page(viewport={"width": width, "height": 780})
    page.evaluate("(size) => (document.documentElement.style.fontSize = size)", size)
    page.get_by_text("How I answer", exact=True).click()
    assert_nothing_is_cut(page)
    page.get_by_text("How I answer", exact=True).click()
    begin(page)
    assert_nothing_is_cut(page)
    wait_for_parts(page, 1)
    page.evaluate(HIDE, True)
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    assert_nothing_is_cut(page)
    press(page, "Keep what is there")
    wait_until_saved(page)
    assert_nothing_is_cut(page)


def assert_nothing_is_cut(page: Page) -> None:
    """No sideways scrolling, no buttons over one another, no words outside their box."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0
    faults = page.evaluate(
        """() => {
          const seen = [...document.querySelectorAll("button, a, summary, label, h1, p, legend")]
            .filter((node) => node.checkVisibility() && !node.closest(".visually-hidden"));
          const cut = seen.filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0);
          const dock = [...document.querySelectorAll(".dock :is(button, a)")].filter((node) => node.checkVisibility());
          const boxes = dock.map((node) => node.getBoundingClientRect());
          const over = boxes.some((a, at) => boxes.slice(at + 1).some((b) =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
          return [...cut.map((node) => node.innerText), ...(over ? ["buttons lie over one another"] : [])];
        }"""
    )
    assert faults == []


def test_forced_colors_keep_every_sign(open_page: Callable[..., Page]) -> None:
    page = open_page(forced_colors="active")
    page.get_by_text("How I answer", exact=True).click()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.rec-button'), '::before').forcedColorAdjust") == "none"
    )
    begin(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.safe .bar:not([hidden])')).borderTopWidth") == "1px"


def test_nothing_moves_by_itself_when_motion_is_unwanted(open_page: Callable[..., Page]) -> None:
    page = open_page(reduced_motion="reduce")
    begin(page)
    expect(page.locator("bw-level-meter")).to_be_hidden()
    assert page.evaluate("document.getAnimations().length") == 0


def test_without_script_the_page_says_what_it_needs(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    # Chromium parses <noscript> as text even when its driver switches scripts off.
    assert "Recording needs JavaScript." in page.locator("main noscript").inner_text()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
