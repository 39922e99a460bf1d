"""A person, or a change: asked for on any page, answered by somebody with a name, by a day."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from bothways.interviews.actions.requests import answer
from bothways.interviews.models import Interview, InterviewState, Request
from bothways.notify.models import Message
from tests.factories import make_interview, make_request
from tests.interviews.taking_part import answered, consented, preview_of
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_landing import text

MONDAY = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
EVERYWHERE = ["", "consent/", "check/", "practice/", "questions/", "questions/1/", "review/", "talk/", "help/",
              "settings/", "data/", "withdraw/"]  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()


@pytest.fixture
def monday(cast):
    """The clock of a Monday at noon, and somebody who has agreed to be recorded then."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        cast.organization.contact_email = "people@kestrel.example"
        cast.organization.save()
        yield visitor(consented(make_interview(cast.stage, cast.kit_version))), clock


def doors(visitor: Visitor) -> list[str]:
    return [f'href="{visitor.url("talk/")}"', f'href="{visitor.url("talk/")}?for=change"']


@pytest.mark.parametrize("path", EVERYWHERE)
def test_both_ways_stand_on_every_page(agreed: Visitor, path):
    page = text(agreed.get(path))
    assert all(door in page for door in doors(agreed))
    assert "I would rather talk to a person" in page and "I need a change" in page


def test_both_ways_stand_on_pages_of_faults(agreed: Visitor, monkeypatch):
    lost = agreed.get("questions/99/")
    refused = agreed.post("extend/", {"deadline": agreed.interview.deadline.isoformat()})
    Interview.objects.update(own_extensions=2)
    refused = agreed.post("extend/", {"deadline": Interview.objects.get().deadline.isoformat()})
    keyless = Client(enforce_csrf_checks=True).post(agreed.url("talk/"))
    agreed.client.raise_request_exception = False
    monkeypatch.setattr("bothways.web.candidate.views.help.deadline_words", lambda _interview: 1 / 0)
    broken = agreed.get("help/")
    statuses = [lost.status_code, refused.status_code, keyless.status_code, broken.status_code]
    assert statuses == [404, 409, 403, 500]
    for response in (lost, refused, keyless, broken):
        assert all(door in text(response) for door in doors(agreed)), response.status_code
        assert "What is safe" in text(response)


def test_a_link_that_opens_nothing_has_no_door(client, agreed: Visitor):
    assert "/talk/" not in text(client.get("/i/unknown/"))
    Interview.objects.update(state=InterviewState.WITHDRAWN)
    assert "/talk/" not in text(agreed.get())


def test_a_link_that_is_over_still_names_a_person(agreed: Visitor, cast):
    cast.organization.contact_phone = "+351 21 555 01 42"
    cast.organization.save()
    Interview.objects.update(state=InterviewState.WITHDRAWN)
    page = text(agreed.get())
    assert "people@kestrel.example" in page and "+351 21 555 01 42" in page


def test_faults_elsewhere_have_no_door(client, db):
    assert "/talk/" not in text(client.get("/nowhere/"))


def test_both_ways_stand_on_the_page_after_the_end_and_after_sending(agreed: Visitor):
    with time_machine.travel(agreed.interview.deadline + dt.timedelta(days=9), tick=False):
        assert all(door in text(agreed.get()) for door in doors(agreed))
    answered(agreed.interview)
    agreed.post("review/submit/")
    assert all(door in text(agreed.get()) for door in doors(agreed))


def test_before_asking_it_says_who_answers_and_until_when(monday):
    agreed, _clock = monday
    page = text(agreed.get("talk/"))
    assert "Ada Lindqvist at Kestrel Housing reads what you write and answers you by Wednesday 3 March." in page
    assert "Nobody asks why" in page and "stands still" in page
    assert page.index("stands still") < page.index("<form"), "words first, then the form"


@pytest.mark.parametrize(("path", "kind"), [("talk/", "person"), ("talk/?for=change", "change")])
def test_the_door_picks_the_choice(agreed: Visitor, path, kind):
    page = text(agreed.get(path))
    assert f'value="{kind}" ' in page
    checked = [part for part in page.split("<input") if "checked" in part]
    assert len(checked) == 1 and f'value="{kind}"' in checked[0]


def test_nothing_but_the_choice_is_needed(monday):
    agreed, _clock = monday
    page = text(agreed.post("talk/", {"kind": "change"}, follow=True))
    assert "Your message is on its way. Ada Lindqvist answers you by Wednesday 3 March." in page
    assert "Your time to answer stands still" in page
    for path in ("", "questions/", "questions/1/", "review/"):
        assert "Your time to answer stands still." in text(agreed.get(path)), path
    assert "Ada Lindqvist answers you by Wednesday 3 March" in text(agreed.get())
    assert Request.objects.get().kind == "change"


def test_what_was_said_stands_on_the_page_and_in_no_mail(agreed: Visitor):
    agreed.post("talk/", {"kind": "person", "words": "I stammer. May I ring?", "phone": "+351 21 555 01 42"})
    assert "I stammer. May I ring?" in text(agreed.get("talk/"))
    assert Message.objects.filter(kind="interviews.request").count() == 1
    assert not Message.objects.filter(body_text__contains="stammer").exists()


def test_a_choice_that_is_none_is_asked_again(agreed: Visitor):
    response = agreed.post("talk/", {"kind": "everything", "words": "Hello?"})
    assert response.status_code == 422
    assert "Choose one of the two." in text(response)
    assert "Hello?" in text(response)
    assert not Request.objects.exists()


def test_three_a_day_and_a_double_press_is_one(agreed: Visitor):
    for words in ("one", "one", "two", "three"):
        agreed.post("talk/", {"kind": "person", "words": words})
    fourth = agreed.post("talk/", {"kind": "person", "words": "four"})
    assert fourth.status_code == 422
    assert "We have your three messages of today." in text(fourth)
    assert Request.objects.count() == 3


def test_the_answer_stands_on_the_page(agreed: Visitor, cast):
    asked = make_request(agreed.interview, kind="change")
    answer(
        actor=cast.actor(cast.ada), request=asked, message="Write to us, if you like.", changed="other_way",
        talk_at=dt.datetime.now(dt.UTC) + dt.timedelta(days=400),
    )  # fmt: skip
    for path in ("", "talk/"):
        page = text(agreed.get(path))
        for words in ("Write to us, if you like.", "Ada Lindqvist, head of tenant services", "Another way to answer"):
            assert words in page, path
        assert "stands still. " not in page


def test_a_preview_says_that_nobody_is_asked(cast):
    page = visitor(preview_of(cast.kit_version))
    assert "In a preview nobody is asked." in text(page.post("talk/", {"kind": "person"}, follow=True))
    assert not Request.objects.exists() and not Message.objects.exists()


def test_while_the_clock_stands_the_end_moves(monday, cast):
    agreed, clock = monday
    Interview.objects.update(deadline=MONDAY + dt.timedelta(hours=1))
    agreed.post("talk/", {"kind": "person"})
    clock.shift(dt.timedelta(days=2))
    page = text(agreed.get())
    assert "The time to answer is over" not in page
    assert "Wednesday 3 March, 13:00" in page
    assert agreed.get("questions/1/").status_code == 200
    answer(actor=cast.actor(cast.ada), request=Request.objects.get(), message="Let us talk.")
    clock.shift(dt.timedelta(minutes=61))
    assert "The time to answer is over" in text(agreed.get())
    assert "Let us talk." in text(agreed.get())


def test_who_asks_when_time_is_over_is_not_told_that_it_stands_still(monday):
    agreed, clock = monday
    clock.shift(dt.timedelta(days=20))
    assert "Your time to answer is over. The person who answers you can open it again." in text(agreed.get("talk/"))
    agreed.post("talk/", {"kind": "change"})
    for path in ("", "talk/"):
        page = text(agreed.get(path))
        assert "Ada Lindqvist answers you by" in page
        assert "stands still" not in page
    assert "stands still" not in Message.objects.get(kind="interviews.request_received").body_text


def test_words_of_people_are_escaped(agreed: Visitor, cast):
    hostile = "<script>alert(1)</script>"
    asked = make_request(agreed.interview, words=hostile)
    answer(actor=cast.actor(cast.ada), request=asked, message=hostile)
    for path in ("", "talk/"):
        assert "<script>alert" not in agreed.get(path).content.decode()
