"""A recorded talk put into words: each side heard by itself, so that every line has its speaker."""

import numpy as np
import pytest
from django.conf import settings

from bothways.live.actions.compositions import ask_to_put_together
from bothways.live.models import Composition, ParticipantKind
from bothways.media.actions.words import add_words
from bothways.media.models import RenditionKind, Transcript
from bothways.media.store import get_store
from bothways.media.utterances import from_json
from bothways.work.actions.jobs import run_all_due
from bothways.work.models import Lane
from tests.live.talks import Talk
from tests.media.speech.voices import (
    AUSTEN,
    CITIES,
    as_recorded,
    error_rate,
    plain,
    silence,
    speech,
    words_heard,
    words_said,
)
from tests.parts import MODEL

LANES_BEFORE_WORDS = [lane for lane in Lane if lane != Lane.WORDS]


@pytest.fixture
def talk(cast):
    return Talk(cast)


def put_together(talk) -> Composition:
    ask_to_put_together(room=talk.room)
    run_all_due(LANES_BEFORE_WORDS)
    return Composition.objects.get(question__isnull=False)


def test_who_is_in_it_and_their_voices_are_kept_with_it_and_go_with_it(talk, tmp_path):
    talk.comes("Inês Duarte", ParticipantKind.HOST, talk.cast.ines)
    talk.sends(talk.bo, tmp_path, second=0, lasts=2)
    talk.sends(talk.dee, tmp_path, second=0, lasts=2)
    talk.asks(1, 0)
    talk.ends(2)
    made = put_together(talk)
    assert made.missing == ["Inês Duarte"]
    assert made.recording.speakers == ["", "Bo Lindqvist"]
    voices = made.recording.renditions.get(kind=RenditionKind.VOICES)
    assert get_store().size(voices.store_key) == voices.size and not voices.has_picture


@pytest.mark.needs_speech
def test_two_who_read_over_each_other_are_both_put_into_their_own_words(talk, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "SPEECH_MODEL", str(MODEL))
    dee, bo = speech(CITIES)[: 16_000 * 20], speech(AUSTEN)[: 16_000 * 12]
    talk.sends(talk.dee, tmp_path, second=0, lasts=20, path=as_recorded(tmp_path / "dee.webm", dee))
    # Bo's page was there from the beginning, and he begins after four seconds.
    side = as_recorded(tmp_path / "bo.webm", np.concatenate([silence(4), bo]))
    talk.sends(talk.bo, tmp_path, second=0, lasts=16, path=side)
    talk.asks(1, 0)
    talk.ends(20)
    recording = put_together(talk).recording
    add_words(recording_id=recording.id)
    lines = from_json(Transcript.objects.get(recording=recording).machine)
    assert [line.start_ms for line in lines] == sorted(line.start_ms for line in lines)
    assert {line.speaker for line in lines} == {"", "Bo Lindqvist"}
    rates = {}
    for speaker, name in (("", CITIES), ("Bo Lindqvist", AUSTEN)):
        heard = words_heard([line for line in lines if line.speaker == speaker])
        rates[name] = error_rate(words_said(name)[: len(heard)], heard)
    print(f"both at once, each from their own track: words wrong {rates}")  # noqa: T201 - the figures of the run
    assert max(rates.values()) <= 0.15
    # Bo's first word is where he says it.
    first = next(line for line in lines if line.speaker)
    assert 3_500 < first.start_ms < 5_500 and plain(first.text)[0] == words_said(AUSTEN)[0]
