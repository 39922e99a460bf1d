"""Both versions of what is said are kept, the corrected one is shown, and whoever spoke may switch it off."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.media.actions.transcripts import correct_transcript, fail_transcript, keep_transcript, switch_transcript
from bothways.media.models import Transcript
from bothways.media.queries.transcripts import words_by_recording, words_of
from bothways.media.utterances import Utterance, Word, as_json, from_json
from tests.factories import Cast
from tests.factories.preparing import make_recording, make_transcript

HEARD = [Utterance(0, 900, "I rang Hur.", (Word(0, 300, "I", 0.9), Word(300, 900, "rang", 0.8)))]
MENDED = [Utterance(0, 900, "I rang her.")]


def test_stored_and_read_again():
    assert from_json(as_json(HEARD)) == HEARD


def test_what_is_mended_is_shown_and_what_was_heard_is_kept(cast: Cast):
    transcript = keep_transcript(recording=make_recording(cast.ada), engine="ear", utterances=HEARD)
    assert words_of(transcript).by_machine
    corrected = correct_transcript(transcript_id=transcript.id, utterances=MENDED, actor=cast.actor(cast.ada))
    shown = words_of(corrected)
    assert (list(shown.utterances), shown.by_machine) == (MENDED, False)
    keep_transcript(recording=transcript.recording, engine="better ear", utterances=HEARD)
    again = Transcript.objects.get()
    assert (from_json(again.machine), from_json(again.corrected)) == (HEARD, MENDED)


def test_switched_off_is_read_by_nobody(cast: Cast):
    transcript = make_transcript(make_recording(cast.ada))
    for _ in range(2):
        switch_transcript(transcript_id=transcript.id, on=False, actor=cast.actor(cast.ada))
    assert words_by_recording(cast.organization.id, [transcript.recording_id]) == {}
    switch_transcript(transcript_id=transcript.id, on=True, actor=cast.actor(cast.ada))
    assert list(words_by_recording(cast.organization.id, [transcript.recording_id])) == [transcript.recording_id]
    verbs = AuditEntry.objects.filter(thing_id=str(transcript.id)).values_list("verb", flat=True)
    assert sorted(verbs) == ["transcript.switched_off", "transcript.switched_on"]


def test_nothing_is_read_from_another_organization(cast: Cast):
    transcript = make_transcript(make_recording(cast.ada))
    assert words_by_recording(cast.cleo.organization_id, [transcript.recording_id]) == {}


@pytest.mark.parametrize("ready", [True, False])
def test_a_failure_does_not_take_words_away(cast: Cast, ready: bool):
    recording = make_recording(cast.ada)
    if ready:
        keep_transcript(recording=recording, engine="ear", utterances=HEARD)
    fail_transcript(recording=recording, engine="ear", detail="no memory")
    transcript = Transcript.objects.get()
    assert (transcript.state, bool(transcript.failure_detail)) == (("ready", False) if ready else ("failed", True))
