"""What candidates asked for, as owners and recruiters meet it, and nobody else."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bothways.interviews.actions.requests import answer
from bothways.interviews.models import Interview, InterviewState, Request
from tests.factories import make_interview, make_request, make_submitted_interview


def address(cast, name="requests-list", **more):
    return reverse(f"team:{name}", kwargs={"organization": cast.organization.slug, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def client_of(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def rafael(cast) -> Client:
    return client_of(cast.rafael)


@pytest.fixture
def asked(cast) -> Request:
    interview = make_interview(cast.stage, cast.kit_version)
    return make_request(interview, kind="change", words="Evenings are better for me.", phone="+351 21 555 01 42")


def test_the_list_says_who_asks_who_answers_and_until_when(cast, rafael, asked):
    page = text(rafael.get(address(cast)))
    for words in ("Dee Okafor", "Needs a change", "Ada Lindqvist", "Tenant support adviser", "1 request"):
        assert words in page
    assert "Evenings" not in page
    assert address(cast, "requests-detail", request_id=asked.id) in page


@pytest.mark.parametrize(
    ("days", "words"),
    [(-30, "Overdue by"), (0, "Due today"), (14, "working days left")],
)
def test_how_it_stands_is_said_in_words(cast, rafael, asked, days, words):
    Request.objects.update(due=timezone.localdate() + dt.timedelta(days=days))
    assert words in text(rafael.get(address(cast)))


def test_overdue_is_counted_in_working_days(cast, rafael, asked):
    Request.objects.update(due=dt.date(2026, 3, 6))
    with time_machine.travel(dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC), tick=False):
        assert "Overdue by 2 working days" in text(client_of(cast.rafael).get(address(cast)))


def test_mine_and_answered(cast, rafael, asked):
    own = make_request(make_interview(cast.stage, cast.kit_version, "Leila Haddad"), owner=cast.rafael)
    assert "Dee Okafor" not in text(rafael.get(address(cast) + "?mine=1"))
    assert "Leila Haddad" in text(rafael.get(address(cast) + "?mine=1"))
    answer(actor=cast.actor(cast.rafael), request=own, message="Let us talk.")
    assert "Nobody waits for an answer" in text(rafael.get(address(cast) + "?mine=1"))
    done = text(rafael.get(address(cast) + "?mine=1&show=answered"))
    assert "Leila Haddad" in done and "Answered" in done


def test_htmx_gets_the_list_alone(cast, rafael, asked):
    part = rafael.get(address(cast) + "?mine=1", headers={"HX-Request": "true"})
    assert "<html" not in text(part) and "HX-Request" in part.headers["Vary"]
    assert "Nobody waits for an answer" in text(part)


def test_the_bar_counts_what_is_open(cast, rafael, asked):
    def counted() -> bool:
        door = text(rafael.get(address(cast, "members-list"))).split(f'href="{address(cast)}"')[1].split("</a>")[0]
        return '<span class="count">1</span>' in door

    assert counted()
    answer(actor=cast.actor(cast.ada), request=asked, message="Yes.", changed="nothing")
    assert not counted()


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_queries_does_not_grow(cast, rafael, count):
    for n in range(count):
        make_request(make_interview(cast.stage, cast.kit_version, f"Person {n}"))
    with CaptureQueriesContext(connection) as queries:
        rafael.get(address(cast))
    assert len(queries) == 8


def test_one_request_with_everything_that_is_needed_to_answer(cast, rafael, asked):
    page = text(rafael.get(address(cast, "requests-detail", request_id=asked.id)))
    email = asked.interview.application.candidate.email
    for words in (
        "Dee Okafor needs a change",
        "Evenings are better",
        "+351 21 555 01 42",
        "More days to answer",
        email,
    ):
        assert words in page


def test_answering(cast, rafael, asked):
    url = address(cast, "requests-detail", request_id=asked.id)
    fields = {"message": "Take your time.", "changed": "more_days", "days": "5"}
    page = text(rafael.post(url, fields, follow=True))
    assert "Your answer is written. Dee Okafor reads it on their page, too." in page
    assert "Take your time." in page and "You have 5 more days" in page
    assert "Send the answer" not in page
    asked.refresh_from_db()
    assert asked.answered_by == cast.rafael
    again = rafael.post(url, fields)
    assert again.status_code == 409
    assert "Rafael Moreno has answered this already" in text(again)


def test_a_time_is_read_in_the_zone_of_who_answers(cast, asked):
    cast.rafael.user.time_zone = "Asia/Tokyo"
    cast.rafael.user.save()
    Request.objects.update(kind="person")
    url = address(cast, "requests-detail", request_id=asked.id)
    client_of(cast.rafael).post(url, {"message": "Let us talk.", "talk_at": "2090-03-05T18:30"})
    asked.refresh_from_db()
    assert asked.talk_at == dt.datetime(2090, 3, 5, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"changed": "nothing"}, "Write the answer"),
        ({"message": "Yes."}, "Say what changes"),
        ({"message": "Yes.", "changed": "more_days", "days": ""}, "Say how many days."),
        ({"message": "Yes.", "changed": "more_days", "days": "400"}, "60"),
        ({"message": "Yes.", "changed": "nothing", "talk_at": "2020-01-01T10:00"}, "lies in the past"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(cast, rafael, asked, fields, words):
    response = rafael.post(address(cast, "requests-detail", request_id=asked.id), fields)
    assert response.status_code == 422
    assert words in text(response)
    asked.refresh_from_db()
    assert asked.is_open


def test_no_days_for_who_has_nothing_left_to_answer(cast, rafael):
    sent = make_submitted_interview(cast.stage, cast.kit_version)
    page = text(rafael.get(address(cast, "requests-detail", request_id=make_request(sent, kind="change").id)))
    assert "Another way to answer" in page and "More days to answer" not in page


def test_handing_over(cast, rafael, asked):
    url = address(cast, "requests-hand-over", request_id=asked.id)
    assert "Rafael Moreno answers now" in text(rafael.post(url, {"to": str(cast.rafael.id)}, follow=True))
    assert rafael.post(url, {"to": str(cast.bo.id)}).status_code == 422
    assert rafael.post(url, {"to": "nobody"}).status_code == 422
    asked.refresh_from_db()
    assert asked.owner == cast.rafael


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("rafael", 200), ("bo", 403), ("audrey", 403), ("cleo", 404)]
)
def test_who_may_read_them(cast, asked, who, status):
    client = client_of(getattr(cast, who))
    for url in (address(cast), address(cast, "requests-detail", request_id=asked.id)):
        response = client.get(url)
        assert response.status_code == status
        assert ("Dee Okafor" in response.content.decode()) == (status == 200)


def test_the_list_of_people_shows_it_to_those_who_may_answer(cast, rafael, asked):
    url = reverse("team:people-list", args=[cast.organization.slug, cast.position.id])
    page = text(rafael.get(url))
    assert "needs a change, answer by" in page
    assert f'href="{address(cast, "requests-detail", request_id=asked.id)}">Answer' in page
    assert "needs a change" not in text(client_of(cast.audrey).get(url))


def test_a_persons_page_shows_it_to_those_who_may_answer(cast, rafael, asked):
    answer(actor=cast.actor(cast.ada), request=asked, message="Yes.", changed="nothing")
    url = reverse("team:people-detail", args=[cast.organization.slug, cast.position.id, asked.interview.id])
    page = text(rafael.get(url))
    assert "Asked for" in page and "Answered what was asked for" in page
    other = text(client_of(cast.audrey).get(url))
    assert "Asked for" not in other and "asked for" not in other


def test_who_rates_sees_the_same_page_whether_somebody_asked_or_not(cast):
    """Compared byte by byte: nothing in it tells."""
    sent = make_submitted_interview(cast.stage, cast.kit_version)
    bo = client_of(cast.bo)
    urls = [
        reverse("team:review-list", args=[cast.organization.slug]),
        reverse("team:review-interview", args=[cast.organization.slug, sent.id]),
        reverse("team:review-question", args=[cast.organization.slug, sent.id, 1]),
        reverse("team:review-overall", args=[cast.organization.slug, sent.id]),
        reverse("team:compare", args=[cast.organization.slug, cast.stage.id]),
    ]
    with time_machine.travel(timezone.now(), tick=False):
        before = [without_keys(bo.get(url, follow=True)) for url in urls]
        asked = make_request(sent, kind="change", words="Evenings are better for me.")
        Interview.objects.update(clock_stopped_at=timezone.now(), stood_still=dt.timedelta(days=2))
        open_ = [without_keys(bo.get(url, follow=True)) for url in urls]
        answer(actor=cast.actor(cast.ada), request=asked, message="Of course.", changed="other_way")
        after = [without_keys(bo.get(url, follow=True)) for url in urls]
    assert before == open_ == after
    assert Interview.objects.get().state == InterviewState.SUBMITTED


def without_keys(response) -> str:
    """The page without the random keys of its forms."""
    keys = r'(csrfmiddlewaretoken" value=|X-CSRFToken": |"csrf_token": |name="key" value=)"[^"]*"'
    return re.sub(keys, "", response.content.decode())
