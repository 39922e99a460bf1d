"""The calls that record or upload a prompt, and the page that makes them."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from bothways.kits.actions.versions import publish
from bothways.kits.models import KitVersion, LibraryQuestion, Prompt, PromptSlot, Question
from bothways.media.models import Recording, RecordingState
from tests.factories import Cast
from tests.factories.preparing import make_draft, make_prompt, make_ready_draft
from tests.web.team.preparing import signed_in, url


@pytest.fixture
def version(cast: Cast) -> KitVersion:
    return make_draft(cast.ada)


@pytest.fixture
def question(version: KitVersion) -> Question:
    return version.questions.get(place=1)


def send(client: Client, address: str, body: object = None):
    return client.post(address, json.dumps(body or {}), content_type="application/json")


def opening(**changes: object) -> dict[str, object]:
    return {"client_key": str(uuid4()), "mime": "video/webm;codecs=vp8,opus", "kind": "video", **changes}


def test_opening_follows_the_contract_of_the_recorder(cast: Cast, question: Question) -> None:
    client, asked = signed_in(cast.rafael), opening()
    address = url(cast, "prompts-open", "question", question.id)
    answer = send(client, address, asked)
    opened = answer.json()
    assert answer.status_code == 201
    assert set(opened) == {"take", "number", "takes_left", "upload", "take_url", "max_bytes"}
    assert opened["takes_left"] is None and opened["take_url"] == f"{address}/{opened['take']}"
    assert opened["upload"]["url"].startswith("/u/") and len(opened["upload"]["token"]) == 43
    assert send(client, address, asked).json()["take"] == opened["take"]
    state = client.get(opened["take_url"]).json()
    assert state == {
        "take": opened["take"],
        "number": 1,
        "state": "receiving",
        "offset": 0,
        "bytes": None,
        "duration_ms": None,
        "chosen": False,
        "playback": None,
        "failure": None,
    }
    finished = send(client, f"{opened['take_url']}/finish", {"bytes": 5, "duration_ms": 1000, "mime": "video/webm"})
    assert finished.status_code == 200 and finished.json()["bytes"] == 5


@pytest.mark.parametrize("kind", ["question", "welcome", "library"])
def test_a_ready_prompt_is_chosen_and_can_be_played(cast: Cast, question: Question, kind: str) -> None:
    client = signed_in(cast.rafael)
    client.post(url(cast, "questions-keep", question.id))
    subject = {
        "question": question,
        "welcome": question.kit_version,
        "library": LibraryQuestion.objects.get(),
    }[kind]
    prompt = make_prompt(cast.rafael, subject)
    Recording.objects.filter(id=prompt.recording_id).update(state=RecordingState.READY)
    from_page = url(cast, "prompts-take", kind, subject.id, prompt.id)
    state = send(client, f"{from_page}/choose").json()
    assert state["chosen"] and state["state"] == "ready" and state["duration_ms"] == 19_000
    assert state["playback"]["url"].startswith("/d/") and state["playback"]["poster"].startswith("/d/")
    page = client.get(url(cast, "prompts-record", kind, subject.id))
    assert page.status_code == 200
    client.post(url(cast, "prompts-remove", kind, subject.id))
    assert not client.get(from_page).json()["chosen"]


def test_a_failed_prompt_says_why_and_is_not_chosen(cast: Cast, question: Question) -> None:
    prompt = make_prompt(cast.ada, question, RecordingState.FAILED)
    client, address = signed_in(cast.ada), url(cast, "prompts-take", "question", question.id, prompt.id)
    state = client.get(address).json()
    assert state["failure"]["code"] == "nothing_playable" and state["failure"]["words"]
    refused = send(client, f"{address}/choose")
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "prompt_failed"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"client_key": "x"}',
        '{"client_key": null, "kind": "video", "mime": "video/mp4"}',
        '{"client_key": "84efb67f-a86a-41e0-b1b7-5e9f5ad5f771", "kind": "video", "mime": ["video/"]}',
        '{"client_key": "84efb67f-a86a-41e0-b1b7-5e9f5ad5f771", "kind": {"a": 1}, "mime": "video/mp4"}',
        '{"client_key": "84efb67f-a86a-41e0-b1b7-5e9f5ad5f771", "kind": "video", "mime": "text/html"}',
    ],
)
def test_nonsense_is_refused_in_words(cast: Cast, question: Question, body: str) -> None:
    address = url(cast, "prompts-open", "question", question.id)
    answer = signed_in(cast.ada).post(address, body, content_type="application/json")
    assert answer.status_code == 409 and answer.json()["error"]["words"]
    assert not Prompt.objects.exists()


@pytest.mark.parametrize("size", [-1, "5", None, True, 1.5, 10**15])
def test_a_size_that_cannot_be_is_refused(cast: Cast, question: Question, size: object) -> None:
    client = signed_in(cast.ada)
    opened = send(client, url(cast, "prompts-open", "question", question.id), opening()).json()
    answer = send(client, f"{opened['take_url']}/finish", {"bytes": size})
    assert answer.status_code == 409 and answer.json()["error"]["code"] in ("bad_request", "upload_too_large")


def test_a_published_question_takes_no_prompt(cast: Cast) -> None:
    version = make_ready_draft(cast.ada)
    publish(actor=cast.actor(cast.ada), version=version)
    question = version.questions.get(place=1)
    answer = send(signed_in(cast.ada), url(cast, "prompts-open", "question", question.id), opening())
    assert answer.status_code == 409 and answer.json()["error"]["code"] == "not_a_draft"


def test_prompts_of_one_subject_are_not_those_of_another(cast: Cast, version: KitVersion, question: Question) -> None:
    prompt = make_prompt(cast.ada, question)
    other = version.questions.get(place=2)
    client = signed_in(cast.ada)
    assert client.get(url(cast, "prompts-take", "question", other.id, prompt.id)).status_code == 404
    assert client.get(url(cast, "prompts-record", "welcome", question.id)).status_code == 404
    assert client.get(url(cast, "prompts-record", "nonsense", question.id)).status_code == 404


def test_others_get_404_and_raters_403(cast: Cast, question: Question) -> None:
    address = url(cast, "prompts-open", "question", question.id)
    assert send(signed_in(cast.cleo), address, opening()).status_code == 404
    assert send(signed_in(cast.bo), address, opening()).status_code == 403
    assert send(Client(), address, opening()).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.ada.user)
    assert send(strict, address, opening()).status_code == 403
    assert not Prompt.objects.exists()


@pytest.mark.parametrize("kind", ["question", "welcome", "library"])
def test_a_version_in_sign_language_is_made_the_same_way(cast: Cast, question: Question, kind: str) -> None:
    client = signed_in(cast.rafael)
    client.post(url(cast, "questions-keep", question.id))
    subject = {
        "question": question,
        "welcome": question.kit_version,
        "library": LibraryQuestion.objects.get(),
    }[kind]
    page = client.get(url(cast, "prompts-record", f"{kind}-sign", subject.id)).content.decode()
    assert "Record it in sign language" in page and '"mode": "sign"' in page and 'data-act="kind"' not in page
    opened = send(client, url(cast, "prompts-open", f"{kind}-sign", subject.id), opening()).json()
    assert f"/{kind}-sign/" in opened["take_url"] and Prompt.objects.get().slot == PromptSlot.SIGN
    prompt = make_prompt(cast.rafael, subject, slot=PromptSlot.SIGN)
    state = send(client, f"{url(cast, 'prompts-take', f'{kind}-sign', subject.id, prompt.id)}/choose").json()
    assert state["chosen"] and state["number"] == 2
    subject.refresh_from_db()
    signed = subject.welcome_sign if kind == "welcome" else subject.sign
    asked = subject.welcome_prompt if kind == "welcome" else subject.prompt
    assert signed == prompt.recording and asked is None
    assert client.get(url(cast, "prompts-take", kind, subject.id, prompt.id)).status_code == 404
    client.post(url(cast, "prompts-remove", f"{kind}-sign", subject.id))
    subject.refresh_from_db()
    assert (subject.welcome_sign if kind == "welcome" else subject.sign) is None


def test_a_voice_does_not_sign(cast: Cast, question: Question) -> None:
    address = url(cast, "prompts-open", "question-sign", question.id)
    refused = send(signed_in(cast.ada), address, opening(kind="audio", mime="audio/webm"))
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "not_video"


def test_the_page_of_a_question_offers_sign_language(cast: Cast, question: Question) -> None:
    client, address = signed_in(cast.ada), url(cast, "questions-edit", question.id)
    recording = url(cast, "prompts-record", "question-sign", question.id)
    assert recording in client.get(address).content.decode()
    question.sign = make_prompt(cast.ada, question, slot=PromptSlot.SIGN).recording
    question.save()
    page = client.get(address).content.decode()
    assert "the version in sign language" in page
    assert url(cast, "prompts-remove", "question-sign", question.id) in page
    assert "also in sign language" in client.get(url(cast, "kits-edit", question.kit_version.kit_id)).content.decode()
