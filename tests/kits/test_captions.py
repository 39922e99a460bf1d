"""Captions of prompts: written, read by somebody, kept by published versions."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.kits.actions.captions import (
    begin_from_speech,
    fitting_file,
    import_captions,
    review_captions,
    save_captions,
)
from bothways.kits.actions.library import keep_question
from bothways.kits.actions.prompts import attach_prompt, clear_unused_prompt, detach_prompt
from bothways.kits.actions.questions import add_from_library, duplicate_question
from bothways.kits.actions.versions import publish, start_draft
from bothways.kits.cues import MOST_CUES
from bothways.kits.models import Captions, KitVersion, LibraryQuestion, Question
from bothways.kits.queries.captions import captions_of, cues_to_edit, heard_cues
from bothways.kits.queries.met import captions_met
from bothways.kits.queries.readiness import blockers
from bothways.lib.caption_files import Fault, Unread
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.webvtt import Cue
from bothways.media.models import RecordingState
from tests.factories import Cast
from tests.factories.preparing import make_draft, make_prompt, make_ready_draft, make_transcript

CUES = [Cue(0, 4_000, "Tell us about a time"), Cue(4_000, 19_000, "when you <gave> & took.")]


@pytest.fixture
def question(cast: Cast) -> Question:
    """Asked on video, without captions."""
    question = make_draft(cast.ada).questions.get(place=1)
    return attach_prompt(actor=cast.actor(cast.ada), subject=question, prompt=make_prompt(cast.ada, question))


def reload(question: Question) -> Question:
    return Question.objects.get(id=question.id)


def test_captions_begin_with_the_words_of_the_question(cast: Cast, question: Question) -> None:
    cues = cues_to_edit(question)
    assert " ".join(" ".join(cue.text for cue in cues).split()) == question.text
    assert cues[0].start_ms == 0 and cues[-1].end_ms == 19_000
    assert not Captions.objects.exists()


def test_saved_read_and_changed_again(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.rafael)
    captions = save_captions(actor=actor, subject=question, cues=[*reversed(CUES)], seen=0)
    assert captions.as_cues() == CUES and captions.recording == question.prompt and captions.language == "en"
    assert not captions.is_reviewed and cues_to_edit(reload(question)) == CUES
    read = review_captions(actor=actor, subject=question, seen=captions.revision)
    assert read.is_reviewed and read.reviewed_by == cast.rafael
    same = save_captions(actor=actor, subject=question, cues=CUES, seen=read.revision)
    assert same.is_reviewed
    changed = save_captions(actor=actor, subject=question, cues=CUES[:1], seen=read.revision)
    assert changed.id == captions.id and not changed.is_reviewed and changed.reviewed_by is None
    verbs = AuditEntry.objects.filter(verb__startswith="captions.").order_by("id").values_list("verb", flat=True)
    assert sorted(verbs) == ["captions.reviewed", "captions.saved", "captions.saved"]


def test_who_was_slower_overwrites_nothing(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.ada)
    first = save_captions(actor=actor, subject=question, cues=CUES, seen=0)
    for seen in (0, first.revision + 1):
        with pytest.raises(Refused, match="captions_changed"):
            save_captions(actor=actor, subject=question, cues=[], seen=seen)
        with pytest.raises(Refused, match="captions_changed"):
            review_captions(actor=actor, subject=question, seen=seen)
    assert reload(question).captions.as_cues() == CUES


@pytest.mark.parametrize(
    ("cues", "code"),
    [
        ([Cue(5, 5, "a")], "captions_invalid"),
        ([Cue(-1, 5, "a")], "captions_invalid"),
        ([Cue(18_000, 19_001, "a")], "captions_invalid"),
        ([Cue(0, 5, "a" * 301)], "captions_invalid"),
        ([Cue(0, 5, "a")] * (MOST_CUES + 1), "captions_too_many"),
    ],
)
def test_times_that_cannot_be_are_refused_in_words(cast: Cast, question: Question, cues: list[Cue], code: str) -> None:
    with pytest.raises(Refused, match=code):
        save_captions(actor=cast.actor(cast.ada), subject=question, cues=cues)
    assert not Captions.objects.exists()


def test_only_captions_with_words_are_called_right(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.ada)
    with pytest.raises(Refused, match="captions_missing"):
        review_captions(actor=actor, subject=question, seen=0)
    empty = save_captions(actor=actor, subject=question, cues=[])
    with pytest.raises(Refused, match="captions_missing"):
        review_captions(actor=actor, subject=question, seen=empty.revision)
    begun = save_captions(actor=actor, subject=question, cues=[CUES[0], Cue(5_000, 6_000, " ")])
    with pytest.raises(Refused, match="Caption 2 has no words"):
        review_captions(actor=actor, subject=question, seen=begun.revision)


def test_a_file_takes_the_place_of_what_is_there(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.ada)
    old = save_captions(actor=actor, subject=question, cues=CUES)
    review_captions(actor=actor, subject=question, seen=old.revision)
    file = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ada>Hello &amp; welcome\n\n00:18.000 --> 00:25.000\nlong\n\n"
    file += "00:30.000 --> 00:31.000\nlate\n"
    looked_at = fitting_file(file.encode(), question.prompt)
    assert looked_at.unread == [Unread(9, Fault.TOO_LATE)] and reload(question).captions.as_cues() == CUES
    captions = import_captions(actor=actor, subject=question, data=file.encode(), seen=old.revision)
    assert captions.as_cues() == [Cue(1_000, 3_000, "Hello & welcome"), Cue(18_000, 19_000, "long")]
    assert not captions.is_reviewed and not captions.by_machine
    assert AuditEntry.objects.filter(verb="captions.imported").count() == 1
    with pytest.raises(Refused, match="captions_changed"):
        import_captions(actor=actor, subject=question, data=file.encode().replace(b"long", b"so"), seen=old.revision)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_captions"),
        (b"WEBVTT\n", "not_captions"),
        (b"WEBVTT\n\n01:00.000 --> 01:01.000\nlate", "not_captions"),
        (b"WEBVTT\n" + b"x" * 300_000, "captions_too_large"),
    ],
)
def test_another_file_changes_nothing(cast: Cast, question: Question, data: bytes, code: str) -> None:
    save_captions(actor=cast.actor(cast.ada), subject=question, cues=CUES)
    with pytest.raises(Refused, match=code):
        import_captions(actor=cast.actor(cast.ada), subject=question, data=data)
    assert reload(question).captions.as_cues() == CUES


def test_begun_by_a_machine_until_somebody_has_read_them(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.rafael)
    with pytest.raises(Refused, match="nothing_heard"):
        begin_from_speech(actor=actor, subject=question, seen=0)
    make_transcript(question.prompt, "Tell us about a time.", "What did you do?")
    begun = begin_from_speech(actor=actor, subject=question, seen=0)
    assert [cue.text for cue in begun.as_cues()] == ["Tell us about a time.", "What did you do?"]
    assert begun.by_machine and not begun.is_reviewed
    mended = save_captions(actor=actor, subject=question, cues=begun.as_cues()[:1], seen=begun.revision)
    assert mended.by_machine
    read = review_captions(actor=actor, subject=question, seen=mended.revision)
    assert not read.by_machine and read.is_reviewed
    changed = save_captions(actor=actor, subject=question, cues=CUES, seen=read.revision)
    assert not changed.by_machine and not changed.is_reviewed
    entry = AuditEntry.objects.get(verb="captions.reviewed")
    assert entry.detail["by_machine"] is True
    assert AuditEntry.objects.filter(verb="captions.begun_by_machine").count() == 1


def test_another_recordings_words_are_not_taken(cast: Cast, question: Question) -> None:
    make_transcript(make_prompt(cast.ada, question).recording)
    assert heard_cues(question.prompt) is None
    make_transcript(question.prompt, switched_off_at=timezone.now())
    assert heard_cues(question.prompt) is None


def test_another_recording_has_no_captions_yet(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.ada)
    save_captions(actor=actor, subject=question, cues=CUES)
    attach_prompt(actor=actor, subject=question, prompt=make_prompt(cast.ada, question))
    assert reload(question).captions is None
    save_captions(actor=actor, subject=question, cues=CUES)
    detach_prompt(actor=actor, subject=question)
    assert reload(question).captions is None
    with pytest.raises(Refused, match="no_prompt"):
        save_captions(actor=actor, subject=question, cues=CUES)


def test_a_recording_that_is_not_ready_is_not_captioned(cast: Cast, question: Question) -> None:
    prompt = make_prompt(cast.ada, question, RecordingState.RECEIVED)
    attach_prompt(actor=cast.actor(cast.ada), subject=question, prompt=prompt)
    with pytest.raises(Refused, match="prompt_not_ready"):
        save_captions(actor=cast.actor(cast.ada), subject=question, cues=CUES)


def test_a_published_version_keeps_its_captions_and_the_next_draft_begins_with_them(cast: Cast) -> None:
    actor = cast.actor(cast.ada)
    version = make_ready_draft(cast.ada)
    publish(actor=actor, version=version)
    published = version.questions.select_related("kit_version").get(place=1)
    with pytest.raises(Refused, match="not_a_draft"):
        save_captions(actor=actor, subject=published, cues=CUES)
    draft = start_draft(actor=actor, kit=version.kit)
    copy = draft.questions.get(place=1)
    assert copy.captions == published.captions and blockers(draft) == []
    changed = save_captions(actor=actor, subject=copy, cues=CUES, seen=copy.captions.revision)
    assert changed != published.captions and not changed.is_reviewed
    kept = reload(published).captions
    assert kept.is_reviewed and kept.as_cues()[0].text == published.text
    assert [blocker.code for blocker in blockers(KitVersion.objects.get(id=draft.id))] == ["captions"]
    with pytest.raises(Refused, match="captions of question 1"):
        publish(actor=actor, version=draft)
    assert captions_met(version.id, kept.id) == kept
    assert captions_met(draft.id, kept.id) is None and captions_met(draft.id, changed.id) is None
    again = save_captions(actor=actor, subject=reload(copy), cues=CUES[:1], seen=changed.revision)
    assert again.id == changed.id, "its own captions are changed in place"


def test_copies_share_captions_until_one_is_changed(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.rafael)
    captions = save_captions(actor=actor, subject=question, cues=CUES)
    kept = keep_question(actor=actor, question=reload(question))
    twin = duplicate_question(actor=actor, question=reload(question))
    added = add_from_library(actor=actor, version=question.kit_version, kept=kept)
    assert kept.captions == twin.captions == added.captions == captions
    own = save_captions(actor=actor, subject=kept, cues=CUES[:1])
    assert own != captions and LibraryQuestion.objects.get().captions == own
    assert reload(twin).captions.as_cues() == CUES


def test_a_welcome_has_captions_in_the_language_of_its_kit(cast: Cast, question: Question) -> None:
    version = question.kit_version
    KitVersion.objects.filter(id=version.id).update(language="ar")
    actor = cast.actor(cast.ada)
    attach_prompt(actor=actor, subject=version, prompt=make_prompt(cast.ada, version))
    captions = save_captions(actor=actor, subject=KitVersion.objects.get(id=version.id), cues=CUES)
    assert captions.language == "ar" and KitVersion.objects.get(id=version.id).welcome_captions == captions


def test_raters_and_strangers_write_and_read_off_nothing(cast: Cast, question: Question) -> None:
    captions = save_captions(actor=cast.actor(cast.ada), subject=question, cues=CUES)
    for member in (cast.bo, cast.audrey, cast.cleo):
        for act in (
            lambda actor: save_captions(actor=actor, subject=question, cues=[]),
            lambda actor: import_captions(actor=actor, subject=question, data=b"WEBVTT\n"),
            lambda actor: review_captions(actor=actor, subject=question, seen=1),
        ):
            with pytest.raises(NotAllowed):
                act(cast.actor(member))
    assert captions_of(cast.organization, captions.id) == captions
    assert captions_of(cast.other_organization, captions.id) is None


def test_captions_go_with_their_recording(cast: Cast, question: Question) -> None:
    actor = cast.actor(cast.ada)
    prompt = make_prompt(cast.ada, question)
    attach_prompt(actor=actor, subject=question, prompt=prompt)
    save_captions(actor=actor, subject=question, cues=CUES)
    detach_prompt(actor=actor, subject=question)
    clear_unused_prompt(prompt=prompt)
    assert not Captions.objects.exists()


def test_the_database_holds_that_who_read_them_is_known(cast: Cast, question: Question) -> None:
    captions = save_captions(actor=cast.actor(cast.ada), subject=question, cues=CUES)
    with pytest.raises(IntegrityError):
        Captions.objects.filter(id=captions.id).update(reviewed_by=cast.ada)
