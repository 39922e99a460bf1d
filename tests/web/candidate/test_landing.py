"""The front of the link, in each state of the interview."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.interviews.models import Interview, InterviewState
from bothways.work.models import Uptime
from tests.factories import make_answer, make_interview
from tests.interviews.taking_part import answered, preview_of, recorded
from tests.web.candidate.conftest import Visitor, visitor


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_says_everything_before_it_asks_for_anything(dee: Visitor, cast):
    cast.position.salary, cast.position.place = "€31,400–35,000 a year", "Lisbon and from home"
    cast.position.save()
    page = text(dee.get())
    for words in [
        "Hello Dee.",
        "Ada Lindqvist has 4 questions for you.",
        "Tenant support adviser, Lisbon and from home · €31,400–35,000 a year",
        "head of tenant services",
        "Bo Osei",
        "Inês Carvalho",
        "At most 18 minutes",
        "4 questions, in one go or in pieces",
        "At the latest 10 working days after you send",
        "180 days after the decision",
        "Take 3 more days",
        "Talk to a person",
        "Question number 1?",
        "Question number 4?",
        "up to 3 minutes",
    ]:
        assert words in page, words


def test_looking_opens_it_once(dee: Visitor):
    dee.client.head(dee.url())
    assert Interview.objects.get().state == InterviewState.INVITED
    dee.get()
    opened_at = Interview.objects.get().opened_at
    dee.get()
    assert (Interview.objects.get().state, Interview.objects.get().opened_at) == (InterviewState.OPENED, opened_at)


def test_the_deadline_is_said_in_the_candidates_own_zone(cast):
    with time_machine.travel(dt.datetime(2027, 3, 2, tzinfo=dt.UTC), tick=False):
        deadline = dt.datetime(2027, 3, 10, 23, 59, tzinfo=dt.UTC)
        dee = visitor(make_interview(cast.stage, cast.kit_version, deadline=deadline))
        assert "Wednesday 10 March, 23:59 UTC" in text(dee.get())
        candidate = dee.interview.application.candidate
        candidate.time_zone = "Asia/Tokyo"
        candidate.save()
        assert "Thursday 11 March, 08:59 Tokyo time" in text(dee.get())


@pytest.mark.parametrize(("answers", "words", "path"), [
    (0, "Check camera and microphone", "check/"),
    (1, "Go on with question 2", "questions/2/"),
    (4, "Look it over and send", "review/"),
])  # fmt: skip
def test_the_one_next_step_fits(agreed: Visitor, answers, words, path):
    for place in range(1, answers + 1):
        recorded(agreed.interview, place)
    page = text(agreed.get())
    assert f'<a class="button primary big" href="{agreed.url(path)}">{words}</a>' in page


def test_before_anything_else_comes_the_consent(dee: Visitor):
    assert f'href="{dee.url("consent/")}">Begin</a>' in text(dee.get())


def test_the_number_of_queries_does_not_grow(agreed: Visitor):
    agreed.get()
    with CaptureQueriesContext(
        connection,
    ) as few:
        agreed.get()
    answered(agreed.interview)
    recorded(agreed.interview, 1)
    with CaptureQueriesContext(connection) as many:
        agreed.get()
    # Before the first answer the page also asks whether one may talk live instead.
    assert (len(few), len(many)) == (11, 13)


def test_after_the_deadline_more_days_are_offered(agreed: Visitor):
    with time_machine.travel(agreed.interview.deadline + dt.timedelta(minutes=1), tick=False):
        page = text(agreed.get())
        assert "The time to answer is over" in page
        assert "Take 3 more days" in page
        assert "people@kestrel.example" in page
        agreed.post("extend/", {"deadline": agreed.interview.deadline.isoformat()})
        assert "Hello Dee." in text(agreed.get())


def test_after_the_deadline_what_is_there_may_still_be_sent(agreed: Visitor):
    answered(agreed.interview)
    Interview.objects.update(own_extensions=2, state=InterviewState.EXPIRED)
    with time_machine.travel(agreed.interview.deadline + dt.timedelta(hours=1), tick=False):
        assert "may still be sent today" in text(agreed.get())
        assert agreed.get("review/").status_code == 200
        assert agreed.post("review/submit/").status_code == 302
    assert Interview.objects.get().state == InterviewState.SUBMITTED


def test_when_all_is_over_there_is_still_a_person(agreed: Visitor):
    Interview.objects.update(own_extensions=2)
    with time_machine.travel(agreed.interview.deadline + dt.timedelta(days=2), tick=False):
        page = text(agreed.get())
        assert "We can open it again for you" in page
        assert "Write to a person" in page
        assert "Take 3 more days" not in page
        for path in ("review/", "questions/", "questions/1/", "check/", "consent/"):
            assert agreed.get(path).headers["Location"] == agreed.url()


def test_a_preview_says_so_on_every_page(cast):
    page = visitor(preview_of(cast.kit_version))
    for path in ("", "consent/", "questions/", "check/"):
        assert "This is a preview." in text(page.get(path))


def test_names_and_words_of_people_are_escaped(cast):
    hostile = make_interview(cast.stage, cast.kit_version, "<script>alert(1)</script> O'Neill")
    question = cast.kit_version.questions.get(place=1)
    question.text = "</script><img src=x onerror=alert(1)>"
    question.save()
    page = visitor(hostile)
    make_answer(hostile, question)
    for path in ("", "data/", "questions/", "review/"):
        content = page.get(path).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content


def test_who_was_given_time_back_is_told(dee: Visitor):
    words = "Something technical got in your way, so you have more time"
    assert words not in text(dee.get())
    Interview.objects.update(made_up_at=dee.interview.created_at)
    assert words in text(dee.get())


def test_after_an_outage_the_page_is_open_before_any_sweep(dee: Visitor):
    end = dee.interview.deadline + dt.timedelta(hours=30)
    start = dee.interview.deadline - dt.timedelta(hours=1)
    for began, last in ((start - dt.timedelta(days=1), start), (end, end)):
        Uptime.objects.create(part="web", started_at=began, last_at=last)
    with time_machine.travel(end + dt.timedelta(minutes=1), tick=False):
        page = text(dee.get())
    assert "Hello Dee." in page and "The time to answer is over" not in page
