"""Deciding on a page."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.notify.models import Message
from bothways.review.models import Decision
from tests.factories import Cast, make_stage, make_submitted_interview
from tests.factories.review import rate, watch

LETTER = {"reply_subject": "Our answer", "reply_body": "Hello [name],\n\nyou were clear. Thank you."}


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, interview: Interview | None = None) -> str:
    return f"/team/{cast.organization.slug}/decisions/" + (f"{interview.id}/" if interview else "")


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_what_waits_is_listed_by_promise_without_names(cast, rafael, interview):
    rate(cast.bo, interview, (3, 3, 3, 3))
    page = rafael.get(address(cast))
    assert "1 of 2 handed in" in words(page)
    assert interview.code_name in page.content.decode()
    assert "Xanthippe" not in page.content.decode()


def test_the_letter_begins_with_blanks_and_no_name(cast, rafael, interview):
    page = rafael.get(address(cast, interview) + "?outcome=decline").content.decode()
    assert "Hello [name]," in page and "[… one thing from the answers …]" in page
    assert "Xanthippe" not in page


def test_blanks_stop_the_letter_and_keep_what_was_written(cast, rafael, interview):
    data = {"outcome": "advance", "reason": "Clear", "reply_subject": "a", "reply_body": "You [… what …] and more"}
    answer = rafael.post(address(cast, interview), data)
    assert answer.status_code == 422
    assert "A blank is still to be filled: [… what …]" in answer.content.decode()
    assert "and more</textarea>" in answer.content.decode()
    assert not Message.objects.exists()


def test_a_decline_is_refused_in_words_then_done(cast, rafael, interview):
    data = {"outcome": "decline", "reason": "Two were clearer", **LETTER}
    watch(cast.bo, interview)
    answer = rafael.post(address(cast, interview), data)
    assert answer.status_code == 409
    assert "Still to watch: Inês Carvalho, every answer." in words(answer)
    assert "you were clear. Thank you.</textarea>" in answer.content.decode()
    watch(cast.ines, interview)
    answer = rafael.post(address(cast, interview), data, follow=True)
    page = words(answer)
    assert "Your letter to Xanthippe Rarebird stands on their page." in page
    assert "Declined" in page and "Two were clearer" in page
    assert "Hello Xanthippe Rarebird," in Message.objects.get().body_text


def test_the_second_of_two_deciders_reads_what_was_decided(cast, rafael, interview):
    data = {"outcome": "advance", "reason": "Clear", **LETTER}
    rafael.post(address(cast, interview), data)
    rafael.force_login(cast.ada.user)
    answer = rafael.post(address(cast, interview), data)
    assert answer.status_code == 409
    assert "Rafael Moreno has already decided to go on" in words(answer)
    assert Decision.objects.count() == Message.objects.count() == 1


def test_hold_asks_for_no_letter_and_can_be_decided_later(cast, rafael, interview):
    page = rafael.get(address(cast, interview) + "?outcome=hold").content.decode()
    assert "reply_body" not in page
    rafael.post(address(cast, interview), {"outcome": "hold", "reason": "Budget"})
    page = rafael.get(address(cast, interview) + "?outcome=advance").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    answer = rafael.post(
        address(cast, interview), {"outcome": "advance", "reason": "Budget is here", "seen": seen, **LETTER}
    )
    assert answer.status_code == 302


def test_an_unknown_outcome_changes_nothing(cast, rafael, interview):
    assert rafael.post(address(cast, interview), {"outcome": "vanish", "reason": "x"}).status_code in (409, 422)
    assert not Decision.objects.exists()


def test_auditors_read_reviewers_and_outsiders_do_not(cast, client, interview):
    client.force_login(cast.audrey.user)
    page = client.get(address(cast, interview)).content.decode()
    assert "Nothing is decided yet" in page and '<form method="post" class="stack"' not in page
    assert "/d/" not in page
    assert client.post(address(cast, interview), {"outcome": "hold", "reason": "x"}).status_code == 403
    for member, status in ((cast.bo, 403), (cast.cleo, 404)):
        client.force_login(member.user)
        assert client.get(address(cast, interview)).status_code == status
        assert client.get(address(cast)).status_code == status
    foreign = f"/team/{cast.other_organization.slug}/decisions/{interview.id}/"
    assert client.get(foreign).status_code == 404
    assert not Decision.objects.exists()


def test_pages_ask_a_fixed_number_of_queries(cast, rafael, interview, django_assert_max_num_queries):
    for number in range(6):
        make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
    watch(cast.bo, interview)
    with django_assert_max_num_queries(8):
        rafael.get(address(cast))
    with django_assert_max_num_queries(32):
        rafael.get(address(cast, interview) + "?outcome=decline")


def test_a_decision_is_taken_back_on_a_page_of_its_own_with_the_whole_trace(cast, rafael, interview):
    make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    question = cast.kit_version.questions.first()
    data = {"outcome": "advance", "reason": "Clear", "invite_on": "on", "grounds": f"{question.id}:5", **LETTER}
    page = rafael.get(address(cast, interview) + "?outcome=advance")
    assert f'value="{question.id}:5"' in page.content.decode() and "Judgement" in words(page)
    decided = words(rafael.post(address(cast, interview), data, follow=True))
    assert "The invitation to the next stage went out with it." in decided and "All of it." in decided
    take_back = address(cast, interview) + "take-back/"
    page = rafael.get(take_back)
    assert "The invitation to “Second talk”, which nobody has begun to answer." in words(page)
    seen = re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]
    change = {"seen": seen, "reason": "The budget is gone", "reply_subject": "It changed", "reply_body": "I am sorry."}
    answer = rafael.post(take_back, {**change, "reply_body": "Sorry [… why …]"})
    assert answer.status_code == 422 and "A blank is still to be filled" in words(answer)
    page = words(rafael.post(take_back, change, follow=True))
    assert "taken back" in page and "The budget is gone" in page and "The letter about the change" in page
    assert "Decide about" in page
    answer = rafael.post(take_back, change, follow=True)
    assert "No decision stands, so there is nothing to take back." in words(answer)
    for member, status in ((cast.bo, 403), (cast.audrey, 403), (cast.cleo, 404)):
        rafael.force_login(member.user)
        assert rafael.get(take_back).status_code == status


def test_a_later_interview_that_was_begun_stops_it_with_what_to_do(cast, rafael, interview):
    make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    rafael.post(address(cast, interview), {"outcome": "advance", "reason": "Clear", "invite_on": "on", **LETTER})
    later = Interview.objects.get(stage__name="Second talk")
    Interview.objects.filter(id=later.id).update(state="started", started_at=timezone.now())
    page = rafael.get(address(cast, interview) + "take-back/")
    assert "has begun to answer in “Second talk”" in words(page) and 'name="seen"' not in page.content.decode()
