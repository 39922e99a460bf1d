"""The board in a browser: dragged by mouse and by keyboard, refused with words, without scripts, narrow and dark."""

import re

import pytest
from playwright.sync_api import expect

from bothways.interviews.models import Interview
from tests.factories import Cast, make_stage, make_submitted_interview
from tests.factories.review import rate
from tests.web.looking import Look

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


@pytest.fixture
def people(cast: Cast) -> list[Interview]:
    make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    found = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(3)]
    for interview, code_name in zip(found, ("Heron", "Plover", "Siskin"), strict=True):
        interview.code_name = code_name
        interview.save()
    rate(cast.bo, found[0], (4, 4, 4, 4))
    return found


def address(cast: Cast) -> str:
    return f"/team/{cast.organization.slug}/board/{cast.position.id}/"


def test_a_card_is_moved_by_keyboard_and_by_mouse(
    look: Look,
    cast: Cast,
    people: list[Interview],
) -> None:
    page = look.start(cast.rafael.user)
    look.check(page, address(cast))
    grip = page.get_by_role("link", name="Move Heron")
    says = page.locator("[data-part=says]")
    grip.focus()
    page.keyboard.press("Space")
    expect(says).to_contain_text("Heron, grabbed.")
    declined = page.locator("[data-column=declined]").first
    expect(declined).to_have_attribute("data-drop", "no")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("Declined, 6 of 7. Nobody is declined unwatched")
    page.keyboard.press("Space")
    expect(says).to_contain_text("Heron stays where it was.")
    expect(declined.locator("[data-part=why]")).to_contain_text("Still to watch")
    assert page.url.endswith(address(cast))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(says).to_contain_text("Heron stays where it was.")
    page.keyboard.press("Space")
    expect(page.locator("[data-column=advanced]").first).to_have_attribute("data-drop", "yes")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("Goes on, 5 of 7. Drop here")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/decisions/[0-9a-f-]+/\?outcome=advance$"))
    expect(page.get_by_label("Invite them to “Second talk” as well")).to_be_checked()
    page.go_back()
    card, held = page.locator(f"#card-{people[0].id}"), page.locator("[data-column=held]").first
    start, end = card.bounding_box(), held.bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30)
    page.mouse.move(end["x"] + 40, end["y"] + 60, steps=4)
    expect(page.locator(".ghost")).to_have_text("Heron")
    expect(held).to_have_attribute("data-drop", "yes")
    page.mouse.up()
    page.wait_for_url(re.compile(r"\?outcome=hold$"))
    page.get_by_label("The reason, for the team and the record").fill("Wait for the budget.")
    page.get_by_role("button", name="Put on hold").click()
    page.goto(address(cast))
    expect(held.locator(".card")).to_have_count(1)


def test_it_is_dragged_by_a_finger_at_360_pixels(look: Look, cast: Cast, people: list[Interview]) -> None:
    page = look.start(cast.rafael.user, width=360, scheme="dark")
    page.goto(address(cast))
    grip = page.get_by_role("link", name="Move Heron")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    at = {"pointerType": "touch", "isPrimary": True, "bubbles": True, "button": 0, "pointerId": 7}
    grip.dispatch_event("pointerdown", {**at, "clientX": box["x"] + 9, "clientY": box["y"] + 9})
    grip.dispatch_event("pointermove", {**at, "clientX": box["x"] + 40, "clientY": box["y"] + 30})
    expect(page.locator(".ghost")).to_be_visible()
    expect(page.locator("[data-column=advanced]").first).to_have_attribute("data-drop", "yes")
    grip.dispatch_event("pointercancel", at)
    expect(page.locator(".ghost")).to_have_count(0)
    look.check(page, address(cast))
    assert page.evaluate("getComputedStyle(document.querySelector('.grip')).touchAction") == "none"


def test_everything_is_there_without_scripts(look: Look, cast: Cast, people: list[Interview]) -> None:
    page = look.start(cast.rafael.user, scripts=False)
    page.goto(address(cast))
    page.get_by_role("link", name="Move Plover").click()
    page.get_by_role("link", name="On hold").click()
    page.get_by_label("The reason, for the team and the record").fill("Wait for the budget.")
    page.get_by_role("button", name="Put on hold").click()
    page.goto(address(cast))
    expect(page.locator("[data-column=held]").first.locator(".card")).to_have_count(1)
