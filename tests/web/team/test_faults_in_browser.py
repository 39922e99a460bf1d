"""The list of technical faults in a real browser: axe, narrow screens, both themes and directions."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from bothways.interviews.models import Fault, Take
from bothways.work.models import Uptime
from tests.factories import Cast, make_submitted_interview
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "light", "en"), (1440, "dark", "ar")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
BROWSER = (
    "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_list(look: Look, transactional_db: None, width: int, scheme: str, language: str) -> None:
    cast = Cast()
    cast.rafael.user.language = language
    cast.rafael.user.save()
    page = look.start(cast.rafael.user, width=width, scheme=scheme)
    address = reverse("team:faults-list", args=[cast.organization.slug])
    look.check(page, address)
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    take = Take.objects.filter(answer__interview=interview).first()
    for number, code in enumerate(("device_lost", "no_data", "tab_lost", "encoder_refused_" + "x" * 14)):
        Fault.objects.create(
            organization=cast.organization, interview=interview, take=take if number else None, place=number + 1,
            segment=number or None, code=code, detail="NotReadableError: " * number, browser=BROWSER,
        )  # fmt: skip
    now = timezone.now()
    for hours in (200, 9, 5):
        since = now - dt.timedelta(hours=hours)
        Uptime.objects.create(part="web", started_at=since, last_at=since + dt.timedelta(hours=1))
    look.check(page, address)
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"faults-{width}-{scheme}-{language}.png", full_page=True)
