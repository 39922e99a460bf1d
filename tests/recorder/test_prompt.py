"""A recruiter records a question in the kit page."""

import hashlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.recorder.driving import digest_of_recording, press, shown, wait_for
from tests.recorder.standin import Standin

pytestmark = pytest.mark.needs_chromium


def test_a_prompt_is_recorded_watched_and_kept(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.takes_allowed = None
    page = open_page("prompt", viewport={"width": 1000, "height": 900})
    page.evaluate(
        "document.addEventListener('bw:kept', (event) => (window.kept = event.detail)); window.kept = null; undefined"
    )
    press(page, "Record")
    press(page, "I am ready")
    page.wait_for_timeout(2500)
    press(page, "Stop")
    expect(shown(page, "All of it is safe on the server")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for(page, "document.querySelector('bw-clip[data-replay] > video').currentTime > 0.3")
    press(page, "Keep it")

    expect(shown(page, "This is what candidates see")).to_be_visible()
    (take,) = standin.takes
    assert take.chosen
    assert page.evaluate("kept.take") == take.id
    assert hashlib.sha256(take.content).hexdigest() == digest_of_recording(page)["sha256"]
