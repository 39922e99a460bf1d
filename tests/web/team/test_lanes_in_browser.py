"""The page of background work in a browser: axe, narrow screens, both themes and directions, and focus that stays."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from bothways.work.actions.beats import beat
from bothways.work.models import JobState, ServerPart
from tests.factories import Cast, make_submitted_interview
from tests.web.looking import Look
from tests.web.team.test_lanes import make_job

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "de"), (1280, "light", "ar")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")


def fill(cast: Cast) -> None:
    now = timezone.now()
    beat(ServerPart.WORK)
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    recordings = [answer.chosen_take.recording for answer in interview.answers.order_by("question__place")]
    errors = ("bothways.media.steps.failure.MediaFailure: out_of_memory: MemoryError", "crashed: SIGSEGV " + "x" * 90)
    for recording, error, name in zip(recordings, errors, ("media.universal", "media.poster"), strict=False):
        payload = {"recording_id": str(recording.id)}
        make_job(cast, name, f"recording:{recording.id}", JobState.FAILED, payload=payload, error=error, attempts=5)
    make_job(cast, "interviews.recount", "position:x", JobState.FAILED, error="KeyError: 'x'", attempts=1)
    for number in range(3):
        make_job(
            cast, "notify.deliver", f"message:{number}", JobState.FAILED, error="smtplib.SMTPServerDisconnected: bye"
        )
    make_job(cast, "media.universal", "a", JobState.RUNNING)
    make_job(cast, "media.settle", "a", JobState.RUNNING)
    make_job(cast, "media.poster", "a", JobState.RUNNING)
    for number in range(12):
        make_job(cast, "media.universal", f"w{number}", due_at=now - dt.timedelta(minutes=number))
        make_job(cast, "media.sprites", f"w{number}", JobState.DONE)
    make_job(cast, "media.voice", "w", due_at=now - dt.timedelta(minutes=2))
    make_job(cast, "notify.deliver", "m", due_at=now + dt.timedelta(minutes=9))


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_page(look: Look, transactional_db: None, width: int, scheme: str, language: str) -> None:
    cast = Cast()
    cast.ada.user.language = language
    cast.ada.user.save()
    page = look.start(cast.ada.user, width=width, scheme=scheme)
    address = reverse("team:lanes-list", args=[cast.organization.slug])
    look.check(page, address)
    fill(cast)
    look.check(page, address)
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"lanes-{width}-{scheme}-{language}.png", full_page=True)


def test_it_changes_by_itself_and_the_focus_stays(look: Look, transactional_db: None) -> None:
    cast = Cast()
    fill(cast)
    page = look.start(cast.ada.user)
    page.clock.install()
    page.goto(reverse("team:lanes-list", args=[cast.organization.slug]))
    button = page.get_by_role("button", name=re.compile("^Try again.*Count the people"))
    button.focus()
    expect(page.locator(".lanes")).not_to_contain_text("Join the parts of a recording")
    make_job(cast, "media.join", "new", JobState.RUNNING)
    page.clock.run_for(11_000)
    expect(page.locator(".lanes")).to_contain_text("Join the parts of a recording")
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.get_by_text("One piece of work is tried again.")).to_be_visible()
