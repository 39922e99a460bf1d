"""Questions go both ways, replies come in time, and what happens when one does not: one story of sixteen days.

The product runs as it always does, all its processes, and goes by a clock that the test moves (`clock.py`): from the
3rd of November 2025 on, day by day. No row is changed and no verb is called: the product itself sees that a day has
come, reminds, breaks its promise and says so. Moving the dates of rows instead would show what the product makes of
rows that it never writes.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import both_ways, candidate, reviewer, team
from tests.journeys.both_ways import Story, decide
from tests.journeys.both_ways_room import LONG_NAME, LONG_TITLE
from tests.journeys.looking import look
from tests.recorder.driving import plays, press

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(900)]

DEE, DEE_AT = "Dee Okafor", "dee@mail.test"
LENA, LENA_AT = "Lena Novak", "lena@mail.test"
LETTER = "Hello [name],\n\nyou say plainly what is so. This time we go on with somebody who has done it before.\n\nAda"


@pytest.fixture
def story(tmp_path: Path, somebody: Callable[..., Page]) -> Iterator[Story]:
    with both_ways.begun(tmp_path, somebody) as story:
        yield story


def test_both_ways(story: Story) -> None:
    ada, bo, dee = story.come("ada"), story.come("bo"), story.phone()
    link = ask_and_answer(story, ada, dee)
    story.go_on_to(4)
    room = hear_and_be_held(story, ada, bo)
    answer_what_was_asked(story, ada, dee)
    follow_up(story, bo, dee, link, room)
    story.go_on_to(6)
    hear_back(story, ada, dee, link)
    rafael, jose = story.come("rafael"), story.phone()
    come_too_late(story, ada, rafael, jose)
    nobody_comes_in(story, rafael, jose)
    make_good(story, rafael, jose)
    close(story, ada, rafael)


def ask_and_answer(story: Story, ada: Page, dee: Page) -> str:
    """Monday: Dee is invited, reads the promise and how many were kept, asks on video, and sends two answers."""
    team.invite_candidate(ada, story.filled["title"], name=DEE, email=DEE_AT)
    link = team.link_in(team.letter_to(ada, DEE_AT), "/i/")
    dee.goto(link)
    expect(dee.get_by_text("Monday 17 November")).to_be_visible()
    expect(dee.get_by_text("4 of 4 replies that were promised in this position so far came in time.")).to_be_visible()
    look(dee, "01-landing")
    candidate.agree(dee, link)
    dee.goto(f"{link}ask/record/")
    both_ways.record_as_candidate(dee, 3, "Send this question")
    expect(dee.get_by_role("status").first).to_contain_text("Your question is on its way. Ada Lindqvist answers you")
    plays(dee, "Play your question")
    look(dee, "02-asked")
    dee.goto(f"{link}questions/1/")
    for place in (1, 2):
        assert [take["bytes"] > 10_000 for take in candidate.answer(dee, place, seconds=4)] == [True]
    candidate.send(dee)
    expect(dee.get_by_text("You hear from us by")).to_be_visible()
    look(dee, "03-sent")
    both_ways.say_how_it_was(dee)
    return link


def hear_and_be_held(story: Story, ada: Page, bo: Page) -> str:
    """Tuesday: Bo watches and rates; Ada would decline, and may not while Dee waits for an answer."""
    reviewer.open_first(bo)
    room = bo.url.rpartition("/1/")[0] + "/"
    reviewer.watch(bo, room, questions=2)
    reviewer.open_first(bo)
    reviewer.rate(bo, values=(4, 3), recommendation="Decline", note="Plain words, little practice.")
    ada.goto(story.team("decisions/"))
    look(ada, "04-to-decide")
    open_decision(story, ada)
    decide(ada, "Decline", letter=LETTER)
    expect(ada.get_by_role("alert")).to_contain_text("Answer it first, then decline. Nothing was sent.")
    expect(ada.get_by_role("alert").get_by_role("link", name="To the question")).to_be_visible()
    expect(ada.get_by_text("Answer it first, then decline.")).to_have_count(1)
    look(ada, "05-held")
    assert not team.has_letter(ada, "our answer to you")
    return room


def open_decision(story: Story, ada: Page) -> None:
    """Of Dee, whose name Ada does not read there before it is decided."""
    row = ada.get_by_role("row").filter(has_text=story.filled["title"])
    row.get_by_role("link", name=re.compile("^Decide")).click()


def answer_what_was_asked(story: Story, ada: Page, dee: Page) -> None:
    """On video, from the list of what candidates ask."""
    ada.goto(story.team("inquiries/"))
    ada.get_by_role("link", name=f"Answer {DEE}: Asked on video").click()
    plays(ada, "Play the question")
    look(ada, "06-question-of-dee")
    ada.get_by_role("link", name="Answer on video or by voice").click()
    both_ways.record_as_member(ada, 3, "Send this answer")
    expect(ada.get_by_text("The candidate has not seen it yet")).to_be_visible(timeout=both_ways.SETTLE_MS)
    dee.goto(team.link_in(team.letter_to(ada, DEE_AT), "/i/"))
    plays(dee, "Play the answer by Ada Lindqvist")
    look(dee, "07-answered")
    ada.goto(story.team("inquiries/?show=answered"))
    ada.get_by_role("link", name=f"Read {DEE}").click()
    expect(ada.get_by_text("The candidate has seen it")).to_be_visible()


def follow_up(story: Story, bo: Page, dee: Page, link: str, room: str) -> None:
    """Bo asks once more about a stretch of the first answer; Dee answers on video, and reads who has watched."""
    bo.goto(f"{room}1/")
    bo.get_by_text("one more question").click()
    bo.get_by_label("Your question, in a sentence or two").fill("What did you say first?")
    bo.get_by_label("The part that is meant").fill("0:01-0:03")
    look(bo, "08-asking-once-more")
    press(bo, "Send the question")
    expect(bo.get_by_text("gets a mail with a link")).to_be_visible()
    dee.goto(link)
    first = dee.get_by_role("list", name="By answer").get_by_role("listitem").first
    expect(first).to_contain_text("1 person has watched all of it, Tuesday 4 November")
    expect(dee.get_by_text("Bo Osei watched all your answers")).to_be_visible()
    look(dee, "09-receipts")
    dee.get_by_role("link", name="Open the question").click()
    expect(dee.get_by_text("0:01–0:03")).to_be_visible()
    look(dee, "10-asked-once-more")
    dee.get_by_role("link", name="Record my answer").click()
    both_ways.record_as_candidate(dee, 3, "Send this answer")
    plays(dee, "Play your answer to this question")
    bo.goto(story.team("follow-ups/"))
    bo.get_by_role("link", name=re.compile("^Open .*What did you say first")).click()
    plays(bo, bo.locator(".reply-given video").get_attribute("aria-label") or "")
    look(bo, "11-answered-once-more")
    press(bo, "I have watched or read it")
    expect(bo.get_by_text("Answered and heard")).to_be_visible()


def hear_back(story: Story, ada: Page, dee: Page, link: str) -> None:
    """Thursday: the same decision goes out now, the feedback after it; Dee reads both. The promise counts as kept."""
    ada.goto(story.team("decisions/"))
    open_decision(story, ada)
    decide(ada, "Decline", letter=LETTER)
    expect(ada.get_by_text(f"Your letter to {DEE} stands on their page.")).to_be_visible()
    look(ada, "12-decided")
    with ada.expect_navigation():
        ada.get_by_role("link", name="Complete the feedback").click()
    look(ada, "13-feedback-draft")
    ada.get_by_label("Your words to them").fill(f"Hello {DEE}, you named the bad news in the first sentence.")
    ada.get_by_role("checkbox").last.check()
    press(ada, "Approve")
    story.go_on_to(6, 10, 30)
    story.do_what_is_due()
    assert "has feedback for you" in team.letter_to(ada, DEE_AT)
    dee.goto(link)
    expect(dee.get_by_text("This time we go on with somebody who has done it before.")).to_be_visible()
    expect(dee.get_by_text("you named the bad news in the first sentence")).to_be_visible()
    expect(dee.get_by_text("Says it plainly, and stays until it has landed.").first).to_be_visible()
    both_minutes = re.compile(r"We asked at most \d+ minutes of you. .* \d+ minutes on average")
    expect(dee.get_by_text(both_minutes)).to_be_visible()
    look(dee, "14-reply-and-feedback")
    both_ways.say_how_it_was(dee)
    ada.goto(story.team(f"positions/{story.filled['position']}/promises/"))
    expect(ada.get_by_text("5 of 5 replies came in time")).to_be_visible()
    look(ada, "15-promises-kept")
    ada.goto(story.team(f"positions/{story.filled['position']}/stages/"))
    expect(ada.get_by_text("Asked of 5 people who sent")).to_be_visible()
    expect(ada.get_by_text(re.compile(r"Given: \d+ minutes to watch and read answers"))).to_be_visible()


def come_too_late(story: Story, ada: Page, rafael: Page, jose: Page) -> None:
    """José was promised a reply by the 17th. Three working days before, the last one before, and the morning after."""
    near = "1 person hears from you by 17 November"
    story.go_on_to(12)
    story.do_what_is_due()
    assert both_ways.told(ada, near) == ["Rafael Moreno"]
    rafael.goto(story.team("positions/"))
    expect(rafael.get_by_text("1 person hears from us by Monday")).to_be_visible()
    look(rafael, "16-promise-near")
    story.go_on_to(14)
    story.do_what_is_due()
    assert sorted(both_ways.told(ada, near)) == ["Inês Carvalho", "Rafael Moreno", "Rafael Moreno"]
    story.go_on_to(18)
    story.do_what_is_due()
    assert "that is our fault" in team.letter_to(ada, story.filled["jose_at"])
    jose.goto(f"{story.product.base_url}/i/{story.filled['jose_token']}/")
    expect(jose.get_by_text("We had promised you a reply by Monday 17 November, and did not keep it.")).to_be_visible()
    expect(jose.get_by_text("Tuesday 25 November", exact=True)).to_be_visible()
    look(jose, "17-promise-broken")


def nobody_comes_in(story: Story, rafael: Page, jose: Page) -> None:
    """Until José has heard: not by an invitation, not by the open link; and the position cannot be closed over it."""
    rafael.goto(story.team("positions/"))
    expect(rafael.get_by_text("A promised reply is late, and nobody new is invited.")).to_be_visible()
    look(rafael, "18-promise-late")
    rafael.get_by_role("link", name="See who waits").click()
    expect(rafael.get_by_text("0 of 1 reply came in time")).to_be_visible()
    look(rafael, "19-nobody-new")
    rafael.goto(story.team(f"positions/{story.filled['nights']}/invite/"))
    rafael.get_by_label("Name").fill(LENA)
    rafael.get_by_label("E-mail address").fill(LENA_AT)
    rafael.get_by_label("E-mail address").press("Enter")
    expect(rafael.get_by_role("alert")).to_contain_text("Nobody new is invited until they have it.")
    look(rafael, "20-invitation-refused")
    jose.goto(story.opened_to_all("nights_open_link"))
    expect(jose.get_by_role("heading", name="Nobody new can begin right now")).to_be_visible()
    look(jose, "21-open-link-held")
    rafael.goto(story.team(f"positions/{story.filled['nights']}/close/"))
    expect(rafael.get_by_role("heading", name="1 person waits for your decision")).to_be_visible()
    expect(rafael.get_by_role("button", name="Close the position")).to_have_count(0)
    look(rafael, "22-closing-asks-for-outcomes")


def make_good(story: Story, rafael: Page, jose: Page) -> None:
    """José has his reply, late: people can be invited again by themselves. Who comes reads that the promise broke."""
    with rafael.expect_navigation():
        rafael.get_by_role("link", name="See who waits, and decide").click()
    look(rafael, "23-who-waits")
    rafael.goto(story.team(f"decisions/{story.filled['jose']}/"))
    decide(rafael, "Go on", letter="Hello [name],\n\nthis is late, and I am sorry. We go on with you.\n\nRafael")
    expect(rafael.get_by_text(f"Your letter to {LONG_NAME} stands on their page.")).to_be_visible()
    story.go_on_to(18, 10, 30)
    story.do_what_is_due()
    jose.goto(story.opened_to_all("nights_open_link"))
    expect(jose.get_by_text("0 of 1 reply that was promised in this position so far came in time.")).to_be_visible()
    look(jose, "24-public-record")


def close(story: Story, ada: Page, rafael: Page) -> None:
    """Lena is invited now, and has not answered when the position closes: she gets an outcome, too."""
    team.invite_candidate(rafael, LONG_TITLE, name=LENA, email=LENA_AT)
    assert both_ways.told(ada, LENA_AT) == [LENA], "what was refused before has sent nothing"
    rafael.goto(story.team(f"positions/{story.filled['nights']}/close/"))
    expect(rafael.get_by_text("1 person has an open invitation. What becomes of it?")).to_be_visible()
    look(rafael, "25-closing")
    rafael.get_by_role("radio", name="Take the invitations back").check()
    press(rafael, "Close the position")
    expect(rafael.get_by_text("closed", exact=True)).to_be_visible()
    look(rafael, "26-closed")
    assert both_ways.told(ada, "taken back") == [LENA]
