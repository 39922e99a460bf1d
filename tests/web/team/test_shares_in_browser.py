"""Showing interviews to a guest, from both sides, in a browser: axe, narrow screens, both themes and directions."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bothways.interviews.models import Interview
from bothways.review.actions.share_views import view_share
from tests.factories import Cast, make_submitted_interview, make_written_answer
from tests.factories.preparing import make_renditions, make_transcript
from tests.factories.review import make_shared, rate
from tests.web.film import play_film
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1280, "light", "en")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")


def fill(cast: Cast) -> Interview:
    """One interview with two scorecards, three recorded answers and a written one."""
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    interview.code_name = "Heron"
    interview.save()
    interview.answers.get(question__place=4).delete()
    make_written_answer(interview, cast.kit_version.questions.get(place=4), "I would call them back. " * 12)
    for answer in interview.answers.exclude(chosen_take=None):
        make_renditions(answer.chosen_take.recording)
        answer.chosen_take.recording.video_codec = "h264"
        answer.chosen_take.recording.save()
    make_transcript(interview.answers.get(question__place=1).chosen_take.recording)
    rate(cast.bo, interview, (4, 2, 3, 0))
    rate(cast.ines, interview, (5, 4, 0, 0), recommendation="decline")
    return interview


def shoot(page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_pages(look: Look, transactional_db, film, width, scheme, language) -> None:
    cast = Cast()
    cast.rafael.user.language = language
    cast.rafael.user.save()
    interview = fill(cast)
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    what = ("answers", "transcript", "scorecards", "notes")
    shared, token = make_shared(cast.rafael, interview, *what, others=(other,), email="sam.guest@partner.example.org")
    view_share(share=shared)
    sight = f"{width}-{scheme}-{language}"
    own = look.start(cast.rafael.user, width=width, scheme=scheme)
    slug = cast.organization.slug
    for name, address in {
        "decision": reverse("team:decisions-interview", args=[slug, interview.id]),
        "new": f"{reverse('team:shares-new', args=[slug, cast.stage.id])}?with={interview.id}&with={other.id}",
        "edit": reverse("team:shares-edit", args=[slug, shared.id]),
        "list": reverse("team:shares-list", args=[slug]),
    }.items():
        look.check(own, address)
        shoot(own, f"guests-{name}-{sight}")
    guest = look.start(width=width, scheme=scheme)
    play_film(guest, film)
    guest.set_extra_http_headers({"Accept-Language": language})
    look.check(guest, reverse("public:share", args=[token]))
    shoot(guest, f"guest-front-{sight}")
    guest.locator("main form button").click()
    look.check(guest, guest.url)
    shoot(guest, f"guest-list-{sight}")
    guest.locator(".shown-list a").filter(has=guest.get_by_text("Heron", exact=True)).click()
    expect(guest.locator("h1")).to_have_text("Heron")
    look.check(guest, guest.url)
    shoot(guest, f"guest-page-{sight}")
    look.check(guest, reverse("public:share", args=["x" * 43]))
    shoot(guest, f"guest-over-{sight}")


def test_a_link_is_made_with_the_keyboard_and_plays_for_a_guest(look: Look, transactional_db, film) -> None:
    cast = Cast()
    interview = fill(cast)
    page = look.start(cast.rafael.user)
    page.goto(f"{reverse('team:shares-new', args=[cast.organization.slug, cast.stage.id])}?with={interview.id}")
    page.get_by_label("For whom").focus()
    page.keyboard.type("Sam Guest")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("They may comment on the answers").press("Space")
    page.get_by_role("button", name="Make the link").focus()
    page.keyboard.press("Enter")
    link = page.get_by_label("Link", exact=True).input_value()
    guest = look.start(width=360, scheme="dark")
    play_film(guest, film)
    guest.goto(re.sub(r"^http://[^/]+", "", link))
    guest.get_by_role("button", name="Open it").press("Enter")
    video = guest.locator("video").first
    expect(video).to_be_visible()
    video.evaluate("(video) => { video.muted = true; }")
    guest.get_by_role("button", name="Play").first.click()
    guest.wait_for_function("() => document.querySelector('video').currentTime > 0.2")
    mark = guest.locator(".watermark").first
    assert "Sam Guest" in mark.evaluate("(mark) => getComputedStyle(mark.firstElementChild, '::before').content")
    assert mark.evaluate("(mark) => getComputedStyle(mark).pointerEvents") == "none"
    shoot(guest, "guest-playing-360-dark")
    guest.get_by_role("button", name="Full screen").first.click()
    guest.wait_for_function("() => document.fullscreenElement?.querySelector('.watermark')")
    assert guest.evaluate("() => document.fullscreenElement.querySelector('video').controls") is False
    shoot(guest, "guest-full-screen-360-dark")
    guest.evaluate("() => document.exitFullscreen()")
    guest.get_by_label("Your comment on this answer").first.fill("She asks before she answers.")
    guest.get_by_label("Time, as").first.fill("0:01-0:02")
    guest.get_by_role("button", name="the comment on answer 1").press("Enter")
    expect(guest.get_by_text("She asks before she answers.").first).to_be_visible()
    expect(guest.get_by_text("0:01–0:02")).to_be_visible()
    guest.emulate_media(color_scheme="dark")
    look.check(guest, guest.url)
    shoot(guest, "guest-comment-360-dark")
    page.goto(reverse("team:decisions-interview", args=[cast.organization.slug, interview.id]))
    page.get_by_role("button", name="Close the link for Sam Guest").click()
    expect(page.get_by_text("shows nothing any more")).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("Whoever sent it to you has closed it.")).to_be_visible()
    expect(guest.locator("video")).to_have_count(0)


def test_it_is_watched_without_scripts(look: Look, transactional_db) -> None:
    cast = Cast()
    _share, token = make_shared(cast.rafael, fill(cast))
    guest = look.start(scripts=False)
    guest.goto(reverse("public:share", args=[token]))
    guest.get_by_role("button", name="Open it").click()
    expect(guest.locator("video[controls]")).to_have_count(3)
