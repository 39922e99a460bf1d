"""The team's pages of requests in a real browser: axe, narrow, both themes and directions, by keyboard."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from bothways.interviews.models import Request
from tests.factories import Cast, make_interview, make_request
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1440, "light", "en")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    today = timezone.localdate()
    for name, kind, days in (
        ("José Luis Fernández de la Vega Ruiz", "change", -7),
        ("ليلى حداد", "person", 0),
        ("Aleksandra Wiśniewska-Kowalczyk", "change", 9),
    ):
        interview = make_interview(cast.stage, cast.kit_version, name)
        make_request(
            interview, kind=kind, due=today + dt.timedelta(days=days), words="Evenings are better for me.",
            phone="+351 21 555 01 42",
        )  # fmt: skip
    return cast


def address(cast: Cast, name: str = "requests-list", **more: object) -> str:
    return reverse(f"team:{name}", kwargs={"organization": cast.organization.slug, **more})


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_every_page(look: Look, cast: Cast, width: int, scheme: str, language: str) -> None:
    cast.rafael.user.language = language
    cast.rafael.user.save()
    page = look.start(cast.rafael.user, width=width, scheme=scheme)
    change = Request.objects.filter(kind="change").first()
    people = reverse("team:people-list", args=[cast.organization.slug, cast.position.id])
    for name, url in (
        ("list", address(cast)),
        ("none", address(cast) + "?mine=1&show=answered"),
        ("one", address(cast, "requests-detail", request_id=change.id)),
        ("people", people),
        ("person", f"{people}people/{change.interview_id}/"),
    ):
        look.check(page, url)
        for door in page.locator("nav.main a").all():
            box = door.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width, "every door is in sight"
        shoot(page, f"team-requests-{name}-{width}-{scheme}-{language}")


def test_from_the_bar_to_the_answer(look: Look, cast: Cast) -> None:
    page = look.start(cast.rafael.user)
    page.goto(address(cast, "members-list"))
    page.get_by_role("link", name="Requests 3").click()
    page.get_by_role("link", name="Mine").click()
    expect(page.get_by_text("Nobody waits for an answer")).to_be_visible()
    page.get_by_role("link", name="Everybody’s").click()
    page.get_by_role("link", name="Answer José Luis").click()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("2 things need another look")
    page.get_by_label("Your answer to the candidate").fill("Take your time. I ring you on Thursday.")
    page.get_by_role("radio", name="More days to answer").check()
    page.get_by_role("button", name="Send the answer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Your answer is written.")
    expect(page.get_by_role("link", name="Requests 2")).to_be_visible()
