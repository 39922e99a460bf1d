"""The pages about people in a real browser: axe, narrow screens, both themes and directions, without scripts, too."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from bothways.interviews.actions.csv_import import check_list, invite_list
from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.open_links import create_open_link
from bothways.interviews.models import Interview, InterviewState, Origin
from bothways.interviews.queries.open_links import address_of
from bothways.notify.models import Message, MessageState
from tests.factories import Cast, make_interview, make_position, make_submitted_interview
from tests.factories.people import make_findable
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1440, "light", "en")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
"""A folder for screenshots, where somebody wants to look at them."""

expect.set_options(timeout=20_000)

FILE = (
    b"name,e-mail\nDee Okafor,dee@example.net\nNobody,nowhere\nAgain,DEE@example.net\n,x@example.net\n"
    b"Bo Li,bo@example.net\n"
)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    now = timezone.now()
    actor = cast.actor(cast.rafael)
    for name, email in (
        ("José Luis Fernández de la Vega Ruiz", "jose@example.net"),
        ("ليلى حداد", "leila@example.net"),
    ):
        invite(actor=actor, stage=cast.stage, name=name, email=email)
    Message.objects.filter(to_email="jose@example.net").update(state=MessageState.FAILED)
    for name, days in (("Oluwaseun Adébáyọ̀", 20), ("Aleksandra Wiśniewska-Kowalczyk", 8), ("Nguyễn Thị Minh Châu", 3)):
        sent = make_submitted_interview(cast.stage, cast.kit_version, name)
        sent.submitted_at = now - dt.timedelta(days=days)
        sent.reply_by = (now + dt.timedelta(days=14 - days)).date()
        sent.save()
    make_interview(
        cast.stage, cast.kit_version, "Fatima Zahra El Idrissi", state=InterviewState.STARTED, started_at=now
    )
    make_interview(cast.stage, cast.kit_version, "Bo Li", state=InterviewState.EXPIRED)
    make_interview(cast.stage, cast.kit_version, "Ada Gone", state=InterviewState.WITHDRAWN, withdrawn_at=now)
    for interview in Interview.objects.filter(origin=Origin.SINGLE).exclude(invited_by=cast.rafael):
        make_findable(interview)
    return cast


def address(cast: Cast, name: str, **more: object) -> str:
    return reverse(
        f"team:{name}", kwargs={"organization": cast.organization.slug, "position_id": cast.position.id} | more
    )


def speak(cast: Cast, language: str) -> None:
    cast.rafael.user.language = language
    cast.rafael.user.save()


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_every_page(look: Look, cast: Cast, width: int, scheme: str, language: str) -> None:
    actor, stage = cast.actor(cast.rafael), cast.stage
    checked = check_list(actor=actor, stage=stage, file_name="people.csv", data=FILE)
    done = invite_list(actor=actor, csv_import=check_list(actor=actor, stage=stage, file_name="more.csv", data=FILE))
    link = create_open_link(actor=actor, stage=stage, days=30)
    empty = make_position(cast.ada, "Nobody yet")
    speak(cast, language)
    people = {one.application.candidate.name: one for one in Interview.objects.select_related("application__candidate")}
    pages = {
        "people": address(cast, "people-list"),
        "people-sent": address(cast, "people-list") + "?state=submitted",
        "people-found": address(cast, "people-list") + "?q=ol",
        "people-nobody": address(cast, "people-list") + "?q=xyz",
        "people-empty": reverse("team:people-list", args=[cast.organization.slug, empty.id]),
        "person": address(cast, "people-detail", interview_id=people["José Luis Fernández de la Vega Ruiz"].id),
        "person-sent": address(cast, "people-detail", interview_id=people["Aleksandra Wiśniewska-Kowalczyk"].id),
        "invite": address(cast, "invitations-new"),
        "invite-blocked": reverse("team:invitations-new", args=[cast.organization.slug, empty.id]),
        "list": address(cast, "imports-new"),
        "list-checked": address(cast, "imports-detail", import_id=checked.id),
        "list-done": address(cast, "imports-detail", import_id=done.id),
        "open-link": address(cast, "open_links-list"),
    }
    page = look.start(cast.rafael.user, width=width, scheme=scheme)
    for name, path in pages.items():
        look.check(page, path)
        shoot(page, f"{name}-{width}-{scheme}-{language}")
    visitor = look.start(width=width, scheme=scheme)
    look.check(visitor, address_of(link).removeprefix("http://localhost:8000"))
    shoot(visitor, f"come-in-{width}-{scheme}")


def test_the_list_follows_what_is_typed(look: Look, cast: Cast) -> None:
    page = look.start(cast.rafael.user)
    page.goto(address(cast, "people-list"))
    page.evaluate("window.same = true")
    page.get_by_role("searchbox", name="Find a person").press_sequentially("wisn", delay=30)
    expect(page.get_by_role("status").filter(has_text="One person found")).to_be_visible()
    expect(page.get_by_role("link", name="Aleksandra Wiśniewska-Kowalczyk", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Bo Li", exact=True)).to_have_count(0)
    assert page.evaluate("window.same")
    assert page.url.endswith("?q=wisn")
    look.check_as_it_stands(page)


def test_pages_follow_without_loading_anew(look: Look, cast: Cast) -> None:
    for n in range(60):
        make_interview(cast.stage, cast.kit_version, f"Person {n:02}")
    page = look.start(cast.rafael.user)
    page.goto(address(cast, "people-list"))
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Next 50").click()
    expect(page.get_by_role("link", name="Oluwaseun Adébáyọ̀", exact=True)).to_be_visible()
    assert page.evaluate("window.same") and "after=" in page.url
    page.go_back()
    expect(page.get_by_role("link", name="Person 59", exact=True)).to_be_visible()


def test_what_can_be_done_shows_when_somebody_is_ticked(look: Look, cast: Cast) -> None:
    page = look.start(cast.rafael.user)
    page.goto(address(cast, "people-list"))
    bar = page.get_by_role("group", name="For those who are ticked")
    expect(bar).to_be_hidden()
    page.get_by_role("checkbox", name="Choose Fatima Zahra El Idrissi").check()
    page.get_by_role("checkbox", name="Choose Bo Li").check()
    expect(bar).to_be_visible()
    look.check_as_it_stands(page)
    shoot(page, "people-ticked-1440-light")
    bar.get_by_role("button", name="Give more days").click()
    expect(page.get_by_role("heading", name="Give 2 people more days")).to_be_visible()
    look.check_as_it_stands(page)
    shoot(page, "people-extend-1440-light")
    page.get_by_role("button", name="Give more days").click()
    expect(page.get_by_role("status").filter(has_text="2 people have more time")).to_be_visible()


def test_a_new_link_is_copied(look: Look, cast: Cast) -> None:
    interview = Interview.objects.get(application__candidate__name="Fatima Zahra El Idrissi")
    page = look.start(cast.rafael.user)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address(cast, "people-detail", interview_id=interview.id))
    page.get_by_role("button", name="Make a new link to copy").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert "/i/" in page.evaluate("navigator.clipboard.readText()")
    look.check_as_it_stands(page)


def test_everything_works_without_scripts(look: Look, cast: Cast) -> None:
    page = look.start(cast.rafael.user)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address(cast, "people-list"))
    page.get_by_role("searchbox", name="Find a person").fill("fatima")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Bo Li", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Send again Fatima").click()
    expect(page.get_by_text("The link is sent again to one person")).to_be_visible()
    look.complaints.clear()
