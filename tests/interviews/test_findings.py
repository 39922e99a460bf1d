"""A take with something missing is a free one. Who signs is not told about sound."""

import pytest

from bothways.interviews.models import AnswerMode, CandidateSettings, Take
from bothways.interviews.queries.findings import take_findings
from bothways.interviews.queries.limits import MOST_FREE_TAKES, takes_left
from bothways.media.measurement import Finding, Measurement, as_json
from bothways.media.models import Recording
from tests.factories import make_interview
from tests.interviews.taking_part import consented, opened, question, recorded

HEARD = Measurement(has_sound=True, has_speech=True, is_black=False)
SILENT = Measurement(has_sound=False, has_speech=False, is_black=False)
SPEECHLESS = Measurement(has_sound=True, has_speech=False, is_black=False)
BLACK = Measurement(has_sound=True, has_speech=True, is_black=True)


@pytest.fixture
def interview(cast):
    return consented(make_interview(cast.stage, cast.kit_version))


def measured(interview, measurement, place=1):
    take = recorded(interview, place)
    Recording.objects.filter(id=take.recording_id).update(measurement=as_json(measurement))
    return Take.objects.select_related("recording", "answer__question").get(id=take.id)


def left(interview):
    return takes_left(question(interview), Take.objects.filter(answer__interview=interview))


@pytest.mark.parametrize(
    ("measurement", "found"),
    [
        (SILENT, (Finding.NO_SOUND,)),
        (SPEECHLESS, (Finding.NO_SPEECH,)),
        (BLACK, (Finding.BLACK_PICTURE,)),
        (Measurement(has_sound=False, has_speech=False, is_black=True), (Finding.NO_SOUND, Finding.BLACK_PICTURE)),
    ],
)
def test_a_take_with_something_missing_does_not_count(interview, measurement, found):
    allowed = question(interview).takes_allowed
    assert take_findings(measured(interview, measurement)) == found
    assert left(interview) == allowed
    measured(interview, HEARD)
    assert left(interview) == allowed - 1


@pytest.mark.parametrize("measurement", [HEARD, Measurement(), Measurement(has_sound=True)])
def test_what_is_not_known_is_not_told(interview, measurement):
    assert take_findings(measured(interview, measurement)) == ()
    assert left(interview) == question(interview).takes_allowed - 1


def test_free_takes_end_somewhere(interview):
    allowed = question(interview).takes_allowed
    for _ in range(MOST_FREE_TAKES + 1):
        measured(interview, SILENT)
    assert left(interview) == allowed - 1


def test_who_signs_is_told_about_the_picture_only(interview):
    CandidateSettings.objects.create(organization=interview.organization, interview=interview, mode=AnswerMode.SIGN)
    interview.refresh_from_db()
    take = measured(interview, SILENT)
    assert take.is_signed
    assert take_findings(take) == ()
    assert take_findings(measured(interview, BLACK)) == (Finding.BLACK_PICTURE,)


def test_a_take_stays_signed_when_the_next_is_spoken(interview):
    settings = CandidateSettings.objects.create(
        organization=interview.organization, interview=interview, mode=AnswerMode.SIGN
    )
    interview.refresh_from_db()
    signed = measured(interview, SILENT)
    settings.mode = AnswerMode.VIDEO
    settings.save()
    interview.refresh_from_db()
    spoken = measured(interview, SILENT, place=2)
    assert (take_findings(signed), take_findings(spoken)) == ((), (Finding.NO_SOUND,))


def test_a_wish_to_sign_that_comes_late_counts(interview):
    take = opened(interview).take
    assert not take.is_signed
    CandidateSettings.objects.create(organization=interview.organization, interview=interview, mode=AnswerMode.SIGN)
    interview.refresh_from_db()
    assert recorded(interview).is_signed
