"""faster-whisper hears real speech, puts words where they are said, invents none, and needs no network."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bothways.media.speech.contract import SpeechFailure
from bothways.media.speech.local import LocalEngine
from tests.media.speech.voices import (
    AUSTEN,
    CITIES,
    RATE,
    as_wav,
    error_rate,
    first_sound,
    noisy,
    plain,
    silence,
    speech,
    tone,
    words_heard,
    words_said,
)
from tests.parts import MODEL

pytestmark = pytest.mark.needs_speech

ROOT = Path(__file__).parents[3]
CLEAN_AT_MOST = 0.10
WITHIN_MS = 300
CUT_OFF = """
import json, socket, sys
from pathlib import Path
from bothways.media.speech.local import LocalEngine
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError as error:
    refused = error.errno
heard = LocalEngine(Path(sys.argv[1]), threads=1, memory_mb=4096).transcribe(Path(sys.argv[2]), "en")
print(json.dumps([refused, " ".join(utterance.text for utterance in heard.utterances)]))
"""
NETWORK_UNREACHABLE = 101


@pytest.mark.parametrize("name", [AUSTEN, CITIES])
def test_clean_speech_is_put_into_its_words(hear, name):
    heard = hear(speech(name))
    assert error_rate(words_said(name), words_heard(heard.utterances)) <= CLEAN_AT_MOST
    words = [word for utterance in heard.utterances for word in utterance.words]
    assert [word.start_ms for word in words] == sorted(word.start_ms for word in words)
    assert all(0 <= word.confidence <= 1 and word.start_ms <= word.end_ms for word in words)
    assert all(utterance.start_ms == utterance.words[0].start_ms for utterance in heard.utterances)


def test_where_the_model_stops_in_the_middle_the_rest_is_heard_anew(engine, tmp_path):
    """This very piece: tiny.en ends after its first sentence and leaves twenty seconds out."""
    sound = np.concatenate([speech(AUSTEN), silence(1.5), speech(CITIES)])[round(23.536 * RATE) : 61 * RATE]
    heard = engine.transcribe(as_wav(tmp_path / "sound.wav", sound), "en", goes_on=True)
    text = " ".join(words_heard(heard.utterances))
    assert "made amiable himself it was the best of times" in text
    assert "it was the winter of despair" in text


@pytest.mark.parametrize("name", [AUSTEN, CITIES])
def test_the_error_rate_in_noise_is_printed(hear, name, record_property):
    """A figure, not a claim: it is the model's."""
    rate = error_rate(words_said(name), words_heard(hear(noisy(speech(name), 5)).utterances))
    record_property("word_error_rate_at_5_db", rate)
    print(f"{name}, noise 5 dB below the speech: word error rate {rate:.2f}")  # noqa: T201 shown with -s or -rP
    assert rate < 1


@pytest.mark.parametrize(
    "sound",
    [silence(20), tone(20), np.concatenate([tone(3, hertz) for hertz in (220, 1000, 3000)]), noisy(tone(20), 20)],
    ids=["silence", "tone", "tones", "tone and noise"],
)
def test_nothing_is_invented_where_nobody_speaks(hear, sound):
    assert hear(sound).utterances == ()


def test_a_word_stands_where_it_is_said(hear):
    """After a known pause speech goes on; where it begins in the clip alone is found from its loudness."""
    clips = [speech(CITIES)[: 5 * RATE], speech(AUSTEN)[: 7 * RATE], speech(CITIES)[: 5 * RATE]]
    pauses = [0.0, 2.0, 6.0]
    sound, begins_ms = np.zeros(0, np.float32), []
    for pause, clip in zip(pauses, clips, strict=True):
        sound = np.concatenate([sound, silence(pause)])
        begins_ms.append((len(sound) + first_sound(clip)) * 1000 / RATE)
        sound = np.concatenate([sound, clip])
    words = [word for utterance in hear(sound).utterances for word in utterance.words]
    after_pauses = [
        word
        for before, word in zip([None, *words], words, strict=False)
        if plain(word.text) in (["it"], ["and"]) and (before is None or word.start_ms - before.end_ms > 1000)
    ]
    assert [word.start_ms for word in after_pauses] == pytest.approx(begins_ms, abs=WITHIN_MS)


def test_a_word_is_not_drawn_out_over_the_pause_before_it(engine, tmp_path):
    """This very beginning: tiny.en lets the last sentence begin with the end of the one before, a second too early."""
    sound = speech(AUSTEN)
    starts, last_sentence = round(0.2 * RATE), round(23.44 * RATE)
    heard = engine.transcribe(as_wav(tmp_path / "sound.wav", sound[starts:]), "en")
    *_, he = (word for part in heard.utterances for word in part.words if plain(word.text) == ["he"])
    begins = last_sentence + first_sound(sound[last_sentence:]) - starts
    assert he.start_ms == pytest.approx(begins * 1000 / RATE, abs=WITHIN_MS)


def test_a_language_that_the_model_does_not_know_is_said_and_not_guessed(hear):
    with pytest.raises(SpeechFailure, match=r"tiny.en: .* does not know the language “de”") as failure:
        hear(speech(AUSTEN), "de")
    assert failure.value.permanent


def test_an_engine_that_was_killed_is_started_again(engine, tmp_path):
    sound = as_wav(tmp_path / "sound.wav", speech(AUSTEN)[: 4 * RATE])
    before = engine.transcribe(sound, "en")
    engine._process._process.kill()
    engine._process._process.wait()
    assert engine.transcribe(sound, "en") == before


def test_an_engine_without_memory_fails_in_words(tmp_path):
    engine = LocalEngine(MODEL, threads=1, memory_mb=300)
    with pytest.raises(SpeechFailure) as failure:
        engine.transcribe(as_wav(tmp_path / "sound.wav", speech(AUSTEN)), "en")
    assert str(failure.value)


def test_it_hears_with_the_network_cut(tmp_path):
    sound = as_wav(tmp_path / "sound.wav", speech(AUSTEN))
    alone = ["unshare", "--map-root-user", "--net", sys.executable, "-c", CUT_OFF, str(MODEL), str(sound)]
    done = subprocess.run(
        alone, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=True
    )
    refused, text = json.loads(done.stdout)
    assert refused == NETWORK_UNREACHABLE
    assert error_rate(words_said(AUSTEN), plain(text)) <= CLEAN_AT_MOST
