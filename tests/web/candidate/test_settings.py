"""What candidates set for themselves, on its page and from the page of a question."""

import pytest

from bothways.interviews.models import AnswerTime, CandidateSettings, Interview
from bothways.interviews.queries.settings import settings_of
from tests.interviews.taking_part import answered, recorded
from tests.web.candidate.conftest import Visitor
from tests.web.candidate.test_journey import config_of
from tests.web.candidate.test_landing import text

FIELDS = {
    "mode": "video",
    "answer_time": "as_set",
    "picture": "auto",
    "timer": "bar",
    "captions": "on",
    "language": "en",
    "time_zone": "Europe/Lisbon",
}


def test_more_time_is_a_setting_of_ones_own(agreed: Visitor):
    fields = {**FIELDS, "answer_time": AnswerTime.DOUBLE}
    assert agreed.post("settings/", fields, follow=True).status_code == 200
    assert config_of(agreed.get("questions/1/"))["answer_limit_s"] == 360
    agreed.post("settings/", {**fields, "answer_time": AnswerTime.UNLIMITED})
    assert config_of(agreed.get("questions/1/"))["answer_limit_s"] is None
    assert "as long as you need" in text(agreed.get())


def test_settings_take_only_what_there_is(agreed: Visitor):
    fields = {"mode": "x", "answer_time": "forever", "language": "xx", "time_zone": "Mars/Olympus"}
    assert agreed.post("settings/", fields).status_code == 422
    interview = Interview.objects.get()
    assert (settings_of(interview).answer_time, interview.language) == (AnswerTime.AS_SET, "en")


def test_another_language_is_used_at_once(agreed: Visitor):
    assert 'dir="rtl"' in text(agreed.post("settings/", {**FIELDS, "language": "ar"}, follow=True))


def test_all_settings_reach_the_page_of_a_question(agreed: Visitor):
    fields = {**FIELDS, "mode": "sign", "picture": "on", "timer": "digits", "breaks": "on"}
    del fields["captions"]
    agreed.post("settings/", fields)
    config = config_of(agreed.get("questions/2/"))
    assert config["settings"] == {
        "mode": "sign",
        "answer_time": "as_set",
        "picture": "on",
        "timer": "digits",
        "captions": False,
        "breaks": True,
    }
    assert config["settings_url"] == agreed.url("settings/change?place=2")
    assert config["write_url"] == agreed.url("questions/2/write/")


def test_the_way_back_leads_to_the_question(agreed: Visitor):
    assert f'href="{agreed.url("questions/3/")}"' in text(agreed.get("settings/?place=3"))
    assert agreed.post("settings/?place=3", FIELDS).headers["Location"] == agreed.url("settings/?place=3")
    for place in ("0", "99", "x", "https://elsewhere.example"):
        assert "Back to your page" in text(agreed.get(f"settings/?place={place}"))


def test_every_page_leads_to_the_settings(agreed: Visitor):
    for path in ("", "check/", "practice/", "questions/", "review/", "help/", "data/", "talk/"):
        assert f'href="{agreed.url("settings/")}"' in text(agreed.get(path)), path
    for path in ("questions/2/", "questions/2/write/", "questions/2/break/"):
        assert f'href="{agreed.url("settings/?place=2")}"' in text(agreed.get(path)), path


def test_the_page_of_a_question_changes_one_at_a_time(agreed: Visitor):
    answer = agreed.send("settings/change?place=1", {"answer_time": "half_more"})
    assert answer.status_code == 200
    assert answer.json() == {
        "settings": {
            "mode": "video",
            "answer_time": "half_more",
            "picture": "auto",
            "timer": "bar",
            "captions": True,
            "breaks": False,
        },
        "answer_limit_s": 270,
    }
    answer = agreed.send("settings/change?place=1", {"captions": False, "mode": "audio"}).json()
    assert (answer["settings"]["captions"], answer["settings"]["mode"]) == (False, "audio")
    assert answer["answer_limit_s"] == 270
    assert agreed.send("settings/change", {}).status_code == 200


@pytest.mark.parametrize("body", ["nonsense", {"mode": "loud"}, {"captions": "perhaps", "timer": []}, [1]])
def test_what_makes_no_sense_changes_nothing(agreed: Visitor, body):
    assert agreed.send("settings/change", body).status_code in (200, 409)
    assert not CandidateSettings.objects.exists()


def test_once_sent_only_what_the_pages_need_can_be_set(agreed: Visitor):
    answered(agreed.interview)
    agreed.post("review/submit/")
    page = text(agreed.get("settings/"))
    assert 'name="language"' in page
    assert 'name="answer_time"' not in page and 'name="mode"' not in page
    assert agreed.send("settings/change", {"answer_time": "double"}).json()["error"]["code"] == "submitted"


def test_a_break_comes_before_the_next_question_and_not_before_sending(agreed: Visitor):
    assert agreed.get("questions/1/next/").headers["Location"] == agreed.url("questions/2/")
    agreed.send("settings/change", {"breaks": True})
    recorded(agreed.interview, 1)
    assert agreed.get("questions/1/next/").headers["Location"] == agreed.url("questions/1/break/")
    page = text(agreed.get("questions/1/break/"))
    assert "Take a break as long as you like" in page
    assert "1 of 4 is answered and safe on the server." in page
    assert f'href="{agreed.url("questions/2/")}"' in page
    for place in (2, 3, 4):
        recorded(agreed.interview, place)
    assert agreed.get("questions/4/next/").headers["Location"] == agreed.url("review/")


def test_who_likes_to_write_is_led_to_the_page_for_it(agreed: Visitor):
    agreed.send("settings/change", {"mode": "writing"})
    assert agreed.get("questions/1/").headers["Location"] == agreed.url("questions/1/write/")
    config = config_of(agreed.get("questions/1/?record"))
    assert config["settings"]["mode"] == "video"
