"""Asking on video or by voice: opened, finished, attached, cleared away."""

import datetime as dt

import pytest

from bothways.accounts.models import AuditEntry
from bothways.kits.actions.library import keep_question
from bothways.kits.actions.prompts import MAX_BYTES, attach_prompt, detach_prompt, finish_prompt, open_prompt
from bothways.kits.actions.versions import publish
from bothways.kits.models import KitVersion, Prompt, PromptSlot, Question
from bothways.kits.tasks import clear_prompts
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState, Upload
from bothways.media.store import get_store
from tests.factories import Cast
from tests.factories.preparing import make_draft, make_prompt, make_ready_draft


@pytest.fixture
def question(cast: Cast) -> Question:
    return make_draft(cast.ada).questions.get(place=1)


def open_one(cast: Cast, subject: Question | KitVersion, **changes):
    asked = {"client_key": new_id(), "kind": "video", "mime": "video/mp4", **changes}
    return open_prompt(actor=cast.actor(cast.rafael), subject=subject, **asked)


def test_the_same_key_opens_the_same_prompt_with_a_new_token(cast: Cast, question: Question) -> None:
    key = new_id()
    first = open_one(cast, question, client_key=key)
    again = open_one(cast, question, client_key=key)
    assert again.prompt == first.prompt and again.upload_id == first.upload_id and again.token != first.token
    assert (first.number, open_one(cast, question).number) == (1, 2)
    assert first.max_bytes <= MAX_BYTES
    assert AuditEntry.objects.filter(verb="prompt.opened").count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "text"},
        {"mime": "text/html"},
        {"mime": ""},
        {"mime": "application/vnd.apple.mpegurl"},
        {"mime": "video/" + "x" * 200},
        {"mime": "video/mp4\x00"},
    ],
)
def test_only_video_and_audio_are_taken(cast: Cast, question: Question, changes: dict[str, str]) -> None:
    with pytest.raises(Refused, match="not_media"):
        open_one(cast, question, **changes)
    assert not Recording.objects.exists() and not Upload.objects.exists()


def test_a_finished_prompt_asks_and_its_maker_is_who_asks(cast: Cast, question: Question) -> None:
    question.asker = None
    question.no_prompt_reason = "Not yet."
    question.save()
    opened = open_one(cast, question)
    recording = opened.prompt.recording
    with get_store().write_at(recording.original_key, 0) as writer:
        writer.write(b"12345")
        writer.sync()
    actor = cast.actor(cast.rafael)
    prompt = finish_prompt(actor=actor, subject=question, prompt=opened.prompt, size=5)
    finish_prompt(actor=actor, subject=question, prompt=opened.prompt, size=5)
    attach_prompt(actor=actor, subject=question, prompt=prompt)
    question.refresh_from_db()
    recording.refresh_from_db()
    assert recording.state == RecordingState.RECEIVED and recording.size == 5
    assert question.prompt == recording and question.asker == cast.rafael and question.no_prompt_reason == ""


def test_a_prompt_that_has_not_arrived_or_cannot_be_played_is_not_attached(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.ada)
    with pytest.raises(Refused, match="not_finished"):
        attach_prompt(actor=actor, subject=question, prompt=open_one(cast, question).prompt)
    with pytest.raises(Refused, match="prompt_failed"):
        attach_prompt(actor=actor, subject=question, prompt=make_prompt(cast.ada, question, RecordingState.FAILED))
    other = question.kit_version.questions.get(place=2)
    with pytest.raises(Refused, match="other_subject"):
        attach_prompt(actor=actor, subject=question, prompt=make_prompt(cast.ada, other))


def test_a_welcome_and_a_kept_question_are_asked_the_same_way(cast: Cast, question: Question) -> None:
    version, actor = question.kit_version, cast.actor(cast.rafael)
    KitVersion.objects.filter(id=version.id).update(welcome_by=None)
    attach_prompt(actor=actor, subject=version, prompt=make_prompt(cast.rafael, version))
    version.refresh_from_db()
    assert version.welcome_prompt is not None and version.welcome_by == cast.rafael
    kept = keep_question(actor=actor, question=question)
    attach_prompt(actor=actor, subject=kept, prompt=make_prompt(cast.rafael, kept))
    kept.refresh_from_db()
    assert kept.prompt is not None
    detach_prompt(actor=actor, subject=version)
    version.refresh_from_db()
    assert version.welcome_prompt is None


def test_a_published_question_keeps_its_prompt(cast: Cast) -> None:
    version = make_ready_draft(cast.ada)
    publish(actor=cast.actor(cast.ada), version=version)
    question = version.questions.select_related("kit_version").get(place=1)
    prompt = make_prompt(cast.ada, question)
    for change in (
        lambda: open_one(cast, question),
        lambda: attach_prompt(actor=cast.actor(cast.ada), subject=question, prompt=prompt),
        lambda: detach_prompt(actor=cast.actor(cast.ada), subject=question),
    ):
        with pytest.raises(Refused, match="not_a_draft"):
            change()


def test_raters_and_strangers_ask_nothing(cast: Cast, question: Question) -> None:
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            open_prompt(
                actor=cast.actor(member), subject=question, client_key=new_id(), kind="video", mime="video/webm"
            )


def test_tries_that_nothing_uses_are_cleared_after_a_week(cast: Cast, question: Question) -> None:
    used, old, fresh = (make_prompt(cast.ada, question) for _ in range(3))
    attach_prompt(actor=cast.actor(cast.ada), subject=question, prompt=used)
    week_ago = fresh.created_at - dt.timedelta(days=8)
    Prompt.objects.filter(id__in=[used.id, old.id]).update(created_at=week_ago)
    clear_prompts()
    clear_prompts()
    assert set(Prompt.objects.all()) == {used, fresh}
    assert not Recording.objects.filter(id=old.recording_id).exists()
    assert AuditEntry.objects.filter(verb="prompt.cleared", thing_id=str(old.id)).count() == 1


def test_sign_language_stands_beside_the_voice_and_moves_with_the_question(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.ada)
    voice = make_prompt(cast.rafael, question)
    signed = make_prompt(cast.ada, question, slot=PromptSlot.SIGN)
    for prompt in (voice, signed):
        attach_prompt(actor=actor, subject=question, prompt=prompt)
    question.refresh_from_db()
    assert (question.prompt, question.sign) == (voice.recording, signed.recording)
    kept = keep_question(actor=actor, question=question)
    assert kept.sign == signed.recording
    detach_prompt(actor=actor, subject=question)
    question.refresh_from_db()
    assert (question.prompt, question.sign) == (None, signed.recording)
    detach_prompt(actor=actor, subject=question, slot=PromptSlot.SIGN)
    question.refresh_from_db()
    assert question.sign is None and kept.sign is not None
    Prompt.objects.update(created_at=voice.created_at - dt.timedelta(days=8))
    clear_prompts()
    assert set(Prompt.objects.all()) == {voice, signed}, "the library uses both"


def test_who_signs_a_welcome_is_not_taken_for_who_welcomes(cast: Cast, question: Question) -> None:
    version = question.kit_version
    KitVersion.objects.filter(id=version.id).update(welcome_by=None)
    signed = make_prompt(cast.rafael, version, slot=PromptSlot.SIGN)
    attach_prompt(actor=cast.actor(cast.ada), subject=version, prompt=signed)
    version.refresh_from_db()
    assert version.welcome_sign == signed.recording and version.welcome_by is None
