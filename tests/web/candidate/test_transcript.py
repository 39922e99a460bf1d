"""What a machine wrote down of somebody's answer: read, corrected and switched off by whoever gave it."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.models import Take
from bothways.media.models import Transcript
from bothways.media.queries.transcripts import words_of
from bothways.media.utterances import from_json
from tests.factories.preparing import make_transcript
from tests.interviews.taking_part import answered
from tests.web.candidate.conftest import Visitor
from tests.web.candidate.test_own_copy import archive_of, index_of

PATH = "questions/1/text/"


@pytest.fixture
def heard(agreed: Visitor) -> Transcript:
    answered(agreed.interview)
    return make_transcript(take_of(agreed).recording, "I rang Hur first.", "Then I asked.")


def take_of(visitor: Visitor, place: int = 1) -> Take:
    return Take.objects.get(answer__interview=visitor.interview, answer__question__place=place)


def body(visitor: Visitor, path: str = PATH) -> str:
    return " ".join(visitor.get(path).content.decode().split())


def save(visitor: Visitor, *texts: str, seen: str | None = None):
    seen = visitor.get(PATH).context["own"].seen if seen is None else seen
    return visitor.post(PATH, {"text": list(texts), "seen": seen})


def shown(transcript: Transcript) -> list[str]:
    return [utterance.text for utterance in words_of(Transcript.objects.get(id=transcript.id)).utterances]


@pytest.mark.parametrize("path", ["review/", "data/"])
def test_the_text_stands_beside_each_answer(agreed, heard, path):
    page = body(agreed, path)
    assert "I rang Hur first." in page and "Written by a machine. It may be wrong." in page
    assert agreed.url(PATH) in page and agreed.url("questions/2/text/") not in page


def test_a_correction_is_shown_and_what_was_heard_is_kept(agreed, heard):
    answer = save(agreed, "I rang her  first.\r\n", "Then I asked.")
    assert answer.url == agreed.url(PATH)
    assert shown(heard) == ["I rang her first.", "Then I asked."]
    heard.refresh_from_db()
    assert from_json(heard.machine)[0].text == "I rang Hur first."
    mended, untouched = from_json(heard.corrected)
    assert mended.words == () and untouched.words
    page = body(agreed)
    assert "corrected by you" in page and "Show what the machine heard" in page and "I rang Hur first." in page


def test_after_sending_it_may_still_be_corrected_and_that_is_logged(agreed, heard):
    agreed.post("review/submit/")
    assert save(agreed, "I rang her first.", "Then I asked.").status_code == 302
    assert "I rang her first." in body(agreed, "data/") and "I rang her first." in body(agreed, "")
    entry = AuditEntry.objects.get(verb="transcript.corrected")
    assert entry.created_at > Take.objects.first().answer.interview.submitted_at


def test_nothing_new_is_no_correction(agreed, heard):
    save(agreed, "I rang Hur first.", "Then I asked.")
    assert words_of(Transcript.objects.get()).by_machine


def test_two_tabs_do_not_overwrite_each_other(agreed, heard):
    seen = agreed.get(PATH).context["own"].seen
    save(agreed, "From the first tab.", "Then I asked.", seen=seen)
    answer = save(agreed, "From the second tab.", "Then I asked.", seen=seen)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was overwritten" in page and "From the first tab." in page and "From the second tab." in page
    assert shown(heard)[0] == "From the first tab."
    save(agreed, "From the second tab.", "Then I asked.", seen=answer.context["own"].seen)
    assert shown(heard)[0] == "From the second tab."


def test_words_for_other_parts_are_not_lost(agreed, heard):
    answer = save(agreed, "All of it in one.")
    assert answer.status_code == 409 and "All of it in one." in answer.content.decode()
    assert shown(heard) == ["I rang Hur first.", "Then I asked."]


def test_an_emptied_part_is_not_shown_and_may_come_back(agreed, heard):
    save(agreed, "", "Then I asked.")
    assert shown(heard) == ["Then I asked."]
    save(agreed, "I rang her.", "Then I asked.")
    assert shown(heard) == ["I rang her.", "Then I asked."]


def test_where_nothing_was_heard_one_part_is_offered(agreed, heard):
    Transcript.objects.filter(id=heard.id).update(machine=[])
    save(agreed, "I did speak.")
    assert shown(heard) == ["I did speak."]


@pytest.mark.parametrize("text", ["x" * 5001, "\x00" * 3 + "x" * 6000])
def test_what_is_too_long_is_told(agreed, heard, text):
    answer = save(agreed, text, "Then I asked.")
    assert answer.status_code == 409 and "are the most" in answer.content.decode()


def test_control_characters_do_not_reach_the_database(agreed, heard):
    save(agreed, "I\x00 rang\x1b her.", "Then I asked.")
    assert shown(heard)[0] == "I rang her."


def test_switching_it_off_and_on(agreed, heard):
    assert "Who cannot hear" in body(agreed)
    agreed.post(PATH, {"switch": "off"})
    assert words_of(Transcript.objects.get()) is None
    assert "The text is off" in body(agreed) and "nobody but you can read it" in body(agreed, "data/")
    agreed.post(PATH, {"switch": "on"})
    assert words_of(Transcript.objects.get()) is not None


@pytest.mark.parametrize(("state", "words"), [("waiting", "being made"), ("failed", "No text could be made")])
def test_without_a_text_the_page_says_how_it_stands(agreed, heard, state, words):
    Transcript.objects.filter(id=heard.id).update(state=state, machine=[])
    assert words in body(agreed)
    assert agreed.post(PATH, {"text": ["x"], "seen": ""}).status_code == 409


@pytest.mark.parametrize("place", [2, 9])
def test_an_answer_without_text_leads_to_ones_own_data(agreed, heard, place):
    assert agreed.get(f"questions/{place}/text/").url == agreed.url("data/")


def test_ones_own_copy_has_both_versions(agreed, heard):
    save(agreed, "I rang her first.", "Then I asked.")
    index = index_of(archive_of(agreed.get("data/everything.zip")))
    assert "I rang Hur first." in index and "I rang her first." in index


def test_erasure_takes_the_text_along(agreed, heard):
    erase_answers(agreed.interview)
    assert not Transcript.objects.exists()
