"""The candidate's pages in a real browser: axe, narrow screens, both themes, both directions, the keyboard."""

import pytest
from playwright.sync_api import expect

from bothways.interviews.actions.progress import submit
from bothways.interviews.models import Interview
from bothways.media.models import RecordingState
from tests.factories import Cast, make_interview, make_token
from tests.interviews.taking_part import actor_of, answered, consented, opened, preview_of, recorded
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1440, "light", "en")]
BEFORE = ["", "consent/", "check/", "practice/", "talk/", "help/", "settings/", "data/", "withdraw/"]
BETWEEN = ["", "consent/", "questions/", "questions/3/", "review/", "data/"]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    cast.organization.contact_email = "people@kestrel.example"
    cast.organization.save()
    return cast


def in_each_state(cast: Cast, language: str) -> list[tuple[Interview, list[str]]]:
    """Invited, half way with one take failed and one on its way, past the deadline, sent; and a preview."""
    names = ["José Luis Fernández de la Vega Ruiz", "ليلى حداد", "Ola Late", "Dee Okafor"]
    invited, half, late, sent = (
        make_interview(cast.stage, cast.kit_version, name, language=language) for name in names
    )
    for interview in (half, late, sent):
        consented(interview)
    recorded(half, 1)
    recorded(half, 2, RecordingState.FAILED)
    opened(half, 3)
    Interview.objects.filter(id=late.id).update(deadline=late.created_at)
    answered(sent)
    submit(interview=sent, actor=actor_of(sent))
    return [
        (invited, BEFORE),
        (half, BETWEEN),
        (late, [""]),
        (sent, ["", "data/"]),
        (preview_of(cast.kit_version), [""]),
    ]


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_every_page_in_each_state(look: Look, cast: Cast, width: int, scheme: str, language: str) -> None:
    page = look.start(width=width, scheme=scheme)
    for interview, paths in in_each_state(cast, language):
        token = make_token(interview)
        for path in paths:
            look.check(page, f"/i/{token}/{path}")
    look.check(page, "/i/unknown/")


def test_from_the_link_to_the_check_by_keyboard_alone(look: Look, cast: Cast) -> None:
    interview = make_interview(cast.stage, cast.kit_version)
    page = look.start()
    page.goto(f"/i/{make_token(interview)}/")
    page.get_by_role("link", name="Begin").focus()
    page.keyboard.press("Enter")
    agree = page.get_by_role("checkbox", name="I have read this, and I agree to be recorded.")
    expect(agree).to_be_visible()
    page.get_by_role("button", name="Go on").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Tick the box if you agree")
    agree.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Can you see and hear yourself?")).to_be_visible()
    interview.application.candidate.refresh_from_db()
    assert interview.application.candidate.time_zone == page.evaluate(
        "Intl.DateTimeFormat().resolvedOptions().timeZone"
    )


def test_sending_waits_for_an_answer_and_goes_on_by_itself(look: Look, cast: Cast) -> None:
    interview = consented(make_interview(cast.stage, cast.kit_version))
    for place in (1, 2, 3):
        recorded(interview, place)
    last = recorded(interview, 4, RecordingState.RECEIVED)
    page = look.start()
    page.goto(f"/i/{make_token(interview)}/review/")
    send = page.get_by_role("button", name="Send my answers")
    expect(send).to_be_disabled()
    expect(send).to_have_accessible_description(
        "In a moment. An answer is still on its way; this page looks again by itself."
    )
    last.recording.state, last.recording.duration_ms = RecordingState.READY, 30_000
    last.recording.save()
    expect(send).to_be_enabled(timeout=15_000)
    send.click()
    expect(page.get_by_role("heading", name="Thank you, Dee. Now it is our turn.")).to_be_visible()


def test_three_more_days_with_one_press(look: Look, cast: Cast) -> None:
    interview = make_interview(cast.stage, cast.kit_version)
    page = look.start(width=360)
    page.goto(f"/i/{make_token(interview)}/")
    page.get_by_role("button", name="Take 3 more days").click()
    expect(page.get_by_role("status")).to_contain_text("You have 3 more days")
    expect(page.get_by_text("You can do so 1 more time.")).to_be_visible()
