"""What is said in an answer, beside its player: as others may read it, and no more than that."""

import re

import pytest
from django.test import Client
from webvtt import WebVTT

from bothways.interviews.models import Interview
from bothways.media.actions.transcripts import correct_transcript, switch_transcript
from bothways.media.measurement import Measurement
from bothways.media.measurement import as_json as as_measured
from bothways.media.models import Recording, Rendition, Transcript
from bothways.media.utterances import Utterance, Word, as_json
from tests.factories import Cast, make_submitted_interview
from tests.factories.preparing import make_transcript

SAID = [
    Utterance(3000, 5000, "I rang her first.", tuple(
        Word(3000 + 500 * n, 3500 + 500 * n, text, confidence)
        for n, (text, confidence) in enumerate([("I", 0.9), ("rang", 0.3), ("her", 0.9), ("first.", 0.8)])
    )),
    Utterance(11_400, 13_000, "Then <b>I</b> asked.", (Word(11_400, 11_800, "Then", 0.9),)),
]  # fmt: skip

SILENCES = ((0, 3400), (5000, 11_000), (13_000, 20_000))


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")


@pytest.fixture
def recording(interview: Interview) -> Recording:
    recording = interview.answers.get(question__place=1).chosen_take.recording
    measured = as_measured(Measurement(-20.0, -3.0, -18.0, True, True, False, SILENCES))
    Recording.objects.filter(id=recording.id).update(duration_ms=20_000, measurement=measured)
    return recording


@pytest.fixture
def bo(cast: Cast, client: Client) -> Client:
    client.force_login(cast.bo.user)
    return client


def page(client: Client, cast: Cast, interview: Interview, rest: str = "1/") -> str:
    return client.get(f"/team/{cast.organization.slug}/review/{interview.id}/{rest}").content.decode()


def captions(cast: Cast, interview: Interview) -> str:
    answer = interview.answers.get(question__place=1)
    return f"/team/{cast.organization.slug}/review/answers/{answer.id}/captions.vtt"


def test_each_utterance_and_each_word_has_its_place(cast, bo, interview, recording):
    make_transcript(recording, machine=as_json(SAID))
    body = page(bo, cast, interview)
    assert 'data-start="3000" data-end="5000"' in body and '<span data-at="3000">I</span> ' in body
    assert '<span data-at="3500" class="unsure">rang</span>' in body
    assert "Written by a machine. It may be wrong." in body and "It was not sure" in body
    assert "Then</span> &lt;b&gt;I&lt;/b&gt; asked." in body
    assert re.findall("silence, [0-9]+ seconds", body) == [
        "silence, 3 seconds",
        "silence, 6 seconds",
        "silence, 7 seconds",
    ]
    assert '<track kind="captions"' in body and captions(cast, interview) in body


def test_what_the_candidate_corrected_is_shown_and_nothing_of_what_was_heard(cast, bo, interview, recording):
    transcript = make_transcript(recording, machine=as_json(SAID))
    candidate = cast.actor(cast.ada)
    correct_transcript(
        transcript_id=transcript.id, utterances=[Utterance(3000, 5000, "I wrote first.")], actor=candidate
    )
    body = page(bo, cast, interview)
    assert "I wrote first." in body and "Corrected by the candidate." in body
    assert (
        "rang" not in body[body.index("<bw-transcript") :]
        and "by a machine" not in body
        and 'class="unsure"' not in body
    )
    assert "I wrote first." in bo.get(captions(cast, interview)).content.decode()


@pytest.mark.parametrize("why", ["none", "off", "failed", "off while it was made"])
def test_without_text_nobody_learns_why(cast, bo, interview, recording, why):
    if why != "none":
        state = {"off": "ready", "failed": "failed"}.get(why, "waiting")
        transcript = make_transcript(recording, "zyzzyva", state=state)
        if "off" in why:
            switch_transcript(transcript_id=transcript.id, on=False, actor=cast.actor(cast.ada))
    body = page(bo, cast, interview)
    spoken = body[body.index('<section class="spoken') : body.index('<section class="panel')]
    Transcript.objects.all().delete()
    assert spoken in page(bo, cast, interview)
    assert "There is no text for this answer." in spoken
    assert "zyzzyva" not in body and "<track" not in body
    assert bo.get(captions(cast, interview)).status_code == 404


def test_text_that_is_being_made_and_silence_are_told(cast, bo, interview, recording):
    transcript = make_transcript(recording, state="waiting", machine=[])
    assert "is being made" in page(bo, cast, interview)
    Transcript.objects.filter(id=transcript.id).update(state="ready")
    assert "heard nobody speak" in page(bo, cast, interview)


def test_captions_are_read_by_a_foreign_parser(cast, bo, interview, recording):
    make_transcript(recording, machine=as_json(SAID))
    answer = bo.get(captions(cast, interview))
    assert answer["Content-Type"].startswith("text/vtt") and "no-store" in answer["Cache-Control"]
    read = WebVTT.from_string(answer.content.decode())
    assert [cue.start for cue in read] == ["00:00:03.000", "00:00:11.400"]
    assert read[1].text == "Then &lt;b&gt;I&lt;/b&gt; asked."


@pytest.mark.parametrize(("who", "status"), [("ines", 200), ("rafael", 200), ("audrey", 403), ("cleo", 404)])
def test_captions_are_for_who_may_watch(cast, client, interview, recording, who, status):
    make_transcript(recording)
    client.force_login(getattr(cast, who).user)
    assert client.get(captions(cast, interview)).status_code == status


def test_who_rates_elsewhere_gets_no_captions(cast, bo, interview, recording):
    make_transcript(recording)
    cast.stage.reviewers.filter(member=cast.bo).delete()
    assert bo.get(captions(cast, interview)).status_code == 403


def test_a_link_opens_at_its_second(cast, bo, interview, recording):
    Rendition.objects.create(
        organization=cast.organization, recording=recording, kind="playable", mime="video/webm", size=10, store_key="k"
    )
    assert len(re.findall(r'/d/[^"]+#t=12"', page(bo, cast, interview, "1/?at=12"))) == 2
    assert "#t=12" not in page(bo, cast, interview)
    for wrong in ("21", "x", "-1", "9" * 30, "²"):
        assert "#t=" not in page(bo, cast, interview, f"1/?at={wrong}")
