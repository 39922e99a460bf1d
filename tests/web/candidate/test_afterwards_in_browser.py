"""Asking for a person, and the page afterwards, in a real browser: axe, narrow, both themes, without scripts."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bothways.interviews.actions.progress import submit
from bothways.interviews.actions.requests import answer, ask
from bothways.interviews.actions.written import Given, keep_written
from bothways.interviews.models import ChangeMade, Interview, Request
from tests.factories import Cast, make_interview, make_token
from tests.interviews.taking_part import actor_of, consented, question, recorded
from tests.web.candidate.test_own_copy import rendered
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1440, "light", "en")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
"""A folder for screenshots, where somebody wants to look at them."""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    cast.organization.contact_email = "people@kestrel.example"
    cast.organization.save()
    return cast


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def waiting(cast: Cast, language: str) -> Interview:
    """Half way, with an open request."""
    interview = consented(
        make_interview(cast.stage, cast.kit_version, "José Luis Fernández de la Vega Ruiz", language=language)
    )
    rendered(recorded(interview, 1))
    ask(interview=interview, kind="change", words="Evenings are better for me.", actor=actor_of(interview))
    return interview


def sent(cast: Cast, language: str) -> Interview:
    """Sent in all ways there are, with a request that was answered."""
    interview = consented(make_interview(cast.stage, cast.kit_version, "ليلى حداد", language=language))
    actor = actor_of(interview)
    asked = ask(interview=interview, kind="change", words="May I write?", actor=actor)
    answer(
        actor=cast.actor(cast.ada), request=asked, message="Of course.\n\nTake your time.",
        changed=ChangeMade.MORE_DAYS, days=3,
    )  # fmt: skip
    for place in (1, 2, 3):
        rendered(recorded(interview, place))
    given = Given(text="I work best when I know why. " * 12)
    keep_written(interview=interview, question=question(interview, 4), given=given, actor=actor)
    submit(interview=interview, actor=actor)
    return interview


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_every_page(look: Look, cast: Cast, width: int, scheme: str, language: str) -> None:
    page = look.start(width=width, scheme=scheme)
    for name, interview, paths in (
        ("waiting", waiting(cast, language), ["", "talk/", "talk/?for=change", "questions/", "data/", "withdraw/"]),
        ("sent", sent(cast, language), ["", "talk/", "data/", "withdraw/"]),
    ):
        token = make_token(interview)
        for path in paths:
            look.check(page, f"/i/{token}/{path}")
            shoot(page, f"candidate-{name}-{path.strip('/').replace('/?', '-') or 'front'}-{width}-{scheme}-{language}")
    look.check(page, f"/i/{make_token(interview)}/questions/99/")


def test_asking_by_keyboard_alone(look: Look, cast: Cast) -> None:
    interview = consented(make_interview(cast.stage, cast.kit_version))
    page = look.start(width=360)
    page.goto(f"/i/{make_token(interview)}/questions/1/")
    page.get_by_role("link", name="I need a change").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="I need a change: more time")).to_be_checked()
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Your message is on its way. Ada Lindqvist answers you by")
    expect(page.get_by_role("heading", name="What you asked for")).to_be_visible()
    assert Request.objects.get().kind == "change"


def test_what_is_touched_is_large_enough(look: Look, cast: Cast) -> None:
    page = look.start(width=360)
    page.goto(f"/i/{make_token(waiting(cast, 'en'))}/talk/")
    for target in page.get_by_role("radio").all():
        box = target.locator("xpath=ancestor::label").bounding_box()
        assert box and box["height"] >= 44
    for button in page.get_by_role("main").get_by_role("button").all():
        box = button.bounding_box()
        assert box and box["height"] >= 44


def test_without_scripts_everything_can_be_had(look: Look, cast: Cast) -> None:
    page = look.start(width=360, scripts=False)
    page.goto(f"/i/{make_token(sent(cast, 'en'))}/")
    assert page.get_by_role("link", name="Download answer").count() == 3
    page.get_by_text("Read answer 4").click()
    expect(page.locator(".given").get_by_text("I work best when I know why.")).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download everything").click()
    data = Path(downloading.value.path()).read_bytes()
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    page.get_by_role("link", name="Withdraw").click()
    expect(page.get_by_role("heading", name="Do you want to withdraw?")).to_be_visible()
    expect(page.get_by_role("link", name="Stay in")).to_be_visible()


def test_the_link_to_another_device(look: Look, cast: Cast) -> None:
    interview = consented(make_interview(cast.stage, cast.kit_version))
    page = look.start()
    page.goto(f"/i/{make_token(interview)}/questions/")
    code = page.get_by_role("img", name="QR code of your link")
    expect(code).to_be_visible()
    ground = code.locator("path").first.bounding_box()
    assert ground and ground["width"] > 120 and abs(ground["width"] - ground["height"]) < 2
    page.get_by_role("button", name="Send me this link").click()
    expect(page.get_by_role("status")).to_contain_text("The link is on its way to")
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.get_by_role("img", name="QR code of your link")).to_be_hidden()
