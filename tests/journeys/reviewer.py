"""What raters and deciders do, in words."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.team import home_of
from tests.recorder.driving import press


def open_first(reviewer: Page) -> None:
    """What is next: the first question, at the first candidate of this reviewer's order."""
    reviewer.goto(home_of(reviewer) + "review/")
    reviewer.get_by_role("link", name=re.compile("^Begin with")).click()
    reviewer.wait_for_url(re.compile(r"/review/[^/]+/1/turn/"))


def rate(reviewer: Page, *, values: tuple[int, ...], recommendation: str, note: str) -> None:
    """Rates the one candidate who waits, question by question, and hands the scorecard in."""
    for place, value in enumerate(values, start=1):
        reviewer.wait_for_url(re.compile(rf"/review/[^/]+/{place}/turn/"))
        reviewer.get_by_role("radio", name=re.compile(f"^{value}")).check()
        reviewer.get_by_role("main").get_by_role("button", name="Next answer").click()
        expect(reviewer.get_by_role("heading", name=f"Question {place} is done")).to_be_visible()
        reviewer.get_by_role("link", name=re.compile("^(Go on with question|Recommend and hand in)")).click()
    reviewer.get_by_role("radio", name=recommendation).check()
    reviewer.get_by_label("Why, in a sentence or two").fill(note)
    press(reviewer, "Hand in those with a recommendation")
    expect(reviewer.get_by_text("is handed in")).to_be_visible()


def watch(reviewer: Page, interview: str, questions: int) -> None:
    """Plays every answer to its end. `interview` is the address of the rating room."""
    for place in range(1, questions + 1):
        reviewer.goto(f"{interview}{place}/")
        reviewer.get_by_role("button", name="Play", exact=True).click()
        expect(reviewer.get_by_text("You have watched 100 %")).to_be_visible(timeout=60_000)


def decline(decider: Page, *, reason: str, letter: str) -> None:
    """Fills in the form of the first interview to decide about, and sends it. `[name]` becomes the candidate's name."""
    decider.goto(home_of(decider) + "decisions/")
    decider.get_by_role("link", name=re.compile("^Decide")).first.click()
    decider.get_by_role("link", name="Decline", exact=True).click()
    decider.get_by_label("The reason, for the team and the record").fill(reason)
    decider.get_by_label("Your letter to the candidate").fill(letter)
    press(decider, "Decline and send the letter")
