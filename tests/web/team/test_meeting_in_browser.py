"""The meeting on a shared screen: by keyboard, wide and narrow, light and dark, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate
from tests.web.looking import Look

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


def test_one_after_the_other_by_keyboard(look: Look, cast: Cast) -> None:
    people = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(2)]
    for interview, code_name in zip(people, ("Heron", "Plover"), strict=True):
        interview.code_name = code_name
        interview.save()
        rate(cast.bo, interview, (4, 5, 0, 2))
    page = look.start(cast.rafael.user, width=1280)
    asked = "&".join(f"with={one.id}" for one in people)
    look.check(page, f"/team/{cast.organization.slug}/meeting/{cast.stage.id}/?{asked}")
    page.get_by_label("Bo Osei").check()
    page.get_by_role("button", name="Begin the meeting").click()
    expect(page.get_by_role("heading", name="Heron")).to_be_visible()
    look.check_as_it_stands(page)
    first = page.url
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Plover")).to_be_visible()
    clock = page.get_by_role("button", name="Time for this person")
    clock.click()
    expect(clock).to_contain_text(re.compile("0:0[1-9]"))
    page.get_by_role("link", name="Hold", exact=True).click()
    reason = page.get_by_label("The reason, for the team and the record")
    reason.fill("Wait")
    reason.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Plover")).to_be_visible()
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_text("In the meeting of")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Heron")).to_be_visible()
    narrow = look.start(cast.rafael.user, width=360, scheme="dark")
    look.check(narrow, first)
    plain = look.start(cast.rafael.user, scripts=False)
    plain.goto(first)
    plain.get_by_role("link", name="Next").click()
    expect(plain.get_by_role("heading", name="Plover")).to_be_visible()
