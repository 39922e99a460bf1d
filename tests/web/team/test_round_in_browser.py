"""A round in a browser: by keyboard alone, without a page load between two answers, and by touch on a phone."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.web.team.test_rating_room import (  # noqa: F401 - fixtures
    Room,
    chromium,
    media,
    room,
    serious_findings,
    sign_in,
    until,
)

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]

SMALLEST_TARGET = 44


def number(page: Page) -> str:
    return page.locator(".lane .turn").inner_text()


def test_by_keys_alone_through_everybody(room: Room, sign_in: Callable[..., BrowserContext]) -> None:  # noqa: F811
    page = sign_in().new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(f"{room.url}/team/{room.slug}/review/")
    page.get_by_role("link", name=re.compile("question 1$")).first.focus()
    page.keyboard.press("Enter")
    seen = []
    for at, key in enumerate("43052", start=1):
        expect(page.locator(".lane .turn")).to_contain_text(f"answer {at} of 6")
        until(page, "media.readyState >= 2")
        seen.append(page.locator(".lane bdi").first.inner_text())
        assert page.title().startswith(seen[-1])
        page.keyboard.press(key)
        expect(page.locator(f"input[name=value][value='{key}']")).to_be_checked()
        page.keyboard.press("n")
        page.keyboard.type(f"Heard {seen[-1]}, 5 and p and ? in it")
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
    expect(page.locator(".lane .turn")).to_contain_text("answer 6 of 6")
    assert len(set(seen)) == 5
    # After the first, no answer came as a page of its own: they were fetched ahead and brought in.
    pages = [one for one in asked if one.is_navigation_request() and one.url.endswith("/turn/")]
    assert len(pages) == 1
    page.keyboard.press("p")
    expect(page.locator(".lane .turn")).to_contain_text("answer 5 of 6")
    expect(page.get_by_label("What did you hear?")).to_have_value(f"Heard {seen[4]}, 5 and p and ? in it")
    expect(page.locator("input[name=value][value='2']")).to_be_checked()
    page.wait_for_load_state()
    page.keyboard.press("Enter")
    expect(page.locator(".lane .turn")).to_contain_text("answer 6 of 6")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 1 is done")).to_be_visible()
    expect(page.get_by_role("link", name="Go on with question 2")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/2/turn/"))


def test_what_was_fetched_ahead_plays_and_is_measured_for_itself(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    page = sign_in().new_page()
    opened: list[str] = []
    page.on("request", lambda request: opened.append(request.url) if request.url.endswith("/opened/") else None)
    page.goto(room.round(2))
    until(page, "media.readyState >= 2")
    here = page.url
    after = page.locator("[data-turn]").get_attribute("data-after")
    with page.expect_response(lambda answer: answer.url.endswith(str(after))):
        page.reload()
    until(page, "media.readyState >= 2")
    assert len(set(opened)) == 1, "what is only fetched ahead counts as opened"
    page.keyboard.press("k")
    until(page, "media.currentTime > 1")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{after}")
    assert page.locator("video").count() == 1
    until(page, "media.readyState >= 2")
    assert media(page, "paused") and len(set(opened)) == 2
    page.keyboard.press("k")
    until(page, "media.currentTime > 0.5")
    page.keyboard.press("k")
    page.go_back()
    page.wait_for_url(here)
    expect(page.locator("[data-part=share]")).not_to_contain_text("You have watched 0 %")


def test_what_is_written_stays_with_its_answer(room: Room, sign_in: Callable[..., BrowserContext]) -> None:  # noqa: F811
    context = sign_in()
    page = context.new_page()
    page.goto(room.round(2))
    sent: list[dict[str, object]] = []
    page.on("request", lambda request: sent.append(request.post_data_json) if "/save/" in request.url else None)
    first = page.url.split("/")[-4]
    page.get_by_label("What did you hear?").fill("Of the first")
    page.get_by_role("button", name="Next answer").click()
    page.wait_for_url(lambda url: first not in url)
    expect(page.get_by_label("What did you hear?")).to_have_value("")
    second = page.url.split("/")[-4]
    page.get_by_label("What did you hear?").fill("Of the second")
    expect(page.locator("[data-part=status]")).to_have_text("Saved")
    fresh = context.new_page()
    for interview, note in ((first, "Of the first"), (second, "Of the second")):
        fresh.goto(f"{room.url}/team/{room.slug}/review/{interview}/2/turn/")
        expect(fresh.get_by_label("What did you hear?")).to_have_value(note)
    assert json.dumps(sent).count("Of the first") == 1


def test_the_sheet_opens_by_key_and_button_and_keeps_keys_to_itself(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    page = sign_in().new_page()
    page.goto(room.question("Heron", 1))
    sheet = page.get_by_role("dialog", name="Keys")
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    checked = page.locator("input[name=value]:checked").count()
    page.keyboard.press("4")
    page.keyboard.press("k")
    assert page.locator("input[name=value]:checked").count() == checked and media(page, "paused")
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("n")
    page.keyboard.type("why?")
    expect(page.get_by_label("What did you hear?")).to_have_value(re.compile("why\\?$"))
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    expect(sheet).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_everything_fits_and_can_be_hit(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
    scheme: str,
) -> None:
    options = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "color_scheme": scheme}
    page = sign_in("bo", **options).new_page()
    for address in (f"{room.url}/team/{room.slug}/review/", room.round(2)):
        page.goto(address)
        assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    targets = page.locator(
        ".rung, .controls button:visible, .lane a, .lane button:visible, main .button:visible, .scrub"
    )
    assert targets.count() > 12
    for target in targets.all():
        box = target.bounding_box()
        assert box and min(box["width"], box["height"]) >= SMALLEST_TARGET, (target.inner_text(), box)
    page.locator(".rung", has_text="Some of it.").tap()
    expect(page.locator("input[name=value][value='3']")).to_be_checked()
    page.get_by_role("button", name="Next answer").tap()
    page.wait_for_url(re.compile("/2/turn/"))
