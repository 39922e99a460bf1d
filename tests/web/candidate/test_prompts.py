"""Those who ask: captions that somebody has read, sign language, and who may fetch them."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from bothways.interviews.actions.settings import change_settings
from bothways.interviews.queries.watching import belongs_to
from bothways.kits.models import Captions, KitVersion, Question
from bothways.lib.caption_files import read_captions
from tests.factories import Cast, make_interview, make_kit_version
from tests.factories.preparing import make_captions, make_recording
from tests.interviews.taking_part import actor_of
from tests.web.candidate.conftest import Visitor, visitor


@pytest.fixture
def question(cast: Cast) -> Question:
    """Question 1 is asked on video, with captions, and in sign language; so is the welcome."""
    version = cast.kit_version
    welcome = make_recording(cast.ada)
    KitVersion.objects.filter(id=version.id).update(
        welcome_prompt=welcome,
        welcome_captions=make_captions(welcome, cast.bo, "Hello & welcome"),
        welcome_sign=make_recording(cast.ada),
    )
    question = version.questions.get(place=1)
    question.prompt, question.sign = make_recording(cast.ada), make_recording(cast.ada)
    question.captions = make_captions(question.prompt, cast.bo)
    question.save()
    return question


def config_of(page: str) -> dict[str, Any]:
    return json.loads(re.search(r'<script id="bw-config"[^>]*>(.*?)</script>', page, re.S)[1])


def test_a_question_comes_with_captions_and_in_sign_language(question: Question, agreed: Visitor) -> None:
    page = agreed.get("questions/1/").content.decode()
    prompt = config_of(page)["prompt"]
    url = agreed.url(f"captions/{question.captions_id}.vtt")
    assert prompt["captions"] == [{"url": url, "language": "en", "label": "English"}]
    assert prompt["sign"]["url"].startswith("/d/") and prompt["sign"]["mime"] == "video/mp4"
    assert prompt["sign"]["url"] != prompt["url"]
    assert f'<track kind="captions" src="{url}" srclang="en" label="English" default>' in page
    assert question.text in page and 'data-clip="sign"' in page
    file = agreed.get(f"captions/{question.captions_id}.vtt")
    assert file["Content-Type"] == "text/vtt; charset=utf-8" and file["Cache-Control"] == "no-store"
    assert read_captions(file.content).cues == question.captions.as_cues()


def test_the_landing_page_has_them_for_the_welcome_and_the_questions(question: Question, dee: Visitor) -> None:
    page = dee.get().content.decode()
    welcome = KitVersion.objects.get(id=question.kit_version_id)
    for captions_id in (welcome.welcome_captions_id, question.captions_id):
        assert dee.url(f"captions/{captions_id}.vtt") in page
    assert page.count('data-clip="sign"') == 2 and page.count("data-clip-tools") == 2


def test_who_has_switched_captions_off_is_not_shown_any(question: Question, agreed: Visitor) -> None:
    change_settings(interview=agreed.interview, actor=actor_of(agreed.interview), captions=False)
    for path in ("", "questions/1/"):
        page = agreed.get(path).content.decode()
        assert "<track" in page and not re.search(r"<track[^>]* default", page)


def test_who_signs_begins_with_sign_language(question: Question, agreed: Visitor) -> None:
    assert (
        'aria-pressed="true"' not in agreed.get("questions/1/").content.decode().partition('data-clip="sign"')[2][:400]
    )
    change_settings(interview=agreed.interview, actor=actor_of(agreed.interview), mode="sign")
    assert 'aria-pressed="true"' in agreed.get("questions/1/").content.decode().partition('data-clip="sign"')[2][:400]


def test_captions_that_nobody_has_read_are_nowhere(question: Question, agreed: Visitor) -> None:
    Captions.objects.update(reviewed_by=None, reviewed_at=None)
    page = agreed.get("questions/1/").content.decode()
    assert config_of(page)["prompt"]["captions"] == [] and "<track" not in page
    assert agreed.get(f"captions/{question.captions_id}.vtt").status_code == 404
    assert "<track" not in agreed.get().content.decode()


def test_a_question_without_video_has_nothing_of_it(cast: Cast, agreed: Visitor) -> None:
    page = agreed.get("questions/2/").content.decode()
    assert config_of(page)["prompt"]["captions"] == [] and config_of(page)["prompt"]["sign"] is None
    assert "data-clip-tools" not in page


def test_others_fetch_nothing(cast: Cast, question: Question, dee: Visitor) -> None:
    other_version = make_kit_version(cast.ada)
    other = visitor(make_interview(cast.stage, other_version))
    path = f"captions/{question.captions_id}.vtt"
    assert other.get(path).status_code == 404
    assert Client().get(f"/i/{'x' * 43}/{path}").status_code == 404
    dee.interview.tokens.update(revoked_at=dee.interview.created_at)
    assert dee.get(path).status_code == 410


def test_sign_language_is_watched_by_those_who_are_asked(cast: Cast, question: Question, dee: Visitor) -> None:
    version = KitVersion.objects.get(id=question.kit_version_id)
    for recording in (question.sign, version.welcome_sign, question.prompt, version.welcome_prompt):
        assert belongs_to(dee.interview, recording)
    assert not belongs_to(make_interview(cast.stage, make_kit_version(cast.ada)), question.sign)
    assert not belongs_to(dee.interview, make_recording(cast.ada))


def test_more_questions_with_sign_language_cost_no_more(
    question: Question, agreed: Visitor, django_assert_max_num_queries
) -> None:
    def ask() -> None:
        with django_assert_max_num_queries(20):
            assert agreed.get("questions/").status_code == 200

    ask()
    for other in Question.objects.exclude(id=question.id).filter(kit_version=question.kit_version_id):
        other.prompt, other.sign, other.captions = question.prompt, question.sign, question.captions
        other.save()
    ask()
