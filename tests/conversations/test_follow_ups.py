"""One more question to a candidate: asked by who has rated, answered with the same care, and heard before a decline."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.conversations.actions.clips import clear_unused, finish_clip, open_answer_clip, open_prompt_clip
from bothways.conversations.actions.erasure import erase_inquiries
from bothways.conversations.actions.follow_up_answers import (
    answer_follow_up_in_words,
    answer_follow_up_on_recording,
    mark_heard,
    mark_opened,
    release_answer,
)
from bothways.conversations.actions.follow_ups import (
    Asking,
    follow_up,
    follow_up_everybody,
    remind_of_follow_ups,
    take_back,
)
from bothways.conversations.models import Clip, FollowUp
from bothways.conversations.policies import may_follow_up, may_read_follow_up, may_see_follow_ups
from bothways.conversations.queries.follow_ups import (
    MOST_WAITING,
    Standing,
    asked_with,
    how_many_with,
    is_decided,
    standing_of,
    tries_left,
)
from bothways.interviews.actions.erasure import erase_all
from bothways.interviews.actions.progress import withdraw
from bothways.interviews.models import CandidateSettings, Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState
from bothways.notify.models import Message
from bothways.positions.models import Stage
from bothways.review.actions.decisions import decide
from tests.factories import Cast, make_submitted_interview
from tests.factories.following import make_answered, make_follow_up, make_prompt_try, make_try
from tests.factories.review import rate, watch
from tests.interviews.taking_part import actor_of

MONDAY = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
DEVICE = {"kind": "video", "mime": "video/webm"}


@pytest.fixture
def interview(cast: Cast) -> Interview:
    """Dee sent answers and Bo has rated them."""
    found = make_submitted_interview(cast.stage, cast.kit_version)
    rate(cast.bo, found, (4, 4, 4, 4))
    return found


def ask(cast: Cast, interview: Interview, member=None, words: str = "What happened then?", **fields) -> FollowUp:
    question = interview.kit_version.questions.get(place=1)
    clip, days = fields.pop("clip", None), fields.pop("days", 3)
    return follow_up(
        actor=cast.actor(member or cast.bo),
        interview=interview,
        question=question,
        asking=Asking(words, clip, days),
        **fields,
    )


def refused(code: str, call, *args, **fields) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **fields)
    assert caught.value.code == code and caught.value.words
    return caught.value.words


def mails(word: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"conversations.{word}").order_by("created_at"))


def decline(cast: Cast, interview: Interview) -> None:
    for member in (cast.bo, cast.ines):
        watch(member, interview)
    decide(
        actor=cast.actor(cast.rafael),
        interview=interview,
        outcome="decline",
        reason="Not this time.",
        reply_subject="Our answer",
        reply_body="Dear Dee, not this time.",
    )


def test_asked_about_a_stretch_with_a_day_and_a_mail_that_tells_nothing(cast: Cast, interview: Interview) -> None:
    with time_machine.travel(MONDAY, tick=False):
        asked = ask(cast, interview, words="  Why the roof?  ", start_ms=4000, end_ms=9000)
    assert (asked.words, asked.start_ms, asked.end_ms, asked.asked_by) == ("Why the roof?", 4000, 9000, cast.bo)
    assert asked.due == dt.date(2026, 3, 5)
    letter = mails("follow_up")[0]
    assert letter.subject == "Bo Osei has one more question for you: Tenant support adviser"
    assert "roof" not in f"{letter.subject}{letter.body_text}{letter.body_html}"
    with time_machine.travel(MONDAY, tick=False):
        assert ask(cast, interview, words="Why the roof?") == asked, "the same words again are the same question"
    assert FollowUp.objects.count() == len(mails("follow_up")) == 1


def test_own_ratings_come_first_and_outsiders_never(cast: Cast, interview: Interview) -> None:
    asked = make_answered(interview, cast.bo, "Then we fixed it.")
    may = {member: may_follow_up(cast.actor(member), interview) for member in (cast.ada, cast.rafael, cast.bo)}
    assert all(may.values())
    for member in (cast.ines, cast.audrey, cast.cleo):
        actor = cast.actor(member)
        assert not may_follow_up(actor, interview) and not may_see_follow_ups(actor, interview)
        assert not may_read_follow_up(actor, asked)
        for call in (take_back, mark_heard, release_answer):
            with pytest.raises(NotAllowed):
                call(actor=actor, follow_up=asked)
        with pytest.raises(NotAllowed):
            ask(cast, interview, member)
        fields = {"question": asked.question, "client_key": new_id(), **DEVICE}
        with pytest.raises(NotAllowed):
            open_prompt_clip(actor=actor, interview=interview, **fields)
    rate(cast.ines, interview, (2, 2, 2, 2))
    assert may_read_follow_up(cast.actor(cast.ines), asked)
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    with pytest.raises(NotAllowed):
        answer_follow_up_in_words(follow_up=make_follow_up(interview, cast.bo), written="Me!", actor=actor_of(other))


def test_what_cannot_be_asked(cast: Cast, interview: Interview) -> None:
    refused("no_words", ask, cast, interview, words=" ")
    refused("too_long", ask, cast, interview, words="x" * 1001)
    refused("no_such_days", ask, cast, interview, days=400)
    for start, end in ((31_000, None), (9000, 4000), (0, 60_000), (None, 4000)):
        refused("no_stretch", ask, cast, interview, start_ms=start, end_ms=end)
    refused("other_clip", ask, cast, interview, clip=make_prompt_try(interview, cast.ada))
    refused("clip_failed", ask, cast, interview, clip=make_prompt_try(interview, cast.bo, state="failed"))
    for n in range(MOST_WAITING):
        ask(cast, interview, words=f"And {n}?")
    refused("many_waiting", ask, cast, interview)
    FollowUp.objects.update(due=timezone.localdate() - dt.timedelta(days=1))
    ask(cast, interview)


def test_everybody_in_the_step_is_asked_the_same(cast: Cast, interview: Interview) -> None:
    kim = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    gone = make_submitted_interview(cast.stage, cast.kit_version, "Nia Decided")
    rate(cast.bo, gone, (1, 1, 1, 1))
    decline(cast, gone)
    unanswered = make_submitted_interview(cast.stage, cast.kit_version, "Ola Short")
    unanswered.answers.filter(question__place=1).delete()
    clip = make_prompt_try(interview, cast.bo)
    asked = {"actor": cast.actor(cast.bo), "interview": interview, "asking": Asking("What then?", clip)}
    question = interview.kit_version.questions.get(place=1)
    assert how_many_with(interview, question) == len(asked_with(interview, question)) == 2
    assert "1 person" in refused("not_all", follow_up_everybody, question=question, **asked)
    assert not FollowUp.objects.exists() and not mails("follow_up")
    rate(cast.bo, kim, (3, 3, 3, 3))
    made = follow_up_everybody(question=question, **asked)
    assert {one.interview_id for one in made} == {interview.id, kim.id} and len({one.together for one in made}) == 1
    assert len({one.due for one in made}) == 1 and len(mails("follow_up")) == 2
    assert {one.prompt_id for one in made} == {clip.recording_id}
    erase_inquiries(interview=interview)
    assert Clip.objects.get().interview == kim and Recording.objects.filter(id=clip.recording_id).exists()
    erase_inquiries(interview=kim)
    assert not FollowUp.objects.exists() and not Clip.objects.exists()


def test_answered_in_writing_who_asked_is_told_without_a_word_of_it(cast: Cast, interview: Interview) -> None:
    asked, dee = ask(cast, interview), actor_of(interview)
    mark_opened(follow_up=asked, actor=dee)
    refused("no_words", answer_follow_up_in_words, follow_up=asked, written=" ", actor=dee)
    answered = answer_follow_up_in_words(follow_up=asked, written="Then we fixed the roof.", actor=dee)
    assert answered.state == "answered" and FollowUp.objects.get().opened_at
    letter = mails("follow_up_answered")[0]
    assert letter.to_email == cast.bo.user.email
    assert not any(word in f"{letter.subject}{letter.body_text}" for word in ("roof", "Dee", "Okafor"))
    refused("answered", answer_follow_up_in_words, follow_up=asked, written="Or not.", actor=dee)
    refused("answered", take_back, follow_up=asked, actor=cast.actor(cast.bo))


def test_tries_as_for_the_first_answer_and_one_is_chosen(cast: Cast, interview: Interview) -> None:
    CandidateSettings.objects.create(organization=cast.organization, interview=interview, mode="sign")
    asked, dee = ask(cast, interview), actor_of(interview)
    assert tries_left(asked) == 3
    key = new_id()
    opened = open_answer_clip(follow_up=asked, actor=dee, client_key=key, **DEVICE)
    assert open_answer_clip(follow_up=asked, actor=dee, client_key=key, **DEVICE).clip == opened.clip
    refused("not_finished", answer_follow_up_on_recording, clip=opened.clip, actor=dee)
    finish_clip(actor=dee, clip=opened.clip, size=5)
    make_try(asked, RecordingState.FAILED)
    make_try(asked)
    chosen = make_try(asked)
    assert tries_left(asked) == 0, "one that failed does not count"
    refused("no_tries_left", open_answer_clip, follow_up=asked, actor=dee, client_key=new_id(), **DEVICE)
    answered = answer_follow_up_on_recording(clip=chosen, actor=dee)
    assert answered.recording == chosen.recording and answered.is_signed
    assert answer_follow_up_on_recording(clip=chosen, actor=dee) == answered
    Clip.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    assert clear_unused() == 3
    assert Clip.objects.get() == chosen


def test_the_day_passes_a_recording_may_come_a_day_later(cast: Cast, interview: Interview) -> None:
    asked, dee = make_follow_up(interview, cast.bo), actor_of(interview)
    clip = make_try(asked)
    noon = dt.datetime.combine(asked.due, dt.time(12), dt.UTC)
    with time_machine.travel(noon + dt.timedelta(days=1), tick=False):
        assert standing_of(asked, decided=False) == Standing.EXPIRED
        refused("passed", answer_follow_up_in_words, follow_up=asked, written="Late.", actor=dee)
        assert answer_follow_up_on_recording(clip=clip, actor=dee).is_answered
    other = make_follow_up(interview, cast.bo)
    with time_machine.travel(noon + dt.timedelta(days=2), tick=False):
        refused("passed", answer_follow_up_on_recording, clip=make_try(other), actor=dee)


def test_taken_back_decided_and_withdrawn(cast: Cast, interview: Interview) -> None:
    dee = actor_of(interview)
    asked = ask(cast, interview)
    for _ in range(2):
        assert take_back(actor=cast.actor(cast.rafael), follow_up=asked).state == "taken_back"
    refused("taken_back", answer_follow_up_in_words, follow_up=asked, written="Yes.", actor=dee)
    waiting = ask(cast, interview)
    decline(cast, interview)
    assert is_decided(interview) and standing_of(waiting, decided=True) == Standing.CLOSED
    refused("decided", answer_follow_up_in_words, follow_up=waiting, written="Yes.", actor=dee)
    with pytest.raises(NotAllowed):
        ask(cast, interview)
    kim = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    make_answered(kim, cast.bo)
    withdraw(interview=kim, actor=actor_of(kim))
    erase_all(kim.id)
    assert not FollowUp.objects.filter(interview=kim).exists() and not Clip.objects.filter(interview=kim).exists()


def test_nobody_is_declined_whose_answer_nobody_has_heard(cast: Cast, interview: Interview) -> None:
    asked = make_answered(interview, cast.bo, "Then we fixed it.")
    assert "watched or read" in refused("unanswered", decline, cast, interview)
    rate(cast.ines, interview, (2, 2, 2, 2))
    with pytest.raises(NotAllowed):
        mark_heard(actor=cast.actor(cast.ines), follow_up=asked)
    for _ in range(2):
        assert mark_heard(actor=cast.actor(cast.rafael), follow_up=asked).heard_at
    decline(cast, interview)


def test_one_reminder_on_the_day_before(cast: Cast, interview: Interview) -> None:
    with time_machine.travel(MONDAY, tick=False):
        ask(cast, interview, days=2)
        assert remind_of_follow_ups() == 0
    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        assert (remind_of_follow_ups(), remind_of_follow_ups()) == (1, 0)
    letter = mails("follow_up_reminder")[0]
    assert "Bo Osei" in letter.subject and "What happened" not in str(letter.body_text)


def test_where_words_are_hidden_somebody_looks_first(cast: Cast, interview: Interview) -> None:
    asked = make_answered(interview, cast.bo, "I was at Ardmore School.")
    Stage.objects.update(blind_level="text")
    asked.refresh_from_db()
    assert not may_read_follow_up(cast.actor(cast.bo), asked), "nobody has checked the interview either"
    with pytest.raises(NotAllowed):
        release_answer(actor=cast.actor(cast.bo), follow_up=asked)
    for _ in range(2):
        release_answer(actor=cast.actor(cast.rafael), follow_up=asked)
    assert may_read_follow_up(cast.actor(cast.rafael), FollowUp.objects.get())
