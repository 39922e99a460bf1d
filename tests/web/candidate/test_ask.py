"""Questions back, as the candidate meets them: on each page, in words without a script, or recorded."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from bothways.conversations.actions.replies import answer_in_words, answer_on_recording
from bothways.conversations.models import Clip, Inquiry
from bothways.interviews.actions.open_links import create_open_link
from bothways.interviews.actions.previews import start_preview
from bothways.interviews.actions.progress import withdraw
from bothways.interviews.queries.open_links import address_of
from bothways.media.models import Rendition, RenditionKind
from bothways.media.store import get_store
from bothways.web.bytes.viewers import may_view
from tests.factories import Cast, make_interview, make_position, make_stage, make_submitted_interview
from tests.factories.asking import make_clip, make_inquiry, make_published
from tests.factories.preparing import make_transcript
from tests.interviews.taking_part import actor_of
from tests.web.candidate.conftest import Visitor, visitor


def text(response) -> str:
    return " ".join(response.content.decode().split())


def opening(**changes: object) -> dict[str, object]:
    return {"client_key": str(uuid4()), "kind": "video", "mime": "video/webm;codecs=vp8,opus", **changes}


@pytest.mark.parametrize("path", ["", "talk/", "data/", "questions/", "help/", "consent/"])
def test_the_way_to_ask_stands_on_every_page(agreed: Visitor, path: str) -> None:
    assert agreed.url("ask/") in text(agreed.get(path, follow=True))


def test_asking_in_words_says_who_answers_and_until_when(dee: Visitor) -> None:
    page = text(dee.get("ask/"))
    assert "Ada Lindqvist at Kestrel Housing answers you here by" in page and "What you ask is not rated." in page
    page = text(dee.post("ask/", {"words": "Is there <b>a lift</b>?"}, follow=True))
    assert "Your question is on its way. Ada Lindqvist answers you by" in page
    assert "Is there &lt;b&gt;a lift&lt;/b&gt;?" in page
    assert text(dee.get()).count("a lift") == 1


def test_an_empty_question_comes_back_with_words(dee: Visitor) -> None:
    response = dee.post("ask/", {"words": " "})
    assert response.status_code == 422 and "Write your question first. Nothing was sent." in text(response)
    long = dee.post("ask/", {"words": "x" * 1001})
    assert long.status_code == 422 and not Inquiry.objects.exists()


def test_the_limit_is_said_and_the_words_are_not_lost(dee: Visitor) -> None:
    for number in range(5):
        dee.post("ask/", {"words": f"Question {number}?"})
    response = dee.post("ask/", {"words": "The sixth?"})
    assert response.status_code == 422
    assert "5 questions of yours wait for an answer. They are safe." in text(response)
    assert "The sixth?" in text(response)


def test_before_sending_it_is_offered_and_stands_in_nobodys_way(agreed: Visitor) -> None:
    page = text(agreed.get("review/"))
    assert "Before you send: anything you want to ask us?" in page and agreed.url("ask/?then=review") in page
    asked = agreed.post("ask/?then=review", {"words": "One thing?"})
    assert asked.url == agreed.url("ask/") + "?then=review"
    assert agreed.url("review/") in text(agreed.get("ask/?then=review"))
    assert "You have asked 1 question." in text(agreed.get("review/"))


def test_the_answer_is_new_once(cast: Cast, dee: Visitor) -> None:
    asked = make_inquiry(dee.interview)
    answer_in_words(actor=cast.actor(cast.rafael), inquiry=asked, message="With Bo.\n\nAnd Inês.")
    first = text(dee.get("ask/"))
    assert "With Bo." in first and "Rafael Moreno" in first and ">New<" in first
    assert ">New<" not in text(dee.get())
    asked.refresh_from_db()
    assert asked.read_at


def test_it_goes_on_after_sending(cast: Cast) -> None:
    sent = visitor(make_submitted_interview(cast.stage, cast.kit_version))
    assert "Is there something you want to know from us?" in text(sent.get())
    sent.post("ask/", {"words": "When do I begin?"})
    assert "When do I begin?" in text(sent.get()) and "Ask something else" in text(sent.get())


def test_a_recorded_answer_is_played_with_captions_by_this_candidate_only(cast: Cast, dee: Visitor) -> None:
    asked = make_inquiry(dee.interview, on_video=True)
    reply = make_clip(dee.interview, asked, cast.ada)
    answer_on_recording(actor=cast.actor(cast.ada), clip=reply)
    make_transcript(reply.recording, "You would work with Bo.")
    page = text(dee.get("ask/"))
    assert 'aria-label="Play the answer by Ada Lindqvist"' in page and 'aria-label="Play your question"' in page
    captions = f"ask/captions/{reply.recording_id}.vtt"
    assert dee.url(captions) in page and "You would work with Bo." in page
    assert "You would work" in dee.get(captions).content.decode()
    kim = visitor(make_interview(cast.stage, cast.kit_version, "Kim Other"))
    assert kim.get(captions).status_code == 404
    for recording in (asked.recording, reply.recording):
        file = Rendition(recording=recording, kind=RenditionKind.PLAYABLE)
        assert may_view("candidate", dee.interview.id, file)
        assert not may_view("candidate", kim.interview.id, file)
        for member in (cast.ada, cast.rafael):
            assert may_view("member", member.id, file)
        for member in (cast.bo, cast.ines, cast.audrey, cast.cleo):
            assert not may_view("member", member.id, file)


def test_the_calls_of_the_recorder(agreed: Visitor) -> None:
    assert agreed.get("ask/record/").status_code == 200
    asked = opening()
    answer = agreed.send("ask/clips", asked)
    opened = answer.json()
    assert answer.status_code == 201
    assert set(opened) == {"take", "number", "takes_left", "upload", "take_url", "max_bytes"}
    assert agreed.send("ask/clips", asked).json()["take"] == opened["take"]
    path = f"ask/clips/{opened['take']}"
    assert agreed.get(path).json()["state"] == "receiving"
    refused = agreed.send(f"{path}/choose", {})
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "not_finished"
    assert agreed.send(f"{path}/finish", {"bytes": 5, "duration_ms": 1000}).json()["bytes"] == 5
    assert agreed.send(f"{path}/choose", {}).json()["chosen"]
    page = text(agreed.get("ask/"))
    assert "Your question is on its way." in page
    assert Inquiry.objects.get().kind == "video"


@pytest.mark.parametrize("body", ["", "[]", "{", {"client_key": "x"}, opening(mime="text/html"), opening(kind="x")])
def test_nonsense_is_refused_in_words(agreed: Visitor, body: object) -> None:
    answer = agreed.send("ask/clips", body)
    assert answer.status_code == 409 and answer.json()["error"]["words"] and not Clip.objects.exists()


def test_anothers_clip_is_not_found(cast: Cast, agreed: Visitor) -> None:
    other = make_interview(cast.stage, cast.kit_version, "Kim Other")
    strange = [make_clip(other), make_clip(agreed.interview, make_inquiry(agreed.interview), cast.ada)]
    for clip in strange:
        assert agreed.get(f"ask/clips/{clip.id}").status_code == 404
        for call in ("finish", "choose"):
            assert agreed.send(f"ask/clips/{clip.id}/{call}", {"bytes": 5}).status_code == 404


def test_without_consent_it_comes_first_and_writing_needs_none(dee: Visitor) -> None:
    assert dee.get("ask/record/").url == dee.url("consent/")
    answer = dee.send("ask/clips", opening())
    assert answer.status_code == 409 and answer.json()["error"]["code"] == "no_consent"


def test_a_preview_shows_the_step_and_sends_nothing(cast: Cast) -> None:
    address = start_preview(actor=cast.actor(cast.rafael), version=cast.kit_version)
    front = address.removeprefix(settings.BASE_URL)
    page = Client().post(f"{front}ask/", {"words": "Hello?"}, follow=True)
    assert "In a preview nobody is asked." in text(page)
    recording = Client().get(f"{front}ask/record/", follow=True)
    assert "In a preview nothing is recorded." in text(recording)
    assert not Inquiry.objects.exists()


def test_whoever_took_it_back_finds_no_page(dee: Visitor) -> None:
    withdraw(interview=dee.interview, actor=actor_of(dee.interview))
    assert dee.get("ask/").status_code == 410 and dee.post("ask/", {"words": "x"}).status_code == 410


def test_the_own_copy_has_questions_and_answers(cast: Cast, agreed: Visitor) -> None:
    asked = make_inquiry(agreed.interview, on_video=True)
    reply = make_clip(agreed.interview, asked, cast.ada)
    answer_on_recording(actor=cast.actor(cast.ada), clip=reply)
    make_inquiry(agreed.interview, words="In words?")
    for recording in (asked.recording, reply.recording):
        key = recording.renditions.get(kind=RenditionKind.PLAYABLE).store_key
        with get_store().write_at(key, 0) as writer:
            writer.write(b"film")
            writer.sync()
    archive = b"".join(agreed.get("data/everything.zip"))
    for words in (b"question-to-us-1.mp4", b"our-answer-1.mp4", b"In words?"):
        assert words in archive
    assert "In words?" in text(agreed.get("data/"))


def test_what_others_asked_stands_before_the_own_question(cast: Cast, dee: Visitor) -> None:
    kim = make_interview(cast.stage, cast.kit_version, "Kim Other")
    inquiry = make_inquiry(kim, words="I am Kim, is there a lift?")
    make_published(inquiry, recording=make_clip(kim, inquiry, cast.ada).recording)
    open_link = create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage)
    link = address_of(open_link).removeprefix(settings.BASE_URL)
    for page in (text(dee.get()), text(dee.get("ask/")), text(Client().get(link))):
        assert "Others asked" in page and "Is there a lift?" in page and "There are two." in page and "Kim" not in page
    assert "/d/" in text(dee.get("ask/")) and "/d/" not in text(Client().get(link))
    elsewhere = visitor(
        make_interview(make_stage(make_position(cast.ada, "Planner"), cast.kit_version), cast.kit_version)
    )
    assert "Others asked" not in text(elsewhere.get("ask/"))
