"""Captions in the player of one's own answers: the words that others read, for whoever holds the link alone."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from webvtt import WebVTT

from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.models import AccessToken, Interview, Take
from bothways.media.models import Recording, Transcript
from tests.factories import Cast, make_interview
from tests.factories.preparing import make_transcript
from tests.interviews.taking_part import answered, consented
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_own_copy import rendered

CAPTIONS = "questions/1/captions.vtt"
TEXT = "questions/1/text/"
PAGES = ["review/", "data/", TEXT]


@pytest.fixture
def heard(agreed: Visitor) -> Transcript:
    answered(agreed.interview)
    take = Take.objects.get(answer__interview=agreed.interview, answer__question__place=1)
    rendered(take)
    Recording.objects.filter(id=take.recording_id).update(duration_ms=30_000)
    return make_transcript(take.recording, "I rang <b>Hur</b> first.", "Then I asked.")


def correct(who: Visitor, *texts: str) -> None:
    who.post(TEXT, {"text": list(texts), "seen": who.get(TEXT).context["own"].seen})


def cues(who: Visitor) -> list[str]:
    answer = who.get(CAPTIONS)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/vtt")
    return [cue.text for cue in WebVTT.from_string(answer.content.decode())]


def tracks(who: Visitor, path: str) -> int:
    body = who.get(path).content.decode()
    assert body.count("<track") == body.count(f'<track kind="captions" src="{who.url(CAPTIONS)}"')
    return body.count("<track")


@pytest.mark.parametrize("path", PAGES)
def test_the_player_offers_what_the_machine_heard(agreed, heard, path):
    assert tracks(agreed, path) == 1
    body = agreed.get(path).content.decode()
    assert 'srclang="en" label="English, by a machine">' in body, "offered, and not switched on"
    assert cues(agreed) == ["I rang &lt;b&gt;Hur&lt;/b&gt; first.", "Then I asked."]


def test_after_sending_they_are_on_the_front_page(agreed, heard):
    agreed.post("review/submit/")
    assert tracks(agreed, "") == 1
    assert cues(agreed)[1] == "Then I asked."


def test_corrected_words_come_first(agreed, heard):
    correct(agreed, "I rang her first.", "")
    assert cues(agreed) == ["I rang her first."]
    assert 'label="English">' in agreed.get("data/").content.decode()


def test_they_are_nobodys_to_keep(agreed, heard):
    answer = agreed.get(CAPTIONS)
    assert answer["Cache-Control"] == "no-store" and answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert agreed.client.post(agreed.url(CAPTIONS)).status_code == 405


def test_who_switched_the_text_off_has_none_until_it_is_on_again(agreed, heard):
    agreed.post(TEXT, {"switch": "off"})
    assert [tracks(agreed, path) for path in PAGES] == [0, 0, 0]
    assert agreed.get(CAPTIONS).status_code == 404
    agreed.post(TEXT, {"switch": "on"})
    assert tracks(agreed, "data/") == 1 and cues(agreed)


@pytest.mark.parametrize("state", ["waiting", "failed", "ready"])
def test_where_there_are_no_words_there_is_no_track(agreed, heard, state):
    Transcript.objects.filter(id=heard.id).update(state=state, machine=[])
    assert [tracks(agreed, path) for path in PAGES] == [0, 0, 0]
    assert agreed.get(CAPTIONS).status_code == 404


@pytest.mark.parametrize("place", [2, 9])
def test_an_answer_without_text_has_none(agreed, heard, place):
    assert agreed.get(f"questions/{place}/captions.vtt").status_code == 404


def test_another_link_reads_only_its_own(agreed, heard, cast: Cast):
    other = visitor(consented(make_interview(cast.stage, cast.kit_version)))
    assert other.get(CAPTIONS).status_code == 404
    answered(other.interview)
    take = Take.objects.get(answer__interview=other.interview, answer__question__place=1)
    make_transcript(take.recording, "Somebody else.")
    assert cues(other) == ["Somebody else."]
    assert "Somebody else." not in agreed.get(CAPTIONS).content.decode()


@pytest.mark.parametrize("who", ["ada", "bo", "cleo"])
def test_members_need_the_link_as_everybody_does(agreed, heard, cast: Cast, client: Client, who):
    client.force_login(getattr(cast, who).user)
    for token in ("x" * 43, agreed.token[:-1], str(agreed.interview.id)):
        answer = client.get(f"/i/{token}/{CAPTIONS}")
        assert answer.status_code == 404 and "asked" not in answer.content.decode()


@pytest.mark.parametrize(
    "over", [{"expires_at": timezone.now() - dt.timedelta(minutes=1)}, {"revoked_at": timezone.now()}]
)
def test_a_link_that_is_over_reads_nothing(agreed, heard, over):
    AccessToken.objects.filter(interview=agreed.interview).update(**over)
    answer = agreed.get(CAPTIONS)
    assert answer.status_code == 410 and "asked" not in answer.content.decode()


def test_who_withdrew_reads_nothing(agreed, heard):
    Interview.objects.update(state="withdrawn")
    assert agreed.get(CAPTIONS).status_code == 410


def test_erasure_takes_them_along(agreed, heard):
    erase_answers(agreed.interview)
    assert agreed.get(CAPTIONS).status_code == 404


def test_tracks_cost_no_query(agreed, heard, django_assert_max_num_queries):
    for path in ("review/", "data/"):
        with django_assert_max_num_queries(40) as without:
            Transcript.objects.update(switched_off_at=timezone.now())
            agreed.get(path)
        with django_assert_max_num_queries(len(without)):
            Transcript.objects.update(switched_off_at=None)
            agreed.get(path)
    with django_assert_max_num_queries(3):
        agreed.get(CAPTIONS)
