"""A member's own calendars in a real browser: axe, narrow screens, both themes and directions."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from bothways.lib.sealing import seal
from bothways.live.actions.calendar_feed import make_feed
from bothways.live.models import BusyCalendar
from tests.factories import Cast
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "light", "en"), (1440, "dark", "ar")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_page(look: Look, transactional_db: None, width: int, scheme: str, language: str) -> None:
    cast = Cast()
    cast.bo.user.language = language
    cast.bo.user.save()
    make_feed(actor=cast.actor(cast.bo), member=cast.bo)
    now = timezone.now()
    for name, trouble, read_at in [
        ("Work", "", now),
        ("calendar-of-somebody-with-a-very-long-name.example.org", "unreachable", now - dt.timedelta(hours=5)),
        ("Private", "", None),
    ]:
        BusyCalendar.objects.create(
            organization=cast.organization, member=cast.bo, name=name, sealed_address=seal("https://x.example/"),
            trouble=trouble, read_at=read_at,
        )  # fmt: skip
    page = look.start(cast.bo.user, width=width, scheme=scheme)
    look.check(page, reverse("team:calendars-list", args=[cast.organization.slug]))
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"calendars-{width}-{scheme}-{language}.png", full_page=True)
