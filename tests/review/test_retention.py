"""What was promised to be deleted is deleted, and nothing before its time."""

import datetime as dt

import pytest
from django.utils import timezone

from bothways.accounts.retention import RETENTION_PROFILES
from bothways.interviews.models import (
    CandidateSettings,
    Interview,
    InterviewState,
    NoteToReviewers,
    Take,
    WrittenAnswer,
)
from bothways.media.models import Recording
from bothways.review.actions.retention import erase_due
from bothways.review.models import Decision, Scorecard
from tests.factories import Cast, make_answer, make_interview, make_submitted_interview, make_written_answer

DAY = dt.timedelta(days=1)


@pytest.fixture
def interview(cast: Cast) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    Scorecard.objects.create(organization=cast.organization, interview=interview, member=cast.bo)
    return interview


def decide(cast: Cast, interview: Interview, outcome: str) -> None:
    Decision.objects.create(
        organization=cast.organization, interview=interview, outcome=outcome, reason="Written.", decided_by=cast.ada
    )


def left(interview: Interview) -> tuple[int, int]:
    return Take.objects.filter(answer__interview=interview).count(), interview.scorecards.count()


def test_nothing_goes_before_its_time(cast: Cast, interview: Interview):
    decide(cast, interview, "decline")
    assert erase_due(timezone.now() + 179 * DAY) == 0
    assert left(interview) == (4, 1)


def test_recordings_and_ratings_go_when_the_profile_says(cast: Cast, interview: Interview):
    decide(cast, interview, "decline")
    assert erase_due(timezone.now() + 181 * DAY) == 5
    assert left(interview) == (0, 0)
    assert not Recording.objects.exists()
    assert erase_due(timezone.now() + 181 * DAY) == 0


def test_a_profile_may_keep_ratings_longer_than_recordings(cast: Cast, interview: Interview):
    cast.organization.retention_profile = "fr"
    cast.organization.save()
    decide(cast, interview, "advance")
    erase_due(timezone.now() + 181 * DAY)
    assert left(interview) == (0, 1)


def test_while_nobody_has_decided_for_good_everything_stays(cast: Cast, interview: Interview):
    decide(cast, interview, "hold")
    assert erase_due(timezone.now() + 999 * DAY) == 0


def test_what_was_never_sent_goes_counted_from_the_deadline(cast: Cast):
    interview = make_interview(cast.stage, cast.kit_version, state=InterviewState.EXPIRED)
    make_answer(interview, cast.kit_version.questions.get(place=1))
    assert erase_due(interview.deadline + 179 * DAY) == 0
    assert erase_due(interview.deadline + 181 * DAY) == 1


def test_words_notes_and_settings_go_with_the_recordings(cast: Cast):
    interview = make_interview(cast.stage, cast.kit_version, state=InterviewState.EXPIRED)
    make_written_answer(interview, cast.kit_version.questions.get(place=1))
    NoteToReviewers.objects.create(organization=cast.organization, interview=interview, text="I stammer.")
    CandidateSettings.objects.create(organization=cast.organization, interview=interview, mode="sign")
    days = RETENTION_PROFILES[cast.organization.retention_profile].recording_days
    assert erase_due(interview.deadline + (days - 1) * DAY) == 0
    assert erase_due(interview.deadline + (days + 1) * DAY) == 3
    assert erase_due(interview.deadline + (days + 1) * DAY) == 0
    for model in (WrittenAnswer, NoteToReviewers, CandidateSettings):
        assert not model.objects.exists()
