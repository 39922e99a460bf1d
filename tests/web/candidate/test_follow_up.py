"""One more question, as the candidate meets it."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bothways.conversations.models import FollowUp
from bothways.interviews.models import Interview
from tests.factories import Cast, make_submitted_interview, make_token, make_written_answer
from tests.factories.following import make_answered, make_follow_up, make_prompt_try
from tests.factories.preparing import make_transcript


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version)


def address(interview: Interview, asked: FollowUp, name: str = "follow-up", **more: object) -> str:
    return reverse(f"candidate:{name}", kwargs={"token": make_token(interview), "follow_up_id": asked.id, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_says_who_asks_what_about_what_and_until_when(cast: Cast, interview: Interview) -> None:
    prompt = make_prompt_try(interview, cast.bo).recording
    make_transcript(prompt, "Why the roof?")
    asked = make_follow_up(interview, cast.bo, words="Why the roof?", start_ms=4000, end_ms=9000, prompt=prompt)
    landing = text(Client().get(reverse("candidate:landing", args=[make_token(interview)])))
    assert "What we ask you once more" in landing and "Bo Osei, about your answer 1" in landing
    page = text(Client().get(address(interview, asked)))
    for words in ("Bo Osei has one more question for you", "Why the roof?", "0:04–0:09", "Question number 1?",
                  "nothing is held against you", "You have 3 tries", "Up to 3 minutes"):  # fmt: skip
        assert words in page
    assert "captions" in page and FollowUp.objects.get().opened_at
    assert Client().get(address(interview, asked, "follow-up-record")).status_code == 200


def test_answered_in_writing_and_somebody_elses_never(cast: Cast, interview: Interview) -> None:
    interview.answers.get(question__place=2).delete()
    make_written_answer(interview, cast.kit_version.questions.get(place=2), "In my own words, at first.")
    asked = make_follow_up(interview, cast.bo, place=2)
    kim = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    assert Client().get(address(kim, asked)).status_code == 404
    assert Client().post(address(kim, asked), {"written": "Me!"}).status_code == 404
    here = address(interview, asked)
    assert "In my own words, at first." in text(Client().get(here))
    assert Client().post(here, {"written": " "}).status_code == 422
    page = text(Client().post(here, {"written": "Then we fixed it."}, follow=True))
    assert "Your answer is with Bo Osei." in page and "Then we fixed it." in page
    assert Client().post(here, {"written": "Or not."}).status_code == 422
    assert FollowUp.objects.get().written == "Then we fixed it."


def test_answered_on_a_recording(cast: Cast, interview: Interview) -> None:
    asked = make_follow_up(interview, cast.bo)
    client, body = Client(), {"client_key": str(uuid4()), "kind": "video", "mime": "video/webm"}
    opened = client.post(address(interview, asked, "follow-up-clips"), body, content_type="application/json")
    assert opened.status_code == 201 and opened.json()["takes_left"] == 2
    take = opened.json()["take_url"]
    assert client.post(f"{take}/choose", {}, content_type="application/json").status_code == 409
    assert client.post(f"{take}/finish", {"bytes": 5}, content_type="application/json").json()["bytes"] == 5
    assert client.post(f"{take}/choose", {}, content_type="application/json").json()["chosen"]
    assert FollowUp.objects.get().is_answered
    assert client.get(address(interview, asked, "follow-up-record")).status_code == 302
    gone = address(interview, asked, "follow-up-clip", clip_id=uuid4())
    assert client.get(gone).json()["error"]["code"] == "not_here"


def test_when_the_day_has_passed_nothing_bad_stands_there(cast: Cast, interview: Interview) -> None:
    asked = make_follow_up(interview, cast.bo, due=timezone.localdate() - dt.timedelta(days=1))
    page = text(Client().get(address(interview, asked)))
    assert "The day has passed, and nothing is held against you" in page and "Write to us" in page
    assert "Send what I wrote" not in page
    answer = Client().post(address(interview, asked), {"written": "Late."})
    assert answer.status_code == 422 and "The day for this answer has passed" in text(answer)


def test_it_is_in_the_own_copy(cast: Cast, interview: Interview) -> None:
    make_answered(interview, cast.bo, "Then we fixed it.", words="Why the roof?")
    data = Client().get(reverse("candidate:data-everything", args=[make_token(interview)]))
    archive = b"".join(data.streaming_content)
    assert b"Why the roof?" in archive and b"Then we fixed it." in archive
