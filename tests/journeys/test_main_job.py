"""The main job, end to end, in a real browser on real recordings: prepare, invite, answer, rate, decide, reply."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import candidate, reviewer, team
from tests.journeys.listening import decoded, likeness
from tests.product import Product

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.timeout(1200)]

Somebody = Callable[..., Page]
Picture = Callable[[Page, str], None]
ANSWER_S = 4


def test_one_interview_from_setting_up_to_the_reply(
    product: Product, somebody: Somebody, picture: Picture, devices_folder: Path
) -> None:
    owner, bo, ines = (somebody(locale="en-GB") for _ in range(3))
    team.set_up(
        owner, product.base_url, organization="Kestrel Housing", owner="Ada Lindqvist", email="ada@kestrel.test"
    )
    picture(owner, "01-team-first-page")
    team.join(bo, team.invite_member(owner, email="bo@kestrel.test", role="Reviewer"), name="Bo Osei")
    team.join(ines, team.invite_member(owner, email="ines@kestrel.test", role="Reviewer"), name="Inês Carvalho")
    prepare(owner, picture)
    team.invite_candidate(owner, "Tenant support adviser", name="Dee Okafor", email="dee@mail.test")
    picture(owner, "05-people")
    link = team.link_in(team.letter_to(owner, "dee@mail.test"), "/i/")

    dee = somebody(locale="en-GB", viewport={"width": 390, "height": 844})
    recorded = answer_everything(dee, link, picture)
    check_what_the_server_holds(product, recorded, devices_folder / "speech.wav")
    candidate.send(dee)
    picture(dee, "11-sent")

    reviewer.open_first(bo)
    room = bo.url.rpartition("/1/")[0] + "/"
    picture(bo, "12-rating-room")
    reviewer.rate(bo, values=(4, 3, 4, 5), recommendation="Decline", note="News comes late.")
    reviewer.open_first(ines)
    expect(ines.get_by_text("News comes late.")).to_have_count(0)
    reviewer.rate(ines, values=(3, 3, 2, 3), recommendation="Decline", note="Few examples.")
    picture(ines, "13-all-heard")

    letter = (
        "Hello [name],\n\nthank you for your answers. Say the news first, then ask what was heard.\n\nAda Lindqvist"
    )
    reviewer.decline(owner, reason="Two raters, close together.", letter=letter)
    expect(owner.get_by_text("Nobody is declined unwatched")).to_be_visible()
    picture(owner, "14-decline-refused")
    assert not team.has_letter(owner, "our answer to you")
    for rater in (bo, ines):
        reviewer.watch(rater, room, questions=4)
    reviewer.decline(owner, reason="Two raters, close together.", letter=letter)
    expect(owner.get_by_text("Your letter to Dee Okafor stands on their page.")).to_be_visible()
    picture(owner, "15-declined")

    assert "Say the news first" in team.letter_to(owner, "dee@mail.test", "our answer to you")
    dee.goto(link)
    expect(dee.get_by_text("Say the news first, then ask what was heard.")).to_be_visible()
    expect(dee.get_by_text("Bo Osei watched all your answers")).to_be_visible()
    picture(dee, "16-status-with-reply")


def prepare(owner: Page, picture: Picture) -> None:
    """A position, its step and reviewers, and a kit that is published as soon as nothing stands in the way."""
    team.open_position(owner, title="Tenant support adviser", pay="€31,400–35,000 a year")
    team.choose_reviewers(owner, "Recorded interview", ("Bo Osei", "Inês Carvalho"))
    team.write_kit(owner, name="First round", welcomes="Ada Lindqvist")
    picture(owner, "02-kit-draft")
    owner.get_by_role("button", name=re.compile("^Publish")).press("Enter")
    expect(owner.get_by_text("Version 1 cannot be published yet.")).to_be_visible()
    picture(owner, "03-kit-not-published")
    team.record_prompt(owner, "the welcome", seconds=3)
    team.record_prompt(owner, "question 1", seconds=3)
    for place in (2, 3, 4):
        team.say_why_nobody_asks(owner, place, "Kwame is on leave until Monday.")
    owner.get_by_role("button", name=re.compile("^Publish")).click()
    expect(owner.get_by_text("version 1, published")).to_be_visible()
    picture(owner, "04-kit-published")


def answer_everything(dee: Page, link: str, picture: Picture) -> list[str]:
    """From the link to the last look: four answers, the first in two takes. SHA-256 of each take on the device."""
    dee.goto(link)
    picture(dee, "06-landing")
    candidate.agree(dee, link)
    picture(dee, "07-check")
    candidate.pass_the_check(dee)
    picture(dee, "08-questions")
    dee.get_by_role("link", name="Answer question 1").click()
    recorded = []
    for place in (1, 2, 3, 4):
        for take in candidate.answer(dee, place, seconds=ANSWER_S, takes=2 if place == 1 else 1):
            recorded.append(take["sha256"])
            if place == 1:
                picture(dee, f"09-take-{len(recorded)}")
    dee.wait_for_url(re.compile(r"/review/"))
    picture(dee, "10-review")
    return recorded


def check_what_the_server_holds(product: Product, recorded: list[str], speech: Path) -> None:
    """Byte for byte what the browser recorded, decodable to the end, and the speech that was spoken."""
    held = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in product.originals()}
    assert set(recorded) <= set(held), "each take is there as it was recorded"
    _, spoken = decoded(speech)
    for digest in recorded:
        pictures, heard = decoded(held[digest])
        assert pictures >= ANSWER_S * 5
        assert ANSWER_S - 0.5 <= len(heard) / 16_000 <= ANSWER_S * 2.5
        assert likeness(heard, spoken) > 0.8
