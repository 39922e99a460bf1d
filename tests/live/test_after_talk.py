"""What a talk leaves behind for those who rate and decide."""

import uuid

import pytest
from django.utils import timezone

from bothways.accounts.actors import candidate_actor
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.participants import admit, enter
from bothways.live.actions.rooms import end_talk, make_room
from bothways.live.models import Participant
from bothways.review.actions.scorecards import Draft, keep_overall, keep_rating, submit_scorecard
from bothways.review.models import Attendance
from bothways.review.queries.inbox import work_list
from bothways.review.queries.readiness import readiness, words
from bothways.review.queries.receipts import watched_by
from tests.factories import Cast
from tests.factories.live import make_live_interview, make_slot


class Talk:
    """Bo hosts, Dee is in; how long everybody is there, the test says."""

    def __init__(self, cast: Cast) -> None:
        self.interview = make_live_interview(cast)
        make_slot(self.interview, cast.bo)
        self.room = make_room(interview=self.interview)
        self.bo = cast.actor(cast.bo)
        self.come(self.bo)
        candidate = self.interview.application.candidate
        dee = candidate_actor(
            candidate_id=candidate.id, name=candidate.name, organization_id=self.interview.organization_id
        )
        admit(room=self.room, actor=self.bo, participant=self.come(dee))

    def come(self, actor) -> Participant:
        return enter(room=self.room, actor=actor, epoch="first", connection=uuid.uuid4())[0]

    def end(self, seconds: dict[str, int]) -> None:
        for name, together in seconds.items():
            assert Participant.objects.filter(name__startswith=name).update(together_s=together)
        end_talk(room=self.room, actor=self.bo)
        self.interview.refresh_from_db()


@pytest.fixture
def talk(cast: Cast) -> Talk:
    return Talk(cast)


def rate(talk: Talk, actor) -> None:
    for question in talk.interview.kit_version.questions.all():
        keep_rating(actor=actor, interview=talk.interview, question_id=question.id, draft=Draft(4, "Clear."))
    keep_overall(actor=actor, interview=talk.interview, recommendation="advance", note="")


def test_hosts_write_during_the_talk_and_hand_in_after_it(cast, talk):
    rate(talk, talk.bo)
    with pytest.raises(Refused) as refused:
        submit_scorecard(actor=talk.bo, interview=talk.interview)
    assert refused.value.code == "talk_goes_on"
    for outside in (cast.ines, cast.rafael, cast.audrey):
        with pytest.raises(NotAllowed):
            rate(talk, cast.actor(outside))
    assert work_list(talk.bo) == []
    talk.end({"Dee": 1200, "Bo": 1200})
    assert [one.id for one in work_list(talk.bo)] == [talk.interview.id]
    assert submit_scorecard(actor=talk.bo, interview=talk.interview).submitted_at


def test_who_was_there_has_heard_what_was_not_recorded(cast, talk):
    talk.come(cast.actor(cast.ines))
    talk.end({"Dee": 1200, "Bo": 1000, "Inês": 300})
    state = readiness(talk.interview)
    assert state.is_met and [viewer.member.id for viewer in state.complete] == [cast.bo.id]
    shares = dict(Attendance.objects.values_list("member__user__name", "share"))
    assert shares["Inês Carvalho"] == 0.25
    assert next((one.name, one.was_in_talk) for one in watched_by(talk.interview)) == ("Bo Osei", True)


def test_nobody_is_declined_unheard(cast, talk):
    talk.end({"Dee": 1200, "Bo": 100})
    state = readiness(talk.interview)
    assert not state.is_met and "Invite the candidate to another one." in words(state)


def test_a_talk_is_ended_once(cast, talk):
    talk.end({"Dee": 60, "Bo": 60})
    sent = talk.interview.submitted_at
    assert end_talk(room=talk.room, actor=talk.bo) is False
    with pytest.raises(NotAllowed):
        end_talk(room=talk.room, actor=cast.actor(cast.audrey))
    talk.interview.refresh_from_db()
    assert talk.interview.submitted_at == sent <= timezone.now()
