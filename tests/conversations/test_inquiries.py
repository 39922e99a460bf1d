"""Candidates ask the team, and somebody answers: once, in time, and without a word of it in any mailbox."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.accounts.queries.audit import flaws
from bothways.conversations.actions.clips import clear_unused, finish_clip, open_question_clip, open_reply_clip
from bothways.conversations.actions.inquiries import ask_in_words, ask_on_recording, hand_over, mark_read
from bothways.conversations.actions.replies import answer_in_words, answer_on_recording, close
from bothways.conversations.models import Clip, Inquiry, InquiryState
from bothways.conversations.queries.clips import MOST_CLIPS_A_DAY
from bothways.conversations.queries.inquiries import MOST_A_DAY, MOST_OPEN
from bothways.interviews.actions.progress import withdraw
from bothways.interviews.models import CandidateSettings, Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState
from bothways.notify.models import Message
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.factories.asking import make_clip, make_inquiry
from tests.interviews.taking_part import actor_of, consented, preview_of

MONDAY = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_interview(cast.stage, cast.kit_version)


def ask(interview: Interview, words: str = "Who would I work with?") -> Inquiry | None:
    return ask_in_words(interview=interview, words=words, actor=actor_of(interview))


def opened(interview: Interview, **fields):
    asked = {"client_key": new_id(), "kind": "video", "mime": "video/webm", **fields}
    return open_question_clip(interview=interview, actor=actor_of(interview), **asked)


def refused(code: str, call, **fields) -> str:
    with pytest.raises(Refused) as caught:
        call(**fields)
    assert caught.value.code == code and caught.value.words
    return caught.value.words


def mails(word: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"conversations.{word}").order_by("created_at"))


def test_a_question_has_an_owner_a_day_and_a_mail_that_tells_nothing(cast: Cast, interview: Interview) -> None:
    with time_machine.travel(MONDAY, tick=False):
        asked = ask(interview, "  Is there a lift?  ")
    assert (asked.words, asked.kind, asked.owner, asked.due) == (
        "Is there a lift?",
        "text",
        cast.ada,
        dt.date(2026, 3, 4),
    )
    [mail] = mails("inquiry")
    assert mail.to_email == cast.ada.user.email and f"/inquiries/{asked.id}/" in mail.body_text
    for told in (mail.subject, mail.body_text, mail.body_html):
        assert "Dee" not in told and "lift" not in told
    [entry] = AuditEntry.objects.filter(verb="inquiry.asked")
    assert entry.thing_id == str(interview.id) and "lift" not in str(entry.detail)
    assert list(flaws(cast.organization)) == []


def test_the_day_is_never_later_than_the_promised_reply(cast: Cast) -> None:
    sent = make_submitted_interview(cast.stage, cast.kit_version)
    Interview.objects.filter(id=sent.id).update(reply_by=timezone.localdate() + dt.timedelta(days=1))
    sent.refresh_from_db()
    assert ask(sent).due <= sent.reply_by


def test_a_second_press_asks_once_and_a_preview_asks_nobody(cast: Cast, interview: Interview) -> None:
    assert ask(interview).id == ask(interview, "Who would I work with?  ").id
    assert len(mails("inquiry")) == 1
    assert ask(preview_of(cast.kit_version)) is None
    refused("preview", opened, interview=preview_of(cast.kit_version))


def test_nothing_and_too_much_are_refused(interview: Interview) -> None:
    refused("no_words", ask, interview=interview, words="  ")
    refused("too_long", ask, interview=interview, words="x" * 1001)
    assert not Inquiry.objects.exists()


def answer_one(cast: Cast) -> None:
    answer_in_words(actor=cast.actor(cast.ada), inquiry=Inquiry.objects.filter(state="open").first(), message="Yes.")


def test_five_may_wait_and_ten_a_day(cast: Cast, interview: Interview) -> None:
    for number in range(MOST_OPEN):
        ask(interview, f"Question {number}?")
    refused("many_open", ask, interview=interview, words="One more?")
    for number in range(MOST_OPEN, MOST_A_DAY):
        answer_in_words(
            actor=cast.actor(cast.ada), inquiry=Inquiry.objects.filter(state="open").first(), message="Yes."
        )
        ask(interview, f"Question {number}?")
    answer_one(cast)
    refused("asked_often", ask, interview=interview, words="One more?")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1)):
        assert ask(interview, "One more?")


def test_only_the_own_interview(cast: Cast, interview: Interview) -> None:
    other = make_interview(cast.stage, cast.kit_version, "Kim Other")
    with pytest.raises(NotAllowed):
        ask_in_words(interview=interview, words="Hello?", actor=actor_of(other))
    with pytest.raises(NotAllowed):
        ask_on_recording(clip=make_clip(interview), actor=actor_of(other))
    with pytest.raises(NotAllowed):
        finish_clip(clip=make_clip(interview), size=5, actor=actor_of(other))


def test_who_took_it_back_asks_no_more_and_nobody_waits(cast: Cast, interview: Interview) -> None:
    asked = ask(interview)
    withdraw(interview=interview, actor=actor_of(interview))
    interview.refresh_from_db()
    refused("withdrawn", ask, interview=interview, words="Hello?")
    refused("withdrawn", answer_in_words, actor=cast.actor(cast.ada), inquiry=asked, message="Yes.")


def test_recording_a_question_needs_consent_and_ends_somewhere(cast: Cast, interview: Interview) -> None:
    refused("no_consent", opened, interview=interview)
    consented(interview)
    refused("not_media", opened, interview=interview, mime="text/html")
    key = new_id()
    first, again = opened(interview, client_key=key), opened(interview, client_key=key)
    assert first.clip == again.clip and first.token != again.token
    assert first.clip.recording.language == interview.kit_version.language
    refused("not_finished", ask_on_recording, clip=first.clip, actor=actor_of(interview))
    finish_clip(actor=actor_of(interview), clip=first.clip, size=6)
    asked = ask_on_recording(clip=Clip.objects.get(), actor=actor_of(interview))
    assert (asked.kind, asked.recording) == ("video", first.clip.recording)
    assert ask_on_recording(clip=Clip.objects.get(), actor=actor_of(interview)) == asked
    for _number in range(MOST_CLIPS_A_DAY - 1):
        make_clip(interview)
    refused("recorded_often", opened, interview=interview)
    assert opened(interview, client_key=key).clip == first.clip


def test_a_voice_is_a_voice_and_what_cannot_be_played_is_not_sent(interview: Interview) -> None:
    clip = make_clip(interview)
    Recording.objects.filter(id=clip.recording_id).update(kind="audio")
    assert ask_on_recording(clip=Clip.objects.get(id=clip.id), actor=actor_of(interview)).kind == "voice"
    failed = make_clip(interview, state=RecordingState.FAILED)
    refused("clip_failed", ask_on_recording, clip=failed, actor=actor_of(interview))


def test_more_time_holds_here_too(interview: Interview) -> None:
    consented(interview)
    usual = opened(interview).max_bytes
    CandidateSettings.objects.create(organization=interview.organization, interview=interview, answer_time="double")
    assert opened(Interview.objects.get(id=interview.id)).max_bytes > usual


def test_the_answer_is_on_the_page_and_the_mail_says_only_that(cast: Cast, interview: Interview) -> None:
    asked = ask(interview)
    answered = answer_in_words(actor=cast.actor(cast.rafael), inquiry=asked, message=" With Bo and Inês. ")
    assert (answered.state, answered.message, answered.answered_by_id) == (
        InquiryState.ANSWERED,
        "With Bo and Inês.",
        cast.rafael.id,
    )
    [mail] = mails("inquiry_answered")
    assert mail.to_email == interview.application.candidate.email
    assert "Bo and Inês" not in mail.body_text and "work with" not in mail.body_text
    assert mark_read(interview=interview, actor=actor_of(interview)) == 1
    assert mark_read(interview=interview, actor=actor_of(interview)) == 0
    assert Inquiry.objects.get().read_at
    assert list(flaws(cast.organization)) == []


def test_an_answer_on_video_is_sent_once(cast: Cast, interview: Interview) -> None:
    asked = make_inquiry(interview)
    made = open_reply_clip(
        actor=cast.actor(cast.rafael), inquiry=asked, client_key=new_id(), kind="video", mime="video/webm"
    )
    assert made.clip.member == cast.rafael
    clip = make_clip(interview, asked, cast.rafael)
    refused("other_clip", answer_on_recording, actor=cast.actor(cast.ada), clip=clip)
    answered = answer_on_recording(actor=cast.actor(cast.rafael), clip=clip)
    assert answered.reply == clip.recording
    clip.refresh_from_db()
    assert answer_on_recording(actor=cast.actor(cast.rafael), clip=clip).id == answered.id
    assert len(mails("inquiry_answered")) == 1
    second = make_clip(interview, asked, cast.ada)
    words = refused("answered", answer_on_recording, actor=cast.actor(cast.ada), clip=second)
    assert "Rafael Moreno has answered this already" in words


def test_it_can_be_closed_but_not_in_silence(cast: Cast, interview: Interview) -> None:
    asked = ask(interview)
    refused("no_message", close, actor=cast.actor(cast.ada), inquiry=asked, message=" ")
    assert close(actor=cast.actor(cast.ada), inquiry=asked, message="We talked on the phone.").state == "closed"
    assert len(mails("inquiry_answered")) == 1


def test_it_is_handed_to_somebody_who_may(cast: Cast, interview: Interview) -> None:
    asked = ask(interview)
    for nobody in (cast.bo, cast.audrey, cast.cleo):
        refused("cannot_own", hand_over, actor=cast.actor(cast.ada), inquiry=asked, to=nobody)
    assert hand_over(actor=cast.actor(cast.ada), inquiry=asked, to=cast.rafael).owner == cast.rafael
    [mail] = mails("inquiry_handed_over")
    assert mail.to_email == cast.rafael.user.email and "Dee" not in mail.body_text


@pytest.mark.parametrize("who", ["bo", "ines", "audrey", "cleo"])
def test_others_may_neither_answer_nor_hand_over(cast: Cast, interview: Interview, who: str) -> None:
    asked, actor = ask(interview), cast.actor(getattr(cast, who))
    for verb in (answer_in_words, close):
        with pytest.raises(NotAllowed):
            verb(actor=actor, inquiry=asked, message="Yes.")
    with pytest.raises(NotAllowed):
        hand_over(actor=actor, inquiry=asked, to=cast.rafael)
    with pytest.raises(NotAllowed):
        open_reply_clip(actor=actor, inquiry=asked, client_key=new_id(), kind="video", mime="video/webm")


def test_what_nobody_sent_is_cleared_after_a_day(cast: Cast, interview: Interview) -> None:
    unsent, asked = make_clip(interview), make_inquiry(interview, on_video=True)
    assert clear_unused() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1)):
        assert clear_unused() == 1
    assert list(Clip.objects.values_list("recording", flat=True)) == [asked.recording_id]
    assert not Recording.objects.filter(id=unsent.recording_id).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_does(transactional_db: None) -> None:
    cast = Cast()
    asked = make_inquiry(make_interview(cast.stage, cast.kit_version))
    said: list[str] = []
    gate = threading.Barrier(2)

    def answer(member, message: str) -> None:
        gate.wait()
        try:
            answer_in_words(actor=cast.actor(member), inquiry=Inquiry.objects.get(id=asked.id), message=message)
            said.append(message)
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=pair) for pair in ((cast.ada, "Ada's"), (cast.rafael, "Rafael's"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked.refresh_from_db()
    assert sorted(said) == sorted([asked.message, "answered"])
    assert len(mails("inquiry_answered")) == 1
