"""Where an answer is silent, in its player and in its text: what was measured, where no word is, told to the eye and to
a screen reader, and the same for everybody who has no text."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from bothways.interviews.models import Interview
from bothways.media.actions.transcripts import correct_transcript, switch_transcript
from bothways.media.measurement import Measurement, Stretch, as_json
from bothways.media.models import Recording, Transcript
from bothways.media.queries.measurements import silences
from bothways.media.utterances import Utterance, Word
from bothways.media.utterances import as_json as said_as_json
from tests.factories import Cast, make_submitted_interview
from tests.factories.preparing import make_transcript

MEASURED = ((0, 3400), (7000, 9500), (12_000, 20_010))
SAID = [
    Utterance(3000, 5000, "I rang.", (Word(3000, 4000, "I", 0.9), Word(4000, 5000, "rang.", 0.9))),
    Utterance(6000, 11_000, "Then I asked.", (
        Word(6000, 7200, "Then", 0.9), Word(9400, 10_000, "I", 0.9), Word(10_000, 11_000, "asked.", 0.9),
    )),
]  # fmt: skip


def measured(*stretches: Stretch, has_sound: bool = True) -> dict[str, Any]:
    return as_json(Measurement(-20.0, -3.0, -18.0, has_sound, has_sound, False, stretches))


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")


@pytest.fixture
def recording(interview: Interview) -> Recording:
    recording = interview.answers.get(question__place=1).chosen_take.recording
    Recording.objects.filter(id=recording.id).update(duration_ms=20_000, measurement=measured(*MEASURED))
    return recording


@pytest.fixture
def bo(cast: Cast, client: Client) -> Client:
    client.force_login(cast.bo.user)
    return client


def page(client: Client, cast: Cast, interview: Interview) -> str:
    return client.get(f"/team/{cast.organization.slug}/review/{interview.id}/1/").content.decode()


def drawn(body: str) -> list[list[int]]:
    """What the player is told."""
    return json.loads(re.search(r'<script type="application/json">(.+?)</script>', body)[1])["silences"]


def listed(body: str) -> list[str]:
    """The times of the text's silences."""
    return re.findall(r'class="silence" data-start="(\d+)" data-end="(\d+)"', body)


def test_without_a_text_the_player_shows_what_was_measured(cast, bo, interview, recording):
    body = page(bo, cast, interview)
    assert drawn(body) == [[0, 3400], [7000, 9500], [12_000, 20_000]]
    assert "Silence: 14 seconds in 3 stretches." in body
    assert 'aria-describedby="silences-' in body and 'id="silences-' in body
    assert "There is no text for this answer." in body


def test_with_a_text_player_and_text_show_what_lies_between_the_words(cast, bo, interview, recording):
    make_transcript(recording, machine=said_as_json(SAID))
    body = page(bo, cast, interview)
    between = [[0, 3000], [7200, 9400], [12_000, 20_000]]
    assert drawn(body) == between
    assert [[int(start), int(end)] for start, end in listed(body)] == between
    assert "Silence: 13 seconds in 3 stretches." in body


def test_an_utterance_is_parted_where_it_is_silent(cast, bo, interview, recording):
    make_transcript(recording, machine=said_as_json(SAID))
    body = page(bo, cast, interview)
    lines = re.findall(r'<li (?:class="silence" )?data-start="(\d+)" data-end="(\d+)">(.*?)</li>', body)
    told = [(int(start), int(end), re.sub("<a .*?</a>|<[^>]+>", "", words).strip()) for start, end, words in lines]
    assert told == [
        (0, 3000, "silence, 3 seconds"),
        (3000, 5000, "I rang."),
        (6000, 7200, "Then"),
        (7200, 9400, "silence, 2 seconds"),
        (9400, 11_000, "I asked."),
        (12_000, 20_000, "silence, 8 seconds"),
    ]


def test_words_that_nobody_timed_are_silent_nowhere(cast, bo, interview, recording):
    transcript = make_transcript(recording, machine=said_as_json(SAID))
    mended = [SAID[0], Utterance(6000, 11_000, "Then I asked her.")]
    correct_transcript(transcript_id=transcript.id, utterances=mended, actor=cast.actor(cast.ada))
    assert drawn(page(bo, cast, interview)) == [[0, 3000], [12_000, 20_000]]


def test_what_was_emptied_hides_no_silence(cast, bo, interview, recording):
    transcript = make_transcript(recording, machine=said_as_json(SAID))
    mended = [SAID[0], Utterance(6000, 11_000, "")]
    correct_transcript(transcript_id=transcript.id, utterances=mended, actor=cast.actor(cast.ada))
    assert drawn(page(bo, cast, interview)) == [[0, 3000], [7000, 9500], [12_000, 20_000]]


@pytest.mark.parametrize("why", ["off", "failed", "waiting and off", "nothing heard"])
def test_who_has_no_text_is_shown_like_anybody_without(cast, bo, interview, recording, why):
    machine = [] if why == "nothing heard" else said_as_json(SAID)
    state = {"failed": "failed", "waiting and off": "waiting"}.get(why, "ready")
    transcript = make_transcript(recording, state=state, machine=machine)
    if "off" in why:
        switch_transcript(transcript_id=transcript.id, on=False, actor=cast.actor(cast.ada))
    body = page(bo, cast, interview)
    Transcript.objects.all().delete()
    without = page(bo, cast, interview)
    assert drawn(body) == drawn(without) != []
    assert listed(body) == []


@pytest.mark.parametrize(
    "measurement", [None, as_json(Measurement()), measured(), measured((0, 20_000), has_sound=False)]
)
def test_where_nothing_is_known_or_nothing_is_heard_nothing_is_marked(cast, bo, interview, recording, measurement):
    """A text alone says nothing of silence. Whether there was any sound is told to the candidate alone."""
    Recording.objects.filter(id=recording.id).update(measurement=measurement)
    make_transcript(recording, machine=said_as_json(SAID))
    body = page(bo, cast, interview)
    assert drawn(body) == [] and listed(body) == []
    assert "Silence:" not in body and "hushed" not in body and 'aria-describedby="silences-' not in body


def test_long_silences_are_told_in_minutes(cast, bo, interview, recording):
    Recording.objects.filter(id=recording.id).update(duration_ms=200_000, measurement=measured((5000, 130_000)))
    assert "Silence: 2 minutes 5 seconds in 1 stretch." in page(bo, cast, interview)


@pytest.mark.parametrize("text", [False, True])
def test_silences_cost_no_query(cast, bo, interview, recording, django_assert_num_queries, text):
    if text:
        make_transcript(recording, machine=said_as_json(SAID))
    page(bo, cast, interview)
    with django_assert_num_queries(20):
        page(bo, cast, interview)


@pytest.mark.parametrize(("who", "status"), [("ines", 200), ("audrey", 403), ("cleo", 404)])
def test_silences_are_for_who_may_watch(cast, client, interview, recording, who, status):
    client.force_login(getattr(cast, who).user)
    answer = client.get(f"/team/{cast.organization.slug}/review/{interview.id}/1/")
    assert answer.status_code == status
    assert ("Silence: 14 seconds" in answer.content.decode()) == (status == 200)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ([], [(1000, 9000)]),
        ([(0, 1000), (9000, 9500)], [(1000, 9000)]),
        ([(0, 9500)], []),
        ([(4000, 5000)], [(1000, 4000), (5000, 9000)]),
        ([(2500, 7500)], []),
        ([(5000, 6000), (4000, 8000)], [(1000, 4000)]),
        ([(0, 500), (4000, 4000)], [(1000, 4000), (4000, 9000)]),
    ],
)
def test_what_is_left_of_a_silence(words, left):
    recording = Recording(measurement=measured((1000, 9000)))
    said = [Utterance(0, 10_000, "x" * len(words), tuple(Word(*times, "x", 1.0) for times in words))]
    assert list(silences(recording, said)) == left
