"""The pages of agreement in a browser: axe, narrow screens, both themes and directions, the keyboard."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bothways.accounts.models import User
from tests.factories import Cast, make_member
from tests.factories.agreeing import hand_in, make, rated_stage, sent_interviews, usual
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1280, "light", "de")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")


def fill(cast: Cast) -> None:
    """Two who agree well, a third who shares few candidates and once found nothing in an answer."""
    interviews = rated_stage(cast, 24)
    third = make_member(cast.organization, "José Luis Fernández de la Vega Ruiz", "reviewer")
    hand_in(third, interviews[:4], lambda at, place: 0 if at == place else usual(at, place))
    hand_in(cast.bo, sent_interviews(cast, 3), lambda at, place: 5)
    make(cast)


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_nothing_sticks_out_and_axe_finds_nothing(
    look: Look,
    transactional_db: None,
    width: int,
    scheme: str,
    language: str,
) -> None:
    cast = Cast()
    fill(cast)
    base = f"/team/{cast.organization.slug}/agreement/{cast.stage.id}/"
    for name, member, rest in (("all", cast.rafael, ""), ("own", cast.bo, ""), ("rater", cast.bo, f"{cast.bo.id}/")):
        User.objects.filter(id=member.user_id).update(language=language)
        page = look.start(member.user, width=width, scheme=scheme)
        page.goto(base + rest)
        for closed in page.locator("main details").all():
            closed.evaluate("details => details.open = true")
        look.check_as_it_stands(page)
        look.check_other_looks(page)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}-{language}.png", full_page=True)


def test_the_meaning_of_the_figures_opens_by_keyboard(look: Look, transactional_db: None) -> None:
    cast = Cast()
    fill(cast)
    page = look.start(cast.rafael.user, width=360, scripts=False)
    page.goto(f"/team/{cast.organization.slug}/agreement/{cast.stage.id}/")
    page.locator("#meaning > summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Not enough evidence” is no number and counts as not rated.")).to_be_visible()
