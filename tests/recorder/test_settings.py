"""How one answers, chosen on the page of the question: it holds at once, and the server remembers it."""

import io
from collections.abc import Callable

import av
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.recorder.driving import begin, heard_words, press, record, shown, until, wait_for_parts, wait_until_saved
from tests.recorder.standin import Standin
from tests.recorder.test_held import HIDE

pytestmark = pytest.mark.needs_chromium


@pytest.fixture(scope="module")
def muted(launch: Callable[..., Browser]) -> Browser:
    return launch(sound="silence.wav")


def unfold(page: Page) -> None:
    page.get_by_text("How I answer", exact=True).click()


def test_the_marks_are_those_the_server_remembers(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.settings |= {"mode": "audio", "timer": "none", "answer_time": "double"}
    page = open_page()
    unfold(page)
    for name in ("by voice", "nothing We only", "twice the time"):
        expect(page.get_by_role("radio", name=name)).to_be_checked()
    expect(page.get_by_role("group", name="I see myself")).to_be_hidden()


def test_the_time_changes_in_the_middle_of_an_answer(page: Page, standin: Standin) -> None:
    words = heard_words(page)
    begin(page)
    press(page, "Show digits")
    expect(shown(page, "of 3:00")).to_be_visible()
    unfold(page)
    page.get_by_role("radio", name="half as much again").check()
    expect(shown(page, "of 4:30")).to_be_visible()
    expect(shown(page, "Up to 4:30.")).to_be_visible()
    assert "Up to 4:30." in words()
    page.get_by_role("radio", name="no limit").check()
    expect(shown(page, "of 30:00")).to_be_visible()
    assert standin.settings["answer_time"] == "unlimited"
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    # Whether there is a camera is settled while it is open.
    expect(page.get_by_role("radio", name="by voice")).to_be_hidden()


def test_changes_made_without_a_line_arrive_in_their_order(page: Page, standin: Standin) -> None:
    unfold(page)
    page.context.set_offline(True)
    page.get_by_role("radio", name="twice the time").check()
    page.get_by_role("radio", name="half as much again").check()
    page.get_by_role("radio", name="digits").check()
    page.context.set_offline(False)
    until(page, lambda: standin.settings["timer"] == "digits")
    assert standin.settings["answer_time"] == "half_more"
    assert standin.limits["answer_limit_s"] == 270


def test_nothing_shows_the_time_but_its_end_is_told(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.settings["timer"] = "none"
    standin.limits |= {"answer_limit_s": 8, "notice_s": 4, "grace_s": 30}
    page = open_page()
    begin(page)
    expect(page.locator(".timer")).to_have_count(2)
    expect(page.locator(".timer:visible")).to_have_count(0)
    expect(shown(page, "4 seconds left", exact=True)).to_be_visible(timeout=15_000)
    expect(shown(page, "The time is up. Finish your sentence.")).to_be_visible(timeout=15_000)


def test_signing_needs_no_voice(open_page: Callable[..., Page], standin: Standin, muted: Browser) -> None:
    standin.settings["mode"] = "sign"
    page = open_page(browser=muted)
    begin(page)
    wait_for_parts(page, 4)
    expect(shown(page, "We do not hear you.")).to_be_hidden()
    press(page, "Stop")
    wait_until_saved(page)
    (take,) = standin.takes
    assert (take.kind, take.noted) == ("video", [])


def test_signing_needs_no_microphone(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.settings["mode"] = "sign"
    page = open_page("leave")
    page.add_init_script(
        """const open = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (wanted) {
          if (wanted.audio) throw new DOMException("", "NotFoundError");
          return open.call(this, wanted);
        };"""
    )
    page.goto(f"{standin.url}/question")
    record(page, 2)
    wait_until_saved(page)
    with av.open(io.BytesIO(standin.takes[0].content)) as media:
        assert [stream.type for stream in media.streams] == ["video"]


def test_a_take_in_which_nobody_was_heard_is_noted_and_free(
    open_page: Callable[..., Page], standin: Standin, muted: Browser
) -> None:
    page = open_page(browser=muted)
    begin(page)
    expect(shown(page, "Is the microphone switched off")).to_be_visible()
    press(page, "Stop")
    wait_until_saved(page)
    until(page, lambda: [one["code"] for one in standin.takes[0].noted] == ["silent"])


def test_each_question_has_its_own_way(page: Page, standin: Standin) -> None:
    unfold(page)
    page.get_by_role("radio", name="by voice").check()
    until(page, lambda: standin.settings["mode"] == "audio")
    record(page, 1.5)
    wait_until_saved(page)
    page.get_by_role("radio", name="on video", exact=True).check()
    record(page, 1.5)
    wait_until_saved(page)
    assert [take.kind for take in standin.takes] == ["audio", "video"]


def test_writing_and_the_own_link_are_offered(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    words = heard_words(page)
    unfold(page)
    expect(page.get_by_role("link", name="Answer in writing")).to_have_attribute("href", "/write")
    press(page, "Copy the link")
    until(page, lambda: page.evaluate("navigator.clipboard.readText()") == page.url)
    assert words()[-1] == "The link is copied."


def test_a_person_can_be_asked_for_in_every_state(page: Page, standin: Standin) -> None:
    talk = page.get_by_role("link", name="I would rather talk to a person")
    expect(talk).to_be_visible()
    press(page, "Record")
    expect(page.get_by_role("button", name="I am ready")).to_be_visible()
    expect(talk).to_be_visible()
    press(page, "I am ready")
    for pressed in ("Pause", "Go on"):
        wait_for_parts(page, 1)
        expect(talk).to_be_visible()
        press(page, pressed)
    page.evaluate(HIDE, True)
    expect(page.get_by_role("button", name="Keep what is there")).to_be_visible()
    expect(talk).to_be_visible()
    page.context.set_offline(True)
    press(page, "Keep what is there")
    expect(shown(page, "Saving", exact=True)).to_be_visible()
    expect(talk).to_be_visible()
    page.context.set_offline(False)
    wait_until_saved(page)
    expect(talk).to_be_visible()
