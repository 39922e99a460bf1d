"""Captions beside those who ask, and in one's own answers, as Chromium and Firefox have really read them."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bothways.interviews.models import Interview, Take
from bothways.kits.models import Captions
from bothways.lib.webvtt import Cue
from bothways.media.models import Recording
from tests.factories import Cast, make_interview, make_token
from tests.factories.preparing import make_captions, make_recording, make_transcript
from tests.interviews.taking_part import answered, consented
from tests.journeys.driven import Driven
from tests.journeys.firefox import firefox
from tests.web.candidate.test_own_copy import rendered
from tests.web.film import play_film
from tests.web.looking import Look

HARD = [
    Cue(0, 1_500, "Tom & Jerry <b>shout</b> --> &amp;"),
    Cue(1_500, 3_250, "Two lines,\nno more."),
    Cue(3_000, 4_040, "<v Bo>over the one before"),
    Cue(4_040, 9_001, "ما الذي شدّك؟ (a \u200fdir)"),
]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
READ = """[...document.querySelector("video").textTracks[0].cues].map((cue) =>
  [Math.round(cue.startTime * 1000), Math.round(cue.endTime * 1000), cue.getCueAsHTML().textContent])"""
MODE = "document.querySelector('video').textTracks[0].mode"


class Chromium(Driven):
    def __init__(self, page: Page) -> None:
        self._page = page

    def goto(self, address: str) -> None:
        self._page.goto(address)

    def evaluate(self, expression: str) -> Any:
        return self._page.evaluate(expression)


@pytest.fixture
def address(transactional_db: None, live_server: Any) -> str:
    """The page of a question whose captions hold everything that is odd."""
    cast = Cast()
    question = cast.kit_version.questions.get(place=1)
    question.prompt = make_recording(cast.ada, duration_ms=9_900)
    question.captions = make_captions(question.prompt, cast.bo)
    question.save()
    cues = [{"start_ms": cue.start_ms, "end_ms": cue.end_ms, "text": cue.text} for cue in HARD]
    Captions.objects.filter(id=question.captions_id).update(cues=cues)
    interview: Interview = consented(make_interview(cast.stage, cast.kit_version))
    return f"{live_server.url}/i/{make_token(interview)}/questions/1/"


@pytest.mark.needs_chromium
def test_in_chromium(look: Look, address: str) -> None:
    captions_are_read_and_selected(Chromium(look.start()), address)


@pytest.mark.needs_firefox
def test_in_firefox(tmp_path: Path, address: str) -> None:
    with firefox(tmp_path / "profile") as browser:
        captions_are_read_and_selected(browser, address)


def captions_are_read_and_selected(browser: Driven, address: str) -> None:
    browser.goto(address)
    browser.wait_until("document.querySelector('video track').readyState === 2")
    assert browser.evaluate("document.querySelector('video').textTracks[0].cues.length") == len(HARD)
    assert [Cue(*cue) for cue in browser.evaluate(READ)] == HARD
    assert browser.evaluate("document.querySelector('video').textTracks[0].label") == "English"
    assert browser.evaluate(MODE) == "showing"
    browser.press("^Captions$")
    browser.wait_until(f"{MODE} === 'disabled'")
    browser.press("^Captions$")
    browser.wait_until(f"{MODE} === 'showing'")


@pytest.fixture
def sent(transactional_db: None, live_server: Any) -> str:
    """The page of a candidate's own data, where the first answer has a text."""
    cast = Cast()
    interview = consented(make_interview(cast.stage, cast.kit_version))
    answered(interview)
    take = Take.objects.get(answer__question__place=1)
    rendered(take)
    Recording.objects.filter(id=take.recording_id).update(duration_ms=10_000)
    make_transcript(take.recording, "Then I asked.", "About the rent.")
    return f"{live_server.url}/i/{make_token(interview)}/data/"


@pytest.mark.needs_chromium
def test_own_ones_in_chromium(look: Look, sent: str, film: Path) -> None:
    page = look.start(width=360, scheme="dark")
    play_film(page, film)
    own_captions_are_offered(Chromium(page), sent)
    page.evaluate("document.querySelector('bw-clip').play()")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0")
    expect(page.locator("bw-clip[data-playing] > video[controls]")).to_be_focused()
    look.check_as_it_stands(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "own-captions-360-dark.png")


@pytest.mark.needs_firefox
def test_own_ones_in_firefox(tmp_path: Path, sent: str) -> None:
    with firefox(tmp_path / "profile") as browser:
        own_captions_are_offered(browser, sent)


def own_captions_are_offered(browser: Driven, address: str) -> None:
    """Nothing is fetched before somebody wants them; chosen as the browser's own menu does it, they are read."""
    browser.goto(address)
    browser.wait_until("customElements.get('bw-clip') !== undefined")
    assert browser.evaluate("[...document.querySelectorAll('track')].length") == 1
    assert browser.evaluate(MODE) == "disabled"
    assert browser.evaluate("document.querySelector('video').controls") is False
    browser.evaluate("document.querySelector('video').dispatchEvent(new Event('play'))")
    assert browser.evaluate("document.querySelector('video').controls") is True
    assert browser.evaluate("document.querySelector('video').tabIndex") == 0
    assert browser.evaluate("document.querySelector('video').textTracks[0].label") == "English, by a machine"
    browser.evaluate("(document.querySelector('video').textTracks[0].mode = 'showing')")
    browser.wait_until("document.querySelector('video track').readyState === 2")
    assert [words for _start, _end, words in browser.evaluate(READ)] == ["Then I asked.", "About the rent."]


@pytest.mark.needs_chromium
def test_own_ones_without_scripts(look: Look, sent: str) -> None:
    """The browser's own controls are there, with the captions to choose, and nothing lies over them."""
    page = look.start(width=360, scripts=False)
    page.goto(sent)
    video = page.locator("bw-clip > video")
    expect(video).to_have_count(1)
    assert page.locator("bw-clip > video[controls]:not([tabindex]) > track[kind=captions]").count() == 1
    expect(page.locator("bw-clip > .foot")).to_be_hidden()
    box = video.bounding_box()
    assert box and box["width"] > 250
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "own-captions-360-no-scripts.png")
