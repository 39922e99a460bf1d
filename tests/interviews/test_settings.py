import pytest

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.progress import submit
from bothways.interviews.actions.settings import change_settings
from bothways.interviews.models import AnswerTime, CandidateSettings, Interview
from bothways.interviews.queries.settings import settings_of
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, answered, consented


@pytest.fixture
def interview(cast) -> Interview:
    return consented(make_interview(cast.stage, cast.kit_version))


def own(interview: Interview) -> CandidateSettings:
    return settings_of(Interview.objects.get(id=interview.id))


def test_whoever_sets_nothing_has_the_defaults_and_no_row(interview):
    found = own(interview)
    assert (found.mode, found.answer_time, found.picture, found.timer) == ("video", "as_set", "auto", "bar")
    assert (found.captions, found.breaks) == (True, False)
    assert not CandidateSettings.objects.exists()


def test_each_setting_changes_alone(interview):
    actor = actor_of(interview)
    change_settings(interview=interview, actor=actor, answer_time=AnswerTime.DOUBLE)
    change_settings(interview=interview, actor=actor, breaks=True, captions=False)
    change_settings(interview=interview, actor=actor, mode="sign", timer="none", picture="off")
    found = own(interview)
    assert (found.mode, found.answer_time, found.picture, found.timer) == ("sign", "double", "off", "none")
    assert (found.captions, found.breaks) == (False, True)


def test_the_log_says_that_something_changed_and_not_what(interview):
    actor = actor_of(interview)
    change_settings(interview=interview, actor=actor, mode="writing", answer_time="unlimited", language="ar")
    change_settings(interview=interview, actor=actor, mode="writing")
    entry = AuditEntry.objects.get(verb="interview.settings_changed")
    assert entry.detail == {}


@pytest.mark.parametrize("wanted", [{"mode": "telepathy"}, {"answer_time": ""}, {"timer": "loud"}, {"picture": None}])
def test_what_no_page_offers_is_refused(interview, wanted):
    with pytest.raises(Refused, match="unknown_setting"):
        change_settings(interview=interview, actor=actor_of(interview), **wanted)
    assert not CandidateSettings.objects.exists()


def test_the_time_stays_once_the_answers_are_sent_and_the_language_does_not(interview):
    answered(interview)
    submit(interview=interview, actor=actor_of(interview))
    with pytest.raises(Refused, match="submitted"):
        change_settings(interview=interview, actor=actor_of(interview), answer_time="double")
    change_settings(interview=interview, actor=actor_of(interview), language="de", answer_time="as_set")
    assert Interview.objects.get(id=interview.id).language == "de"


def test_nobody_else_sets_anything(cast, interview):
    other = make_interview(cast.stage, cast.kit_version, "Ola Late")
    with pytest.raises(NotAllowed):
        change_settings(interview=interview, actor=actor_of(other), mode="audio")
    with pytest.raises(NotAllowed):
        change_settings(interview=interview, actor=cast.actor(cast.ada), mode="audio")
