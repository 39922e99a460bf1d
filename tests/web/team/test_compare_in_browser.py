"""Comparing in a browser: by keyboard, without scripts, on narrow screens and in the dark."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from bothways.interviews.models import Interview
from bothways.review.models import Shortlisted
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate, watch
from tests.web.looking import Look
from tests.web.team.rating_room import VIDEO, make_watchable, share_recording

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


@pytest.fixture
def people(cast: Cast) -> list[Interview]:
    """Three who can be watched, all by the same recording of ten seconds, rated by both."""
    people = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(3)]
    recording = make_watchable(people[0], VIDEO)
    for interview, code_name, values in zip(people, ("Heron", "Plover", "Siskin"), (5, 3, 2), strict=True):
        interview.code_name = code_name
        interview.save()
        for answer in interview.answers.all():
            share_recording(recording, answer.chosen_take.recording)
        rate(cast.bo, interview, (values, values, 3, 0))
        rate(cast.ines, interview, (3, values, 3, 4), recommendation="hold")
    last = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Last")
    last.code_name = "Whimbrel"
    last.save()
    return people


def table(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.organization.slug}/compare/{cast.stage.id}/{rest}"


def side(cast: Cast, people: list[Interview]) -> str:
    return table(cast, "side/?question=1" + "".join(f"&with={one.id}" for one in people))


def test_the_table_is_worked_by_keyboard(look: Look, cast: Cast, people: list[Interview]) -> None:
    page = look.start(cast.rafael.user)
    page.goto(table(cast))
    bar = page.get_by_role("group", name="For those who are ticked")
    expect(bar).to_be_hidden()
    for name in ("Plover", "Heron"):
        box = page.get_by_role("checkbox", name=name)
        box.focus()
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    bar.get_by_role("button", name="Side by side, up to four").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".side > li")).to_have_count(2)
    assert parse_qs(urlsplit(page.url).query)["with"] == [str(people[0].id), str(people[1].id)]
    page.get_by_role("link", name="3", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question number 3?")).to_be_visible()
    expect(page.locator(".side > li")).to_have_count(2)
    page.goto(table(cast))
    page.get_by_role("link", name="Judgement").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_contain_text("Judgement")
    page.get_by_role("button", name="Shortlist Heron").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Shortlist Heron")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("th[aria-sort]")).to_contain_text("Judgement")
    assert Shortlisted.objects.get().interview == people[0]


def test_everything_works_without_scripts(look: Look, cast: Cast, people: list[Interview]) -> None:
    page = look.start(cast.rafael.user, scripts=False)
    page.goto(table(cast))
    page.get_by_label("Code name, or name where it is shown").fill("plov")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("One person of 4")).to_be_visible()
    page.get_by_role("checkbox", name="Plover").check()
    page.get_by_role("button", name="Decline them").click()
    expect(page.get_by_text("1 of 1 cannot be declined: 1 not watched by anybody.")).to_be_visible()
    page.goto(side(cast, people))
    expect(page.get_by_role("button", name="Play together")).to_be_hidden()
    expect(page.locator("video[controls]")).to_have_count(3)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_pages_are_open_to_everybody(
    look: Look,
    cast: Cast,
    people: list[Interview],
    width: int,
    scheme: str,
) -> None:
    for member in (cast.bo, cast.ines):
        watch(member, people[0])
    page = look.start(cast.rafael.user, width=width, scheme=scheme)
    ids = "&".join(f"with={one.id}" for one in people)
    for address in (
        table(cast),
        table(cast, "?sort=name&raters=third"),
        side(cast, people),
        table(cast, f"several/decline/?{ids}"),
        table(cast, f"several/advance/?{ids}"),
    ):
        look.check(page, address)
    page = look.start(cast.bo.user, width=width, scheme=scheme)
    look.check(page, table(cast))
