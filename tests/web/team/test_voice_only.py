"""The level in which raters hear and do not see: pages, the door for bytes, sound that is not there yet, and seeing."""

import pytest
from django.test import Client

from bothways.interviews.models import Interview, Take
from bothways.interviews.queries.consent_words import consent_words
from bothways.media.addresses import read_address
from bothways.media.models import Recording, Rendition, RenditionKind
from bothways.positions.models import BlindLevel, ReviewOrder
from bothways.review.actions.decisions import reveal_name
from bothways.review.actions.share_views import view_share
from bothways.review.queries.shared_answers import shared
from bothways.web.bytes.viewers import may_view
from bothways.work.models import Job, JobState
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import make_shared, rate
from tests.web.team.walking import OURS

FILES = {
    RenditionKind.PLAYABLE: "video/webm",
    RenditionKind.UNIVERSAL: "video/mp4",
    RenditionKind.POSTER: "image/jpeg",
    RenditionKind.SPRITES: "image/jpeg",
    RenditionKind.PEAKS: "application/json",
    RenditionKind.VOICE: "audio/mp4",
}
HEARD = {RenditionKind.PEAKS, RenditionKind.VOICE}


@pytest.fixture
def interview(cast: Cast) -> Interview:
    cast.stage.blind_level, cast.stage.review_order = BlindLevel.VOICE, ReviewOrder.CANDIDATES
    cast.stage.save()
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    Recording.objects.update(container="webm", video_codec="vp8", audio_codec="opus")
    for recording in Recording.objects.all():
        for kind, mime in FILES.items():
            key = f"{recording.organization_id}/{recording.id}/{kind}"
            Rendition.objects.create(
                organization_id=recording.organization_id,
                recording=recording,
                kind=kind,
                mime=mime,
                size=9,
                store_key=key,
            )
    return interview


@pytest.fixture
def bo(cast: Cast, client: Client) -> Client:
    client.force_login(cast.bo.user)
    return client


def page(client: Client, cast: Cast, interview: Interview, place: int = 1) -> str:
    return client.get(f"/team/{cast.organization.slug}/review/{interview.id}/{place}/").content.decode()


def kinds_in(text: str) -> set[str]:
    """Of which kind the files are that a page names."""
    found = [read_address(link.removeprefix("/d/")) for link in OURS.findall(text) if link.startswith("/d/")]
    return set(Rendition.objects.filter(id__in=[one.rendition_id for one in found]).values_list("kind", flat=True))


def open_to(cast: Cast, interview: Interview, place: int = 1) -> set[str]:
    """Of which kind the files are that the door gives to Bo."""
    files = Rendition.objects.filter(recording=interview.answers.get(question__place=place).chosen_take.recording)
    return {one.kind for one in files if may_view("member", cast.bo.id, one)}


def test_raters_hear_and_do_not_see(cast: Cast, interview: Interview, bo: Client) -> None:
    text = page(bo, cast, interview)
    assert "<audio" in text and "<video" not in text and "poster" not in text
    assert kinds_in(text) == HEARD
    answer = interview.answers.get(question__place=1)
    fresh = bo.get(f"/team/{cast.organization.slug}/review/answers/{answer.id}/media/").content.decode()
    assert kinds_in(fresh) == {RenditionKind.VOICE}
    assert open_to(cast, interview) == HEARD


def test_nobody_else_sees_either(cast: Cast, interview: Interview, client: Client) -> None:
    """Who recruits chooses to see, as with the name; an outsider gets nothing at all."""
    client.force_login(cast.rafael.user)
    assert kinds_in(page(client, cast, interview)) == HEARD
    for one in Rendition.objects.all():
        assert may_view("member", cast.rafael.id, one) == (one.kind in HEARD)
        assert not may_view("member", cast.cleo.id, one) and not may_view("member", cast.audrey.id, one)
        assert may_view("candidate", interview.id, one), "candidates see themselves"


def test_who_has_handed_in_may_choose_to_see(cast: Cast, interview: Interview, bo: Client) -> None:
    rate(cast.bo, interview, (4, 4, 3, 3))
    assert open_to(cast, interview) == HEARD, "handing in alone shows nothing"
    reveal_name(actor=cast.actor(cast.bo), interview=interview)
    assert open_to(cast, interview) == set(FILES)
    text = page(bo, cast, interview)
    assert "<video" in text and kinds_in(text) == set(FILES)


def test_hands_that_speak_are_seen(cast: Cast, interview: Interview, bo: Client) -> None:
    Take.objects.filter(answer__interview=interview, answer__question__place=2).update(is_signed=True)
    assert open_to(cast, interview, 2) == set(FILES) and open_to(cast, interview, 1) == HEARD
    assert "<video" in page(bo, cast, interview, 2)


def test_sound_that_does_not_stand_by_itself_is_made_when_it_is_wanted(
    cast: Cast, interview: Interview, bo: Client
) -> None:
    recording = interview.answers.get(question__place=1).chosen_take.recording
    recording.renditions.filter(kind=RenditionKind.VOICE).delete()
    for _time in range(2):
        text = page(bo, cast, interview)
        assert "The sound is being made" in text and "<audio" not in text and kinds_in(text) == set()
    job = Job.objects.get(name="media.voice")
    assert job.payload == {"recording_id": str(recording.id)}
    Job.objects.update(state=JobState.FAILED)
    assert "There is nothing to hear here" in page(bo, cast, interview)
    assert Job.objects.filter(name="media.voice").count() == 1


def test_a_recording_without_sound_says_so(cast: Cast, interview: Interview, bo: Client) -> None:
    Recording.objects.update(audio_codec="")
    Rendition.objects.filter(kind=RenditionKind.VOICE).delete()
    assert "There is nothing to hear here" in page(bo, cast, interview)
    assert not Job.objects.filter(name="media.voice").exists()


def test_a_guest_sees_a_face_only_with_the_name(cast: Cast, interview: Interview) -> None:
    hidden, _token = make_shared(cast.rafael, interview)
    reveal_name(actor=cast.actor(cast.rafael), interview=interview)
    named, _token = make_shared(cast.rafael, interview, name="whole")
    for share, kinds in ((hidden, HEARD), (named, set(FILES))):
        assert view_share(share=share)
        assert {one.kind for one in Rendition.objects.all() if may_view("share", share.id, one)} == kinds
        assert {answer.playback.kind for answer in shared(share, interview.id).answers} == {
            "video" if share is named else "audio"
        }


def test_candidates_agree_to_just_that(cast: Cast, interview: Interview) -> None:
    assert "hears you and does not see you" in consent_words(interview)
    interview.stage.blind_level = BlindLevel.IDENTITY
    assert "does not see you" not in consent_words(interview)
