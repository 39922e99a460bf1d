"""Answering without a recording, in a real browser: saved while one writes, kept without a line, by keyboard."""

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bothways.interviews.actions.note import write_note
from bothways.interviews.actions.settings import change_settings
from bothways.interviews.actions.written import Given, keep_written, save_draft
from bothways.interviews.models import Answer, Interview, NoteToReviewers, WrittenAnswer
from bothways.kits.models import Question
from bothways.review.models import Coverage
from tests.factories import (
    Cast,
    make_file,
    make_interview,
    make_submitted_interview,
    make_token,
    make_written_answer,
)
from tests.interviews.taking_part import actor_of, consented, question
from tests.web.looking import Look, crash

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1440, "light", "de")]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    asked = cast.kit_version.questions
    asked.filter(place=2).update(answer_kind="choice", options=["Early", "Late", "Nights and weekends"])
    asked.filter(place=3).update(answer_kind="number", unit="hours a week", number_min=10, number_max=40)
    return cast


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return consented(make_interview(cast.stage, cast.kit_version, "José Luis Fernández de la Vega Ruiz"))


def keep(interview: Interview, place: int, **given: object) -> None:
    asked = Question.objects.get(kit_version=interview.kit_version, place=place)
    keep_written(interview=interview, question=asked, given=Given(**given), actor=actor_of(interview))


def write_page(look: Look, interview: Interview, **options: object) -> Page:
    page = look.start(**options)
    page.goto(f"/i/{make_token(interview)}/questions/1/write/")
    return page


def saved(page: Page, words: str) -> Any:
    """While this block runs, the server has to say that it keeps these words."""
    return page.expect_response(
        lambda answer: answer.url.endswith("/draft") and words in (answer.request.post_data or "") and answer.ok
    )


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_every_page_in_each_state(look: Look, interview: Interview, width: int, scheme: str, language: str) -> None:
    actor = actor_of(interview)
    interview = change_settings(interview=interview, actor=actor, language=language, breaks=True)
    page, address = look.start(width=width, scheme=scheme), f"/i/{make_token(interview)}"
    for path in ("settings/?place=1", "questions/1/write/", "questions/2/write/", "questions/3/write/"):
        look.check(page, f"{address}/{path}")
    save_draft(interview=interview, question=question(interview, 4), text="I rang", actor=actor)
    keep(interview, 1, text="I rang her first. " * 60)
    keep(interview, 2, options=[2])
    keep(interview, 3, number=Decimal(37))
    write_note(interview=interview, text="I stammer. Ask me.", actor=actor)
    for path in ("questions/", "questions/1/break/", "questions/1/write/", "questions/2/write/", "review/"):
        look.check(page, f"{address}/{path}")


def test_words_outlive_a_dead_line_and_a_closed_page(look: Look, interview: Interview) -> None:
    page = write_page(look, interview, width=360)
    area = page.get_by_label("Your answer")
    with saved(page, "I rang her."):
        area.press_sequentially("I rang her.")
    expect(page.get_by_text("Saved on our server", exact=True)).to_be_visible()
    assert WrittenAnswer.objects.get().text == "I rang her."
    page.context.set_offline(True)
    area.press_sequentially(" Then I asked.")
    expect(page.get_by_role("status").filter(has_text="The line is down. Please keep writing.")).to_have_count(1)
    page.get_by_role("button", name="Keep this answer").click()
    expect(area).to_have_value("I rang her. Then I asked.")
    # The same browser after a crash: a tab that is only closed would send its words on the way out.
    address, other = page.url, page.context.new_page()
    crash(page)
    other.context.set_offline(False)
    with saved(other, "Then I asked."):
        other.goto(address)
    expect(other.get_by_label("Your answer")).to_have_value("I rang her. Then I asked.")
    expect(other.get_by_text("Saved on our server", exact=True)).to_be_visible()
    assert WrittenAnswer.objects.get().text == "I rang her. Then I asked."
    other.get_by_role("button", name="Keep this answer").click()
    other.wait_for_url("**/questions/2/write/")
    assert Answer.objects.get().chosen_written.text == "I rang her. Then I asked."
    look.complaints[:] = [told for told in look.complaints if "ERR_INTERNET_DISCONNECTED" not in told]


def test_what_went_up_on_the_way_out_is_forgotten_here(look: Look, interview: Interview) -> None:
    """A closed page sends its words while it leaves, and no page is left to hear that they have arrived."""
    page = write_page(look, interview)
    save_draft(interview=interview, question=question(interview), text="I rang her.", actor=actor_of(interview))
    page.evaluate(
        "(key) => localStorage.setItem(key, JSON.stringify({ draft: { text: 'I rang her.' }, revision: 0 }))",
        f"bothways.writing:{interview.id}:1",
    )
    with saved(page, "I rang her."):
        page.reload()
    expect(page.get_by_text("Saved on our server", exact=True)).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_two_devices_ask_which_words_count(look: Look, interview: Interview) -> None:
    laptop = write_page(look, interview)
    save_draft(interview=interview, question=question(interview), text="On the telephone", actor=actor_of(interview))
    laptop.get_by_label("Your answer").fill("On the laptop")
    laptop.get_by_role("button", name="Take the newer one").click()
    expect(laptop.get_by_label("Your answer")).to_have_value("On the telephone")
    with saved(laptop, "after all"):
        laptop.get_by_label("Your answer").fill("On the laptop, after all")
    assert WrittenAnswer.objects.get().text == "On the laptop, after all"


def test_from_writing_to_sending_by_keyboard_alone(look: Look, cast: Cast, interview: Interview) -> None:
    keep(interview, 3, number=Decimal(37))
    keep(interview, 4, text="In my own words.")
    page = write_page(look, interview)
    page.get_by_label("Your answer").focus()
    page.keyboard.type("I rang her first.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Keep this answer")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/2/write/")
    page.get_by_role("radio", name="Early").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    note = page.get_by_label("Your note")
    note.focus()
    page.keyboard.type("I stammer.")
    page.get_by_role("button", name="Send my answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Now it is our turn.")).to_be_visible()
    assert NoteToReviewers.objects.get().text == "I stammer."
    assert Answer.objects.get(question__place=2).chosen_written.options == [1]


def test_who_rates_reads_and_it_is_measured(look: Look, cast: Cast) -> None:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    interview.answers.filter(question__place__lte=3).delete()
    first, second, third, _fourth = cast.kit_version.questions.all()
    make_written_answer(interview, first, "I rang her first. " * 5)
    make_written_answer(interview, second, options=[2])
    make_written_answer(interview, third, number=Decimal(37))
    NoteToReviewers.objects.create(organization=cast.organization, interview=interview, text="I stammer.")
    base = f"/team/{cast.organization.slug}/review/{interview.id}"
    for width, scheme in ((360, "light"), (1280, "dark")):
        page = look.start(cast.bo.user, width=width, scheme=scheme)
        for place in (1, 2, 3):
            look.check(page, f"{base}/{place}/")
        look.check(page, f"/team/{cast.organization.slug}/compare/{cast.stage.id}/")
    page.goto(f"{base}/1/")
    expect(page.get_by_text("I stammer.")).to_be_visible()
    expect(page.get_by_text("You have had time to read it. That is enough.")).to_be_visible(timeout=30_000)
    covered = Coverage.objects.get(answer__question=first, member=cast.bo)
    assert covered.covered_ms >= 0.8 * covered.written.reading_ms


def test_files_are_added_and_taken_out_by_keyboard(look: Look, cast: Cast, interview: Interview) -> None:
    Question.objects.filter(kit_version=cast.kit_version, place=1).update(answer_kind="files", files_most=2)
    page = write_page(look, interview, width=360, scheme="dark")
    page.get_by_label("Add files").set_input_files([{"name": "CV.pdf", "mimeType": "x/y", "buffer": b"%PDF-1.7"}])
    page.get_by_role("button", name="Add", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="CV.pdf")).to_be_visible()
    look.check_as_it_stands(page)
    page.get_by_role("button", name="Remove CV.pdf").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="CV.pdf")).to_have_count(0)
    page.get_by_role("button", name="Keep this answer").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no file yet.")
    look.check_as_it_stands(page)


def test_a_file_counts_as_it_is_saved(look: Look, cast: Cast) -> None:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    asked = cast.kit_version.questions.get(place=2)
    Question.objects.filter(id=asked.id).update(answer_kind="files")
    interview.answers.filter(question=asked).delete()
    make_file(make_written_answer(interview, asked, options=[]))
    WrittenAnswer.objects.update(reading_ms=3000)
    page = look.start(cast.bo.user)
    look.check(page, f"/team/{cast.organization.slug}/review/{interview.id}/2/")
    with page.expect_download() as saved_file:
        page.get_by_role("link", name="File 1, PDF").click()
    assert saved_file.value.suggested_filename == "answer-2-1.pdf"
    expect(page.get_by_text("You have had time to read it. That is enough.")).to_be_visible()
