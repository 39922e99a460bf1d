"""Feedback: drafted by rule, approved by a person, sent with the decision, and gone with the ratings."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.accounts.queries.audit import flaws
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.conversations.actions.clips import clear_unused
from bothways.conversations.actions.erasure import erase_due
from bothways.conversations.actions.feedback import (
    approve_feedback,
    keep_feedback,
    send_due,
    use_feedback_clip,
)
from bothways.conversations.models import Clip, Feedback
from bothways.conversations.policies import may_candidate_play, may_give_feedback, may_play
from bothways.conversations.queries.closing import left_in
from bothways.conversations.queries.feedback import feedback_of, owed, text_to_edit
from bothways.conversations.queries.feedback_drafts import Part, Text, feedback_draft
from bothways.interviews.actions.erasure import erase_all
from bothways.interviews.actions.progress import withdraw
from bothways.interviews.models import InterviewState
from bothways.kits.models import Competency
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.models import Message, MessageState
from bothways.positions.models import StageReviewer
from bothways.review.actions.decisions import decide
from bothways.review.actions.reversing import reverse_decision
from bothways.review.queries.reply_drafts import blanks_left
from tests.factories import make_stage, make_submitted_interview
from tests.factories.asking import make_feedback_clip, picture
from tests.factories.review import rate
from tests.interviews.taking_part import actor_of

LETTER = {"reply_subject": "Our answer", "reply_body": "Hello Dee. Thank you."}
WORDS = Text(
    "Hello [name], you asked the tenant first.", (Part(1, "", "partly", "You listened.", "Say what came of it."),)
)


@pytest.fixture
def interview(cast):
    """Questions 1 and 2 look for judgement, 3 for calm, 4 for candour; anchors tell which question they are of."""
    for place, name in [(3, "Calm"), (4, "Candour")]:
        question = cast.kit_version.questions.get(place=place)
        question.competency = Competency.objects.create(organization=cast.organization, name=name)
        question.save()
    for question in cast.kit_version.questions.all():
        for level in (1, 3, 5):
            setattr(
                question, f"anchor_{level}", f"Words of level {'abcde'[level - 1]} in {'ABCD'[question.place - 1]}."
            )
        question.save()
    return make_submitted_interview(cast.stage, cast.kit_version)


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


def told(cast, interview, outcome="advance", minutes=20):
    """The decision, with a letter that nobody can stop any more."""
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=minutes)):
        return decide(actor=cast.actor(cast.ada), interview=interview, outcome=outcome, reason="Clear.", **LETTER)


def approve(actor, interview, text=WORDS, seen=0, is_read=True):
    return approve_feedback(actor=actor, interview=interview, text=text, seen=seen, is_read=is_read)


def refused(code, verb, *args, **more):
    with pytest.raises(Refused) as caught:
        verb(*args, **more)
    assert caught.value.code == code


def test_the_draft_says_in_words_what_the_ratings_and_the_anchors_say(cast, interview, django_assert_num_queries):
    rate(cast.bo, interview, (5, 2, 4, 0))
    rate(cast.ines, interview, (5, 1, 4, 0))
    with django_assert_num_queries(4):
        draft = feedback_draft(interview, "Rafael Moreno")
    judgement, calm, candour = draft.parts
    assert (judgement.name, judgement.band) == ("Judgement", "partly")
    # The best answer reached the highest level, the weakest none: each speaks with its own anchor.
    assert (judgement.strength, judgement.next_step) == ("Words of level e in A.", "Words of level c in B.")
    assert (calm.band, calm.strength, calm.next_step) == ("clear", "Words of level c in C.", "Words of level e in C.")
    assert (candour.band, candour.strength) == ("unseen", "") and "we cannot say" in candour.next_step
    everything = " ".join([draft.words, *(f"{part.strength} {part.next_step}" for part in draft.parts)])
    assert not re.search(r"\d|heard|thinks|Bo |Inês", everything)
    assert len(blanks_left(everything)) == 1


def test_a_weak_answer_leaves_a_blank_where_a_person_looks_for_something_good(cast, interview):
    rate(cast.bo, interview, (1, 2, 5, 2))
    judgement, calm, _candour = feedback_draft(interview, "x").parts
    assert judgement.band == "not_yet" and blanks_left(judgement.strength)
    assert judgement.next_step == "Words of level c in A."
    assert (calm.band, calm.next_step) == ("clear", "")


def test_what_is_not_handed_in_is_not_in_it_and_without_scorecards_words_are_enough(cast, interview, rafael):
    assert feedback_draft(interview, "x").parts == ()
    told(cast, interview)
    assert approve(rafael, interview, Text("Thank you, Dee.", ())).is_sent


def test_nothing_goes_out_unread_with_a_blank_or_without_words(cast, interview, rafael):
    told(cast, interview)
    rate(cast.bo, interview, (1, 2, 5, 2))
    refused("not_read", approve, rafael, interview, is_read=False)
    refused("blanks", approve, rafael, interview, feedback_draft(interview, "Rafael"))
    refused("no_words", approve, rafael, interview, Text("  ", ()))
    refused("other_kit", approve, rafael, interview, Text("Hello.", (Part(2, "", "clear", "", ""),)))
    refused("too_long", approve, rafael, interview, Text("x" * 3001, ()))
    assert not Feedback.objects.exists() and not Message.objects.filter(kind="conversations.feedback").exists()


def test_it_goes_with_the_decision_once_and_the_mail_has_no_word_of_it(cast, interview, rafael):
    feedback = approve(rafael, interview)
    assert feedback.is_approved and not feedback.is_sent and send_due() == 0
    decision = told(cast, interview, minutes=0)
    Message.objects.filter(id=decision.message_id).update(state=MessageState.WAITING)
    assert send_due() == 0, "the letter can still be stopped"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert send_due() == 1 and send_due() == 0
    feedback.refresh_from_db()
    assert feedback.words == "Hello Dee Okafor, you asked the tenant first." and decision.replied_at < feedback.sent_at
    mail = Message.objects.get(kind="conversations.feedback")
    assert "tenant first" not in mail.body_text and "listened" not in mail.body_html
    assert "Rafael Moreno has feedback for you" in mail.body_text
    assert [entry.verb for entry in AuditEntry.objects.filter(verb__startswith="feedback").order_by("id")] == [
        "feedback.approved",
        "feedback.sent",
    ]
    assert not AuditEntry.objects.filter(detail__icontains="tenant").exists() and list(flaws(cast.organization)) == []
    refused("sent", keep_feedback, actor=rafael, interview=interview, text=WORDS, seen=1)


def test_a_decision_that_was_taken_back_sends_nothing(cast, interview, rafael):
    told(cast, interview)
    approve(rafael, interview)
    assert Feedback.objects.get().is_sent
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Next")
    decision = told(cast, other)
    reverse_decision(actor=rafael, interview=other, seen=decision.id, reason="A mix-up.", **LETTER)
    assert not approve(rafael, other).is_sent and send_due() == 0


def test_who_changes_what_was_approved_has_to_approve_it_again(cast, interview, rafael):
    approve(rafael, interview)
    refused("changed", keep_feedback, actor=rafael, interview=interview, text=WORDS, seen=0)
    kept = keep_feedback(actor=cast.actor(cast.ada), interview=interview, text=Text("Other words.", ()), seen=1)
    assert not kept.is_approved and kept.revision == 2
    told(cast, interview)
    assert send_due() == 0
    rate(cast.bo, interview, (3, 3, 3, 3))
    again = text_to_edit(interview, feedback_of(interview), "x")
    assert again.words == "Other words." and {part.band for part in again.parts} == {""}, "left out, not lost"


def test_only_who_decides_and_has_rated_gives_it(cast, interview):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    actors = {name: cast.actor(getattr(cast, name)) for name in ("ada", "rafael", "bo", "audrey", "cleo")}
    assert [name for name, actor in actors.items() if may_give_feedback(actor, interview)] == ["ada"]
    assert [line.is_ready for line in owed(actors["rafael"], cast.position)] == [False]
    for name in ("rafael", "bo", "audrey", "cleo"):
        with pytest.raises(NotAllowed):
            approve(actors[name], interview)
    rate(cast.rafael, interview, (3, 3, 3, 3))
    assert may_give_feedback(actors["rafael"], interview)


def test_everybody_who_sent_answers_is_owed_some_those_first_who_know_the_decision(
    cast, interview, rafael, django_assert_num_queries
):
    second = make_stage(cast.position, cast.kit_version, (cast.bo,))
    waiting = make_submitted_interview(second, cast.kit_version, "Kim Next")
    make_submitted_interview(cast.stage, cast.kit_version, "Eve Adeyemi")
    told(cast, waiting)
    with django_assert_num_queries(7):
        lines = owed(rafael, cast.position)
    assert lines[0].id == waiting.id and len(lines) == 3
    assert lines[0].who == "Kim Next" and "Dee Okafor" not in {line.who for line in lines}
    assert left_in(cast.position).unadvised == 3
    approve(rafael, waiting, Text("Thank you.", ()))
    approve(rafael, interview)
    assert [line.is_approved for line in owed(rafael, cast.position)].count(True) == 1
    assert left_in(cast.position).unadvised == 2


def test_it_can_be_said_and_is_played_to_the_candidate_once_it_is_sent(cast, interview, rafael):
    clip, unused = make_feedback_clip(interview, cast.rafael), make_feedback_clip(interview, cast.rafael)
    refused("other_clip", use_feedback_clip, actor=cast.actor(cast.ada), clip=clip)
    assert not may_play(cast.actor(cast.ada), clip, picture(clip))
    use_feedback_clip(actor=rafael, clip=clip)
    assert may_play(cast.actor(cast.ada), clip, picture(clip)) and not may_play(
        cast.actor(cast.bo), clip, picture(clip)
    )
    assert not may_play(cast.actor(cast.cleo), clip, picture(clip))
    assert not may_candidate_play(interview, clip.recording)
    told(cast, interview)
    assert approve(rafael, interview, Text("", ())).is_sent
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Next")
    assert may_candidate_play(interview, clip.recording) and not may_candidate_play(other, clip.recording)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert clear_unused() == 1
    assert Clip.objects.get() == clip != unused


def test_its_recording_goes_with_the_recordings_and_the_words_with_the_ratings(cast, interview, rafael):
    cast.organization.retention_profile = "fr"
    cast.organization.save()
    use_feedback_clip(actor=rafael, clip=make_feedback_clip(interview, cast.rafael))
    told(cast, interview)
    approve(rafael, interview)
    erase_due(timezone.now() + dt.timedelta(days=RETENTION_PROFILES["fr"].recording_days + 1))
    assert Feedback.objects.get().recording is None and not Clip.objects.exists()
    erase_due(timezone.now() + dt.timedelta(days=RETENTION_PROFILES["fr"].records_days + 1))
    assert not Feedback.objects.exists()


def test_who_takes_part_no_more_keeps_none(cast, interview, rafael):
    use_feedback_clip(actor=rafael, clip=make_feedback_clip(interview, cast.rafael))
    approve(rafael, interview)
    withdraw(interview=interview, actor=actor_of(interview))
    interview.refresh_from_db()
    assert interview.state == InterviewState.WITHDRAWN
    erase_all(interview.id)
    assert not Feedback.objects.exists() and not Clip.objects.exists() and send_due() == 0
    refused("not_submitted", approve, rafael, interview)
