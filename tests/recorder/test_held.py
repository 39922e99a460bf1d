"""Takes that break off: a call, a killed tab, another device. Nothing is lost, and one goes on."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.recorder.driving import (
    begin,
    digest_of_recording,
    go_on,
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
from tests.recorder.standin import Segment, Standin

pytestmark = pytest.mark.needs_chromium

KEEP_TRACKS = """
const open = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (...given) {
  const stream = await open.apply(this, given);
  window.tracks = Object.fromEntries(stream.getTracks().map((track) => [track.kind, track]));
  return stream;
};
"""
MUTE = """(muted) => {
  Object.defineProperty(tracks.audio, "muted", { value: muted, configurable: true });
  tracks.audio.dispatchEvent(new Event(muted ? "mute" : "unmute"));
}"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
WRONG_CLOCK = """
{
  const now = Date.now, by = DAYS * 86400000;
  Date.now = () => now() + by;
  // What a page begun with is not changed by setting the clock.
  if (document.readyState === "loading") {
    Object.defineProperty(performance, "timeOrigin", { value: performance.timeOrigin + by });
  }
}
"""
FAIL = """recorders.at(-1).dispatchEvent(
  Object.assign(new Event("error"), { error: new DOMException("", "EncodingError") })) && undefined"""

INTERRUPTIONS = [
    pytest.param(
        lambda page: page.evaluate("tracks.video.dispatchEvent(new Event('ended')) && undefined"),
        "device_lost",
        "The camera or microphone was gone, so the recording stopped.",
        id="camera unplugged",
    ),
    pytest.param(
        lambda page: page.evaluate(MUTE, True),
        "interrupted",
        "A call came in, or another app took the microphone or camera.",
        id="phone call",
    ),
    pytest.param(
        lambda page: page.evaluate(HIDE, True),
        "hidden",
        "This page was out of view",
        id="another app or a locked screen",
    ),
    pytest.param(
        lambda page: page.evaluate(FAIL),
        "browser_gave_up",
        "The browser stopped recording by itself.",
        id="recorder fails",
    ),
    pytest.param(
        lambda page: page.evaluate("recorders.at(-1).stop()"),
        "browser_gave_up",
        "The browser stopped recording by itself.",
        id="recorder stops by itself",
    ),
    pytest.param(
        lambda page: page.evaluate("window.records_nothing = (recorder) => recorder === recorders[0]; undefined"),
        "no_data",
        "The browser recorded nothing for 5 seconds",
        id="nothing comes",
    ),
]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def assert_segments(page: Page, segments: list[Segment]) -> None:
    """What the browser's recorders handed out is what the server holds, each recording a segment."""
    recorded = [digest_of_recording(page, number)["sha256"] for number in range(page.evaluate("recordings.length"))]
    assert [sha(segment.content) for segment in segments] == recorded


def killed(page: Page, standin: Standin, parts: int = 4) -> tuple[Page, dict[str, Any]]:
    """Records without a line, kills the tab, and opens the question again with the line back."""
    standin.fail("PATCH", *[503] * 500)
    begin(page)
    wait_for_parts(page, parts)
    until(page, lambda: kept_on_device(page)["parts"] >= parts - 1)
    handed_out = page.evaluate("digestOf(recordings[0].slice(0, -1))")
    again = page.context.new_page()
    again.set_default_timeout(20_000)
    page.close(run_before_unload=False)
    standin.faults.clear()
    again.goto(f"{standin.url}/question")
    expect(shown(again, "We found your answer.")).to_be_visible()
    return again, handed_out


@pytest.mark.parametrize(("interrupt", "code", "words"), INTERRUPTIONS)
def test_an_interruption_closes_the_segment_and_one_goes_on(
    open_page: Callable[..., Page], standin: Standin, interrupt: Callable[[Page], Any], code: str, words: str
) -> None:
    page = open_page("leave")
    page.add_init_script(KEEP_TRACKS)
    page.goto(f"{standin.url}/question")
    said = heard_words(page)
    begin(page)
    wait_for_parts(page, 2)
    interrupt(page)
    expect(shown(page, words)).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    assert any(words in one for one in said())
    expect(shown(page, "All you said", exact=False)).to_be_visible()
    # Camera and microphone are closed while nobody records.
    assert page.evaluate("Object.values(tracks).every((track) => track.readyState === 'ended')")

    page.evaluate(HIDE, False)
    go_on(page)
    wait_for_parts(page, 2)
    press(page, "Stop")
    wait_until_saved(page)
    (take,) = standin.takes
    assert [one["code"] for one in take.noted] == [code]
    assert_segments(page, take.segments)
    assert (take.duration_ms or 0) - sum(segment.duration_ms or 0 for segment in take.segments) in range(2000)
    assert kept_on_device(page) == {"takes": 0, "parts": 0}
    expect(shown(page, "3 takes are left.")).to_be_visible()


def test_a_call_that_is_over_at_once_interrupts_nothing(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.add_init_script(KEEP_TRACKS)
    page.goto(f"{standin.url}/question")
    begin(page)
    page.evaluate(MUTE, True)
    expect(shown(page, "Your microphone or camera has gone quiet.")).to_be_visible()
    page.evaluate(MUTE, False)
    expect(shown(page, "Your microphone or camera has gone quiet.")).to_be_hidden()
    wait_for_parts(page, 3)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    assert page.evaluate("recordings.length") == 1


def test_a_type_that_records_nothing_is_avoided_from_then_on(page: Page, standin: Standin) -> None:
    page.evaluate("window.records_nothing = (recorder) => recorder === recorders[0]; undefined")
    begin(page)
    expect(shown(page, "The browser recorded nothing for 5 seconds")).to_be_visible(timeout=20_000)
    go_on(page)
    wait_for_parts(page, 2)
    press(page, "Stop")
    wait_until_saved(page)
    first, second = page.evaluate("recorders.map((recorder) => recorder.mimeType)")
    assert first != second
    page.reload()
    record(page, 1.5)
    wait_until_saved(page)
    assert page.evaluate("recorders.at(-1).mimeType") == second


def test_a_killed_tab_goes_on_where_it_ended(page: Page, standin: Standin) -> None:
    again, handed_out = killed(page, standin)
    go_on(again)
    expect(shown(again, "Plenty of time")).to_be_visible()
    wait_for_parts(again, 2)
    press(again, "Stop")
    wait_until_saved(again)

    (take,) = standin.takes
    first, second = take.segments
    assert sha(first.content[: handed_out["bytes"]]) == handed_out["sha256"]
    assert sha(second.content) == digest_of_recording(again)["sha256"]
    assert (take.duration_ms or 0) >= 4_000
    assert (take.duration_ms or 0) - (first.duration_ms or 0) - (second.duration_ms or 0) in range(2000)
    # A closing tab is hidden first: its last word may have arrived, too.
    assert take.noted[-1]["code"] == "tab_lost"
    assert kept_on_device(again) == {"takes": 0, "parts": 0}


def test_a_killed_tab_is_kept_as_it_is(page: Page, standin: Standin) -> None:
    again, handed_out = killed(page, standin)
    # All of it goes up while one decides.
    until(again, lambda: standin.takes[0].offset >= handed_out["bytes"])
    press(again, "Keep what is there")
    wait_until_saved(again)
    (take,) = standin.takes
    assert len(take.segments) == 1
    assert sha(take.content[: handed_out["bytes"]]) == handed_out["sha256"]


def test_a_second_tab_says_where_the_answer_is_and_takes_it_up(page: Page, standin: Standin) -> None:
    begin(page)
    wait_for_parts(page, 2)
    other = page.context.new_page()
    other.goto(page.url)
    expect(shown(other, "You have begun this answer in another tab.")).to_be_visible()
    expect(other.locator("[data-say]")).to_contain_text("You have begun this answer in another tab.")
    wait_for_parts(page, 4)
    handed_out = digest_of_recording(page)
    page.close()

    expect(shown(other, "We found your answer.")).to_be_visible()
    expect(shown(other, "You have begun this answer in another tab.")).to_be_hidden()
    until(other, lambda: standin.takes[0].offset >= handed_out["bytes"])
    press(other, "Keep what is there")
    wait_until_saved(other)
    (take,) = standin.takes
    assert sha(take.content[: handed_out["bytes"]]) == handed_out["sha256"]
    assert kept_on_device(other) == {"takes": 0, "parts": 0}


def test_a_second_tab_shows_what_was_finished_in_the_first(page: Page, standin: Standin) -> None:
    begin(page)
    wait_for_parts(page, 2)
    other = page.context.new_page()
    other.goto(page.url)
    expect(shown(other, "You have begun this answer in another tab.")).to_be_visible()
    press(page, "Stop")
    wait_until_saved(page)
    expect(other.get_by_role("button", name="Record again", exact=True)).to_be_visible()
    expect(shown(other, "You have begun this answer in another tab.")).to_be_hidden()


@pytest.mark.parametrize("days", [-9000, 9000])
@pytest.mark.parametrize("since", ["before", "meanwhile"])
def test_a_clock_that_is_wrong_or_set_loses_nothing(
    open_page: Callable[..., Page], standin: Standin, since: str, days: int
) -> None:
    """After an empty battery a phone may be years wrong, until it has asked for the time."""
    page = open_page("leave")
    if since == "before":
        page.add_init_script(WRONG_CLOCK.replace("DAYS", str(days)))
    page.goto(f"{standin.url}/question")
    begin(page)
    wait_for_parts(page, 2)
    if since == "meanwhile":
        page.evaluate(WRONG_CLOCK.replace("DAYS", str(days)))
    wait_for_parts(page, 4)
    handed_out = digest_of_recording(page)
    again = page.context.new_page()
    page.close()
    again.goto(f"{standin.url}/question")
    expect(shown(again, "We found your answer.")).to_be_visible()
    until(again, lambda: standin.takes[0].offset >= handed_out["bytes"])
    press(again, "Keep what is there")
    wait_until_saved(again)
    (take,) = standin.takes
    assert sha(take.content[: handed_out["bytes"]]) == handed_out["sha256"]


def test_recording_again_keeps_what_was_found_to_be_chosen(page: Page, standin: Standin) -> None:
    again, handed_out = killed(page, standin)
    press(again, "Record again")
    press(again, "I am ready")
    wait_for_parts(again, 2)
    press(again, "Stop")
    wait_until_saved(again)
    expect(again.get_by_role("radio", name="Take 1")).to_be_visible()
    expect(again.get_by_role("radio", name="Take 2")).to_be_checked()
    first, second = standin.takes
    assert sha(first.content[: handed_out["bytes"]]) == handed_out["sha256"]
    assert sha(second.content) == digest_of_recording(again)["sha256"]
    # The one that broke off is free.
    expect(shown(again, "2 takes are left.")).to_be_visible()


def test_what_becomes_of_the_one_before_does_not_disturb_the_new_one(page: Page, standin: Standin) -> None:
    standin.fail("PATCH", *[503] * 500)
    begin(page)
    wait_for_parts(page, 3)
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(f"{standin.url}/question")
    press(again, "Record again")
    press(again, "I am ready")
    wait_for_parts(again, 2)
    # The one before is ended by another device, while the new one is being recorded.
    standin.takes[0].segments[0].closed = standin.takes[0].finished = True
    standin.takes[0].segments[0].bytes = 0
    standin.faults.clear()
    until(again, lambda: kept_on_device(again)["takes"] == 1)
    expect(shown(again, "Safe on the server", exact=True)).to_be_visible()
    expect(again.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    press(again, "Stop")
    wait_until_saved(again)
    assert sha(standin.takes[1].content) == digest_of_recording(again)["sha256"]


def test_one_may_break_off_again_and_again(page: Page, standin: Standin) -> None:
    begin(page)
    for _ in range(3):
        wait_for_parts(page, 2)
        page.evaluate(HIDE, True)
        page.evaluate(HIDE, False)
        go_on(page)
    wait_for_parts(page, 2)
    press(page, "Stop")
    wait_until_saved(page)
    assert [segment.number for segment in standin.takes[0].segments] == [1, 2, 3, 4]
    assert_segments(page, standin.takes[0].segments)


def test_several_segments_without_a_line_go_up_in_order(page: Page, standin: Standin) -> None:
    page.context.set_offline(True)
    begin(page)
    wait_for_parts(page, 2)
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)
    go_on(page)
    wait_for_parts(page, 2)
    press(page, "Stop")
    expect(shown(page, "Your answer is kept on this device")).to_be_visible()
    page.context.set_offline(False)
    wait_until_saved(page)
    assert_segments(page, standin.takes[0].segments)


def test_a_second_kill_finds_both_segments(page: Page, standin: Standin) -> None:
    again, handed_out = killed(page, standin)
    standin.fail("PATCH", *[503] * 500)
    go_on(again)
    wait_for_parts(again, 3)
    second_part = again.evaluate("digestOf(recordings[0].slice(0, -1))")
    third = again.context.new_page()
    again.close(run_before_unload=False)
    standin.faults.clear()
    third.goto(f"{standin.url}/question")
    press(third, "Keep what is there")
    wait_until_saved(third)
    first, second = standin.takes[0].segments
    assert sha(first.content[: handed_out["bytes"]]) == handed_out["sha256"]
    assert sha(second.content[: second_part["bytes"]]) == second_part["sha256"]


def test_another_device_goes_on_and_the_first_lets_go(open_page: Callable[..., Page], standin: Standin) -> None:
    laptop = open_page()
    begin(laptop)
    until(laptop, lambda: standin.takes != [] and standin.takes[0].offset > 0)
    phone = open_page()
    expect(shown(phone, "You began this answer on another device.")).to_be_visible()
    go_on(phone)
    wait_for_parts(phone, 2)
    press(phone, "Stop")
    wait_until_saved(phone)
    (take,) = standin.takes
    assert [segment.closed for segment in take.segments] == [True, False]
    assert sha(take.segments[1].content) == digest_of_recording(phone)["sha256"]

    expect(shown(laptop, "You ended this answer on another device.")).to_be_visible()
    until(laptop, lambda: kept_on_device(laptop) == {"takes": 0, "parts": 0})
    press(laptop, "Show where it stands")
    wait_until_saved(laptop)
    assert len(standin.takes) == 1


def test_what_arrived_from_another_device_is_kept(open_page: Callable[..., Page], standin: Standin) -> None:
    laptop = open_page()
    begin(laptop)
    until(laptop, lambda: standin.takes != [] and standin.takes[0].offset > 50_000)
    laptop.context.set_offline(True)
    phone = open_page()
    press(phone, "Keep what is there")
    wait_until_saved(phone)
    (take,) = standin.takes
    recorded = laptop.evaluate(
        "(bytes) => new Blob(recordings[0]).slice(0, bytes).arrayBuffer().then((it) => it.byteLength)", take.offset
    )
    assert take.segments[0].closed
    assert recorded == take.offset


def test_two_devices_at_once_write_into_two_segments(open_page: Callable[..., Page], standin: Standin) -> None:
    laptop, phone = open_page(), None
    begin(laptop)
    until(laptop, lambda: standin.takes != [] and standin.takes[0].offset > 0)
    phone = open_page()
    go_on(phone)
    until(phone, lambda: len(standin.takes[0].segments) == 2)
    # The first breaks off and goes on, too: its next segment comes behind the one of the phone.
    laptop.evaluate(HIDE, True)
    laptop.evaluate(HIDE, False)
    go_on(laptop)
    wait_for_parts(laptop, 2)
    until(laptop, lambda: len(standin.takes[0].segments) == 3 and standin.takes[0].segments[2].offset > 0)
    wait_for_parts(phone, 2)
    first, second, third = standin.takes[0].segments
    assert len({first.key, second.key, third.key}) == 3
    assert sha(first.content) == digest_of_recording(laptop, 0)["sha256"]
    for page, segment in ((phone, second), (laptop, third)):
        beginning = page.evaluate(
            """async (bytes) => {
              const whole = await new Blob(recordings.at(-1)).arrayBuffer();
              const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole.slice(0, bytes)));
              return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
            }""",
            segment.offset,
        )
        assert beginning == sha(segment.content)


def test_a_deadline_that_passes_meanwhile_stops_no_take(page: Page, standin: Standin) -> None:
    begin(page)
    until(page, lambda: len(standin.takes) == 1)
    standin.is_over = True
    wait_for_parts(page, 2)
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)
    go_on(page)
    wait_for_parts(page, 2)
    press(page, "Stop")
    wait_until_saved(page)
    assert_segments(page, standin.takes[0].segments)
    press(page, "Keep it")
    page.wait_for_url("**/next")


def test_more_time_after_a_fault_is_told(page: Page, standin: Standin) -> None:
    standin.comfort = "You have one more day for this."
    words = heard_words(page)
    begin(page)
    wait_for_parts(page, 1)
    page.evaluate(HIDE, True)
    expect(shown(page, "You have one more day for this.")).to_be_visible()
    assert words()[-1] == "You have one more day for this."


def test_a_type_with_which_the_tab_died_twice_is_avoided(page: Page, standin: Standin) -> None:
    types = []
    for _ in range(3):
        begin(page)
        wait_for_parts(page, 2)
        types.append(page.evaluate("recorders.at(-1).mimeType"))
        again = page.context.new_page()
        page.close(run_before_unload=False)
        page = again
        page.goto(f"{standin.url}/question")
        press(page, "Keep what is there")
        wait_until_saved(page)
    assert types[0] == types[1] != types[2]


def test_going_on_may_be_put_off(page: Page, standin: Standin) -> None:
    standin.prompt |= {"url": "/prompt.webm"}
    again, _ = killed(page, standin)
    press(again, "Go on")
    expect(shown(again, "Your answer so far: 0:0")).to_be_visible()
    press(again, "Back")
    expect(shown(again, "We found your answer.")).to_be_visible()
    press(again, "Keep what is there")
    wait_until_saved(again)


def test_the_screen_stays_awake_while_recording(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.add_init_script(
        """window.locks = [];
        WakeLock.prototype.request = async () => {
          const lock = { released: false, release: async () => (lock.released = true) };
          window.locks.push(lock);
          return lock;
        };"""
    )
    page.goto(f"{standin.url}/question")
    press(page, "Record")
    expect(page.get_by_role("button", name="I am ready")).to_be_visible()
    assert page.evaluate("locks.length") == 0
    press(page, "I am ready")
    wait_for(page, "locks.length === 1 && !locks[0].released")
    wait_for_parts(page, 1)
    press(page, "Stop")
    wait_for(page, "locks[0].released")


def test_a_browser_without_wake_lock_records_all_the_same(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.add_init_script("delete Navigator.prototype.wakeLock")
    page.goto(f"{standin.url}/question")
    record(page, 1.5)
    wait_until_saved(page)
