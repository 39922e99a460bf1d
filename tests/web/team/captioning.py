"""What the tests of the caption editor share: a question on video in a browser, and what stands in the editor."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from bothways.kits.models import Question
from bothways.lib.webvtt import Cue
from bothways.media.models import Rendition, RenditionKind
from tests.factories import Cast
from tests.factories.preparing import make_draft, make_recording
from tests.web.film import play_film
from tests.web.looking import Look

DURATION_MS = 9_900
PEAKS = [abs(50 - number % 100) * 2 for number in range(198)]


@pytest.fixture
def question(transactional_db: None) -> Question:
    """Asked on video for ten seconds, in two sentences."""
    cast = Cast()
    question = make_draft(cast.ada).questions.get(place=1)
    question.prompt = make_recording(cast.ada, duration_ms=DURATION_MS)
    question.text = "What did you do first? And how did it end?"
    question.save()
    recording = question.prompt
    Rendition.objects.create(
        organization=recording.organization,
        recording=recording,
        kind=RenditionKind.PEAKS,
        mime="application/json",
        size=1000,
        store_key=f"{recording.organization_id}/{recording.id}/peaks",
    )
    return question


@pytest.fixture
def page(look: Look, question: Question, film: Path) -> Page:
    page = look.start(question.asker.user)
    show_film(page, film)
    page.goto(address_of(question))
    expect(page.get_by_role("slider", name="Caption 1 as a whole")).to_be_visible()
    return page


def show_film(page: Page, film: Path) -> None:
    """The recording and its peaks."""
    play_film(page, film)

    def answer(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.fulfill(json={"per_second": 20, "peaks": PEAKS})
        else:
            route.fallback()

    page.route("**/d/**", answer)


def address_of(question: Question) -> str:
    return reverse("team:captions-edit", args=[question.organization.slug, "question", question.id])


def kept(question: Question) -> list[Cue]:
    captions = Question.objects.get(id=question.id).captions
    return captions.as_cues() if captions else []


def words(page: Page) -> list[str]:
    return [box.input_value() for box in page.get_by_role("textbox", name=re.compile("^Words of caption")).all()]


def times(page: Page) -> list[tuple[str, str]]:
    begins = [box.input_value() for box in page.get_by_role("textbox", name=re.compile("^Caption . begins")).all()]
    ends = [box.input_value() for box in page.get_by_role("textbox", name=re.compile("^Caption . ends")).all()]
    return list(zip(begins, ends, strict=True))


def seek(page: Page, seconds: float) -> None:
    page.locator("video").evaluate(
        "(video, at) => new Promise((done) => { video.onseeked = done; video.currentTime = at; })", seconds
    )


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-part=status]")).to_have_text("Saved")
