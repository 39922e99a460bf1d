"""The editor of captions from its first to its last deed without a mouse, and its timeline with one."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from bothways.kits.models import Captions, Question
from bothways.lib.webvtt import Cue
from tests.web.team.captioning import kept, page, question, times, wait_until_saved, words  # noqa: F401

pytestmark = pytest.mark.needs_chromium


def go_to(page: Page, target: Locator) -> None:  # noqa: F811
    """With the Tab key, as somebody without a mouse."""
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not get there")


def slider(page: Page, name: str) -> Locator:  # noqa: F811
    return page.get_by_role("slider", name=name)


def press(page: Page, *keys: str) -> None:  # noqa: F811
    for key in keys:
        page.keyboard.press(key)


def test_everything_by_keyboard_alone(page: Page, question: Question) -> None:  # noqa: F811
    clock = page.locator("[data-part=clock]")
    go_to(page, slider(page, "Caption 1 as a whole"))

    # The place in the recording, the edges of a caption, the caption as a whole.
    press(page, *"llllll")
    expect(clock).to_have_text("0:06.0 / 0:09.9")
    press(page, "ArrowDown")
    expect(slider(page, "Caption 2 as a whole")).to_be_focused()
    press(page, "[")
    assert times(page) == [("0:00.0", "0:06.0"), ("0:06.0", "0:09.9")]
    press(page, "Tab")
    expect(slider(page, "Caption 2 begins")).to_be_focused()
    press(page, "ArrowRight", "ArrowLeft", "ArrowLeft")
    assert times(page)[1][0] == "0:06.0", "a neighbor is not run over"
    press(page, "ArrowRight", "Tab", "Shift+ArrowLeft")
    expect(slider(page, "Caption 2 ends")).to_have_attribute("aria-valuetext", "0:08.9")
    press(page, "Shift+Tab", "Shift+Tab", "ArrowRight")
    expect(slider(page, "Caption 2 as a whole")).to_have_attribute(
        "aria-valuetext", "from 0:06.2 to 0:09.0: And how did it end?"
    )
    assert times(page)[1] == ("0:06.2", "0:09.0")

    # Split and join at the place in the recording.
    press(page, "l", ".", ",", "s")
    assert words(page) == ["What did you do first?", "And how", "did it end?"]
    assert times(page)[1:] == [("0:06.2", "0:07.0"), ("0:07.0", "0:09.0")]
    press(page, "m")
    assert words(page)[1] == "And how did it end?"

    # While one writes, every character is a character; other keys split, join, go about, undo.
    second, third = page.get_by_label("Words of caption 2"), page.get_by_label("Words of caption 3")
    press(page, "Enter")
    expect(second).to_be_focused()
    press(page, "Home")
    page.keyboard.type("smnk?[ ")
    assert words(page) == ["What did you do first?", "smnk?[ And how did it end?"]
    press(page, "Control+z")
    expect(second).to_have_value("And how did it end?")
    press(page, "Home", "ArrowRight", "ArrowRight", "ArrowRight", "Alt+Enter")
    assert words(page)[1:] == ["And", "how did it end?"] and times(page)[1][1] == "0:07.0"
    expect(second).to_be_focused()
    press(page, "Alt+ArrowDown")
    expect(third).to_be_focused()
    press(page, "Alt+ArrowUp", "Alt+Shift+Enter")
    assert words(page)[1:] == ["And how did it end?"]
    press(page, "Control+z")
    assert words(page)[1:] == ["And", "how did it end?"]
    press(page, "Control+Shift+z")
    assert words(page)[1:] == ["And how did it end?"]
    press(page, "Alt+PageDown", "F9", "Alt+PageUp", "Alt+Shift+PageDown", "F8")
    assert times(page)[1] == ("0:07.04", "0:08.0")

    # A new one, removed, and back again; closer and farther; the sheet of keys.
    press(page, "Escape")
    expect(slider(page, "Caption 2 as a whole")).to_be_focused()
    press(page, "l", "l", "n")
    expect(third).to_be_focused()
    page.keyboard.type("Thank you.")
    press(page, "Escape", "Delete")
    expect(slider(page, "Caption 2 as a whole")).to_be_focused()
    assert len(words(page)) == 2
    press(page, "Control+z")
    assert words(page)[2] == "Thank you."
    width = wide(page)
    press(page, "+", "+")
    assert wide(page) > 2 * width
    press(page, "0")
    assert wide(page) == width
    press(page, "?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("heading", name="Keys")).to_be_hidden()
    expect(slider(page, "Caption 2 as a whole")).to_be_focused()

    # Play, pause, and call it right.
    press(page, *"jjjjjk")
    page.wait_for_function("() => !document.querySelector('video').paused")
    press(page, "F4")
    page.wait_for_function("() => document.querySelector('video').paused")
    go_to(page, page.get_by_role("button", name="I have read these captions, and they are right"))
    press(page, "Enter")
    expect(page.get_by_text("The captions are read and called right, by you.")).to_be_visible()
    assert kept(question) == [
        Cue(0, 6_000, "What did you do first?"),
        Cue(7_040, 8_000, "And how did it end?"),
        Cue(9_040, 9_900, "Thank you."),
    ]
    assert Captions.objects.get().is_reviewed


def test_the_place_in_the_recording_is_a_slider_and_time_runs_on_to_the_right(page: Page) -> None:  # noqa: F811
    place = slider(page, "Place in the recording")
    place.focus()
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "ArrowLeft")
    expect(place).to_have_attribute("aria-valuetext", "0:01.9")
    expect(place).to_have_attribute("aria-valuenow", "1.9")


def wide(page: Page) -> float:  # noqa: F811
    return page.locator(".cue-timeline").evaluate("svg => svg.width.baseVal.value")


def drag(page: Page, target: Locator, by_s: float) -> None:  # noqa: F811
    """From the middle of a part of the timeline, by as much as that many seconds are wide."""
    box = target.bounding_box()
    assert box
    second = wide(page) / 9.9
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by_s * second / 2, y)
    page.mouse.move(x + by_s * second, y)
    page.mouse.up()


def ms(text: str) -> int:
    found = re.fullmatch(r"0:(\d\d)\.(\d+)", text)
    assert found
    return int(found[1]) * 1000 + int(found[2].ljust(3, "0"))


def test_blocks_are_moved_and_pulled_with_a_pointer_and_snap(page: Page, question: Question) -> None:  # noqa: F811
    drag(page, slider(page, "Caption 2 ends"), -2)
    assert abs(ms(times(page)[1][1]) - 7_900) < 60
    drag(page, slider(page, "Caption 2 as a whole"), 1)
    assert abs(ms(times(page)[1][0]) - 6_200) < 60 and abs(ms(times(page)[1][1]) - 8_900) < 120
    # Near to a neighbor it touches it, and it is never run over.
    drag(page, slider(page, "Caption 2 begins"), -0.95)
    assert times(page)[1][0] == times(page)[0][1] == "0:05.2"
    drag(page, slider(page, "Caption 2 begins"), -4)
    assert times(page)[1][0] == "0:05.2"
    # One drag is one step back.
    page.get_by_role("button", name="Undo").click()
    assert abs(ms(times(page)[1][0]) - 6_200) < 60
    # A click beside the blocks goes there.
    page.locator(".cue-timeline").click(position={"x": 0.5 * wide(page), "y": 8})
    expect(slider(page, "Place in the recording")).to_have_attribute("aria-valuenow", re.compile(r"^4\.9"))
    wait_until_saved(page)
    assert kept(question)[1].start_ms == ms(times(page)[1][0])


def test_the_waveform_is_drawn_behind_the_captions(page: Page) -> None:  # noqa: F811
    page.locator(".cue-timeline .wave path").wait_for(state="attached")
    assert page.locator(".cue-timeline .wave").get_attribute("viewBox") == "0 0 198 100"
    assert page.locator("bw-captions [style]").count() == 0
