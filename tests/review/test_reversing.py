"""Taking decisions back: what stays in the record, what the candidate reads, and what ends with it."""

import datetime as dt

import pytest
from django.test import override_settings
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.models import Message, MessageState
from bothways.positions.models import ApplicationState
from bothways.review.actions.decisions import decide
from bothways.review.actions.inviting_on import decide_and_invite
from bothways.review.actions.retention import erase_due
from bothways.review.actions.reversing import reverse_decision
from bothways.review.actions.several import decide_about_several
from bothways.review.models import Decision, DecisionGround, Scorecard
from bothways.review.queries.decisions import history, latest_decision, outcomes, undecided
from bothways.review.queries.grounds import Ground
from bothways.review.queries.inbox import waiting
from bothways.review.queries.replies import reply_to
from bothways.review.queries.reply_drafts import blanks_left, change_draft
from bothways.review.queries.reversing import reversible
from bothways.review.queries.several import several
from bothways.work.models import Job
from tests.factories import make_stage, make_submitted_interview
from tests.factories.review import rate, watch

LETTER = {"reply_subject": "Our answer", "reply_body": "Hello [name], you were clear."}
CHANGE = {"reply_subject": "We changed our decision", "reply_body": "Hello [name], we told you one thing. It changed."}


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


@pytest.fixture
def following(cast):
    return make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")


def advance(actor, interview, *, invite_on=False, **more):
    words = {"reason": "Clear and kind.", **LETTER, **more}
    return decide_and_invite(actor=actor, interview=interview, outcome="advance", invite_on=invite_on, **words).decision


def take_back(actor, interview, decision, **more):
    words = {"reason": "The budget is gone.", **CHANGE, **more}
    return reverse_decision(actor=actor, interview=interview, seen=decision.id, **words)


def test_what_was_told_is_taken_back_with_an_honest_letter_and_everything_stays_in_the_record(cast, rafael, interview):
    watch(cast.bo, interview)
    watch(cast.ines, interview)
    declined = decide(actor=rafael, interview=interview, outcome="decline", reason="Two were clearer.", **LETTER)
    Interview.objects.update(reply_by=timezone.localdate())
    reversal = take_back(cast.actor(cast.ada), interview, declined)
    declined.refresh_from_db()
    assert declined.reversed_at and declined.reply_body == "Hello Dee Okafor, you were clear."
    assert (reversal.reversed_by, reversal.reason) == (cast.ada, "The budget is gone.")
    assert Message.objects.filter(kind="review.reply").count() == 2
    reply = reply_to(interview)
    assert (reply.outcome, reply.by_name, reply.decided_at) == ("", "Ada Lindqvist", None)
    assert "Hello Dee Okafor, we told you one thing." in reply.body
    assert latest_decision(interview) is None and outcomes([interview.id]) == {}
    assert undecided(cast.organization).get() == interview
    interview.refresh_from_db()
    interview.application.refresh_from_db()
    assert interview.application.state == ApplicationState.ACTIVE
    assert interview.reply_by > timezone.localdate(), "who was told hears by a new promised date"
    entry = AuditEntry.objects.get(verb="interview.decision_reversed")
    assert entry.detail["decision"] == str(declined.id) and entry.detail["told"] is True
    again = advance(rafael, interview)
    assert reply_to(interview).is_advance
    assert [one.id for one in history(interview)] == [again.id, declined.id]


def test_a_letter_that_has_not_left_is_stopped_and_nobody_is_told(cast, rafael, interview, monkeypatch):
    with override_settings(SENDS_MAIL=True):
        decision = advance(rafael, interview)
    assert reply_to(interview) is None, "what can still be stopped does not stand on the page"
    assert not reversible(decision).is_told
    reversal = take_back(rafael, interview, decision, reply_subject="", reply_body="")
    assert reversal.stopped_letter and not reversal.reply_body
    assert Message.objects.get().state == MessageState.STOPPED
    assert not Job.objects.filter(name="notify.deliver").exists()
    assert reply_to(interview) is None


def test_a_letter_that_left_meanwhile_has_to_be_answered_for(cast, rafael, interview):
    with override_settings(SENDS_MAIL=True):
        decision = advance(rafael, interview)
    Job.objects.update(attempts=1)
    assert reversible(decision).is_told
    with pytest.raises(Refused) as caught:
        take_back(rafael, interview, decision, reply_subject="", reply_body="")
    assert caught.value.code == "no_reply"
    assert latest_decision(interview) == decision


def test_an_invitation_nobody_has_begun_ends_with_it_and_stands_again_with_the_next_decision(
    cast, rafael, interview, following
):
    decision = advance(rafael, interview, invite_on=True)
    later = Interview.objects.get(stage=following)
    assert later.state == InterviewState.INVITED
    assert [one.id for one in reversible(decision).later] == [later.id]
    assert "“Second talk”" in change_draft(interview, decision, [later], "Rafael").body
    take_back(rafael, interview, decision)
    later.refresh_from_db()
    interview.application.refresh_from_db()
    assert later.state == InterviewState.WITHDRAWN
    assert (interview.application.state, interview.application.stage) == (ApplicationState.ACTIVE, cast.stage)
    assert not Message.objects.filter(kind="interviews.withdrawn").exists(), "one letter says it"
    advance(rafael, interview, invite_on=True)
    later.refresh_from_db()
    assert later.state == InterviewState.INVITED and later.withdrawn_at is None
    assert Message.objects.filter(kind="interviews.invitation").count() == 2


@pytest.mark.parametrize(
    ("state", "words"),
    [(InterviewState.STARTED, "Wait until they have sent"), (InterviewState.SUBMITTED, "Decide about them in that")],
)
def test_what_was_begun_behind_it_is_not_taken_away(cast, rafael, interview, following, state, words):
    decision = advance(rafael, interview, invite_on=True)
    now = timezone.now()
    Interview.objects.filter(stage=following).update(state=state, started_at=now, submitted_at=now)
    with pytest.raises(Refused, match=words):
        take_back(rafael, interview, decision)
    assert latest_decision(interview) == decision and Message.objects.count() == 2


def test_off_hold_tells_nobody_and_what_stood_before_stands_again(cast, rafael, interview):
    held = decide(actor=rafael, interview=interview, outcome="hold", reason="Waiting.")
    decision = advance(rafael, interview, seen=held.id)
    take_back(rafael, interview, decision)
    interview.application.refresh_from_db()
    assert latest_decision(interview) == held and interview.application.state == ApplicationState.HELD
    before = Message.objects.count()
    reversal = take_back(rafael, interview, held)
    interview.application.refresh_from_db()
    assert interview.application.state == ApplicationState.ACTIVE
    assert not reversal.reply_body and Message.objects.count() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [({"reason": " "}, "no_reason"), ({"reply_body": ""}, "no_reply"), ({"reply_body": "x [… why …]"}, "blanks")],
)
def test_it_is_reasoned_and_written(rafael, interview, words, code):
    decision = advance(rafael, interview)
    with pytest.raises(Refused) as caught:
        take_back(rafael, interview, decision, **words)
    assert caught.value.code == code and latest_decision(interview) == decision


def test_only_what_was_seen_to_stand_is_taken_back_and_once(rafael, interview):
    decision = advance(rafael, interview)
    take_back(rafael, interview, decision)
    with pytest.raises(Refused) as caught:
        take_back(rafael, interview, decision)
    assert caught.value.code == "nothing_stands"


def test_only_owners_and_recruiters_take_back(cast, rafael, interview):
    decision = advance(rafael, interview)
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            take_back(cast.actor(member), interview, decision)


def test_the_letter_begins_with_what_was_said_and_blanks(rafael, interview):
    decision = advance(rafael, interview)
    draft = change_draft(interview, decision, [], "Rafael Moreno")
    assert "we told you that we would like to go on with you" in draft.body
    assert len(blanks_left(draft.body)) == 2 and "Dee" not in draft.body


def test_raters_go_on_and_the_clock_of_retention_waits(cast, rafael, interview):
    rate(cast.bo, interview, (4, 4, 4, 4))
    decision = advance(rafael, interview)
    ines = cast.actor(cast.ines)
    assert not waiting(ines).exists()
    take_back(rafael, interview, decision)
    assert waiting(ines).get() == interview
    Decision.objects.update(created_at=timezone.now() - dt.timedelta(days=3000))
    erase_due()
    assert Scorecard.objects.exists()


def test_a_reason_is_picked_from_the_rubric_of_this_kit(cast, rafael, interview):
    questions = list(cast.kit_version.questions.all())
    picked = [Ground(questions[1].id, 5), Ground(questions[1].id, 5), Ground(questions[0].id, 3)]
    advance(rafael, interview, grounds=picked)
    [decision] = history(interview)
    assert [(one.name, one.level, one.anchor) for one in decision.grounds.all()] == [
        ("Judgement", 3, "Some of it."),
        ("Judgement", 5, "All of it."),
    ]
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Next")
    for ground in (Ground(cast.organization.id, 5), Ground(questions[0].id, 2)):
        with pytest.raises(Refused, match="this kit does not have"):
            advance(rafael, other, grounds=[ground])
    assert DecisionGround.objects.count() == 2 and not other.decisions.exists()


def test_several_who_go_on_again_get_their_invitation_back(cast, rafael, interview, following):
    decision = advance(rafael, interview, invite_on=True)
    take_back(rafael, interview, decision)
    people = several(rafael, cast.stage, [interview.id], "advance")
    [told] = decide_about_several(
        actor=rafael, people=people, outcome="advance", reason="Go.", seen={}, invite_on=True, **LETTER
    )
    assert told.is_invited and not told.refused
    assert Interview.objects.get(stage=following).state == InterviewState.INVITED
