"""The whole of a question by keyboard alone: the focus is never lost, and nothing needs a pointer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.recorder.driving import heard_words, shown, until, wait_for_parts, wait_until_saved
from tests.recorder.standin import Standin
from tests.recorder.test_held import HIDE

pytestmark = pytest.mark.needs_chromium


def focused(page: Page) -> str:
    """The words of whatever has the focus."""
    return page.evaluate("(document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()")


def tab_to(page: Page, words: str) -> None:
    for _ in range(40):
        if focused(page) == words:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never came to {words!r}")


def test_a_question_is_answered_without_a_pointer(page: Page, standin: Standin) -> None:
    words = heard_words(page)
    tab_to(page, "Record")
    page.keyboard.press("Enter")
    ready = page.get_by_role("button", name="I am ready")
    expect(ready).to_be_focused()
    page.keyboard.press("Space")
    stop = page.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_focused()
    page.wait_for_timeout(1500)
    tab_to(page, "Pause")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    page.keyboard.press("Enter")
    expect(stop).to_be_focused()
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    wait_until_saved(page)
    expect(page.get_by_role("heading", name="Your answer is on our server")).to_be_focused()
    assert "Recording." in words()
    assert words()[-1] == "Saved. All of it is on the server."

    tab_to(page, "Record again")
    page.keyboard.press("Enter")
    expect(ready).to_be_focused()
    page.keyboard.press("Enter")
    expect(stop).to_be_focused()
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    wait_until_saved(page)
    expect(page.get_by_role("heading", name="Which one should we see?")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Take 2")).to_be_focused()
    page.keyboard.press("ArrowUp")
    tab_to(page, "Use take 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/next")
    assert [take.chosen for take in standin.takes] == [True, False]


def test_an_answer_that_breaks_off_goes_on_without_a_pointer(page: Page, standin: Standin) -> None:
    words = heard_words(page)
    tab_to(page, "Record")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="I am ready")).to_be_focused()
    page.keyboard.press("Enter")
    stop = page.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_focused()
    wait_for_parts(page, 1)
    page.evaluate(HIDE, True)
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    page.evaluate(HIDE, False)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="I am ready")).to_be_focused()
    tab_to(page, "Back")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="I am ready")).to_be_focused()
    page.keyboard.press("Enter")
    expect(stop).to_be_focused()
    wait_for_parts(page, 1)
    page.evaluate(HIDE, True)
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    tab_to(page, "Keep what is there")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    expect(page.get_by_role("heading", name="Your answer is on our server")).to_be_focused()
    said = words()
    assert [one for one in said if one.startswith("This page was out of view")] != []
    assert "Camera and microphone are open. Your answer goes on when you press." in said
    # Never the seconds.
    assert not any(re.search(r"\d:\d\d", one) for one in said)


def test_how_one_answers_is_set_without_a_pointer(page: Page, standin: Standin) -> None:
    tab_to(page, "How I answer")
    page.keyboard.press("Enter")
    tab_to_input(page, "mode")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="by voice")).to_be_checked()
    tab_to_input(page, "answer_time")
    page.keyboard.press("ArrowDown")
    until(page, lambda: (standin.settings["mode"], standin.settings["answer_time"]) == ("audio", "half_more"))
    expect(page.get_by_role("radio", name="half as much again")).to_be_focused()
    # What has the focus is not behind the buttons at the foot of the screen.
    for _ in range(12):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => {
              const [focus, dock] = [document.activeElement, document.querySelector(".dock")];
              const [a, b] = [focus, dock].map((node) => node.getBoundingClientRect());
              return !dock.contains(focus) && !focus.closest(".doors") && a.top > b.top && a.bottom < b.bottom;
            }"""
        )
        assert not covered


def tab_to_input(page: Page, name: str) -> None:
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset?.set ?? ''") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never came to {name!r}")


def test_a_key_held_down_does_not_stop_what_it_started(page: Page) -> None:
    page.get_by_role("button", name="Record", exact=True).press("Enter")
    expect(page.get_by_role("button", name="I am ready")).to_be_focused()
    for _ in range(10):
        page.keyboard.down("Enter")
        page.wait_for_timeout(50)
    page.keyboard.up("Enter")
    expect(shown(page, "Recording", exact=True)).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_focused()


def test_everything_that_can_be_pressed_is_large_enough(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 360, "height": 800})
    small = """() => [...document.querySelectorAll(":is(main, .dock) :is(button, select, a, summary, .pick)")]
      .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 44)
      .map((node) => node.innerText || node.ariaLabel)"""
    assert page.evaluate(small) == []
    page.get_by_text("How I answer", exact=True).click()
    assert page.evaluate(small) == []
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="I am ready").click()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    assert page.evaluate(small) == []
    page.evaluate(HIDE, True)
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    assert page.evaluate(small) == []
