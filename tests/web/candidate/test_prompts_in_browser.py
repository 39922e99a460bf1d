"""Those who ask, in a real browser: captions, speed, sign language, replay."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bothways.interviews.actions.settings import change_settings
from bothways.interviews.models import Interview
from bothways.interviews.queries.settings import settings_of
from bothways.kits.models import KitVersion
from tests.factories import Cast, make_interview, make_token
from tests.factories.preparing import make_captions, make_recording
from tests.interviews.taking_part import actor_of, consented
from tests.web.film import play_film
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
SIGHTS = [(360, "dark", "ar"), (1440, "light", "en")]
CAPTIONS = "[...document.querySelector('video').textTracks].map((track) => track.mode).join()"


@pytest.fixture
def interview(transactional_db: None) -> Interview:
    """Question 1 and the welcome are asked on video, with captions, and in sign language."""
    cast = Cast()
    welcome, asked = make_recording(cast.ada, duration_ms=9_900), make_recording(cast.ada, duration_ms=9_900)
    KitVersion.objects.filter(id=cast.kit_version.id).update(
        welcome_prompt=welcome,
        welcome_captions=make_captions(welcome, cast.bo, "Hello & welcome"),
        welcome_sign=make_recording(cast.ada),
    )
    question = cast.kit_version.questions.get(place=1)
    question.prompt, question.sign = asked, make_recording(cast.ada)
    question.captions = make_captions(asked, cast.bo)
    question.save()
    return consented(make_interview(cast.stage, cast.kit_version))


@pytest.fixture
def link(interview: Interview) -> str:
    return f"/i/{make_token(interview)}/"


@pytest.fixture
def page(look: Look, film: Path) -> Page:
    page = look.start(width=390)
    play_film(page, film)
    return page


def test_captions_are_on_and_stay_off_once_they_are_switched_off(page: Page, link: str, interview: Interview) -> None:
    page.goto(f"{link}questions/1/")
    captions = page.get_by_role("button", name="Captions")
    expect(captions).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Play the question").click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    shown = "() => document.querySelector('video').textTracks[0].activeCues?.[0]?.getCueAsHTML().textContent"
    page.wait_for_function(f"{shown} === 'What did you do first?'")
    with page.expect_response(lambda answer: "settings" in answer.url and answer.ok):
        captions.press("Enter")
    expect(captions).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(CAPTIONS) == "disabled"
    assert settings_of(Interview.objects.get(id=interview.id)).captions is False
    page.goto(link)
    expect(page.get_by_role("button", name="Captions").first).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(CAPTIONS) == "disabled"


def test_the_speed_is_chosen_and_kept_for_the_next_question(page: Page, link: str) -> None:
    page.goto(f"{link}questions/1/")
    speed = page.get_by_role("button", name="Speed, 1 times")
    speed.click()
    expect(page.get_by_role("button", name="Speed, 0.75 times")).to_have_text("0.75×")
    assert page.evaluate("document.querySelector('video').playbackRate") == 0.75
    page.goto(link)
    expect(page.get_by_role("button", name="Speed, 0.75 times").first).to_be_visible()
    for expected in (1.25, 1):
        page.get_by_role("button", name="Speed").first.click()
        assert page.evaluate("document.querySelector('video').playbackRate") == expected


def test_sign_language_takes_the_place_of_the_voice_and_goes_back(page: Page, link: str) -> None:
    page.goto(f"{link}questions/1/")
    spoken = page.locator("bw-clip[data-prompt] > video").get_attribute("src")
    sign = page.get_by_role("button", name="Sign language")
    page.get_by_role("button", name="Speed").click()
    sign.click()
    expect(sign).to_have_attribute("aria-pressed", "true")
    assert page.locator("bw-clip[data-prompt] > video").get_attribute("src") not in (spoken, None)
    expect(page.get_by_role("button", name="Captions")).to_be_hidden()
    assert page.evaluate(CAPTIONS) == "disabled"
    assert page.evaluate("document.querySelector('video').playbackRate") == 0.75
    page.get_by_role("button", name="Play the question").click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    sign.click()
    expect(page.locator("bw-clip[data-prompt] > video")).to_have_attribute("src", spoken or "")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    expect(page.get_by_role("button", name="Captions")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(CAPTIONS) == "showing"


def test_it_is_played_again_as_often_as_wanted_and_after_its_address_is_over(page: Page, link: str) -> None:
    page.goto(f"{link}questions/1/")
    old = page.locator("bw-clip[data-prompt] > video").get_attribute("src") or ""
    for _ in range(2):
        page.get_by_role("button", name="Play the question").click()
        page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
        page.evaluate("document.querySelector('video').currentTime = 60")
        expect(page.get_by_role("button", name="Play the question")).to_be_visible()
    page.route(f"**{old}", lambda route: route.fulfill(status=410, body="{}"))
    page.evaluate("document.querySelector('video').load()")
    page.get_by_role("button", name="Play the question").click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    assert page.locator("bw-clip[data-prompt] > video").get_attribute("src") != old


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_pages_in_each_look(
    look: Look,
    film: Path,
    interview: Interview,
    link: str,
    width: int,
    scheme: str,
    language: str,
) -> None:
    change_settings(interview=interview, actor=actor_of(interview), language=language)
    page = look.start(width=width, scheme=scheme)
    play_film(page, film)
    for path in ("", "questions/1/"):
        look.check(page, f"{link}{path}")
        expect(page.locator("[data-clip-tools]").first).to_be_visible()
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"asked-{width}-{scheme}-{language}{path[:1]}.png", full_page=True)
