"""Whose link opens what."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from bothways.interviews.models import AccessToken, InterviewState
from bothways.lib.ids import new_id
from bothways.web.candidate.access import MOST_MISSES
from bothways.web.candidate.urls import urlpatterns
from tests.factories import make_interview, make_kit_version, make_position, make_stage
from tests.interviews.taking_part import consented, opened
from tests.web.candidate.conftest import Visitor, visitor

PAGES = ["", "consent/", "check/", "practice/", "questions/", "questions/1/", "review/", "talk/", "help/", "settings/",
         "data/", "withdraw/"]  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()


def test_every_address_is_guarded():
    assert get_resolver()
    assert all(hasattr(pattern.callback, "answering") for pattern in urlpatterns)


@pytest.mark.parametrize("path", PAGES)
def test_a_link_that_never_was(client, path):
    response = client.get(f"/i/{'x' * 43}/{path}")
    assert response.status_code == 404
    assert "This link does not open" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_kept_by_nobody(agreed, path):
    response = agreed.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"revoked_at": timezone.now()}, "There is a newer link"),
        ({"expires_at": timezone.now() - dt.timedelta(seconds=1)}, "The time for this interview is over"),
    ],
)
def test_a_link_that_is_over(dee: Visitor, changes, words):
    AccessToken.objects.update(**changes)
    response = dee.get()
    assert response.status_code == 410
    assert words in response.content.decode()
    assert "people@kestrel.example" in response.content.decode()


def test_a_withdrawn_interview_opens_nowhere(dee: Visitor):
    dee.interview.state = InterviewState.WITHDRAWN
    dee.interview.save()
    for path in PAGES:
        assert dee.get(path).status_code == 410
    answer = dee.send("questions/1/takes", {})
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "withdrawn")


def test_who_keeps_guessing_is_slowed_down_but_real_links_open(dee: Visitor):
    for _each in range(MOST_MISSES):
        assert Client().get("/i/wrong/").status_code == 404
    slowed = Client().get("/i/wrong/")
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0
    assert dee.get().status_code == 200


def test_a_link_opens_only_its_own_takes(dee: Visitor, cast):
    theirs = make_kit_version(cast.cleo)
    stage = make_stage(make_position(cast.cleo), theirs)
    stranger = visitor(make_interview(stage, theirs, "Zoe Else"))
    take = opened(consented(dee.interview)).take
    for path in (f"questions/1/takes/{take.id}", f"questions/2/takes/{take.id}"):
        assert stranger.get(path).status_code == 404
        assert stranger.send(f"{path}/finish", {"bytes": 1, "duration_ms": 1}).status_code == 404
        assert stranger.send(f"{path}/choose", {}).status_code == 404
    assert dee.get(f"questions/2/takes/{take.id}").status_code == 404
    assert dee.get(f"questions/1/takes/{new_id()}").status_code == 404
    assert dee.get(f"questions/1/takes/{take.id}").status_code == 200


def test_the_page_speaks_the_language_of_the_interview(cast):
    arabic = visitor(make_interview(cast.stage, cast.kit_version, language="ar"))
    response = arabic.client.get(arabic.url(), headers={"Accept-Language": "en"})
    assert 'lang="ar" dir="rtl"' in response.content.decode()
    assert response.headers["Content-Language"] == "ar"


def test_a_write_needs_the_token_of_its_page(dee: Visitor):
    strict = Client(enforce_csrf_checks=True)
    for path in ("consent/", "extend/", "withdraw/", "review/submit/", "talk/", "settings/", "questions/1/takes"):
        assert strict.post(dee.url(path)).status_code == 403
