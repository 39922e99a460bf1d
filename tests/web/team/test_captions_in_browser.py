"""The editor of captions in a real browser: writing, drafts, two people, without scripts, in all looks."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bothways.accounts.actors import member_actor
from bothways.kits.actions.captions import begin_from_speech, review_captions, save_captions
from bothways.kits.models import Captions, Question
from bothways.lib.webvtt import Cue
from bothways.media.models import Transcript
from tests.factories.preparing import make_transcript
from tests.web.looking import Look, crash
from tests.web.team.captioning import (
    address_of,
    kept,
    page,  # noqa: F401
    question,  # noqa: F401
    seek,
    show_film,
    wait_until_saved,
    words,
)
from tests.web.team.preparing import signed_in

pytestmark = pytest.mark.needs_chromium

SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
SIGHTS = [(360, "dark", "ar"), (1280, "light", "en")]
HARD = [
    Cue(0, 1_500, "Tom & Jerry <b>shout</b> --> &amp;"),
    Cue(1_500, 3_250, "Two lines,\nno more."),
    Cue(4_000, 9_001, "ما الذي شدّك؟"),
]


def test_captions_are_written_split_joined_and_read(page: Page, question: Question) -> None:  # noqa: F811
    first = page.get_by_label("Words of caption 1")
    expect(first).to_have_value("What did you do first?")
    first.fill("So: what did you do first?")
    wait_until_saved(page)
    assert kept(question)[0].text == "So: what did you do first?"

    first.evaluate("box => { box.focus(); box.setSelectionRange(4, 4) }")
    page.get_by_role("button", name="Split (caption 1)").click()
    expect(page.get_by_label("Words of caption 1")).to_be_focused()
    assert words(page) == ["So:", "what did you do first?", "And how did it end?"]

    page.get_by_role("button", name="Join with the next (caption 1)").click()
    assert words(page)[0] == "So: what did you do first?"

    seek(page, 9.5)
    page.get_by_role("button", name="Add a caption at this moment").click()
    expect(page.get_by_label("Words of caption 3")).to_be_focused()
    page.keyboard.type("Thank <you>.")
    page.get_by_role("button", name="I have read these captions, and they are right").click()
    expect(page.get_by_text("The captions are read and called right, by you.")).to_be_visible()
    cues = kept(question)
    assert cues[2] == Cue(9_500, 9_900, "Thank <you>.") and len(cues) == 3
    assert Captions.objects.get().is_reviewed

    page.goto(address_of(question))
    page.get_by_role("button", name="Remove (caption 3)").click()
    expect(page.get_by_text("Not read yet")).to_be_visible()
    wait_until_saved(page)
    assert len(kept(question)) == 2 and not Captions.objects.get().is_reviewed


def test_one_caption_is_played_and_the_picture_shows_what_is_written(page: Page) -> None:  # noqa: F811
    page.wait_for_function("() => document.querySelector('video').readyState >= 2")
    page.get_by_role("textbox", name="Caption 2 ends").fill("0:06.0")
    page.get_by_label("Words of caption 2").press("Control+Enter")
    page.wait_for_function("() => document.querySelector('video').currentTime > 5.6")
    expect(page.locator("[data-cue]").nth(1)).to_have_attribute("data-now", "")
    page.wait_for_function(
        """() => [...document.querySelector('video').textTracks]
          .flatMap((track) => [...(track.activeCues ?? [])])
          .map((cue) => cue.getCueAsHTML().textContent).join("|") === "And how did it end?" """
    )
    page.wait_for_function("() => document.querySelector('video').paused")
    assert page.evaluate("document.querySelector('video').currentTime") < 6.5
    page.get_by_role("button", name="Begins now (caption 2)").click()
    assert (
        page.get_by_role("textbox", name="Caption 1 ends").input_value()
        == page.get_by_role("textbox", name="Caption 2 begins").input_value()
    )


def test_what_makes_a_caption_hard_to_read_is_said_and_stops_nobody(page: Page, question: Question) -> None:  # noqa: F811
    first = page.locator("[data-cue]").first
    expect(page.get_by_text("Nothing to look at")).to_be_visible()
    page.get_by_label("Words of caption 1").fill(f"{'word ' * 12}\none\ntwo")
    page.get_by_role("textbox", name="Caption 1 ends").fill("0:00.9")
    for sentence in (
        "3 lines: two can be read at a glance.",
        "Line 1 has 59 characters: 42 can be read at a glance.",
        "characters a second: more than 20 are hard to read.",
        "0.9 s: shorter than one second is gone before it is read.",
    ):
        expect(first.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text("1 caption to look at")).to_be_visible()
    page.get_by_role("textbox", name="Caption 2 begins").fill("0:00.5")
    expect(page.get_by_text("It begins before caption 1 ends.")).to_be_visible()
    expect(page.get_by_text("s: longer than seven seconds reads as if it hung. Split it.")).to_be_visible()
    page.get_by_role("textbox", name="Caption 2 begins").fill("0:00.95")
    expect(page.get_by_text("50 ms after caption 1: such a short gap flickers.")).to_be_visible()
    wait_until_saved(page)
    assert kept(question)[0].end_ms == 900 and kept(question)[1].start_ms == 950


def test_a_time_that_makes_no_sense_is_said_and_nothing_is_lost(page: Page, question: Question) -> None:  # noqa: F811
    end = page.get_by_role("textbox", name="Caption 1 ends")
    for text, sentence in (
        ("soon", "This is no time."),
        ("0:00", "It would end before it begins."),
        ("1:00", "It would end after the recording."),
    ):
        end.fill(text)
        expect(page.get_by_text(sentence)).to_be_visible()
        expect(end).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="I have read these captions").click()
    expect(end).to_be_focused()
    assert not Captions.objects.filter(reviewed_at__isnull=False).exists()
    end.fill("٠:٠٤٫٥")
    expect(page.get_by_text("It would end after the recording.")).to_have_count(0)
    wait_until_saved(page)
    assert kept(question)[0].end_ms == 4_500


def test_what_is_written_without_a_line_is_kept_and_saved_later(
    page: Page,  # noqa: F811
    look: Look,
    question: Question,  # noqa: F811
) -> None:
    page.context.set_offline(True)
    page.get_by_label("Words of caption 1").fill("Written in a tunnel.")
    expect(page.locator("[data-part=status]")).to_contain_text("The line is down.")
    page.context.set_offline(False)
    expect(page.locator("[data-part=status]")).to_have_text("Saved", timeout=20_000)
    assert kept(question)[0].text == "Written in a tunnel."
    assert all("INTERNET_DISCONNECTED" in complaint for complaint in look.complaints)
    look.complaints.clear()


def test_a_draft_survives_the_page_and_can_be_undone(
    page: Page,  # noqa: F811
    look: Look,
    question: Question,  # noqa: F811
) -> None:
    page.route("**/captions/save/", lambda route: route.abort())
    page.get_by_label("Words of caption 1").fill("Not on the server.")
    expect(page.locator("[data-part=status]")).to_contain_text("The line is down.")
    # A tab that crashes sends no last words, so the next one finds them on the device alone.
    crash(page)
    page = page.context.new_page()
    assert kept(question) == []
    page.goto(address_of(question))
    expect(page.get_by_label("Words of caption 1")).to_have_value("Not on the server.")
    wait_until_saved(page)
    assert kept(question)[0].text == "Not on the server."
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Words of caption 1")).to_have_value("What did you do first?")
    look.complaints.clear()


@pytest.mark.parametrize("choice", ["Keep mine", "Take theirs"])
def test_the_second_of_two_people_is_told_and_chooses(page: Page, question: Question, choice: str) -> None:  # noqa: F811
    theirs = [Cue(0, 2_000, "Theirs.")]
    save_captions(actor=member_actor(question.asker), subject=question, cues=theirs)
    page.get_by_label("Words of caption 1").fill("Mine.")
    expect(page.get_by_text("Somebody else has changed these captions.")).to_be_visible()
    assert kept(question) == theirs
    page.get_by_role("button", name=choice).click()
    if choice == "Keep mine":
        wait_until_saved(page)
        assert [cue.text for cue in kept(question)] == ["Mine.", "And how did it end?"]
    else:
        assert words(page) == ["Theirs."]
        page.get_by_role("button", name="Undo").click()
        assert words(page) == ["Mine.", "And how did it end?"]
        wait_until_saved(page)
        assert kept(question)[0].text == "Mine."


def test_a_file_is_looked_at_before_it_replaces_anything(page: Page, question: Question) -> None:  # noqa: F811
    page.get_by_label("Words of caption 1").fill("Written first.")
    page.get_by_text("Files", exact=True).click()
    page.get_by_label("Or paste them here").fill("1\n00:00:01,000 --> 00:00:02,000\n<i>Pasted</i>\n\n2\nlost\n")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("2 captions that are here now are replaced.")).to_be_visible()
    assert kept(question)[0].text == "Written first."
    page.get_by_role("button", name="Use this caption").click()
    expect(page.get_by_label("Words of caption 1")).to_have_value("Pasted\n2\nlost")
    assert kept(question) == [Cue(1_000, 2_000, "Pasted\n2\nlost")]


def test_what_was_said_is_offered_as_soon_as_it_is_there(page: Page, question: Question) -> None:  # noqa: F811
    transcript = make_transcript(question.prompt, "What did you do first?", "How did it end?", state="waiting")
    page.reload()
    expect(page.get_by_text("The recording is being listened to.")).to_be_visible()
    page.get_by_label("Words of caption 1").fill("Meanwhile.")
    Transcript.objects.filter(id=transcript.id).update(state="ready")
    start = page.get_by_text("Start from what was said")
    expect(start).to_be_visible(timeout=20_000)
    expect(page.get_by_label("Words of caption 1")).to_have_value("Meanwhile.")
    start.click()
    expect(page.get_by_text("2 captions that are here now are replaced.")).to_be_visible()
    page.get_by_role("button", name="Use these 2 captions").click()
    expect(page.get_by_text("Made by a machine, not read yet")).to_be_visible()
    assert [cue.text for cue in kept(question)] == ["What did you do first?", "How did it end?"]


def test_a_browser_finds_in_the_file_what_was_written(page: Page, question: Question) -> None:  # noqa: F811
    save_captions(actor=member_actor(question.asker), subject=question, cues=HARD)
    page.goto(reverse("team:questions-edit", args=[question.organization.slug, question.id]))
    page.evaluate("document.querySelector('video track').track.mode = 'showing'")
    page.wait_for_function("() => document.querySelector('video track').readyState === 2")
    found = page.evaluate(
        "[...document.querySelector('video').textTracks[0].cues].map((cue) => "
        "[Math.round(cue.startTime * 1000), Math.round(cue.endTime * 1000), cue.getCueAsHTML().textContent])"
    )
    assert [Cue(*cue) for cue in found] == HARD


def test_every_button_works_without_scripts(chromium, live_server, question: Question) -> None:  # noqa: F811
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": session_of(question), "url": live_server.url}])
    page = context.new_page()  # noqa: F811
    page.goto(address_of(question))
    page.get_by_label("Words of caption 2").fill("Mended.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Split (caption 1)").click()
    expect(page.get_by_label("Words of caption 3")).to_have_value("Mended.")
    page.get_by_role("textbox", name="Caption 1 ends").fill("never")
    page.get_by_role("textbox", name="Caption 1 ends").press("Enter")
    expect(page.get_by_text("A time of caption 1 makes no sense to us.")).to_be_visible()
    page.get_by_role("textbox", name="Caption 1 ends").fill("0:01,5")
    page.get_by_role("button", name="I have read these captions").click()
    expect(page.get_by_text("The captions are read and called right, by you.")).to_be_visible()
    context.close()
    assert [cue.text for cue in kept(question)] == ["What did you", "do first?", "Mended."]
    assert kept(question)[0].end_ms == 1_500


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_editor_in_each_look(
    look: Look,
    question: Question,  # noqa: F811
    film: Path,
    width: int,
    scheme: str,
    language: str,
) -> None:
    member = question.asker
    type(member.user).objects.filter(id=member.user_id).update(language=language)
    page = look.start(member.user, width=width, scheme=scheme)  # noqa: F811
    show_film(page, film)
    name = f"captions-{width}-{scheme}-{language}"
    make_transcript(question.prompt, "What did you do first?")
    look.check(page, address_of(question))
    keep_shot(page, name)
    # With things to look at, a time that makes no sense, something current, and the files open.
    page.locator("[name=text]").first.fill(f"{'word ' * 12}\none\ntwo")
    page.locator("[name=end]").first.fill("soon")
    page.locator(".watch summary").click()
    page.locator(".block .end").first.focus()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    check_again(look, page)
    keep_shot(page, f"{name}-at-work")
    page.keyboard.press("?")
    check_again(look, page)
    keep_shot(page, f"{name}-keys")
    page.keyboard.press("Escape")

    captions = begin_from_speech(actor=member_actor(member), subject=Question.objects.get(id=question.id))
    page.locator("[name=text]").first.fill("Mine.")
    page.locator("[data-part=choice]").wait_for(state="visible")
    check_again(look, page)
    keep_shot(page, f"{name}-two")
    look.check(page, reverse("team:captions-speech", args=[member.organization.slug, "question", question.id]))
    keep_shot(page, f"{name}-replace")
    review_captions(actor=member_actor(member), subject=Question.objects.get(id=question.id), seen=captions.revision)
    page.evaluate("localStorage.clear()")
    look.check(page, address_of(question))
    keep_shot(page, f"{name}-read")
    look.check(page, reverse("team:questions-edit", args=[member.organization.slug, question.id]))


# Axe writes style elements of its own: the policy refuses them, a little later.
DEAF_TO_AXE = """window.refused = Object.assign(window.refused.filter((one) => !one.startsWith("style-src-elem")), {
  push(one) { if (!one.startsWith("style-src-elem")) Array.prototype.push.call(this, one); } })"""


def check_again(look: Look, page: Page) -> None:  # noqa: F811
    page.evaluate(f"void ({DEAF_TO_AXE})")
    look.check_as_it_stands(page)


def keep_shot(page: Page, name: str) -> None:  # noqa: F811
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def session_of(question: Question) -> str:  # noqa: F811
    return signed_in(question.asker).cookies["sessionid"].value
