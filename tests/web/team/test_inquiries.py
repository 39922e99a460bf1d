"""What candidates ask, as owners and recruiters meet it, and nobody else."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bothways.conversations.actions.replies import answer_in_words
from bothways.conversations.models import Clip, Inquiry
from bothways.positions.models import StageReviewer
from tests.factories import Cast, make_interview, make_kit_version, make_position, make_stage, make_submitted_interview
from tests.factories.asking import make_clip, make_inquiry, make_published
from tests.factories.preparing import make_transcript
from tests.factories.review import rate, watch


def address(cast: Cast, name: str = "inquiries-list", **more: object) -> str:
    return reverse(f"team:{name}", kwargs={"organization": cast.organization.slug, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def client_of(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def rafael(cast: Cast) -> Client:
    return client_of(cast.rafael)


@pytest.fixture
def asked(cast: Cast) -> Inquiry:
    return make_inquiry(make_interview(cast.stage, cast.kit_version), words="Is there a lift in the office?")


def test_the_list_says_who_asks_what_and_until_when(cast: Cast, rafael: Client, asked: Inquiry) -> None:
    page = text(rafael.get(address(cast)))
    for words in ("Dee Okafor", "Is there a lift", "Ada Lindqvist", "Tenant support adviser", "1 question"):
        assert words in page
    Inquiry.objects.update(due=timezone.localdate() - dt.timedelta(days=30))
    assert "Overdue by" in text(rafael.get(address(cast)))


def test_oldest_first_and_filters(cast: Cast, rafael: Client, asked: Inquiry) -> None:
    other_stage = make_stage(make_position(cast.ada, "Planner"), make_kit_version(cast.ada), (cast.bo,))
    newer = make_inquiry(make_interview(other_stage, make_kit_version(cast.ada), "Kim Other"), owner=cast.rafael)
    page = text(rafael.get(address(cast)))
    assert page.index("Dee Okafor") < page.index("Kim Other")
    assert "Dee Okafor" not in text(rafael.get(address(cast) + "?mine=1"))
    assert "Dee Okafor" not in text(rafael.get(address(cast) + f"?position={newer.interview.position_id}"))
    assert rafael.get(address(cast) + "?position=nonsense").status_code == 200
    answer_in_words(actor=cast.actor(cast.ada), inquiry=asked, message="Yes.")
    assert "Dee Okafor" in text(rafael.get(address(cast) + "?show=answered"))
    part = rafael.get(address(cast) + "?mine=1", headers={"HX-Request": "true"})
    assert "<html" not in text(part) and "Kim Other" in text(part)


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_queries_does_not_grow(cast: Cast, rafael: Client, count: int) -> None:
    for n in range(count):
        make_inquiry(make_interview(cast.stage, cast.kit_version, f"Person {n}"))
    with CaptureQueriesContext(connection) as queries:
        rafael.get(address(cast))
    assert len(queries) == 9


def test_answering_in_writing(cast: Cast, rafael: Client, asked: Inquiry) -> None:
    url = address(cast, "inquiries-detail", inquiry_id=asked.id)
    page = text(rafael.get(url))
    assert "Dee Okafor asks" in page and "Is there a lift in the office?" in page
    assert rafael.post(url, {"message": " "}).status_code == 422
    page = text(rafael.post(url, {"message": "Yes, two."}, follow=True))
    assert "Your answer is on the candidate’s page." in page and "Yes, two." in page
    assert "The candidate has not seen it yet" in page
    late = client_of(cast.ada).post(url, {"message": "No."})
    assert late.status_code == 409 and "Rafael Moreno has answered this already." in text(late)


def test_closing_and_handing_over(cast: Cast, rafael: Client, asked: Inquiry) -> None:
    url = address(cast, "inquiries-hand-over", inquiry_id=asked.id)
    assert rafael.post(url, {"to": cast.bo.id}).status_code == 422
    assert "Rafael Moreno answers now" in text(rafael.post(url, {"to": cast.rafael.id}, follow=True))
    url = address(cast, "inquiries-close", inquiry_id=asked.id)
    assert rafael.post(url, {"message": ""}).status_code == 422
    assert "The candidate reads your words." in text(rafael.post(url, {"message": "We talked."}, follow=True))


def test_answering_on_video(cast: Cast, rafael: Client, asked: Inquiry) -> None:
    assert rafael.get(address(cast, "inquiries-record", inquiry_id=asked.id)).status_code == 200
    body = {"client_key": str(uuid4()), "kind": "video", "mime": "video/webm"}
    calls = address(cast, "inquiries-clips", inquiry_id=asked.id)
    opened = rafael.post(calls, body, content_type="application/json")
    assert opened.status_code == 201
    take = opened.json()["take_url"]
    assert rafael.post(f"{take}/choose", {}, content_type="application/json").status_code == 409
    assert rafael.post(f"{take}/finish", {"bytes": 5}, content_type="application/json").json()["bytes"] == 5
    assert client_of(cast.ada).get(take).status_code == 404, "a try is its maker's until it is sent"
    assert rafael.post(f"{take}/choose", {}, content_type="application/json").json()["chosen"]
    assert Inquiry.objects.get().answered_by == cast.rafael
    assert rafael.get(address(cast, "inquiries-record", inquiry_id=asked.id)).status_code == 302
    refused = client_of(cast.ada).post(calls, {**body, "client_key": str(uuid4())}, content_type="application/json")
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "answered"
    assert rafael.post(calls, "[", content_type="application/json").status_code == 409


def test_a_question_on_video_plays_and_has_captions(cast: Cast, rafael: Client) -> None:
    asked = make_inquiry(make_interview(cast.stage, cast.kit_version), on_video=True)
    make_transcript(asked.recording, "Is there a lift?")
    page = text(rafael.get(address(cast, "inquiries-detail", inquiry_id=asked.id)))
    captions = address(cast, "inquiries-captions", inquiry_id=asked.id, recording_id=asked.recording_id)
    assert captions in page and "/d/" in page
    assert "Is there a lift?" in rafael.get(captions).content.decode()
    other = make_clip(asked.interview)
    assert rafael.get(captions.replace(str(asked.recording_id), str(other.recording_id))).status_code == 404


def test_nothing_of_it_reaches_who_still_has_to_rate(cast: Cast) -> None:
    """The owner rates in the step: not a name, not a word, not an address, wherever they look."""
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    asked = make_inquiry(interview, on_video=True, owner=cast.rafael)
    make_transcript(asked.recording, "I am Dee, is there a lift?")
    ada = client_of(cast.ada)
    detail = address(cast, "inquiries-detail", inquiry_id=asked.id)
    captions = address(cast, "inquiries-captions", inquiry_id=asked.id, recording_id=asked.recording_id)
    told = text(ada.get(detail))
    assert "You rate in this step, so the question is not shown" in told and "Rafael Moreno answers it" in told
    for page in (told, text(ada.get(address(cast))), text(ada.get(address(cast) + "?show=answered"))):
        for secret in ("Dee", "lift", "/d/", str(interview.id), interview.code_name, str(asked.recording_id)):
            assert secret not in page
    assert ada.get(captions).status_code == 404
    assert ada.post(detail, {"message": "Yes."}).status_code == 403
    assert ada.get(address(cast, "inquiries-record", inquiry_id=asked.id)).status_code == 302
    watch(cast.ada, interview)
    rate(cast.ada, interview, (3, 3, 3, 3))
    assert "Dee Okafor asks" in text(ada.get(detail)) and ada.get(captions).status_code == 200


def test_where_nobody_else_can_the_words_are_read_without_a_name(cast: Cast) -> None:
    for member in (cast.ada, cast.rafael):
        StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=member)
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    asked = make_inquiry(interview, on_video=True)
    ada, detail = client_of(cast.ada), address(cast, "inquiries-detail", inquiry_id=asked.id)
    assert "there is no text of it" in text(ada.get(detail))
    make_transcript(asked.recording, "Is there a lift?")
    page = text(ada.get(detail))
    assert "Is there a lift?" in page and "not who asks" in page
    for secret in ("Dee", "/d/", str(interview.id), interview.code_name):
        assert secret not in page
        assert secret not in text(ada.get(address(cast)))
    answered = text(ada.post(detail, {"message": "Two."}, follow=True))
    assert "Two." in answered and "Dee" not in answered
    assert client_of(cast.bo).get(detail).status_code == 403


def test_the_decline_says_what_it_waits_for(cast: Cast, rafael: Client) -> None:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    asked = make_inquiry(interview)
    page = address(cast, "decisions-interview", interview_id=interview.id)
    link = address(cast, "inquiries-detail", inquiry_id=asked.id)
    assert link in text(rafael.get(f"{page}?outcome=decline")) and link not in text(rafael.get(f"{page}?outcome=hold"))
    letter = {"outcome": "decline", "reason": "x", "reply_subject": "x", "reply_body": "x"}
    refused = rafael.post(page, letter)
    assert refused.status_code == 409 and "Answer it first, then decline. Nothing was sent." in text(refused)


def test_others_get_no_page(cast: Cast, asked: Inquiry) -> None:
    detail = address(cast, "inquiries-detail", inquiry_id=asked.id)
    for member, status in ((cast.bo, 403), (cast.audrey, 403), (cast.cleo, 404)):
        for url in (address(cast), detail):
            assert client_of(member).get(url).status_code == status
        assert client_of(member).post(detail, {"message": "x"}).status_code == status
    assert not Clip.objects.exists()


def test_publishing_begins_with_both_texts_and_wants_a_confirmation(cast: Cast, rafael: Client, asked: Inquiry) -> None:
    new = address(cast, "published-new", inquiry_id=asked.id)
    assert rafael.get(new).status_code == 302, "not before it is answered"
    answer_in_words(actor=cast.actor(cast.ada), inquiry=asked, message="Two of them.")
    assert new in text(rafael.get(address(cast, "inquiries-detail", inquiry_id=asked.id)))
    page = text(rafael.get(new))
    assert page.count("Is there a lift in the office?") == 2 and page.count("Two of them.") == 2
    texts = {"question": "A lift?", "answer": "Two."}
    unconfirmed = rafael.post(new, texts)
    assert unconfirmed.status_code == 422 and "confirm that it names nobody" in text(unconfirmed)
    told = text(rafael.post(new, {**texts, "names_nobody": "on"}, follow=True))
    assert "All candidates of this position can read it now." in told and "A lift?" in told and "Dee" not in told
    assert rafael.get(new).status_code == 302


def test_published_answers_are_edited_moved_and_taken_back(cast: Cast, rafael: Client, asked: Inquiry) -> None:
    first = make_published(asked)
    second = make_published(make_inquiry(asked.interview), question="Is there a garden?")
    page = address(cast, "published-list", position_id=cast.position.id)
    rafael.post(address(cast, "published-move", published_id=second.id), {"to": "up"})
    shown = text(rafael.get(page))
    assert shown.index("a garden?") < shown.index("a lift?")
    edit = address(cast, "published-edit", published_id=first.id)
    assert rafael.post(edit, {"question": "", "answer": "", "names_nobody": "on"}).status_code == 422
    rafael.post(edit, {"question": "Two lifts?", "answer": "Yes.", "names_nobody": "on"})
    assert "Two lifts?" in text(rafael.get(page))
    for one in (first, second):
        rafael.post(address(cast, "published-take-back", published_id=one.id))
    assert "Nothing is published" in text(rafael.get(page))
    for member, status in ((cast.bo, 403), (cast.audrey, 403), (cast.cleo, 404)):
        assert client_of(member).get(page).status_code == status
