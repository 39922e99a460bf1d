import re
import threading

import pytest
from django.db import connection, connections

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Recording, RecordingState
from bothways.notify.models import Message
from bothways.positions.models import ApplicationState
from bothways.review.actions.decisions import decide, reveal_name
from bothways.review.models import Decision, Reveal
from bothways.review.queries.decisions import to_decide
from bothways.review.queries.readiness import readiness
from bothways.review.queries.receipts import watched_by
from bothways.review.queries.replies import reply_to
from bothways.review.queries.reply_drafts import blanks_left, reply_draft
from tests.factories import Cast, make_stage, make_submitted_interview
from tests.factories.review import rate, watch

LETTER = {"reply_subject": "Our answer", "reply_body": "Hello Dee,\n\nyou were clear. Thank you."}


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


def decline(rafael, interview, **more):
    return decide(
        actor=rafael, interview=interview, outcome="decline", reason="Two others were clearer.", **LETTER, **more
    )


def test_nobody_is_declined_unwatched_and_the_words_name_who_has_to_watch_what(cast, rafael, interview):
    watch(cast.bo, interview)
    watch(cast.ines, interview, places=(1, 3))
    with pytest.raises(Refused) as caught:
        decline(rafael, interview)
    assert caught.value.code == "unwatched"
    assert "2 people must each have watched at least 80 % of every answer" in caught.value.words
    assert "So far it is Bo Osei." in caught.value.words
    assert "Still to watch: Inês Carvalho, answers 2 and 4." in caught.value.words
    assert not Message.objects.exists() and not Decision.objects.exists()


def test_just_under_80_percent_of_one_answer_is_not_enough(cast, rafael, interview):
    watch(cast.bo, interview)
    watch(cast.ines, interview)
    watch(cast.ines, interview, share=0.799, places=(2,))
    with pytest.raises(Refused, match="Inês Carvalho, answer 2"):
        decline(rafael, interview)
    watch(cast.ines, interview, share=0.8, places=(2,))
    assert decline(rafael, interview)


def test_the_words_say_when_nobody_else_could_watch(cast, rafael, interview):
    interview.stage.raters_wanted = 4
    interview.stage.save()
    watch(cast.bo, interview)
    with pytest.raises(Refused, match="2 more people have to be named as reviewers"):
        decline(rafael, interview)


def test_a_stage_may_ask_for_one_person_but_not_for_none(cast, rafael, interview):
    interview.stage.raters_wanted = 1
    interview.stage.save()
    assert readiness(interview).needed == 1
    with pytest.raises(Refused, match="So far nobody has"):
        decline(rafael, interview)
    watch(cast.rafael, interview)
    assert decline(rafael, interview)


def test_an_answer_that_cannot_be_played_stops_nobody_but_all_of_them_do(cast, rafael, interview):
    broken = interview.answers.first().chosen_take.recording
    Recording.objects.filter(id=broken.id).update(state=RecordingState.FAILED, failure_code="not_media")
    watch(cast.bo, interview, places=(2, 3, 4))
    watch(cast.ines, interview, places=(2, 3, 4))
    assert readiness(interview).is_met
    Recording.objects.update(state=RecordingState.FAILED, failure_code="not_media")
    with pytest.raises(Refused, match="answer again"):
        decline(rafael, interview)


def test_a_decline_writes_to_the_candidate_and_stands_on_their_page(cast, rafael, interview):
    watch(cast.bo, interview)
    watch(cast.ines, interview)
    decline(rafael, interview)
    message = Message.objects.get()
    assert (message.to_name, message.subject) == ("Dee Okafor", "Our answer")
    assert "you were clear" in message.body_text and "you were clear" in message.body_html
    assert "Two others were clearer" not in message.body_text + message.body_html
    reply = reply_to(interview)
    assert (reply.outcome, reply.by_name, reply.body) == ("decline", "Rafael Moreno", LETTER["reply_body"])
    interview.application.refresh_from_db()
    assert interview.application.state == ApplicationState.DECLINED
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"interview.declined", "reply.sent"} <= verbs


def test_advancing_needs_no_coverage_and_moves_to_the_next_stage(cast, rafael, interview):
    following = make_stage(cast.position, cast.kit_version, name="Talk", kind="live")
    decide(actor=rafael, interview=interview, outcome="advance", reason="Clear and kind.", **LETTER)
    interview.application.refresh_from_db()
    assert interview.application.stage == following
    assert interview.application.state == ApplicationState.ACTIVE
    assert reply_to(interview).is_advance


def test_advancing_from_the_last_stage_stays_there(cast, rafael, interview):
    decide(actor=rafael, interview=interview, outcome="advance", reason="Clear and kind.", **LETTER)
    interview.application.refresh_from_db()
    assert interview.application.stage == cast.stage


def test_on_hold_says_nothing_to_the_candidate_and_can_be_decided_later(cast, rafael, interview):
    held = decide(actor=rafael, interview=interview, outcome="hold", reason="Waiting for the budget.", **LETTER)
    assert reply_to(interview) is None and not Message.objects.exists()
    assert held.reply_body == ""
    interview.application.refresh_from_db()
    assert interview.application.state == ApplicationState.HELD
    decide(actor=rafael, interview=interview, outcome="advance", reason="Budget is here.", seen=held.id, **LETTER)
    interview.application.refresh_from_db()
    assert interview.application.state == ApplicationState.ACTIVE
    assert interview.decisions.count() == 2


def test_who_did_not_see_the_last_decision_does_not_decide_over_it(cast, rafael, interview):
    decide(actor=cast.actor(cast.ada), interview=interview, outcome="hold", reason="Wait.")
    with pytest.raises(Refused, match="Ada Lindqvist has meanwhile put this on hold"):
        decide(actor=rafael, interview=interview, outcome="advance", reason="Go.", **LETTER)


def test_what_the_candidate_was_told_is_not_decided_again(cast, rafael, interview):
    first = decide(actor=rafael, interview=interview, outcome="advance", reason="Go.", **LETTER)
    with pytest.raises(Refused, match="Rafael Moreno has already decided to go on"):
        decide(actor=rafael, interview=interview, outcome="hold", reason="Hm.", seen=first.id)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("outcome", "fields", "code"),
    [
        ("advance", {"reason": "  ", **LETTER}, "no_reason"),
        ("advance", {"reason": "Go.", "reply_subject": "Hello", "reply_body": " "}, "no_reply"),
        ("advance", {"reason": "Go.", "reply_subject": "", "reply_body": "Hello"}, "no_reply"),
        ("advance", {"reason": "Go.", "reply_subject": "a", "reply_body": "x [… what was good …] y"}, "blanks"),
    ],
)
def test_a_decision_is_reasoned_and_a_reply_written(rafael, interview, outcome, fields, code):
    with pytest.raises(Refused) as caught:
        decide(actor=rafael, interview=interview, outcome=outcome, **fields)
    assert caught.value.code == code
    assert not Message.objects.exists()


@pytest.mark.parametrize("outcome", ["advance", "decline"])
def test_the_letter_begins_with_blanks_that_a_person_fills(interview, outcome):
    draft = reply_draft(interview, outcome, "Rafael Moreno")
    assert "Rafael Moreno" in draft.body and "Dee" not in draft.body
    assert len(blanks_left(draft.body)) == 2
    assert reply_draft(interview, "hold", "Rafael Moreno") is None


def test_who_decides_blindly_writes_to_a_person_all_the_same(rafael, interview):
    letter = {"reply_subject": "For [name]", "reply_body": "Hello [name],\n\nyou were clear."}
    decide(actor=rafael, interview=interview, outcome="advance", reason="Clear.", **letter)
    assert reply_to(interview).subject == "For Dee Okafor"
    assert "Hello Dee Okafor," in Message.objects.get().body_text


def test_only_owners_and_recruiters_decide(cast, interview):
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            decide(actor=cast.actor(member), interview=interview, outcome="hold", reason="x")


@pytest.mark.parametrize("state", [InterviewState.STARTED, InterviewState.WITHDRAWN, InterviewState.EXPIRED])
def test_only_what_was_sent_is_decided(rafael, interview, state):
    interview.state = state
    interview.save()
    with pytest.raises(Refused, match="not_submitted"):
        decide(actor=rafael, interview=interview, outcome="hold", reason="x")


@pytest.mark.django_db(transaction=True)
@pytest.mark.needs_postgresql
def test_two_deciders_at_once_have_one_outcome():
    assert connection.vendor == "postgresql"
    cast = Cast()
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    start, outcomes = threading.Barrier(2), []

    def go(member):
        start.wait()
        try:
            decide(actor=cast.actor(member), interview=interview, outcome="advance", reason="Go.", **LETTER)
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=[member]) for member in (cast.ada, cast.rafael)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "done"]
    assert Decision.objects.count() == Message.objects.count() == 1


def test_names_are_revealed_once_in_the_log_and_only_with_ones_own_scorecard(cast, interview):
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            reveal_name(actor=cast.actor(member), interview=interview)
    rate(cast.bo, interview, (3, 3, 3, 3))
    for _ in range(2):
        reveal_name(actor=cast.actor(cast.bo), interview=interview)
    assert Reveal.objects.count() == 1
    assert AuditEntry.objects.filter(verb="interview.name_shown").count() == 1


def test_receipts_tell_who_watched_what_and_who_has_not_begun(cast, interview, django_assert_num_queries):
    watch(cast.bo, interview)
    watch(cast.rafael, interview, places=(1,))
    with django_assert_num_queries(6):
        receipts = watched_by(interview)
    assert [receipt.name for receipt in receipts] == ["Bo Osei", "Rafael Moreno", "Inês Carvalho"]
    bo, rafael, ines = receipts
    assert bo.watched_all and bo.share == 1.0 and bo.last_at
    assert set(rafael.answers_watched) == {1} and rafael.share == 0.25
    assert not ines.has_begun and ines.last_at is None


def test_what_waits_for_a_decision_in_one_query(cast, interview, django_assert_num_queries):
    rate(cast.bo, interview, (3, 3, 3, 3))
    make_submitted_interview(cast.stage, cast.kit_version, "Kim Next")
    with django_assert_num_queries(1):
        items = to_decide(cast.actor(cast.rafael), cast.organization)
    assert sorted((item.scorecards, item.wanted) for item in items) == [(0, 2), (1, 2)]
    assert not any(re.search("Dee|Kim", item.who) for item in items)
