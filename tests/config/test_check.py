"""What `./bothways check` says about the yard and about recordings that failed."""

import datetime as dt

import pytest
from django.utils import timezone

from bothways.config.commands import check
from bothways.media.models import Recording
from bothways.media.queries.failures import ADMINISTRATOR_WORDS, FAULTS_OF_THE_SERVER
from bothways.media.steps.calls import FENCES, try_fences
from bothways.media.steps.failure import CODES
from tests.factories import make_organization


@pytest.fixture(autouse=True)
def _data_of_its_own(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def test_the_yard_says_what_holds_here(tmp_path):
    finding = check.hostile_files()
    assert finding.state == ("ready" if all(try_fences(tmp_path).values()) else "few")
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize("fence", FENCES)
def test_a_fence_that_does_not_hold_is_named_with_its_remedy(monkeypatch, fence):
    monkeypatch.setattr(check, "try_fences", lambda folder: {name: name != fence for name in FENCES})
    finding = check.hostile_files()
    assert finding.state == "few"
    assert check.FENCE_WORDS[fence] in finding.words
    assert not [words for name, words in check.FENCE_WORDS.items() if name != fence and words in finding.words]


def failed(code, days_ago=1):
    return Recording.objects.create(
        organization=make_organization(),
        kind="video",
        state="failed",
        failure_code=code,
        settled_at=timezone.now() - dt.timedelta(days=days_ago),
    )


def test_recordings_that_failed_are_counted_with_words(db, django_assert_num_queries):
    assert check.recordings().words == "None failed in the last 30 days."
    for code in ("not_media", "empty", "not_media"):
        failed(code)
    failed("crashed", days_ago=31)
    with django_assert_num_queries(1):
        finding = check.recordings()
    assert finding.state == "ready"
    assert finding.words.startswith("Failed in the last 30 days: 2 not_media (no WebM")
    assert "crashed" not in finding.words
    failed("out_of_memory")
    assert (check.recordings().state, "BOTHWAYS_MEDIA_MEMORY_MB" in check.recordings().words) == ("few", True)


def test_every_code_has_words_for_the_administrator():
    assert ADMINISTRATOR_WORDS.keys() == CODES | {"given_up"}
    assert FAULTS_OF_THE_SERVER < CODES
