"""The device check and the practice page: all of it stays on the device."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.recorder.driving import begin, press, shown, wait_for
from tests.recorder.standin import Standin

pytestmark = pytest.mark.needs_chromium


def listen(page: Page) -> list[Request]:
    """Requests from now on that reach a server, without those for the page's own scripts and styles."""
    seen: list[Request] = []
    page.on("request", lambda request: "/static/" in request.url or request.url[:5] == "blob:" or seen.append(request))
    return seen


def test_one_sees_and_hears_oneself(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("check")
    seen = listen(page)
    wait_for(page, "document.querySelector('video[data-self]').videoWidth > 0")
    expect(shown(page, "We hear you", exact=True)).to_be_visible()
    wait_for(page, "document.querySelectorAll('bw-level-meter .on').length > 5")
    mirrored = page.evaluate("getComputedStyle(document.querySelector('video[data-self]')).scale")
    assert mirrored.startswith("-1")

    press(page, "Record and play 3 seconds")
    expect(shown(page, "Recording for 3 seconds, on this device only")).to_be_visible()
    wait_for(page, "(document.querySelector('bw-clip[data-try] > video')?.currentTime ?? 0) > 0.5")
    # Noise, to measure the line; never a picture or a sound.
    assert {request.url.removeprefix(standin.url) for request in seen} <= {"/uplink"}
    page.get_by_role("link", name="Looks and sounds good").click()
    page.wait_for_url("**/next")


def test_choosing_a_device_is_remembered(open_page: Callable[..., Page]) -> None:
    page = open_page("check")
    microphone = page.get_by_label("Microphone", exact=True)
    wait_for(page, "document.querySelector('select[name=microphone]').options.length > 1")
    chosen = microphone.locator("option").nth(1).get_attribute("value")
    microphone.select_option(index=1)
    expect(shown(page, "We hear you", exact=True)).to_be_visible()
    expect(microphone).to_have_value(chosen or "")
    assert page.evaluate("JSON.parse(localStorage.getItem('bothways.recorder')).microphone") == chosen


def test_wishes_made_in_the_check_hold_while_recording(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("check")
    page.get_by_label("Show my own picture while I record").check()
    page.get_by_label("Let the browser clean up the sound").uncheck()
    page.goto(f"{standin.url}/question")
    begin(page)
    expect(page.get_by_label("Your own picture")).to_be_visible()
    settings = page.evaluate("document.querySelector('video[data-self]').srcObject.getAudioTracks()[0].getSettings()")
    assert settings["noiseSuppression"] is False
    assert settings["autoGainControl"] is False


def test_something_is_wrong_brings_help(open_page: Callable[..., Page]) -> None:
    page = open_page("check")
    press(page, "Something is wrong")
    expect(shown(page, "The bars do not move")).to_be_visible()
    expect(page.get_by_role("button", name="Go on with voice only")).to_be_visible()


def test_a_silent_microphone_is_named(open_page: Callable[..., Page], launch: Callable[..., Browser]) -> None:
    page = open_page("check", browser=launch(sound="silence.wav"))
    expect(shown(page, "We hear nothing")).to_be_visible()
    expect(shown(page, "Is there a switch on the headset")).to_be_visible()


def test_practice_is_never_sent(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("practice")
    page.wait_for_load_state("networkidle")
    seen = listen(page)
    for again in (False, True):
        press(page, "Once more" if again else "Record")
        press(page, "I am ready")
        expect(shown(page, "Recording on this device only")).to_be_visible()
        page.wait_for_timeout(2000)
        press(page, "Stop")
        expect(page.get_by_role("heading", name="That is how it works")).to_be_visible()
        page.get_by_role("button", name="Play", exact=True).click()
        wait_for(page, "document.querySelector('bw-clip[data-replay] > video').currentTime > 0.3")

    assert seen == []
    assert standin.takes == []
    assert page.evaluate("indexedDB.databases()") == []
    page.get_by_role("link", name="To the questions").and_(page.locator(".primary")).click()
    page.wait_for_url("**/next")
