"""A candidate answers a question in a real browser: record, replay, choose."""

import hashlib
import io
import re
from collections.abc import Callable

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
    wait_for,
    wait_until_saved,
)
from tests.recorder.standin import Standin

pytestmark = pytest.mark.needs_chromium


def test_what_the_server_holds_is_what_the_browser_recorded(page: Page, standin: Standin) -> None:
    record(page, seconds=6)
    wait_until_saved(page)

    (take,) = standin.takes
    recorded = digest_of_recording(page)
    assert take.bytes == take.offset == recorded["bytes"]
    assert hashlib.sha256(take.content).hexdigest() == recorded["sha256"]
    with av.open(io.BytesIO(take.content)) as media:
        assert {stream.type for stream in media.streams} == {"audio", "video"}
        frames = sum(1 for frame in media.decode(video=0))
    assert frames > 30
    assert 5_500 <= (take.duration_ms or 0) <= 9_000


def test_parts_go_up_while_recording_and_leave_the_device(page: Page, standin: Standin) -> None:
    begin(page)
    expect(shown(page, "Safe on the server")).to_be_visible(timeout=15_000)
    # A busy machine may show a later second first: any from the fourth on says that parts go up meanwhile.
    page.get_by_text(re.compile(r"0:(0[4-9]|[1-5]\d) of 0:")).locator("visible=true").first.wait_for(timeout=30_000)

    assert standin.takes[0].offset > 0
    assert kept_on_device(page)["parts"] <= 3
    press(page, "Stop")
    wait_until_saved(page)
    assert kept_on_device(page) == {"takes": 0, "parts": 0}


def test_the_replay_comes_from_the_server(page: Page, standin: Standin) -> None:
    record(page, seconds=3)
    wait_until_saved(page)
    page.get_by_role("button", name="Play", exact=True).click()

    replay = page.locator("bw-clip[data-replay] > video")
    wait_for(page, "document.querySelector('bw-clip[data-replay] > video').currentTime > 0.5")
    assert replay.get_attribute("src") == f"/d/{standin.takes[0].id}"


def test_retake_and_choose_the_first(page: Page, standin: Standin) -> None:
    record(page, seconds=2)
    wait_until_saved(page)
    expect(shown(page, "2 takes are left.")).to_be_visible()
    record(page, seconds=2)
    wait_until_saved(page)
    expect(page.get_by_role("heading", name="Which one should we see?")).to_be_visible()

    page.get_by_role("radio", name="Take 1").check()
    expect(page.get_by_role("button", name="Use take 1")).to_be_visible()
    press(page, "Use take 1")
    page.wait_for_url("**/next")
    assert [take.chosen for take in standin.takes] == [True, False]


def test_the_last_take_cannot_be_recorded_again(page: Page, standin: Standin) -> None:
    standin.takes_allowed = 1
    page.reload()
    record(page, seconds=2)
    wait_until_saved(page)

    expect(shown(page, "No take is left.")).to_be_visible()
    expect(page.get_by_role("button", name="Record again")).to_be_hidden()
    press(page, "Keep it")
    page.wait_for_url("**/next")


def test_coming_back_shows_the_takes_of_before(page: Page, standin: Standin) -> None:
    record(page, seconds=2)
    wait_until_saved(page)
    page.reload()

    wait_until_saved(page)
    expect(shown(page, "We found your answer.")).to_be_hidden()
    press(page, "Keep it")
    page.wait_for_url("**/next")
    assert standin.takes[0].chosen


def test_a_pause_is_not_part_of_the_answer(page: Page, standin: Standin) -> None:
    begin(page)
    page.wait_for_timeout(2000)
    press(page, "Pause")
    expect(shown(page, "Paused", exact=True)).to_be_visible()
    page.wait_for_timeout(4000)
    press(page, "Go on")
    page.wait_for_timeout(2000)
    press(page, "Stop")
    wait_until_saved(page)

    (take,) = standin.takes
    assert 3_500 <= (take.duration_ms or 0) <= 6_500
    assert hashlib.sha256(take.content).hexdigest() == digest_of_recording(page)["sha256"]


def test_the_time_is_told_once_and_ends_after_the_grace(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.limits |= {"answer_limit_s": 6, "notice_s": 3, "grace_s": 2}
    page = open_page()
    words = heard_words(page)
    begin(page)
    expect(shown(page, "3 seconds left", exact=True)).to_be_visible()
    expect(shown(page, "The time is up. Finish your sentence.")).to_be_visible()
    wait_until_saved(page)

    assert words().count("3 seconds left") == 1
    assert words().count("The time is up. You have 2 more seconds to finish.") == 1
    assert len(words()) <= 8
    expect(shown(page, "The time was up, so the recording ended by itself.")).to_be_visible()
    assert (standin.takes[0].duration_ms or 0) >= 8_000


def test_the_time_to_think_never_starts_a_recording(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.limits["think_limit_s"] = 2
    page = open_page()
    expect(shown(page, "You have 2 seconds to think.")).to_be_visible()
    press(page, "Record")
    expect(shown(page, "The time to think is over.")).to_be_visible()
    page.wait_for_timeout(1500)

    assert standin.takes == []
    expect(page.get_by_role("button", name="I am ready")).to_be_visible()
    press(page, "I am ready")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_notes_stay_on_the_device_until_one_goes_on(page: Page) -> None:
    press(page, "Record")
    page.get_by_label("Notes, for your eyes only").fill("the boiler, three weeks late")
    page.reload()
    press(page, "Record")
    expect(page.get_by_label("Notes, for your eyes only")).to_have_value("the boiler, three weeks late")
    press(page, "I am ready")
    page.wait_for_timeout(1500)
    press(page, "Stop")
    wait_until_saved(page)
    press(page, "Keep it")
    page.wait_for_url("**/next")
    assert page.evaluate("sessionStorage.length") == 0


def test_ones_own_picture_is_off_while_recording_unless_asked_for(page: Page) -> None:
    picture = page.get_by_label("Your own picture")
    press(page, "Record")
    expect(picture).to_be_visible()
    press(page, "I am ready")
    expect(picture).to_be_hidden()
    press(page, "Picture on")
    expect(picture).to_be_visible()
    wait_for(page, "document.querySelector('video[data-self]').videoWidth > 0")
    press(page, "Picture off")
    expect(picture).to_be_hidden()


def test_answering_by_voice(page: Page, standin: Standin) -> None:
    press(page, "Voice only")
    record(page, seconds=3)
    wait_until_saved(page)

    (take,) = standin.takes
    assert (take.kind, take.mime.split("/")[0]) == ("audio", "audio")
    with av.open(io.BytesIO(take.content)) as media:
        assert [stream.type for stream in media.streams] == ["audio"]


def test_pressing_twice_opens_one_take(page: Page, standin: Standin) -> None:
    press(page, "Record")
    page.get_by_role("button", name="I am ready").dblclick()
    page.wait_for_timeout(1500)
    press(page, "Stop")
    wait_until_saved(page)
    assert len(standin.takes) == 1


def test_a_take_that_cannot_be_used_is_recorded_again(page: Page, standin: Standin) -> None:
    standin.spoil_next = True
    record(page, seconds=2)
    expect(shown(page, "This take cannot be played. Please record it again.")).to_be_visible(timeout=20_000)
    record(page, seconds=2)
    wait_until_saved(page)
    assert [take.state for take in standin.takes] == ["failed", "ready"]


def test_a_refusal_is_shown_in_the_servers_words(page: Page, standin: Standin) -> None:
    standin.takes_allowed = 0
    press(page, "Record")
    press(page, "I am ready")
    expect(shown(page, "There is no take left for this question.")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    assert standin.takes == []
