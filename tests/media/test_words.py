"""A ready recording is put into words once; what goes wrong is said to the administrator, and nothing is invented."""

import json
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from bothways.media.actions import words
from bothways.media.actions.transcripts import switch_transcript
from bothways.media.models import Recording, RecordingState, Transcript, TranscriptState
from bothways.media.speech.contract import Heard, SpeechFailure
from bothways.media.utterances import Utterance, Word, from_json
from bothways.work.actions import jobs
from bothways.work.models import Job, Lane
from tests.factories import Cast
from tests.factories.preparing import make_recording as make_ready
from tests.media import samples
from tests.media.making import make_recording
from tests.parts import MODEL

SAID = Utterance(100, 900, "I rang her.", (Word(100, 900, "I", 0.9),))
KILLS = 3
KILLED = "import django; django.setup(); from tests.media.killed_hearing import main; main()"


class Scripted:
    """An engine that says what it is told to: what is tested here is what becomes of it."""

    name, hears_beginnings = "scripted ear", True

    def __init__(self, *outcomes: Heard | SpeechFailure) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[str] = []

    def transcribe(self, sound: Path, language: str, *, goes_on: bool = False) -> Heard:
        self.asked.append(language)
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, SpeechFailure):
            raise outcome
        return outcome


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch):
    def use(*outcomes: Heard | SpeechFailure) -> Scripted:
        engine = Scripted(*outcomes)
        monkeypatch.setattr(words, "get_engine", lambda: engine)
        return engine

    return use


@pytest.fixture
def spoken(received, tmp_path):
    """A recording with sound in it whose bytes have arrived."""

    def make(language: str = "pt-BR", **making) -> Recording:
        recording = received(make_recording(tmp_path / "source", seconds=1, **making))
        Recording.objects.filter(id=recording.id).update(language=language)
        jobs.enqueue(
            organization_id=recording.organization_id,
            name="media.settle",
            key=f"recording:{recording.id}",
            payload={"recording_id": str(recording.id)},
        )
        jobs.run_all_due([Lane.SHORT])
        recording.refresh_from_db()
        assert recording.state == RecordingState.READY
        return recording

    return make


def test_it_is_asked_for_when_it_is_ready_and_done_once(ear, spoken):
    engine = ear(Heard((SAID,), 1000))
    recording = spoken()
    assert Transcript.objects.get().state == TranscriptState.WAITING
    for _ in range(2):
        jobs.run_all_due([Lane.WORDS])
        words.ask_for_words(recording=recording)
    transcript = Transcript.objects.get(recording=recording)
    assert (transcript.state, transcript.engine, transcript.language) == ("ready", "scripted ear", "pt-BR")
    assert from_json(transcript.machine) == [SAID]
    assert engine.asked == ["pt"]


@pytest.mark.parametrize("making", [{"language": ""}, {"sound": None}], ids=["no language", "no sound"])
def test_where_no_words_are_wanted_none_are_asked_for(ear, spoken, making):
    ear()
    spoken(**making)
    assert not Transcript.objects.exists()
    assert not Job.objects.filter(name="media.words").exists()


def test_a_failure_for_good_is_noted_with_its_reason(ear, spoken):
    ear(SpeechFailure("The model does not know the language “pt”.", permanent=True))
    spoken()
    jobs.run_all_due([Lane.WORDS])
    transcript = Transcript.objects.get()
    assert (transcript.state, transcript.machine) == (TranscriptState.FAILED, [])
    assert transcript.failure_detail == "The model does not know the language “pt”."


def test_what_may_pass_is_tried_again_and_at_last_noted(ear, spoken):
    ear(*[SpeechFailure("The endpoint is away.", permanent=False) for _ in range(5)])
    recording = spoken()
    for _ in range(5):
        Job.objects.filter(name="media.words").update(due_at=recording.created_at)
        jobs.run_all_due([Lane.WORDS])
    assert Transcript.objects.get().state == TranscriptState.WAITING
    assert words.words_left_over() == 1
    transcript = Transcript.objects.get()
    assert transcript.state == TranscriptState.FAILED
    assert transcript.failure_detail.endswith("The endpoint is away.")
    assert words.words_left_over() == 0


def test_recordings_made_before_there_was_an_engine_get_their_words_later(ear, spoken, monkeypatch):
    recording = spoken()
    jobs.run_all_due([Lane.WORDS])
    assert not Transcript.objects.exists()
    assert words.words_left_over() == 0
    ear(Heard((SAID,), 1000))
    assert words.words_left_over() == 1
    jobs.run_all_due([Lane.WORDS])
    assert Transcript.objects.get(recording=recording).state == TranscriptState.READY


def test_what_is_switched_off_is_not_heard_until_it_is_switched_on(ear, spoken, cast: Cast):
    engine = ear(Heard((SAID,), 1000))
    spoken()
    transcript, actor = Transcript.objects.get(), cast.actor(cast.ada)
    switch_transcript(transcript_id=transcript.id, on=False, actor=actor)
    jobs.run_all_due([Lane.WORDS])
    assert (words.words_left_over(), engine.asked) == (0, [])
    switch_transcript(transcript_id=transcript.id, on=True, actor=actor)
    assert words.words_left_over() == 1
    jobs.run_all_due([Lane.WORDS])
    assert engine.asked == ["pt"]


def test_asking_costs_two_queries_whatever_there_is(ear, cast: Cast, django_assert_num_queries):
    ear()
    for _ in range(3):
        make_ready(cast.ada)
    with django_assert_num_queries(2):
        assert words.words_left_over() == 0


def test_none_by_choice_asks_for_nothing(spoken, monkeypatch):
    monkeypatch.setattr(settings, "SPEECH_ENGINE", "none")
    spoken()
    assert not Job.objects.filter(lane=Lane.WORDS).exists()


@pytest.mark.needs_speech
def test_what_a_browser_recorded_is_heard(received, monkeypatch):
    """Firefox, camera and microphone, speech in the microphone: nine seconds of A Tale of Two Cities."""
    monkeypatch.setattr(settings, "SPEECH_MODEL", str(MODEL))
    recording = received(samples.FIREFOX_WEBM)
    Recording.objects.filter(id=recording.id).update(language="en")
    jobs.enqueue(
        organization_id=recording.organization_id,
        name="media.settle",
        key=f"recording:{recording.id}",
        payload={"recording_id": str(recording.id)},
    )
    jobs.run_all_due([Lane.SHORT, Lane.WORDS])
    transcript = Transcript.objects.get(recording=recording)
    text = " ".join(utterance.text for utterance in from_json(transcript.machine)).lower()
    assert "it was the best of times, it was the worst of times" in text


@pytest.mark.needs_speech
def test_killed_at_any_moment_it_is_heard_once(own_data):
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    environment = own_data | {"BOTHWAYS_SPEECH_MODEL": str(MODEL)}

    def begin(*order: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", KILLED, *order]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    def finish(*order: str) -> dict:
        output, _ = begin(*order).communicate(timeout=240)
        return json.loads(output.splitlines()[-1])

    finish("fill", str(samples.FIREFOX_WEBM))
    for _ in range(KILLS):
        worker = begin("work")
        assert worker.stdout.readline() == "working\n"
        time.sleep(chance.uniform(0, 2))
        worker.kill()
        worker.wait()
    finish("work")
    told = finish("tell")
    assert told["states"] == ["ready"]
    assert told["jobs"] == [["media.words", "done"]]
    assert told["text"].lower().count("best of times") == 1
