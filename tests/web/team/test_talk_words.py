"""Who says what in a recorded talk: shown with the name that each reader may read, and mended by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from bothways.interviews.actions.transcripts import correct_own_words
from bothways.interviews.models import Interview, InterviewKind
from bothways.interviews.queries.hidden_words import masks_now, texts_of, wording
from bothways.interviews.queries.transcripts import words_of_take
from bothways.lib.errors import Refused
from bothways.media.actions.transcripts import keep_transcript
from bothways.media.models import Recording, Rendition, RenditionKind, Transcript
from bothways.media.utterances import Utterance, from_json
from bothways.positions.models import BlindLevel
from bothways.review.actions.hidden_words import check_hidden_words
from bothways.web.bytes.viewers import may_view
from tests.factories import Cast, make_submitted_interview
from tests.factories.preparing import make_renditions
from tests.factories.review import make_shared
from tests.interviews.taking_part import actor_of
from tests.web.public.test_share import open_it

NAME = "Xanthippe Rarebird"
SAID = [
    Utterance(0, 2000, "How did it start?", (), "Bo Lindqvist"),
    Utterance(2000, 4000, "I rang her first.", (), ""),
    Utterance(4000, 6000, "What did Xanthippe say?", (), "Bo Lindqvist"),
]


@pytest.fixture
def interview(cast: Cast) -> Interview:
    cast.stage.blind_level = BlindLevel.NOTHING
    cast.stage.save()
    interview = make_submitted_interview(cast.stage, cast.kit_version, NAME)
    Interview.objects.filter(id=interview.id).update(kind=InterviewKind.LIVE)
    interview = Interview.objects.select_related("stage", "position", "application__candidate").get(id=interview.id)
    recording = recording_of(interview)
    Recording.objects.filter(id=recording.id).update(language="en", duration_ms=6000, speakers=["", "Bo Lindqvist"])
    make_renditions(recording)
    recording.refresh_from_db()
    keep_transcript(recording=recording, engine="by hand", utterances=SAID)
    return interview


def recording_of(interview: Interview) -> Recording:
    return interview.answers.get(question__place=1).chosen_take.recording


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def shown(client: Client, cast: Cast, interview: Interview, rest: str = "1/") -> str:
    return client.get(f"/team/{cast.organization.slug}/review/{interview.id}/{rest}").content.decode()


def captions(client: Client, cast: Cast, interview: Interview) -> str:
    answer = interview.answers.get(question__place=1)
    return client.get(reverse("team:review-captions", args=[cast.organization.slug, answer.id])).content.decode()


def test_the_page_and_the_captions_name_who_speaks(cast, interview):
    bo = signed_in(cast.bo)
    page = shown(bo, cast, interview)
    assert page.count('class="speaker"><bdi>Bo Lindqvist</bdi>') == 2
    assert f'class="speaker"><bdi>{NAME}</bdi>' in page
    file = captions(bo, cast, interview)
    assert "<v Bo Lindqvist>Bo Lindqvist: How did it start?" in file
    assert f"<v {NAME}>{NAME}: I rang her first." in file


def test_where_the_name_is_hidden_the_code_name_stands(cast, interview):
    cast.stage.blind_level = BlindLevel.IDENTITY
    cast.stage.save()
    bo = signed_in(cast.bo)
    for text in (shown(bo, cast, interview), captions(bo, cast, interview)):
        assert interview.code_name in text and NAME not in text


def test_where_raters_only_read_they_read_who_speaks(cast, interview):
    cast.stage.blind_level = BlindLevel.TEXT
    cast.stage.save()
    texts = texts_of(interview)
    seen = wording(texts, masks_now(interview, None, texts))
    check_hidden_words(actor=cast.actor(cast.rafael), interview=interview, seen=seen)
    text = shown(signed_in(cast.bo), cast, interview)
    assert "Bo Lindqvist: How did it start?" in text and f"{interview.code_name}: I rang her first." in text
    assert "Xanthippe" not in text


def test_a_search_finds_it_and_says_who_said_it(cast, interview):
    client = signed_in(cast.bo)
    address = f"/team/{cast.organization.slug}/search/"
    for words, speaker in (("rang", NAME), ("start", "Bo Lindqvist")):
        page = client.get(address, {"position": interview.position_id, "q": words}).content.decode()
        assert f'<b class="speaker"><bdi>{speaker}</bdi></b>' in page, words


def test_a_guest_reads_the_name_that_the_share_gives(cast, interview):
    _share, token = make_shared(cast.rafael, interview, "answers", "transcript")
    page = open_it(token)
    assert f"<bdi>{interview.code_name}</bdi>" in page and "<bdi>Bo Lindqvist</bdi>" in page and "Rarebird" not in page


def test_the_voices_by_themselves_are_played_to_nobody(cast, interview):
    recording = recording_of(interview)
    voices = Rendition.objects.create(
        organization=cast.organization, recording=recording, kind=RenditionKind.VOICES, mime="audio/mp4", size=1,
        store_key="x",
    )  # fmt: skip
    playable = recording.renditions.get(kind=RenditionKind.PLAYABLE)
    assert may_view("member", cast.bo.id, playable) and may_view("candidate", interview.id, playable)
    for kind, viewer in (("member", cast.bo.id), ("member", cast.ada.id), ("candidate", interview.id)):
        assert not may_view(kind, viewer, voices)


def mend(interview: Interview, *texts: str) -> None:
    own = words_of_take(interview, 1)
    correct_own_words(interview=interview, place=1, texts=texts, seen=own.seen, actor=actor_of(interview))


def test_candidates_mend_their_own_words_and_nobody_elses(interview):
    own = words_of_take(interview, 1)
    assert [row.text for row in own.rows] == ["I rang her first."]
    with pytest.raises(Refused) as refused:
        mend(interview, "I was never asked.", "I rang her.", "Nothing.")
    assert refused.value.code == "other_rows"
    mend(interview, "I called her first.")
    kept = from_json(Transcript.objects.get(recording=recording_of(interview)).corrected)
    assert [(one.speaker, one.text) for one in kept] == [
        ("Bo Lindqvist", "How did it start?"),
        ("", "I called her first."),
        ("Bo Lindqvist", "What did Xanthippe say?"),
    ]


def test_in_a_talk_whose_sides_are_not_told_apart_nobody_mends_anything(interview):
    recording = recording_of(interview)
    Recording.objects.filter(id=recording.id).update(speakers=[])
    keep_transcript(recording=recording, engine="old", utterances=[Utterance(0, 1000, "Either of us.")])
    own = words_of_take(interview, 1)
    assert own.rows == () and [line.text for line in own.shown] == ["Either of us."]
    with pytest.raises(Refused):
        mend(interview, "Not of us.")


def test_who_was_heard_saying_nothing_can_write_what_they_said(interview):
    keep_transcript(recording=recording_of(interview), engine="deaf", utterances=SAID[:1])
    mend(interview, "I rang her first.")
    lines = words_of_take(interview, 1).lines
    assert [(one.speaker, one.text) for one in lines] == [
        ("", "I rang her first."),
        ("Bo Lindqvist", "How did it start?"),
    ]
