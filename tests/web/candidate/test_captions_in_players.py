"""Captions beside those who ask, as browsers have really read them: in Chromium and in Firefox."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from bothways.interviews.models import Interview
from bothways.kits.models import Captions
from bothways.lib.webvtt import Cue
from tests.factories import Cast, make_interview, make_token
from tests.factories.preparing import make_captions, make_recording
from tests.interviews.taking_part import consented
from tests.journeys.driven import Driven
from tests.journeys.firefox import firefox
from tests.web.look.conftest import Look, chromium, look  # noqa: F401

HARD = [
    Cue(0, 1_500, "Tom & Jerry <b>shout</b> --> &amp;"),
    Cue(1_500, 3_250, "Two lines,\nno more."),
    Cue(3_000, 4_040, "<v Bo>over the one before"),
    Cue(4_040, 9_001, "ما الذي شدّك؟ (a \u200fdir)"),
]
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
def test_in_chromium(look: Look, address: str) -> None:  # noqa: F811
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
