"""A good answer for everybody in the position: without a name, in an order, and gone when it is taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.accounts.models import AuditEntry
from bothways.conversations.actions.erasure import erase_inquiries
from bothways.conversations.actions.publishing import change_published, move_published, publish_answer, take_back
from bothways.conversations.actions.replies import answer_in_words, answer_on_recording
from bothways.conversations.models import Inquiry, PublishedAnswer
from bothways.conversations.policies import may_candidate_play
from bothways.conversations.queries.published import MOST_PUBLISHED, published_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Recording
from bothways.notify.models import Message
from bothways.positions.models import StageReviewer
from tests.factories import Cast, make_interview, make_position, make_stage
from tests.factories.asking import make_clip, make_inquiry, make_published

TEXTS = {"question": "Is there a lift?", "answer": "There are two.", "with_recording": False, "names_nobody": True}


@pytest.fixture
def asked(cast: Cast) -> Inquiry:
    return make_inquiry(make_interview(cast.stage, cast.kit_version), words="I am Dee. Is there a lift?")


def answered(cast: Cast, asked: Inquiry, *, on_video: bool = False) -> Inquiry:
    if on_video:
        return answer_on_recording(actor=cast.actor(cast.ada), clip=make_clip(asked.interview, asked, cast.ada))
    return answer_in_words(actor=cast.actor(cast.ada), inquiry=asked, message="Hello Dee, there are two.")


def publish(cast: Cast, inquiry: Inquiry, **changes: object) -> PublishedAnswer:
    return publish_answer(actor=cast.actor(cast.rafael), inquiry=inquiry, **{**TEXTS, **changes})


def refused(code: str, cast: Cast, inquiry: Inquiry, **changes: object) -> None:
    with pytest.raises(Refused) as caught:
        publish(cast, inquiry, **changes)
    assert caught.value.code == code and caught.value.words


def test_it_is_edited_names_nobody_and_no_mail_goes_out(cast: Cast, asked: Inquiry) -> None:
    refused("not_answered", cast, asked)
    answered(cast, asked)
    mails = Message.objects.count()
    refused("names", cast, asked, names_nobody=False)
    refused("no_question", cast, asked, question=" ")
    refused("no_answer", cast, asked, answer=" ")
    refused("no_recording", cast, asked, with_recording=True)
    refused("too_long", cast, asked, question="x" * 501)
    published = publish(cast, asked)
    assert publish(cast, asked, question="Again?") == published
    assert [one.question for one in published_of(cast.position)] == ["Is there a lift?"]
    assert Message.objects.count() == mails
    [entry] = AuditEntry.objects.filter(verb="answer.published")
    assert entry.thing_id == str(published.id) and str(asked.id) not in str(entry.detail)


def test_the_order_the_words_and_taking_back(cast: Cast, asked: Inquiry) -> None:
    rafael = cast.actor(cast.rafael)
    first, second = (
        publish(cast, answered(cast, make_inquiry(asked.interview)), question=question) for question in ("A?", "B?")
    )
    move_published(actor=rafael, published=second, up=True)
    assert [one.question for one in published_of(cast.position)] == ["B?", "A?"]
    move_published(actor=rafael, published=second, up=True)
    change_published(actor=rafael, published=first, question="C?", answer="Yes.", names_nobody=True)
    take_back(actor=rafael, published=second)
    assert [one.question for one in published_of(cast.position)] == ["C?"]
    with pytest.raises(Refused, match="gone"):
        take_back(actor=rafael, published=second)


def test_twenty_are_the_most(cast: Cast, asked: Inquiry) -> None:
    for _number in range(MOST_PUBLISHED):
        make_published(make_inquiry(asked.interview))
    refused("too_many", cast, answered(cast, asked))


def test_a_recording_stays_when_who_asked_is_erased_and_goes_when_taken_back(cast: Cast, asked: Inquiry) -> None:
    reply = answered(cast, asked, on_video=True).reply
    published = publish(cast, asked, with_recording=True, answer="")
    kim = make_interview(cast.stage, cast.kit_version, "Kim Other")
    elsewhere = make_interview(make_stage(make_position(cast.ada, "Planner"), cast.kit_version), cast.kit_version)
    assert may_candidate_play(kim, reply) and not may_candidate_play(elsewhere, reply)
    erase_inquiries(interview=asked.interview)
    assert not Inquiry.objects.exists() and may_candidate_play(kim, reply)
    take_back(actor=cast.actor(cast.ada), published=PublishedAnswer.objects.get(id=published.id))
    assert not Recording.objects.filter(id=reply.id).exists()


def test_who_asked_keeps_the_answer_when_it_is_taken_back(cast: Cast, asked: Inquiry) -> None:
    reply = answered(cast, asked, on_video=True).reply
    take_back(actor=cast.actor(cast.ada), published=publish(cast, asked, with_recording=True))
    assert may_candidate_play(asked.interview, reply)


@pytest.mark.parametrize("who", ["bo", "ines", "audrey", "cleo"])
def test_others_may_not(cast: Cast, asked: Inquiry, who: str) -> None:
    actor = cast.actor(getattr(cast, who))
    answered(cast, asked)
    published = make_published(asked)
    with pytest.raises(NotAllowed):
        publish_answer(actor=actor, inquiry=asked, **TEXTS)
    with pytest.raises(NotAllowed):
        change_published(actor=actor, published=published, question="A?", answer="B.", names_nobody=True)
    with pytest.raises(NotAllowed):
        move_published(actor=actor, published=published, up=True)
    with pytest.raises(NotAllowed):
        take_back(actor=actor, published=published)


def test_who_still_has_to_rate_publishes_nothing_of_others(cast: Cast, asked: Inquiry) -> None:
    answered(cast, asked)
    Inquiry.objects.update(owner=cast.rafael)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    with pytest.raises(NotAllowed):
        publish_answer(actor=cast.actor(cast.ada), inquiry=Inquiry.objects.get(), **TEXTS)


@pytest.mark.parametrize("many", [1, 3])
def test_reading_costs_two_queries(cast: Cast, asked: Inquiry, many: int) -> None:
    for _number in range(many):
        inquiry = make_inquiry(asked.interview)
        make_published(inquiry, recording=make_clip(asked.interview, inquiry, cast.ada).recording)
    with CaptureQueriesContext(connection) as queries:
        published_of(cast.position)
    assert len(queries) == 2
