"""A candidate learns that an answer cannot be heard or seen: at once or a moment later, said once, and may keep it."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bothways.interviews.models import Interview, Take
from bothways.media.measurement import Measurement, as_json
from bothways.media.models import Recording, Rendition
from tests.factories import Cast, make_interview, make_token
from tests.interviews.taking_part import answered, consented
from tests.web.film import play_film
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1280, "light", "en")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
SILENT = Measurement(has_sound=False, has_speech=False, is_black=False)
SILENT_AND_BLACK = Measurement(has_sound=False, has_speech=False, is_black=True)
SPEECHLESS = Measurement(-20.0, -3.0, -15.0, True, False, False)


def dee(language: str = "en") -> Interview:
    cast = Cast()
    cast.organization.contact_email = "people@kestrel.example"
    cast.organization.save()
    interview = answered(consented(make_interview(cast.stage, cast.kit_version, language=language)))
    for take in Take.objects.select_related("recording"):
        Rendition.objects.create(
            organization=cast.organization,
            recording=take.recording,
            kind="universal",
            mime="video/mp4",
            size=6,
            store_key=str(take.id),
        )
    return interview


def measure(interview: Interview, place: int, measurement: Measurement) -> None:
    recordings = Take.objects.filter(answer__interview=interview, answer__question__place=place).values("recording")
    Recording.objects.filter(id__in=recordings).update(measurement=as_json(measurement))


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_new_states_are_sound(
    look: Look,
    film: Path,
    width: int,
    scheme: str,
    language: str,
) -> None:
    interview = dee(language)
    for place, measurement in ((1, SILENT_AND_BLACK), (2, SPEECHLESS), (3, Measurement()), (4, Measurement())):
        measure(interview, place, measurement)
    page = look.start(width=width, scheme=scheme)
    play_film(page, film)
    for path in ("questions/1/", "questions/2/", "review/"):
        look.check(page, f"/i/{make_token(interview)}/{path}")
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            name = f"findings-{path.strip('/').replace('/', '-')}-{width}-{scheme}-{language}.png"
            page.screenshot(path=Path(SHOTS) / name, full_page=True)


def test_what_is_known_later_comes_later_and_is_said_once(look: Look, film: Path) -> None:
    interview = dee()
    Recording.objects.update(settled_at=timezone.now() + dt.timedelta(hours=1))
    page = look.start(width=360)
    play_film(page, film)
    page.goto(f"/i/{make_token(interview)}/questions/1/")
    told = page.get_by_text("We cannot hear anything in this answer.", exact=True)
    expect(page.get_by_role("heading", name="Your answer is on our server")).to_be_visible()
    expect(told).to_be_hidden()
    playing = page.locator("bw-clip[data-replay] video").get_attribute("src")
    left = page.locator("[data-text=takes_left]:visible")
    expect(left).to_have_text("2 takes are left.")
    measure(interview, 1, SILENT)
    expect(told).to_be_visible(timeout=15_000)
    expect(left).to_have_text("3 takes are left.")
    expect(page.locator("[data-say]")).to_have_text(
        "We cannot hear anything in this answer. You can keep it or record again."
    )
    assert page.locator("bw-clip[data-replay] video").get_attribute("src") == playing
    expect(page.get_by_role("button", name="Record again")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("**/review/")
    expect(page.get_by_role("button", name="Send my answers")).to_be_enabled()


def test_the_page_before_sending_looks_again_until_it_is_known(look: Look, film: Path) -> None:
    interview = dee()
    for place in (1, 2, 3):
        measure(interview, place, Measurement(has_sound=True, has_speech=True, is_black=False))
    Recording.objects.update(settled_at=timezone.now() + dt.timedelta(hours=1))
    page = look.start()
    play_film(page, film)
    page.goto(f"/i/{make_token(interview)}/review/")
    send = page.get_by_role("button", name="Send my answers")
    expect(send).to_be_enabled()
    measure(interview, 4, Measurement(has_sound=True, has_speech=True, is_black=True))
    expect(page.get_by_text("The picture of this answer is black.")).to_be_visible(timeout=15_000)
    send.click()
    expect(page.get_by_role("heading", name="Thank you, Dee. Now it is our turn.")).to_be_visible()
