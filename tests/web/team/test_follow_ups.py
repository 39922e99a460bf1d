"""Asking once more beside the first answer, and what stands there afterwards, for whom."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bothways.conversations.models import FollowUp
from bothways.conversations.policies import may_play
from bothways.conversations.queries.clips import clip_of
from bothways.interviews.models import HiddenWords, Interview
from bothways.media.addresses import read_address
from bothways.media.models import Rendition, RenditionKind
from bothways.positions.models import Stage
from bothways.review.models import Reveal
from tests.factories import Cast, make_submitted_interview
from tests.factories.following import make_answered, make_follow_up
from tests.factories.preparing import make_transcript
from tests.factories.review import rate


@pytest.fixture
def interview(cast: Cast) -> Interview:
    """Dee sent answers and Bo has rated them."""
    found = make_submitted_interview(cast.stage, cast.kit_version)
    rate(cast.bo, found, (4, 4, 4, 4))
    return found


def address(cast: Cast, name: str, **more: object) -> str:
    return reverse(f"team:{name}", kwargs={"organization": cast.organization.slug, **more})


def beside(cast: Cast, interview: Interview, place: int = 1) -> str:
    return address(cast, "review-question", interview_id=interview.id, place=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def client_of(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def test_asked_beside_the_answer(cast: Cast, interview: Interview) -> None:
    bo = client_of(cast.bo)
    page = text(bo.get(beside(cast, interview)))
    assert f"Ask {interview.code_name} one more question" in page and "Everybody in this step" not in page
    new = address(cast, "follow-ups-new", interview_id=interview.id, place=1)
    for wrong in ({"words": " "}, {"words": "Why?", "when": "soon"}, {"words": "Why?", "when": "9:00"}):
        answer = bo.post(new, {"days": 3, **wrong})
        assert answer.status_code == 422 and not FollowUp.objects.exists()
    page = text(bo.post(new, {"words": "Why the roof?", "when": "0:04-0:09", "days": 5}, follow=True))
    assert (
        f"{interview.code_name} gets a mail with a link." in page
        and "Okafor" not in page
        and "Why the roof?" in page
        and "0:04–0:09" in page
    )
    asked = FollowUp.objects.get()
    assert (asked.start_ms, asked.end_ms) == (4000, 9000)
    assert "Why the roof?" in text(bo.get(address(cast, "follow-ups-list")))
    assert "Why the roof?" not in text(client_of(cast.rafael).get(address(cast, "follow-ups-list")))
    assert "was asked a follow-up" in text(
        client_of(cast.ada).get(address(cast, "decisions-interview", interview_id=interview.id))
    )
    page = text(bo.post(address(cast, "follow-ups-take-back", follow_up_id=asked.id), follow=True))
    assert "Taken back" in page
    assert text(bo.get(new)).count("asked more than once already") == 0
    for _turn in range(2):
        make_follow_up(interview, cast.bo, due=timezone.localdate() - dt.timedelta(days=1))
    assert "asked more than once already" in text(bo.get(new))


def test_nothing_of_it_before_the_own_ratings_are_in(cast: Cast, interview: Interview) -> None:
    asked = make_answered(interview, cast.bo, "Then wvjxfixed.", words="Why wvjxroof?")
    ines, cleo = client_of(cast.ines), client_of(cast.cleo)
    page = text(ines.get(beside(cast, interview)))
    assert "wvjx" not in page and "follow-up" not in page
    for client, status in ((ines, 403), (cleo, 404), (client_of(cast.audrey), 403)):
        new = address(cast, "follow-ups-new", interview_id=interview.id, place=1)
        assert client.get(new).status_code == client.post(new, {"words": "Me?", "days": 3}).status_code == status
        for name in ("take-back", "heard", "release"):
            assert client.post(address(cast, f"follow-ups-{name}", follow_up_id=asked.id)).status_code == status
    rate(cast.ines, interview, (2, 2, 2, 2))
    page = text(ines.get(beside(cast, interview)))
    assert "Why wvjxroof?" in page and "Then wvjxfixed." in page
    assert "I have watched or read it" not in page, "that is for who asked"


def test_the_same_for_everybody_with_how_many(cast: Cast, interview: Interview) -> None:
    kim = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.bo, kim, (3, 3, 3, 3))
    bo = client_of(cast.bo)
    assert "2 people, one mail each" in text(bo.get(beside(cast, interview)))
    new = address(cast, "follow-ups-new", interview_id=interview.id, place=1)
    page = text(bo.post(new, {"words": "What then?", "days": 3, "whom": "everybody"}, follow=True))
    assert "2 people get a mail with a link each." in page
    assert set(FollowUp.objects.values_list("interview", flat=True)) == {interview.id, kim.id}


def test_recorded_first_then_sent_with_the_words(cast: Cast, interview: Interview) -> None:
    bo = client_of(cast.bo)
    of = {"interview_id": interview.id, "place": 1}
    assert bo.get(address(cast, "follow-ups-record", **of)).status_code == 200
    body = {"client_key": str(uuid4()), "kind": "video", "mime": "video/webm"}
    opened = bo.post(address(cast, "follow-ups-clips", **of), body, content_type="application/json")
    assert opened.status_code == 201
    take = opened.json()["take_url"]
    assert bo.post(f"{take}/choose", {}, content_type="application/json").status_code == 409
    assert bo.post(f"{take}/finish", {"bytes": 5}, content_type="application/json").json()["bytes"] == 5
    assert client_of(cast.ada).get(take).status_code == 404
    assert bo.post(f"{take}/choose", {}, content_type="application/json").status_code == 200
    new = address(cast, "follow-ups-new", **of)
    clip = opened.json()["take"]
    assert clip in text(bo.get(new)) and not FollowUp.objects.exists()
    bo.post(new, {"words": "And in writing?", "days": 3})
    bo.post(new, {"words": "Why the roof?", "days": 3, "clip": clip})
    assert {(one.words, one.prompt is None) for one in FollowUp.objects.all()} == {
        ("And in writing?", True),
        ("Why the roof?", False),
    }


def test_heard_before_a_decline(cast: Cast, interview: Interview) -> None:
    asked = make_answered(interview, cast.bo, "Then we fixed it.")
    decision = address(cast, "decisions-interview", interview_id=interview.id) + "?outcome=decline"
    assert "answered a follow-up that nobody has watched or read yet" in text(client_of(cast.ada).get(decision))
    bo = client_of(cast.bo)
    assert "I have watched or read it" in text(bo.get(beside(cast, interview)))
    page = text(bo.post(address(cast, "follow-ups-heard", follow_up_id=asked.id), follow=True))
    assert "I have watched or read it" not in page and "Answered and heard" in page
    assert "nobody has watched or read yet" not in text(client_of(cast.ada).get(decision))


def test_who_only_hears_gets_no_picture(cast: Cast, interview: Interview) -> None:
    asked = make_answered(interview, cast.bo)
    make_transcript(asked.recording, "Then we fixed it.")
    Stage.objects.update(blind_level="voice")
    picture = asked.recording.renditions.get(kind=RenditionKind.PLAYABLE)
    assert picture.has_picture
    sound = Rendition.objects.create(
        organization=cast.organization, recording=asked.recording, kind=RenditionKind.VOICE, mime="audio/mp4",
        size=1, store_key="sound",
    )  # fmt: skip
    actor = cast.actor(cast.bo)
    assert not may_play(actor, clip_of(asked.recording), picture)
    assert may_play(actor, clip_of(asked.recording), sound)
    for other in (cast.ines, cast.cleo, cast.audrey):
        assert not may_play(cast.actor(other), clip_of(asked.recording), sound)
    page = text(client_of(cast.bo).get(beside(cast, interview)))
    named = {read_address(link).rendition_id for link in re.findall(r'"/d/([^"]+)"', page)}
    assert "Then we fixed it." in page and sound.id in named and picture.id not in named
    Stage.objects.update(blind_level="text")
    assert not may_play(actor, clip_of(asked.recording), sound)
    Stage.objects.update(blind_level="voice")
    Reveal.objects.create(organization=cast.organization, interview=interview, member=cast.bo)
    assert may_play(actor, clip_of(asked.recording), picture)


def test_where_raters_read_somebody_looks_through_the_words_first(cast: Cast, interview: Interview) -> None:
    asked = make_answered(interview, cast.bo, "Dee here. I asked Mrs Fairweather about it.")
    Stage.objects.update(blind_level="text")
    HiddenWords.objects.create(
        organization=cast.organization, interview=interview, masks=[["Okafor", "name"]],
        checked_at=timezone.now(), checked_by=cast.rafael,
    )  # fmt: skip
    bo, rafael = client_of(cast.bo), client_of(cast.rafael)
    page = text(bo.get(beside(cast, interview)))
    assert "Fairweather" not in page and "still has to look through the words" in page
    page = text(rafael.get(beside(cast, interview)))
    assert "Mrs Fairweather" in page and "Let raters read it" in page
    rafael.post(address(cast, "follow-ups-release", follow_up_id=asked.id))
    page = text(bo.get(beside(cast, interview)))
    assert "Fairweather" not in page and "about it." in page
