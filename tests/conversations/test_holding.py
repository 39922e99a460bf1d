"""Nobody is declined while they wait for an answer; and what they asked goes when everything of theirs goes."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.conversations.actions.erasure import erase_due
from bothways.conversations.actions.inquiries import ask_in_words
from bothways.conversations.actions.replies import answer_in_words, answer_on_recording
from bothways.conversations.models import Clip, Inquiry
from bothways.interviews.actions.erasure import erase_all
from bothways.interviews.actions.progress import withdraw
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import Refused
from bothways.media.models import Recording
from bothways.review.actions import retention
from bothways.review.actions.decisions import decide
from bothways.review.actions.several import decide_about_several
from bothways.review.models import Decision
from bothways.review.queries.several import Lack, lack_words, several
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.factories.asking import make_clip, make_inquiry
from tests.factories.review import rate, watch
from tests.interviews.taking_part import actor_of

LETTER = {"reason": "The rule of the kit.", "reply_subject": "Our answer", "reply_body": "Hello [name], thank you."}


def rated(cast: Cast, name: str = "Dee Okafor") -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, name)
    for member in (cast.bo, cast.ines):
        watch(member, interview)
        rate(member, interview, (2, 2, 2, 2), recommendation="decline")
    return interview


def test_a_decline_waits_for_the_answer_and_nothing_else_does(cast: Cast) -> None:
    interview, ada = rated(cast), cast.actor(cast.ada)
    asked = make_inquiry(interview)
    with pytest.raises(Refused) as caught:
        decide(actor=ada, interview=interview, outcome="decline", **LETTER)
    assert caught.value.code == "unanswered" and "Answer it first" in caught.value.words
    hold = decide(actor=ada, interview=interview, outcome="hold", reason="Waits for us.")
    answer_in_words(actor=ada, inquiry=asked, message="Yes.")
    decide(actor=ada, interview=interview, outcome="decline", seen=hold.id, **LETTER)
    other = rated(cast, "Kim Other")
    make_inquiry(other)
    assert decide(actor=ada, interview=other, outcome="advance", **LETTER).outcome == "advance"


def test_of_several_those_who_wait_are_counted_and_left_alone(cast: Cast) -> None:
    ready, waiting = rated(cast), [rated(cast, "Kim Other"), rated(cast, "Sam Third")]
    for one in waiting:
        make_inquiry(one)
    actor = cast.actor(cast.rafael)
    people = several(actor, cast.stage, [one.id for one in (ready, *waiting)], "decline")
    assert [person.lack for person in people] == [None, Lack.UNANSWERED, Lack.UNANSWERED]
    assert lack_words(people, "decline") == "2 of 3 cannot be declined: 2 waiting for an answer."
    told = decide_about_several(actor=actor, people=people, outcome="decline", seen={}, **LETTER)
    assert [bool(one.refused) for one in told] == [False, True, True]
    assert [decision.interview for decision in Decision.objects.all()] == [ready]
    advancing = several(actor, cast.stage, [one.id for one in waiting], "advance")
    assert [person.lack for person in advancing] == [None, None]


def test_who_asked_meanwhile_is_held_though_the_page_did_not_know(cast: Cast) -> None:
    interview, actor = rated(cast), cast.actor(cast.rafael)
    people = several(actor, cast.stage, [interview.id], "decline")
    make_inquiry(interview)
    [told] = decide_about_several(actor=actor, people=people, outcome="decline", seen={}, **LETTER)
    assert "has asked a question" in told.refused and not Decision.objects.exists()


def test_who_took_it_back_holds_nothing(cast: Cast) -> None:
    interview = rated(cast)
    make_inquiry(interview)
    withdraw(interview=interview, actor=actor_of(interview))
    with pytest.raises(Refused, match="not_submitted"):
        decide(actor=cast.actor(cast.ada), interview=interview, outcome="decline", **LETTER)


@pytest.mark.django_db(transaction=True)
def test_asking_and_declining_at_once_leaves_nobody_declined_unanswered(transactional_db: None) -> None:
    cast = Cast()
    interview = rated(cast)
    gate, said = threading.Barrier(2), []

    def ask() -> None:
        gate.wait()
        said.append(ask_in_words(interview=interview, words="Why?", actor=actor_of(interview)))
        connection.close()

    def decline() -> None:
        gate.wait()
        try:
            decide(actor=cast.actor(cast.ada), interview=interview, outcome="decline", **LETTER)
        except Refused as refusal:
            said.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=ask), threading.Thread(target=decline)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked, decision = Inquiry.objects.get(), Decision.objects.first()
    assert "unanswered" in said if decision is None else decision.created_at <= asked.created_at


def everything(cast: Cast, interview: Interview) -> None:
    """A question on video, answered on video, one in words, and a try that was not sent."""
    asked = make_inquiry(interview, on_video=True)
    answer_on_recording(actor=cast.actor(cast.ada), clip=make_clip(interview, asked, cast.ada))
    make_inquiry(interview)
    make_clip(interview)


def nothing_left() -> bool:
    return not Inquiry.objects.exists() and not Clip.objects.exists() and not Recording.objects.exists()


def test_withdrawing_deletes_what_was_asked_and_answered(cast: Cast) -> None:
    interview = make_interview(cast.stage, cast.kit_version)
    everything(cast, interview)
    withdraw(interview=interview, actor=actor_of(interview))
    erase_all(interview.id)
    erase_all(interview.id)
    assert nothing_left()
    [entry] = AuditEntry.objects.filter(verb="inquiries.erased")
    assert entry.detail == {"inquiries": 2, "follow_ups": 0, "clips": 3}


def test_it_goes_by_the_clock_of_the_recordings(cast: Cast) -> None:
    interview = rated(cast)
    everything(cast, interview)
    answer_in_words(actor=cast.actor(cast.ada), inquiry=Inquiry.objects.get(kind="text"), message="Yes.")
    decide(actor=cast.actor(cast.ada), interview=interview, outcome="decline", **LETTER)
    assert retention.erase_due() == 0 and Inquiry.objects.count() == 2
    Decision.objects.update(created_at=timezone.now() - dt.timedelta(days=3650))
    assert retention.erase_due() > 0
    assert nothing_left()


@pytest.mark.parametrize("state", [InterviewState.EXPIRED, InterviewState.SUBMITTED])
def test_it_goes_too_where_nothing_else_was_given(cast: Cast, state: str) -> None:
    long_ago = timezone.now() - dt.timedelta(days=3650)
    interview = make_interview(cast.stage, cast.kit_version, state=state, deadline=long_ago, submitted_at=long_ago)
    everything(cast, interview)
    erase_due()
    assert nothing_left() == (state == InterviewState.EXPIRED)
