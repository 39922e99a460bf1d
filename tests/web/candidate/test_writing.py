"""Answering without a recording, as the pages do it, with and without a script."""

import json
import re

from bothways.interviews.actions.written import Given, keep_written
from bothways.interviews.models import LONGEST_TEXT, Answer, InterviewState, NoteToReviewers, WrittenAnswer
from bothways.kits.models import Question
from tests.interviews.taking_part import actor_of, question, recorded
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_landing import text

WORDS = "I rang her first.\n\nThen I found out who owned the job."


def kept(agreed: Visitor, words: str = WORDS, place: int = 1) -> WrittenAnswer:
    asked, actor = question(agreed.interview, place), actor_of(agreed.interview)
    return keep_written(interview=agreed.interview, question=asked, given=Given(text=words), actor=actor)


def make(agreed: Visitor, place: int = 1, **fields) -> None:
    Question.objects.filter(kit_version=agreed.interview.kit_version, place=place).update(**fields)


def config_of(response) -> dict:
    found = re.search(
        r'<script id="bw-writing" type="application/json">(.*?)</script>', response.content.decode(), re.S
    )
    return json.loads(found[1])


def test_the_page_asks_and_has_room_to_write(agreed: Visitor):
    answer = agreed.get("questions/2/write/")
    page = text(answer)
    assert "Question number 2?" in page
    assert "No clock runs." in page
    assert "Answer by video or voice" in page
    assert config_of(answer)["save_url"] == agreed.url("questions/2/write/draft")
    assert (config_of(answer)["revision"], config_of(answer)["most"]) == (0, LONGEST_TEXT)
    assert agreed.get("questions/9/write/").status_code == 404


def test_without_consent_that_comes_first(dee: Visitor):
    assert dee.get("questions/1/write/").headers["Location"] == dee.url("consent/")
    assert dee.send("questions/1/write/draft", {"text": "x", "revision": 0}).json()["error"]["code"] == "no_consent"


def test_a_script_saves_while_somebody_writes(agreed: Visitor):
    assert agreed.send("questions/1/write/draft", {"text": "I rang", "revision": 0}).json() == {"revision": 1}
    assert agreed.send("questions/1/write/draft", {"text": "I rang her", "revision": 1}).json() == {"revision": 2}
    clash = agreed.send("questions/1/write/draft", {"text": "He rang", "revision": 1})
    assert clash.status_code == 409
    assert clash.json()["current"] == {"text": "I rang her", "revision": 2}
    assert agreed.send("questions/1/write/draft", {"text": "x"}).json()["error"]["code"] == "bad_request"
    assert agreed.send("questions/9/write/draft", {"text": "x", "revision": 0}).status_code == 404
    page = text(agreed.get("questions/1/write/"))
    assert ">I rang her</textarea>" in page
    assert "You have begun to write. It is saved." in text(agreed.get("questions/"))


def test_without_a_script_the_form_does_it_all(agreed: Visitor):
    later = agreed.post("questions/1/write/", {"text": "I rang", "revision": 0, "later": 1})
    assert later.headers["Location"] == agreed.url("questions/?left=1")
    assert Answer.objects.get().chosen_written is None
    keep = agreed.post("questions/1/write/", {"text": WORDS.replace("\n", "\r\n"), "revision": 1, "keep": 1})
    assert keep.headers["Location"] == agreed.url("questions/1/next/")
    assert Answer.objects.get().chosen_written.text == WORDS
    assert "On the server, in writing" in text(agreed.get("questions/"))
    assert "This is your answer. You can change it until you send." in text(agreed.get("questions/1/write/"))


def test_nothing_typed_is_lost_on_a_refusal(agreed: Visitor):
    long = "word " * (LONGEST_TEXT // 4)
    answer = agreed.post("questions/1/write/", {"text": long, "revision": 0, "keep": 1})
    assert answer.status_code == 422
    assert "It still stands here in full." in text(answer)
    assert long.strip() in answer.content.decode()
    empty = agreed.post("questions/1/write/", {"text": " ", "revision": 0, "keep": 1})
    assert "There is nothing written yet." in text(empty)


def test_two_devices_see_both_versions_before_one_wins(agreed: Visitor):
    phone = visitor(agreed.interview)
    phone.post("questions/1/write/", {"text": "On the telephone", "revision": 0, "later": 1})
    answer = agreed.post("questions/1/write/", {"text": "On the laptop", "revision": 0, "keep": 1})
    page = text(answer)
    assert answer.status_code == 422
    assert "What you wrote on the other device" in page
    assert "<p>On the telephone</p>" in page and ">On the laptop</textarea>" in page
    assert 'name="revision" value="1"' in page
    agreed.post("questions/1/write/", {"text": "On the laptop", "revision": 1, "keep": 1})
    assert Answer.objects.get().chosen_written.text == "On the laptop"


def test_a_recording_is_not_pushed_aside_unseen(agreed: Visitor):
    recorded(agreed.interview, 1)
    assert "If you keep what you write, we see the words and not the recording." in text(
        agreed.get("questions/1/write/")
    )


def test_a_choice_by_its_form(agreed: Visitor):
    make(agreed, answer_kind="choice", options=["Days", "Nights"], text="Which shifts?")
    assert agreed.get("questions/1/").headers["Location"] == agreed.url("questions/1/write/")
    page = text(agreed.get("questions/1/write/"))
    assert page.count('type="radio"') == 2
    assert "Answer by video or voice" not in page
    assert agreed.post("questions/1/write/", {"keep": 1}).status_code == 422
    assert agreed.post("questions/1/write/", {"options": "7", "keep": 1}).status_code == 422
    agreed.post("questions/1/write/", {"options": "1", "keep": 1})
    assert WrittenAnswer.objects.get().options == [1]
    assert re.search(r'value="1"[^>]*checked', agreed.get("questions/1/write/").content.decode())
    make(agreed, picks_several=True)
    agreed.post("questions/1/write/", {"options": ["0", "1"], "keep": 1})
    assert WrittenAnswer.objects.get().options == [0, 1]
    assert text(agreed.get("questions/1/write/")).count("checked") == 2


def test_a_number_by_its_form_in_the_language_of_the_page(agreed: Visitor):
    make(agreed, answer_kind="number", unit="hours", number_min=10, number_max=40)
    page = text(agreed.get("questions/1/write/"))
    assert "Your answer, in hours" in page and "A number from 10 to 40." in page
    for wrong in ("", "many", "9", "NaN"):
        assert agreed.post("questions/1/write/", {"number": wrong, "keep": 1}).status_code == 422, wrong
    agreed.interview.language = "de"
    agreed.interview.save()
    agreed.post("questions/1/write/", {"number": "37,5", "keep": 1})
    assert str(WrittenAnswer.objects.get().number) == "37.5000"
    assert 'value="37,5"' in text(agreed.get("questions/1/write/"))
    assert "<bdi>37,5</bdi> <bdi>hours</bdi>" in text(agreed.get("review/"))


def test_everything_stands_on_the_page_before_sending_and_goes_out(agreed: Visitor):
    for place in (1, 2, 3):
        recorded(agreed.interview, place)
    assert "Not yet: question 4 has no answer." in text(agreed.get("review/"))
    kept(agreed, place=4)
    page = text(agreed.get("review/"))
    assert "<p>I rang her first.</p>" in page
    assert 'aria-disabled="true"' not in page
    agreed.post("review/submit/")
    agreed.interview.refresh_from_db()
    assert agreed.interview.state == InterviewState.SUBMITTED
    assert agreed.get("questions/4/write/").headers["Location"] == agreed.url()
    refused = agreed.send("questions/4/write/draft", {"text": "x", "revision": 1})
    assert refused.json()["error"]["code"] == "submitted"


def test_a_note_is_saved_and_goes_out_with_the_answers(agreed: Visitor, cast):
    page = text(agreed.get("review/"))
    assert "They do not see your name. If you write it here, they will." in page
    cast.stage.blind_level = "nothing"
    cast.stage.save()
    assert "They do not see your name." not in text(agreed.get("review/"))
    agreed.post("review/submit/", {"text": "I stammer.", "revision": 0, "note_only": 1})
    assert ">I stammer.</textarea>" in text(agreed.get("review/"))
    assert agreed.send("review/note", {"text": "I stammer. Ask me.", "revision": 1}).json() == {"revision": 2}
    assert agreed.send("review/note", {"text": "Other", "revision": 1}).status_code == 409
    for place in (1, 2, 3, 4):
        kept(agreed, place=place)
    agreed.post("review/submit/", {"text": "I stammer. Ask me about it.", "revision": 2})
    assert NoteToReviewers.objects.get().text == "I stammer. Ask me about it."
    agreed.interview.refresh_from_db()
    assert agreed.interview.state == InterviewState.SUBMITTED


def test_a_stale_note_stops_the_sending_and_loses_nothing(agreed: Visitor):
    for place in (1, 2, 3, 4):
        kept(agreed, place=place)
    visitor(agreed.interview).send("review/note", {"text": "From the telephone", "revision": 0})
    answer = agreed.post("review/submit/", {"text": "From the laptop", "revision": 0})
    assert answer.status_code == 409
    page = text(answer)
    assert "<p>From the telephone</p>" in page and ">From the laptop</textarea>" in page
    agreed.interview.refresh_from_db()
    assert agreed.interview.state == InterviewState.STARTED
    agreed.post("review/submit/", {"text": "From the laptop", "revision": 1})
    assert NoteToReviewers.objects.get().text == "From the laptop"


def test_sending_without_touching_the_note_keeps_it(agreed: Visitor):
    agreed.send("review/note", {"text": "I stammer.", "revision": 0})
    answer = agreed.post("review/submit/")
    assert answer.status_code == 409
    assert ">I stammer.</textarea>" in text(answer)


def test_who_writes_is_not_sent_to_the_camera(dee: Visitor):
    assert "Begin" in text(dee.get())
    dee.send("settings/change", {"mode": "writing"})
    consent = re.search(r'name="text" value="([^"]+)"', dee.get("consent/").content.decode())[1]
    answer = dee.post("consent/", {"text": consent, "time_zone": "", "agrees": "on"})
    assert answer.headers["Location"] == dee.url("questions/")
    page = text(dee.get())
    assert "Go on with question 1" in page
    assert "Check camera and microphone" not in page


def test_the_questions_say_what_they_ask_for(agreed: Visitor):
    make(agreed, place=2, answer_kind="choice", options=["Days", "Nights"])
    page = text(agreed.get())
    assert page.count("up to 3 minutes") == 3
    assert "choose from a list" in page
