"""The pages of feedback: who has had none, one draft after the other, and what the candidate then reads."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from bothways.conversations.models import Feedback, FeedbackPart
from bothways.positions.models import StageReviewer
from bothways.review.actions.decisions import decide
from tests.factories import make_submitted_interview
from tests.factories.asking import make_feedback_clip
from tests.factories.preparing import make_transcript
from tests.factories.review import rate
from tests.web.candidate.conftest import visitor

LETTER = {"reply_subject": "Our answer", "reply_body": "Hello Dee. Thank you."}


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def people(cast):
    """Dee and Kim, both rated by two; Dee has been told that they go on."""
    people = [make_submitted_interview(cast.stage, cast.kit_version, name) for name in ("Dee Okafor", "Kim Next")]
    for interview in people:
        rate(cast.bo, interview, (2, 1, 2, 3))
        rate(cast.ines, interview, (2, 1, 2, 3), "decline")
    with time_machine.travel(timezone.now() - dt.timedelta(hours=1)):
        decide(actor=cast.actor(cast.ada), interview=people[0], outcome="advance", reason="Clear.", **LETTER)
    return people


@pytest.fixture
def rafael(cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def path(cast, what: str) -> str:
    return f"/team/{cast.organization.slug}/feedback/{what}/"


def filled(page: str, **changes: str) -> dict[str, str]:
    """The form as it stands, with the blanks filled."""
    fields = {"seen": re.search(r'name="seen" value="(\d+)"', page)[1], "is_read": "on", "do": "next"}
    for name, value in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        fields[name] = re.sub(r"\[… .*? …\]", "You asked the tenant first.", value.strip())
    for name, select in re.findall(r'<select[^>]*name="(band_\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        fields[name] = re.search(r'value="(\w*)" selected', select)[1]
    return {**fields, **changes}


def test_one_after_the_other_and_the_candidate_reads_words_and_no_number(cast, rafael, people, client):
    dee, kim = people
    listed = text(rafael.get(path(cast, f"of/{cast.position.id}")))
    assert "2 people sent answers and have had none yet" in listed
    assert listed.index("Dee Okafor") < listed.index(kim.code_name) and "Kim Next" not in listed
    page = rafael.get(path(cast, dee.id)).content.decode()
    assert "Judgement" in page and "Bo Osei heard" not in page and "Bo Osei thinks" not in page
    answer = rafael.post(path(cast, dee.id), filled(page))
    assert answer.status_code == 302 and f"/feedback/{kim.id}/?onward=1" in answer.url
    front = visitor(dee)
    read = text(front.get())
    feedback = read.split('id="feedback-title"')[1].split("by nothing else")[0]
    for words in ["New", "Hello Dee Okafor,", "You asked the tenant first.", "Judgement", "Not yet visible",
                  "Some of it.", "Rafael Moreno"]:  # fmt: skip
        assert words in feedback, words
    shown = re.sub(r"<[^>]+>", " ", feedback)
    assert not re.search(r"\b[1-5](\.\d)?\b(?! \w+, \d\d:\d\d)", shown.split("Rafael Moreno,")[0]), shown
    assert "heard" not in feedback and "decline" not in feedback
    assert "New" not in text(front.get()).split('id="feedback-title"')[1][:200]
    assert Feedback.objects.get().read_at is not None
    assert "Read on" in text(rafael.get(path(cast, dee.id)))
    archive = front.get("data/everything.zip")
    assert b"You asked the tenant first." in b"".join(archive.streaming_content)


def test_what_is_wrong_is_said_and_nothing_that_was_written_is_lost(cast, rafael, people):
    dee, _kim = people
    page = rafael.get(path(cast, dee.id)).content.decode()
    unread = rafael.post(path(cast, dee.id), filled(page, is_read="", words="Mine to keep."))
    assert unread.status_code == 422 and "Mine to keep." in text(unread) and "Read all of it once more" in text(unread)
    blank = rafael.post(path(cast, dee.id), filled(page, words="[… one thing …]"))
    assert blank.status_code == 422 and "still has a blank to fill: [… one thing …]" in text(blank)
    assert rafael.post(path(cast, dee.id), filled(page, band_1="7")).status_code == 422
    assert not Feedback.objects.exists()
    left_out = rafael.post(path(cast, dee.id), filled(page, band_1="", do="approve"))
    assert left_out.status_code == 302 and not FeedbackPart.objects.exists()
    late = rafael.post(path(cast, dee.id), filled(page))
    assert late.status_code == 409 and "Rafael Moreno has approved it before you" in text(late)


def test_before_the_decision_it_waits_and_its_page_offers_it(cast, rafael, people):
    _dee, kim = people
    decisions = f"/team/{cast.organization.slug}/decisions/{kim.id}/"
    assert f"/feedback/{kim.id}/" in text(rafael.get(decisions))
    page = rafael.get(path(cast, kim.id)).content.decode()
    assert "Kim Next" not in page and kim.code_name in page
    rafael.post(path(cast, kim.id), filled(page))
    assert "Feedback on your answers" not in text(visitor(kim).get())
    assert "Approved, goes out with the decision" in text(rafael.get(decisions))
    closing = text(rafael.get(f"/team/{cast.organization.slug}/positions/{cast.position.id}/close/"))
    assert "2 people who sent answers have had no feedback yet" in closing


def test_who_still_rates_reads_no_draft_and_the_auditor_only_the_list(cast, client, people):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    fresh = make_submitted_interview(cast.stage, cast.kit_version, "Eve Adeyemi")
    rate(cast.bo, fresh, (1, 1, 1, 1))
    client.force_login(cast.rafael.user)
    listed = text(client.get(path(cast, f"of/{cast.position.id}")))
    assert "Your own scorecard comes first" in listed and f"/feedback/{fresh.id}/" not in listed
    answer = client.get(path(cast, fresh.id))
    assert answer.status_code == 403 and "not yet visible" not in text(answer).lower()
    assert client.get(path(cast, f"{fresh.id}/record")).status_code == 403
    client.force_login(cast.audrey.user)
    assert client.get(path(cast, f"of/{cast.position.id}")).status_code == 200
    assert client.get(path(cast, fresh.id)).status_code == 403
    client.force_login(cast.cleo.user)
    assert client.get(path(cast, fresh.id)).status_code == 404


def test_it_is_recorded_beside_the_words_and_heard_with_captions(cast, rafael, people):
    dee, _kim = people
    page = rafael.get(path(cast, dee.id)).content.decode()
    kept = rafael.post(path(cast, dee.id), filled(page, do="record"))
    assert kept.status_code == 302 and kept.url.endswith(f"{dee.id}/record/")
    assert "Use this recording" in text(rafael.get(kept.url))
    clip = make_feedback_clip(dee, cast.rafael)
    make_transcript(clip.recording)
    chosen = rafael.post(
        path(cast, f"{dee.id}/clips/{clip.id}/choose").rstrip("/"), {}, content_type="application/json"
    )
    assert chosen.status_code == 200 and chosen.json()["chosen"]
    page = rafael.get(path(cast, dee.id)).content.decode()
    assert "Take the recording out" in page and "You asked the tenant first." in page
    assert rafael.get(path(cast, f"{dee.id}/captions.vtt").rstrip("/")).status_code == 200
    rafael.post(path(cast, dee.id), filled(page))
    front = visitor(dee)
    assert "Play the feedback by Rafael Moreno" in text(front.get())
    assert front.get(f"ask/captions/{clip.recording_id}.vtt").status_code == 200
    taken_out = rafael.post(path(cast, f"{dee.id}/drop"))
    assert taken_out.status_code == 409 and Feedback.objects.get().recording_id == clip.recording_id
