"""From the questions to the thank-you: overview, question, review, sending, status."""

import datetime as dt
import json
import re

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.interviews.actions.takes import accept_take
from bothways.interviews.models import Interview, InterviewState
from bothways.media.models import RecordingState
from bothways.review.models import Decision
from tests.factories import make_submitted_interview
from tests.interviews.taking_part import actor_of, answered, opened, put_bytes, recorded
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_landing import text


def config_of(response) -> dict:
    return json.loads(re.search(r'<script id="bw-config" type="application/json">(.*?)</script>', text(response))[1])


def test_the_question_page_tells_the_recorder_everything(agreed: Visitor):
    question = agreed.interview.kit_version.questions.get(place=2)
    question.think_limit_s = 90
    question.save()
    take = recorded(agreed.interview, 2)
    config = config_of(agreed.get("questions/2/"))
    assert config["open_url"] == config["takes_url"] == agreed.url("questions/2/takes")
    assert config["think_url"] == agreed.url("questions/2/thinking")
    assert (config["answer_limit_s"], config["notice_s"], config["grace_s"]) == (180, 30, 15)
    assert (config["think_limit_s"], config["think_left_s"], config["takes_left"]) == (90, 90, 2)
    assert [one["take"] for one in config["takes"]] == [str(take.id)]
    assert config["takes"][0]["chosen"] is True
    assert config["prompt"]["text"] == "Question number 2?"
    assert config["prompt"]["asker"] == {"name": "Ada Lindqvist", "title": "head of tenant services"}
    assert config["next_url"] == agreed.url("questions/2/next/")
    assert agreed.get("questions/2/next/").headers["Location"] == agreed.url("questions/3/")
    assert config["csrf_token"]


def test_the_place_of_a_take_is_the_same_under_every_link(agreed: Visitor):
    other = visitor(agreed.interview)
    assert other.token != agreed.token
    places = {config_of(one.get("questions/2/"))["place"] for one in (agreed, other)}
    assert len(places) == 1


def test_the_next_page_is_the_next_open_question_or_the_review(agreed: Visitor):
    for place in (1, 2, 4):
        recorded(agreed.interview, place)
    assert agreed.get("questions/4/next/").headers["Location"] == agreed.url("questions/3/")
    assert agreed.get("questions/3/next/").headers["Location"] == agreed.url("review/")


def test_a_think_time_that_began_goes_on(agreed: Visitor):
    question = agreed.interview.kit_version.questions.get(place=1)
    question.think_limit_s = 90
    question.save()
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        agreed.send("questions/1/thinking", {})
        clock.shift(30)
        assert config_of(agreed.get("questions/1/"))["think_left_s"] == 60
        clock.shift(600)
        assert config_of(agreed.get("questions/1/"))["think_left_s"] == 0


def test_the_overview_says_how_far_each_answer_is(agreed: Visitor):
    recorded(agreed.interview, 1)
    recorded(agreed.interview, 2, RecordingState.FAILED)
    recorded(agreed.interview, 3, RecordingState.RECEIVED)
    page = text(agreed.get("questions/"))
    assert "On the server, take 1" in page
    assert "This take could not be used. It does not count." in page
    assert "It can be watched in a moment." in page
    assert "Not answered yet" in page


def test_an_answer_that_is_still_going_up_holds_the_sending_back(agreed: Visitor):
    for place in (1, 2, 3):
        recorded(agreed.interview, place)
    take = opened(agreed.interview, 4).take
    put_bytes(take, b"spe")
    accept_take(take=take, size=6, duration_ms=2000, actor=actor_of(agreed.interview))
    page = text(agreed.get("review/"))
    assert "Still going up" in page
    assert 'aria-disabled="true"' in page
    assert "<bw-look-again" in page
    response = agreed.post("review/submit/")
    assert response.status_code == 409
    assert "Answer 4 is not ready yet." in text(response)
    assert Interview.objects.get().state == InterviewState.STARTED


def test_sending_leads_to_the_status_and_twice_is_no_harm(agreed: Visitor):
    answered(agreed.interview)
    for _each in range(2):
        response = agreed.post("review/submit/")
        assert response.headers["Location"] == agreed.url()
    page = text(agreed.get())
    assert "Thank you, Dee. Now it is our turn." in page
    assert "You hear from us by" in page
    assert "Ada Lindqvist answers for this date." in page
    assert "has not watched yet" in page
    assert "Thank you for your time." in page


def test_once_sent_the_other_pages_lead_back(agreed: Visitor):
    answered(agreed.interview)
    agreed.post("review/submit/")
    for path in ("review/", "questions/", "questions/1/", "consent/", "check/", "practice/"):
        assert agreed.get(path).headers["Location"] == agreed.url()
    opening = agreed.send("questions/1/takes", {"client_key": "0" * 32, "kind": "video", "mime": "video/webm"})
    assert opening.json()["error"]["code"] == "submitted"


def test_the_days_until_the_reply_fill_up(cast):
    monday = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
    with time_machine.travel(monday, tick=False) as clock:
        sent = visitor(make_submitted_interview(cast.stage, cast.kit_version))
        assert "10 working days, counted from tomorrow." in text(sent.get())
        clock.shift(dt.timedelta(days=3))
        page = text(sent.get())
        assert "Today is working day 3 of 10." in page
        assert page.count('<i class="gone"></i>') == 2
        assert page.count('<i class="today"></i>') == 1
        clock.shift(dt.timedelta(days=14))
        assert "This day has passed. That is our fault" in text(sent.get())


def test_the_reply_stands_on_the_page_once_it_is_out(cast):
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    sent = visitor(interview)
    decision = Decision.objects.create(
        organization=cast.organization, interview=interview, outcome="decline", reason="Others fit better.",
        decided_by=cast.ada, reply_subject="Our reply", reply_body="Dear Dee,\n\nthank you.",
    )  # fmt: skip
    assert "Our reply" not in text(sent.get())
    decision.replied_at = interview.submitted_at
    decision.save()
    page = text(sent.get())
    assert "Our reply" in page
    assert "Dear Dee," in page
    assert "Others fit better." not in page


def test_the_status_costs_the_same_number_of_queries_for_everybody(cast):
    sent = visitor(make_submitted_interview(cast.stage, cast.kit_version))
    with CaptureQueriesContext(connection) as queries:
        assert sent.get().status_code == 200
    assert len(queries) == 24


def test_ones_own_data(agreed: Visitor):
    answered(agreed.interview)
    page = text(agreed.get("data/"))
    assert agreed.interview.application.candidate.email in page
    assert "Bo Osei and Inês Carvalho" in page
    assert "Withdraw" in page


def test_withdrawing_is_asked_once_and_then_said(agreed: Visitor):
    recorded(agreed.interview)
    assert "Everything you recorded is deleted at once." in text(agreed.get("withdraw/"))
    assert Interview.objects.get().state == InterviewState.STARTED
    agreed.post("withdraw/")
    gone = agreed.get()
    assert gone.status_code == 410
    assert "This interview was taken back" in text(gone)


def test_a_double_press_takes_three_days_once(agreed: Visitor):
    seen = agreed.interview.deadline
    for _each in range(2):
        agreed.post("extend/", {"deadline": seen.isoformat()})
    assert Interview.objects.get().deadline == seen + dt.timedelta(days=3)
    assert agreed.post("extend/", {"deadline": "tomorrow"}).status_code == 302
    assert Interview.objects.get().own_extensions == 1
