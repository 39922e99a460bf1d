"""Weak lines and full devices: the picture gets smaller, the recording never stops, and nothing is lost in between."""

import hashlib
import io
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import av
import pytest
from playwright.sync_api import Page, expect

from tests.recorder.driving import (
    begin,
    digest_of_recording,
    heard_words,
    kept_on_device,
    press,
    record,
    shown,
    until,
    wait_for,
    wait_for_parts,
    wait_until_saved,
)
from tests.recorder.standin import Standin

pytestmark = pytest.mark.needs_chromium

# One call of a module without the page around it.
CALL = """async ([name, given]) => {
  const quality = await import("/static/bothways/recorder/quality.js");
  return quality[name](...given);
}"""
PACE = """async (seen) => {
  const { Pace } = await import("/static/bothways/recorder/quality.js");
  const pace = new Pace();
  return seen.map(([at_ms, behind_ms]) => pace.fallsBehind(at_ms, behind_ms));
}"""
KNOWN_LINE = """(bits_per_s) => localStorage.setItem(
  "bothways.recorder", JSON.stringify({ uplink: { bits_per_s, at: Date.now() } }))"""
NEARLY_FULL = "StorageManager.prototype.estimate = async () => ({ quota: 100_000_000, usage: 90_000_000 })"


def assert_all_segments(page: Page, standin: Standin) -> None:
    recorded = [digest_of_recording(page, number)["sha256"] for number in range(page.evaluate("recordings.length"))]
    held = [hashlib.sha256(segment.content).hexdigest() for segment in standin.takes[-1].segments]
    assert held == recorded


def assert_no_gap(page: Page) -> None:
    """Each recorder began before the one before it ended."""
    times = page.evaluate("recorders.map(({ began, ended }) => [began, ended])")
    assert all(later[0] <= earlier[1] for earlier, later in pairwise(times))


@pytest.mark.parametrize(
    ("bits_per_s", "step"), [(None, 0), (5_000_000, 0), (1_000_000, 1), (400_000, 2), (250_000, 2), (50_000, 2)]
)
def test_the_first_step_follows_from_the_line(
    open_page: Callable[..., Page], bits_per_s: int | None, step: int
) -> None:
    assert open_page("leave").evaluate(CALL, ["stepFor", [bits_per_s]]) == step


@pytest.mark.parametrize(
    ("step", "bits_per_s", "mode", "below"),
    [(0, None, "video", 1), (0, 100_000, "video", 2), (2, 30_000, "video", 3), (2, 30_000, "sign", 2)],
)
def test_a_step_down(open_page: Callable[..., Page], step: int, bits_per_s: int | None, mode: str, below: int) -> None:
    assert open_page("leave").evaluate(CALL, ["stepBelow", [step, bits_per_s, mode]]) == below


@pytest.mark.parametrize(
    ("behind", "falls"),
    [
        pytest.param([2, 4, 6, 8, 9], False, id="a little behind"),
        pytest.param([2, 5, 8, 11, 14], True, id="more and more"),
        pytest.param([40, 38, 37, 35, 33], False, id="far behind but catching up"),
        pytest.param([40, 41, 41, 42, 42], False, id="far behind and holding"),
    ],
)
def test_what_counts_as_falling_behind(open_page: Callable[..., Page], behind: list[int], falls: bool) -> None:
    seen = [[(number + 1) * 2000, seconds * 1000] for number, seconds in enumerate(behind)]
    assert any(open_page("leave").evaluate(PACE, seen)) is falls


def test_a_line_that_falls_behind_gets_a_smaller_picture_without_a_gap(page: Page, standin: Standin) -> None:
    standin.bytes_per_s = 3_000
    words = heard_words(page)
    begin(page)
    expect(shown(page, "The line is slow just now, so the picture gets smaller.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    wait_for(page, "recorders.length === 2 && recorders[0].state === 'inactive'")
    assert page.evaluate("recorders[1].videoBitsPerSecond") < page.evaluate("recorders[0].videoBitsPerSecond")
    wait_for_parts(page, 3)
    standin.bytes_per_s = None
    press(page, "Stop")
    wait_until_saved(page)

    assert_no_gap(page)
    assert_all_segments(page, standin)
    (take,) = standin.takes
    assert take.noted == []
    assert sum("picture gets smaller" in one for one in words()) == 1
    with av.open(io.BytesIO(take.segments[1].content)) as media:
        assert {stream.type for stream in media.streams} == {"audio", "video"}


def test_the_smallest_picture_gives_way_to_the_voice(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.bytes_per_s = 3_000
    page = open_page("leave")
    page.evaluate(KNOWN_LINE, 200_000)
    page.goto(f"{standin.url}/question")
    begin(page)
    assert page.evaluate("recorders[0].videoBitsPerSecond") <= 200_000
    expect(shown(page, "so only your voice is recorded.")).to_be_visible(timeout=60_000)
    wait_for_parts(page, 2)
    standin.bytes_per_s = None
    press(page, "Stop")
    wait_until_saved(page, 60)
    assert_no_gap(page)
    assert_all_segments(page, standin)
    with av.open(io.BytesIO(standin.takes[0].segments[1].content)) as media:
        assert [stream.type for stream in media.streams] == ["audio"]


def test_a_line_that_is_down_does_not_make_the_picture_smaller(page: Page, standin: Standin) -> None:
    page.context.set_offline(True)
    begin(page)
    wait_for_parts(page, 18)
    assert page.evaluate("recorders.length") == 1
    page.context.set_offline(False)
    press(page, "Stop")
    wait_until_saved(page)


def test_a_device_that_is_nearly_full_keeps_a_smaller_picture(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.add_init_script(NEARLY_FULL)
    page.goto(f"{standin.url}/question")
    begin(page)
    expect(shown(page, "This device is nearly full, so the picture gets smaller.")).to_be_visible(timeout=15_000)
    wait_for(page, "recorders.length === 2 && recorders[0].state === 'inactive'")
    wait_for_parts(page, 2)
    press(page, "Stop")
    wait_until_saved(page)
    assert_no_gap(page)
    assert_all_segments(page, standin)


def test_a_browser_that_cannot_record_twice_goes_on_as_it_was(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.add_init_script(
        NEARLY_FULL
        + """;
        const Whole = window.MediaRecorder;
        window.MediaRecorder = class extends Whole {
          constructor(...given) {
            const busy = window.recorders.some(({ state }) => state !== "inactive");
            if (busy) throw new DOMException("", "NotSupportedError");
            super(...given);
          }
        };"""
    )
    page.goto(f"{standin.url}/question")
    begin(page)
    wait_for_parts(page, 3)
    press(page, "Stop")
    wait_until_saved(page)
    assert_all_segments(page, standin)
    assert len(standin.takes[0].segments) == 1


def test_stopping_in_the_middle_of_a_step_loses_nothing(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.add_init_script(
        """window.full = false;
        StorageManager.prototype.estimate = async () => ({ quota: 100_000_000, usage: window.full ? 90_000_000 : 0 });
        const clone = MediaStreamTrack.prototype.clone;
        MediaStreamTrack.prototype.clone = function () {
          queueMicrotask(() => document.querySelector("[data-act=stop]:not([hidden])").click());
          return clone.call(this);
        };"""
    )
    page.goto(f"{standin.url}/question")
    begin(page)
    page.evaluate("full = true")
    wait_until_saved(page)
    assert_all_segments(page, standin)
    assert kept_on_device(page) == {"takes": 0, "parts": 0}


def test_recording_at_250_kbit_s_keeps_up(open_page: Callable[..., Page], standin: Standin) -> None:
    """Measured in the check, on a line of 250 kbit/s and 300 ms: what is recorded is on the server soon after."""
    page = open_page("leave")
    line: dict[str, Any] = {
        "offline": False,
        "latency": 300,
        "uploadThroughput": 250_000 / 8,
        "downloadThroughput": 250_000 / 8,
    }
    page.goto(f"{standin.url}/check")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.get_by_text("A slow or broken line").click()
    expect(shown(page, "We tried your line: it is slow just now.")).to_be_visible(timeout=30_000)
    page.goto(f"{standin.url}/question")
    record(page, 8)
    wait_until_saved(page)
    assert page.evaluate("recorders.length") == 1
    assert page.evaluate("recorders[0].videoBitsPerSecond") <= 200_000
    assert_all_segments(page, standin)


def test_a_good_line_is_told_in_the_check(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("check")
    page.get_by_text("A slow or broken line").click()
    expect(shown(page, "We tried your line: it carries a sharp picture.")).to_be_visible()
    assert all(path == "/uplink" for _, path, _ in standin.requests)
    until(page, lambda: page.evaluate("JSON.parse(localStorage.getItem('bothways.recorder')).uplink.bits_per_s") > 1e6)


def test_a_line_that_cannot_be_measured_stops_nobody(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.fail("POST", 500, 500, path="/uplink")
    page = open_page("check")
    expect(shown(page, "We hear you", exact=True)).to_be_visible()
    page.goto(f"{standin.url}/question")
    record(page, 1.5)
    wait_until_saved(page)
