"""Bad lines, bad servers, reloads: nothing that was recorded is lost, and nothing is there twice."""

import hashlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.recorder.driving import (
    begin,
    digest_of_recording,
    kept_on_device,
    press,
    record,
    shown,
    until,
    wait_until_saved,
)
from tests.recorder.standin import Standin

pytestmark = pytest.mark.needs_chromium


def assert_whole(page: Page, standin: Standin) -> None:
    """The last take is what the browser's recorders handed out, each recording a segment."""
    segments = standin.takes[-1].segments
    recorded = [digest_of_recording(page, number) for number in range(-len(segments), 0)]
    assert [segment.offset for segment in segments] == [one["bytes"] for one in recorded]
    assert [hashlib.sha256(segment.content).hexdigest() for segment in segments] == [one["sha256"] for one in recorded]


def test_recording_goes_on_while_the_line_is_down(page: Page, standin: Standin) -> None:
    begin(page)
    page.wait_for_timeout(2500)
    page.context.set_offline(True)
    expect(shown(page, "The line is down. Please keep talking.")).to_be_visible()
    held = standin.takes[0].offset
    until(page, lambda: kept_on_device(page)["parts"] >= 3)
    expect(shown(page, "Safe here, on the server")).to_be_visible()
    assert standin.takes[0].offset == held

    page.context.set_offline(False)
    expect(shown(page, "Safe on the server", exact=True)).to_be_visible()
    press(page, "Stop")
    wait_until_saved(page)
    assert_whole(page, standin)


def test_a_whole_answer_may_be_recorded_without_a_line(page: Page, standin: Standin) -> None:
    page.context.set_offline(True)
    record(page, seconds=4)
    expect(shown(page, "Your answer is kept on this device")).to_be_visible()
    assert standin.takes == []

    page.context.set_offline(False)
    wait_until_saved(page)
    assert_whole(page, standin)


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(lambda server: server.fail("PATCH", 409, 460, 503, 500), id="refused and damaged pieces"),
        pytest.param(lambda server: server.fail("PATCH", 503, 503, after_storing=True), id="stored, answer lost"),
        pytest.param(lambda server: server.fail("PATCH", 401, 404), id="token run out"),
        pytest.param(lambda server: server.fail("HEAD", 503, 423), id="cannot say where it stands"),
        pytest.param(lambda server: server.fail("POST", 503, 500, path="/takes"), id="cannot open"),
        pytest.param(
            lambda server: server.fail("POST", 503, path="/takes", after_storing=True), id="opened, answer lost"
        ),
        pytest.param(lambda server: server.fail("POST", 503, 429, path="/finish"), id="cannot finish"),
        pytest.param(lambda server: server.fail("GET", 503, path="/takes/"), id="cannot say whether it is ready"),
    ],
)
def test_a_failing_server_costs_nothing_but_time(
    page: Page, standin: Standin, order: Callable[[Standin], None]
) -> None:
    order(standin)
    record(page, seconds=3)
    wait_until_saved(page)

    assert standin.faults == []
    assert len(standin.takes) == 1
    assert_whole(page, standin)


def test_a_reload_while_saving_goes_on_from_the_device(page: Page, standin: Standin) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    standin.fail("PATCH", *[503] * 500)
    record(page, seconds=4)
    expect(shown(page, "Saving", exact=True)).to_be_visible()
    page.wait_for_timeout(500)
    recorded = digest_of_recording(page)
    page.reload()

    expect(shown(page, "We found your answer.")).to_be_visible()
    standin.faults.clear()
    wait_until_saved(page)
    (take,) = standin.takes
    assert hashlib.sha256(take.content).hexdigest() == recorded["sha256"]
    assert kept_on_device(page) == {"takes": 0, "parts": 0}


def test_a_closed_tab_loses_nothing_that_was_handed_out(page: Page, standin: Standin) -> None:
    standin.fail("PATCH", *[503] * 500)
    begin(page)
    page.wait_for_timeout(4000)
    handed_out = page.evaluate("digestOf(recordings[0].slice(0, -1))")
    again = page.context.new_page()
    page.close(run_before_unload=False)
    standin.faults.clear()
    again.goto(f"{standin.url}/question")

    expect(shown(again, "We found your answer.")).to_be_visible()
    press(again, "Keep what is there")
    wait_until_saved(again)
    (take,) = standin.takes
    assert hashlib.sha256(take.content[: handed_out["bytes"]]).hexdigest() == handed_out["sha256"]
    assert (take.duration_ms or 0) >= 2_000
    press(again, "Keep it")
    again.wait_for_url("**/next")


def test_a_second_tab_leaves_a_running_recording_alone(page: Page, standin: Standin) -> None:
    begin(page)
    page.wait_for_timeout(2000)
    second = page.context.new_page()
    second.goto(f"{standin.url}/question")
    expect(second.get_by_role("button", name="Record", exact=True)).to_be_visible()
    second.wait_for_timeout(1000)
    expect(shown(second, "We found your answer.")).to_be_hidden()

    page.bring_to_front()
    press(page, "Stop")
    wait_until_saved(page)
    assert len(standin.takes) == 1
    assert_whole(page, standin)


def test_a_take_still_being_prepared_is_waited_for(page: Page, standin: Standin) -> None:
    standin.fail("GET", *[503] * 500, path="/takes/")
    record(page, seconds=2)
    while standin.takes[0].state == "receiving":
        page.wait_for_timeout(100)
    page.evaluate("indexedDB.deleteDatabase('bothways')")
    standin.faults.clear()
    page.reload()
    wait_until_saved(page)
    assert len(standin.takes) == 1


def test_a_browser_that_stores_nothing_still_records(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }")
    page.goto(f"{standin.url}/question")
    begin(page)
    expect(shown(page, "This browser does not let us keep your answer on the device.")).to_be_visible()
    page.wait_for_timeout(2500)
    press(page, "Stop")
    wait_until_saved(page)
    assert_whole(page, standin)


def test_a_device_that_fills_up_while_recording_is_told_and_survived(page: Page, standin: Standin) -> None:
    standin.fail("PATCH", *[503] * 500)
    begin(page)
    page.wait_for_timeout(2000)
    page.evaluate(
        """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); } }"""
    )
    expect(shown(page, "This browser does not let us keep your answer on the device.")).to_be_visible()
    page.wait_for_timeout(1500)
    standin.faults.clear()
    press(page, "Stop")
    wait_until_saved(page)
    assert_whole(page, standin)


def test_a_choice_waits_for_the_line_and_says_so(page: Page, standin: Standin) -> None:
    record(page, seconds=1.5)
    wait_until_saved(page)
    page.context.set_offline(True)
    press(page, "Keep it")
    expect(shown(page, "Your answer is safe on our server.")).to_be_visible()
    assert not standin.takes[0].chosen
    page.context.set_offline(False)
    page.wait_for_url("**/next")
    assert standin.takes[0].chosen


BREAK_ONE_PATCH = """
const fetched = window.fetch;
let broken = 0;
window.fetch = (url, options) => {
  if (options?.method !== "PATCH" || broken++) return fetched(url, options);
  return BREAK;
};
"""


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param("Promise.reject(new DOMException('', 'AbortError'))", id="the browser aborts by itself"),
        pytest.param(
            "new Promise((_, reject) => options.signal.addEventListener('abort', () => reject(new TypeError())))",
            id="a request hangs",
        ),
    ],
)
def test_requests_that_end_by_themselves_are_made_again(
    open_page: Callable[..., Page], standin: Standin, outcome: str
) -> None:
    """Known of Safari: it gives up on requests, or lets them hang, while the page is as healthy as before."""
    page = open_page("leave")
    page.add_init_script(BREAK_ONE_PATCH.replace("BREAK", outcome))
    page.goto(f"{standin.url}/question")
    record(page, seconds=2)
    wait_until_saved(page, 60)
    assert_whole(page, standin)


@pytest.mark.parametrize(
    "missing",
    [
        "MediaRecorder.isTypeSupported = undefined",
        "Object.defineProperty(navigator, 'locks', { value: undefined })",
        "AbortSignal.timeout = AbortSignal.any = undefined",
        "Object.defineProperty(navigator, 'storage', { value: undefined })",
        "Object.defineProperty(navigator, 'permissions', { value: undefined })",
    ],
)
def test_what_older_phones_lack_is_done_without(open_page: Callable[..., Page], standin: Standin, missing: str) -> None:
    page = open_page("leave")
    page.add_init_script(missing)
    page.goto(f"{standin.url}/question")
    record(page, seconds=1.5)
    wait_until_saved(page)
    assert_whole(page, standin)
