import pytest

from bothways.accounts.actors import candidate_actor, system_actor
from bothways.interviews.models import InterviewState, Take
from bothways.lib.ids import new_id
from bothways.media.models import Recording, Rendition
from bothways.positions.models import StageReviewer
from bothways.review import policies
from tests.factories.review import rate

EVERYBODY = ("ada", "rafael", "bo", "ines", "audrey", "cleo")


def allowed(cast, predicate, thing):
    return {name for name in EVERYBODY if predicate(cast.actor(getattr(cast, name)), thing)}


@pytest.mark.parametrize(
    ("predicate", "who"),
    [
        (policies.may_watch_interview, {"ada", "rafael", "bo", "ines"}),
        (policies.may_rate, {"bo", "ines"}),
        (policies.may_see_scorecards, {"ada", "rafael", "audrey"}),
        (policies.may_see_decisions, {"ada", "rafael", "audrey"}),
        (policies.may_decide, {"ada", "rafael"}),
        (policies.may_reveal, {"ada", "rafael"}),
    ],
)
def test_each_role_at_a_sent_interview(cast, interview, predicate, who):
    assert allowed(cast, predicate, interview) == who


def test_ones_own_scorecard_opens_the_others(cast, interview):
    rate(cast.bo, interview, (3, 3, 3, 3))
    assert allowed(cast, policies.may_see_scorecards, interview) == {"ada", "rafael", "audrey", "bo"}
    assert allowed(cast, policies.may_reveal, interview) == {"ada", "rafael", "bo"}


def test_an_owner_who_rates_waits_for_their_own_scorecard_like_everybody(cast, interview):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    assert "ada" not in allowed(cast, policies.may_see_scorecards, interview)
    rate(cast.ada, interview, (3, 3, 3, 3))
    assert "ada" in allowed(cast, policies.may_see_scorecards, interview)


def test_comparing_is_for_the_organization(cast):
    assert allowed(cast, policies.may_compare, cast.position) == set(EVERYBODY) - {"cleo"}


def test_members_watch_the_chosen_take_of_a_sent_answer_and_nothing_else(cast, interview):
    answer = interview.answers.first()
    chosen = Rendition(recording=answer.chosen_take.recording, kind="playable")
    assert allowed(cast, policies.may_watch, chosen) == {"ada", "rafael", "bo", "ines"}
    spare = Recording.objects.create(organization=cast.organization, kind="video", state="ready", duration_ms=1000)
    Take.objects.create(organization=cast.organization, answer=answer, number=2, recording=spare, client_key=new_id())
    assert allowed(cast, policies.may_watch, Rendition(recording=spare, kind="playable")) == set()
    for state in (InterviewState.STARTED, InterviewState.WITHDRAWN):
        interview.state = state
        interview.save()
        assert allowed(cast, policies.may_watch, chosen) == set()


def test_candidates_and_the_system_are_no_members(cast, interview):
    dee = candidate_actor(candidate_id=new_id(), name="Dee", organization_id=cast.organization.id)
    for actor in (dee, system_actor(cast.organization.id)):
        for predicate in (policies.may_watch_interview, policies.may_rate, policies.may_see_scorecards):
            assert not predicate(actor, interview)


def test_a_reviewer_of_another_stage_is_an_outsider_here(cast, interview):
    StageReviewer.objects.filter(member=cast.bo).delete()
    assert "bo" not in allowed(cast, policies.may_watch_interview, interview)


def test_a_preview_is_nobodys(cast, interview):
    interview.is_preview = True
    assert allowed(cast, policies.may_watch_interview, interview) == set()
    assert allowed(cast, policies.may_rate, interview) == set()
