"""Who rates whom: by rule, by hand, with conflicts, thirds, people who leave, and two at once."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from bothways.accounts.actions.members import deactivate_member, reactivate_member
from bothways.accounts.actors import candidate_actor
from bothways.accounts.models import AuditEntry, Member
from bothways.interviews.actions.progress import submit
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.models import Message
from bothways.positions.actions.stages import Rules, edit_stage
from bothways.positions.models import Assigning, StageReviewer
from bothways.review.actions.assigning import assign_stage
from bothways.review.actions.assignments import assign, hand_over, take_away
from bothways.review.actions.conflicts import flag_conflict, lift_conflict
from bothways.review.actions.rating_reminders import remind_raters
from bothways.review.actions.reconciling import reconcile
from bothways.review.actions.retention import erase_due
from bothways.review.actions.rounds import begin_round
from bothways.review.actions.scorecards import Draft, keep_rating
from bothways.review.models import Assignment, AssignmentEnd, AssignmentReason, Decision, Scorecard
from bothways.review.policies import (
    may_assign,
    may_rate,
    may_read_kept,
    may_see_scorecards,
    may_watch_interview,
)
from bothways.review.queries.heat import sent
from bothways.review.queries.inbox import open_count, waiting, work_list
from bothways.review.queries.readiness import readiness, words
from bothways.review.queries.rounds import turns
from bothways.review.queries.search import watchable
from bothways.work.actions.jobs import run_all_due
from tests.factories import Cast, make_answer, make_interview, make_member, make_submitted_interview
from tests.factories.review import rate, watch


@pytest.fixture
def three(cast: Cast) -> Cast:
    """A third reviewer, Tariq, and interviews shared out by rule, two on each."""
    cast.tariq = make_member(cast.organization, "Tariq Haddad", "reviewer")
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.tariq)
    share_out(cast, Assigning.BY_RULE)
    return cast


def share_out(cast, how):
    cast.stage.assignment = how
    cast.stage.save()


def people(cast, many, **fields):
    made = [make_submitted_interview(cast.stage, cast.kit_version, f"P{n} X") for n in range(many)]
    Interview.objects.filter(id__in=[one.id for one in made]).update(**fields) if fields else None
    return [Interview.objects.get(id=one.id) for one in made]


def on_it(interview):
    return {one.member_id for one in Assignment.objects.filter(interview=interview, ended_at=None)}


def draft(cast, member, interview, value=3):
    question = cast.kit_version.questions.first()
    return keep_rating(
        actor=cast.actor(member), interview=interview, question_id=question.id, draft=Draft(value, "what I heard")
    )


def reviewers(cast, *members):
    edit_stage(
        actor=cast.actor(cast.rafael),
        stage=cast.stage,
        rules=Rules(name=cast.stage.name, kit=cast.stage.kit, assignment=cast.stage.assignment),
        reviewers=members,
    )
    run_all_due()


def all_rules_say(cast, member, interview) -> set[bool]:
    """Every place that knows who rates what, asked about one pair."""
    actor = cast.actor(member)
    listed = {one.id for one in work_list(member, 500)}
    return {
        may_rate(actor, interview),
        may_watch_interview(actor, interview),
        interview.id in listed,
        waiting(member).filter(id=interview.id).exists(),
        watchable(actor).filter(id=interview.id).exists(),
        interview.id in {turn.interview_id for turn in round_of(cast, member)},
        member.id in {viewer.member.id for viewer in readiness(interview).viewers},
    }


def round_of(cast, member):
    question = cast.kit_version.questions.first()
    return turns(member, begin_round(actor=cast.actor(member), stage=cast.stage, question=question), question)


def test_one_rule_says_who_rates_what_everywhere(three):
    interviews = people(three, 6)
    assert assign_stage(stage_id=three.stage.id) == 12
    assert assign_stage(stage_id=three.stage.id) == 0
    for interview in interviews:
        assert len(on_it(interview)) == 2
        for member in (three.bo, three.ines, three.tariq):
            assert all_rules_say(three, member, interview) == {member.id in on_it(interview)}
    assert [open_count(one) for one in (three.bo, three.ines, three.tariq)] == [4, 4, 4]
    assert AuditEntry.objects.filter(verb="assignments.made").count() == 1


def test_sending_answers_assigns_by_a_job_and_sets_the_day(three):
    interview = make_interview(three.stage, three.kit_version, state=InterviewState.STARTED)
    for question in three.kit_version.questions.all():
        make_answer(interview, question)
    person = candidate_actor(
        candidate_id=interview.application.candidate_id, name="Dee", organization_id=interview.organization_id
    )
    with time_machine.travel(dt.datetime(2026, 3, 5, 10, tzinfo=dt.UTC), tick=False):  # a Thursday
        assert submit(interview=interview, actor=person)
        run_all_due()
    interview.refresh_from_db()
    assert interview.rate_by == dt.date(2026, 3, 10)
    assert {one.due_on for one in Assignment.objects.all()} == {interview.rate_by}
    assert len(on_it(interview)) == 2


def test_ratings_are_never_due_after_the_promised_reply(three):
    three.stage.rating_days, three.stage.reply_days = 9, 2
    three.stage.save()
    (interview,) = people(three, 1, reply_by=timezone.localdate() + dt.timedelta(days=1))
    assign_stage(stage_id=three.stage.id)
    assert {one.due_on for one in Assignment.objects.all()} == {interview.reply_by}


def test_who_speaks_the_language_rates_it(three):
    Member.objects.filter(id=three.bo.id).update(languages=["de"])
    english, german = people(three, 1)[0], people(three, 1, language="de")[0]
    assign_stage(stage_id=three.stage.id)
    assert three.bo.id not in on_it(english)
    assert len(on_it(english)) == len(on_it(german)) == 2


def test_two_at_once_pick_nobody_twice(transactional_db):
    cast = Cast()
    cast.stage.raters_wanted, cast.stage.assignment = 1, Assigning.BY_RULE
    cast.stage.save()
    interviews = people(cast, 8)
    begin, failed = threading.Barrier(3), []

    def work():
        begin.wait()
        try:
            assign_stage(stage_id=cast.stage.id)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed
    assert all(len(on_it(interview)) == 1 for interview in interviews)
    assert sorted(open_count(one) for one in (cast.bo, cast.ines)) == [4, 4]


def test_two_reviewers_save_at_the_same_time_and_both_are_kept(transactional_db):
    cast = Cast()
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    questions = list(cast.kit_version.questions.all())
    begin, failed = threading.Barrier(4), []

    def write(member, mine):
        begin.wait()
        try:
            for value in (1, 2, 3):
                for question in mine:
                    keep_rating(
                        actor=cast.actor(member),
                        interview=interview,
                        question_id=question.id,
                        draft=Draft(value, f"{member.user.name} heard {value}"),
                    )
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    halves = (questions[:2], questions[2:])
    threads = [
        threading.Thread(target=write, args=(member, half)) for member in (cast.bo, cast.ines) for half in halves
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed
    assert Scorecard.objects.count() == 2
    for scorecard in Scorecard.objects.select_related("member__user"):
        notes = [rating.note for rating in scorecard.ratings.all()]
        assert notes == [f"{scorecard.member.user.name} heard 3"] * len(questions)


def test_who_leaves_the_stage_hands_on_and_finds_everything_when_back(three):
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    first, second = Member.objects.filter(id__in=on_it(interview))
    stand_in = next(one for one in (three.bo, three.ines, three.tariq) if one.id not in on_it(interview))
    draft(three, first, interview, 4)
    reviewers(three, second, stand_in)
    assert on_it(interview) == {second.id, stand_in.id}
    left = Assignment.objects.get(interview=interview, member=first)
    assert left.end == AssignmentEnd.LEFT
    assert Assignment.objects.get(member=stand_in).instead_of_id == first.id
    assert all_rules_say_no(three, first, interview)
    with pytest.raises(NotAllowed) as refused:
        draft(three, first, interview, 5)
    assert refused.value.code == "no_longer_yours"
    assert "What was saved before is kept" in refused.value.words
    assert may_read_kept(three.actor(first), interview)

    reviewers(three, first, second, stand_in)
    assert on_it(interview) == {first.id, second.id}
    assert may_rate(three.actor(first), interview)
    assert Scorecard.objects.get(member=first).ratings.get().note == "what I heard"


def all_rules_say_no(cast, member, interview):
    actor = cast.actor(member)
    return not (
        may_rate(actor, interview)
        or may_watch_interview(actor, interview)
        or waiting(member).exists()
        or watchable(actor).exists()
        or member.id in {viewer.member.id for viewer in readiness(interview).viewers}
    )


def test_a_stand_in_who_has_begun_is_not_sent_away(three):
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    first, second = Member.objects.filter(id__in=on_it(interview))
    stand_in = next(one for one in (three.bo, three.ines, three.tariq) if one.id not in on_it(interview))
    draft(three, first, interview)
    reviewers(three, second, stand_in)
    draft(three, stand_in, interview)
    reviewers(three, first, second, stand_in)
    assert on_it(interview) == {first.id, second.id, stand_in.id}


def test_a_member_who_is_deactivated_in_mid_review(three):
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    first, second = Member.objects.filter(id__in=on_it(interview))
    draft(three, first, interview)
    deactivate_member(actor=three.actor(three.ada), member=first)
    run_all_due()
    assert first.id not in on_it(interview)
    assert len(on_it(interview)) == 2
    assert Scorecard.objects.filter(member=first).exists()
    reactivate_member(actor=three.actor(three.ada), member=first)
    run_all_due()
    assert on_it(interview) == {first.id, second.id}


def test_by_hand_what_somebody_left_stays_open_for_the_recruiter(three):
    share_out(three, Assigning.BY_HAND)
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    assert on_it(interview) == set()
    assign(actor=three.actor(three.rafael), interview=interview, member=three.bo)
    reviewers(three, three.ines, three.tariq)
    assert on_it(interview) == set()
    assert "2 more people have to be assigned and watch" in words(readiness(interview))


def test_by_hand_add_take_and_hand_over_keep_what_was_written(three):
    share_out(three, Assigning.BY_HAND)
    (interview,) = people(three, 1)
    rafael = three.actor(three.rafael)
    assign(actor=rafael, interview=interview, member=three.bo)
    draft(three, three.bo, interview)
    hand_over(actor=rafael, interview=interview, member=three.bo, to=three.ines)
    assert on_it(interview) == {three.ines.id}
    assert may_read_kept(three.actor(three.bo), interview)
    assert not may_read_kept(three.actor(three.ines), interview)
    take_away(actor=rafael, interview=interview, member=three.ines)
    assign(actor=rafael, interview=interview, member=three.bo)
    assert may_rate(three.actor(three.bo), interview)
    assert Scorecard.objects.get(member=three.bo).ratings.get().note == "what I heard"
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {
        "assignment.made", "assignment.taken", "assignment.handed_over",
    }  # fmt: skip


def test_the_rule_does_not_give_back_what_a_person_took_away(three):
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    taken = Member.objects.filter(id__in=on_it(interview)).first()
    take_away(actor=three.actor(three.rafael), interview=interview, member=taken)
    assign_stage(stage_id=three.stage.id)
    assert taken.id not in on_it(interview)
    assert len(on_it(interview)) == 2


@pytest.mark.parametrize(
    ("who", "code"),
    [("bo", "assigned"), ("audrey", "not_a_reviewer"), ("ines", "conflict"), ("rafael", "may_have_read")],
)
def test_who_cannot_be_assigned_by_hand(three, who, code):
    three.stage.raters_wanted = 1
    share_out(three, Assigning.BY_HAND)
    StageReviewer.objects.create(organization=three.organization, stage=three.stage, member=three.rafael)
    (interview,) = people(three, 1)
    rafael = three.actor(three.rafael)
    assign(actor=rafael, interview=interview, member=three.bo)
    flag_conflict(actor=rafael, interview=interview, member=three.ines)
    rate(three.bo, interview, (3, 3, 3, 3))
    with pytest.raises(Refused) as refused:
        assign(actor=rafael, interview=interview, member=getattr(three, who))
    assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        take_away(actor=rafael, interview=interview, member=three.bo)
    assert refused.value.code == "handed_in"


@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_only_owners_and_recruiters_of_the_organization_assign(three, who):
    share_out(three, Assigning.BY_HAND)
    (interview,) = people(three, 1)
    actor = three.actor(getattr(three, who))
    assert not may_assign(actor, three.stage)
    for verb in (assign, take_away, flag_conflict):
        with pytest.raises(NotAllowed):
            verb(actor=actor, interview=interview, member=three.ines)
    with pytest.raises(NotAllowed):
        lift_conflict(actor=actor, interview=interview, member=three.ines)


def test_who_knows_the_candidate_neither_rates_nor_watches_and_somebody_else_does(three):
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    knowing = Member.objects.filter(id__in=on_it(interview)).first()
    draft(three, knowing, interview)
    flag_conflict(actor=three.actor(knowing), interview=interview, member=knowing)
    assert all_rules_say_no(three, knowing, interview)
    run_all_due()
    assert knowing.id not in on_it(interview)
    assert len(on_it(interview)) == 2
    assert Assignment.objects.get(member=knowing).end == AssignmentEnd.CONFLICT
    with pytest.raises(NotAllowed):
        lift_conflict(actor=three.actor(knowing), interview=interview, member=knowing)
    assert lift_conflict(actor=three.actor(three.rafael), interview=interview, member=knowing)


def test_a_recruiter_who_knows_the_candidate_sees_nothing_of_what_was_given(cast):
    (interview, other) = people(cast, 2)
    rate(cast.bo, interview, (3, 3, 3, 3))
    watch(cast.rafael, interview)
    flag_conflict(actor=cast.actor(cast.ada), interview=interview, member=cast.rafael)
    rafael = cast.actor(cast.rafael)
    assert not may_watch_interview(rafael, interview)
    assert not may_see_scorecards(rafael, interview)
    visible = set(sent(rafael, cast.stage).filter(is_visible=True).values_list("id", flat=True))
    assert visible == {other.id}
    assert cast.rafael.id not in {viewer.member.id for viewer in readiness(interview).viewers}


def test_where_everybody_rates_what_is_rated_enough_leaves_the_list_of_who_has_not_begun(cast):
    tariq = make_member(cast.organization, "Tariq Haddad", "reviewer")
    una = make_member(cast.organization, "Una Byrne", "reviewer")
    for member in (tariq, una):
        StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=member)
    (interview,) = people(cast, 1)
    draft(cast, una, interview)
    rate(cast.bo, interview, (3, 3, 3, 3))
    assert open_count(tariq) == 1
    rate(cast.ines, interview, (3, 3, 4, 3))
    assert open_count(tariq) == 0
    assert open_count(una) == 1
    assert round_of(cast, tariq) == []
    assert may_rate(cast.actor(tariq), interview)
    assert not may_see_scorecards(cast.actor(tariq), interview)


@pytest.mark.parametrize("how", [Assigning.EVERYBODY, Assigning.BY_RULE])
def test_a_third_is_picked_in_the_moment_two_disagree_and_sees_no_mark_of_it(three, how):
    una = make_member(three.organization, "Una Byrne", "reviewer")
    share_out(three, how)
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    first, second = Member.objects.filter(id__in=on_it(interview) or {three.bo.id, three.ines.id})
    StageReviewer.objects.create(organization=three.organization, stage=three.stage, member=una)
    rate(first, interview, (1, 3, 3, 3))
    rate(second, interview, (4, 3, 3, 3))
    third = Assignment.objects.get(reason=AssignmentReason.THIRD).member
    others = {three.bo, three.ines, three.tariq, una} - {first, second, third}
    assert third not in (first, second)
    assert open_count(third) == 1
    assert [open_count(one) for one in others] == [0]
    (item,) = work_list(third)
    assert "third" not in repr(item).lower()
    assert not may_see_scorecards(three.actor(third), interview)
    rate(third, interview, (2, 3, 3, 3))
    interview.summary.refresh_from_db()
    assert not interview.summary.needs_third


def test_without_a_third_reviewer_one_who_is_named_later_is_asked(cast):
    (interview,) = people(cast, 1)
    rate(cast.bo, interview, (1, 3, 3, 3))
    rate(cast.ines, interview, (4, 3, 3, 3))
    assert not Assignment.objects.exists()
    tariq = make_member(cast.organization, "Tariq Haddad", "reviewer")
    reviewers(cast, cast.bo, cast.ines, tariq)
    assert Assignment.objects.get().member_id == tariq.id
    assert open_count(tariq) == 1


def test_a_stage_that_shares_out_from_now_on_leaves_what_is_begun(three):
    share_out(three, Assigning.EVERYBODY)
    (interview, other) = people(three, 2)
    draft(three, three.bo, interview)
    rate(three.ines, interview, (3, 3, 3, 3))
    share_out(three, Assigning.BY_RULE)
    assert may_rate(three.actor(three.ines), interview)
    assign_stage(stage_id=three.stage.id)
    assert on_it(interview) == {three.bo.id, three.ines.id}
    assert len(on_it(other)) == 2


def test_a_recruiter_among_the_reviewers_sees_what_others_rated_for_good_and_nothing_before(three):
    StageReviewer.objects.create(organization=three.organization, stage=three.stage, member=three.rafael)
    rafael = three.actor(three.rafael)
    share_out(three, Assigning.BY_HAND)
    (interview,) = people(three, 1)
    for member in (three.bo, three.ines):
        assign(actor=rafael, interview=interview, member=member)
    seen = []
    for member, values in ((three.bo, (3, 3, 3, 3)), (three.ines, (3, 4, 3, 3))):
        seen.append(may_see_scorecards(rafael, interview))
        rate(member, interview, values)
    assert seen == [False, False]
    assert may_see_scorecards(rafael, interview)
    assert sent(rafael, three.stage).filter(is_visible=True).count() == 1


def test_what_is_due_comes_first_in_list_and_round(cast):
    today = timezone.localdate()
    interviews = people(cast, 5, rate_by=today + dt.timedelta(days=3))
    urgent = interviews[3]
    Interview.objects.filter(id=urgent.id).update(rate_by=today)
    assert work_list(cast.bo)[0].id == urgent.id
    assert round_of(cast, cast.bo)[0].interview_id == urgent.id


def test_one_mail_before_and_one_when_it_is_overdue(cast):
    monday = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    interviews = people(cast, 3, rate_by=dt.date(2026, 3, 3))
    rate(cast.ines, interviews[0], (3, 3, 3, 3))

    def sent_on(moment):
        with time_machine.travel(moment, tick=False):
            remind_raters()
            remind_raters()
        found = {message.to_email: message.subject for message in Message.objects.filter(kind="review.ratings_due")}
        Message.objects.all().delete()
        return found

    assert sent_on(monday - dt.timedelta(hours=8)) == {}
    before = sent_on(monday)
    assert before[cast.bo.user.email].startswith("3 interviews wait for your ratings")
    assert before[cast.ines.user.email].startswith("2 interviews wait for your ratings")
    assert sent_on(monday + dt.timedelta(days=1)) == {}
    for interview in interviews[1:]:
        rate(cast.ines, interview, (3, 3, 3, 3))
    overdue = sent_on(monday + dt.timedelta(days=2))
    assert overdue == {cast.bo.user.email: "Your ratings of 3 interviews are overdue"}
    assert sent_on(monday + dt.timedelta(days=3)) == {}


def test_a_third_who_has_not_begun_is_let_go_once_the_two_have_talked(cast):
    tariq = make_member(cast.organization, "Tariq Haddad", "reviewer")
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=tariq)
    (interview,) = people(cast, 1)
    rate(cast.bo, interview, (1, 3, 3, 3))
    rate(cast.ines, interview, (4, 3, 3, 3))
    assert open_count(tariq) == 1
    reconcile(actor=cast.actor(cast.bo), interview=interview, words="We heard the same and named it differently.")
    assert open_count(tariq) == 0
    assign_stage(stage_id=cast.stage.id)
    assert open_count(tariq) == 0


def test_assignments_go_with_the_ratings(three):
    (interview,) = people(three, 1)
    assign_stage(stage_id=three.stage.id)
    for member in Member.objects.filter(id__in=on_it(interview)):
        rate(member, interview, (3, 3, 3, 3))
    Decision.objects.create(
        organization=three.organization, interview=interview, outcome="advance", reason="x", decided_by=three.rafael,
        replied_at=timezone.now(), reply_subject="x", reply_body="x",
    )  # fmt: skip
    Decision.objects.update(created_at=timezone.now() - dt.timedelta(days=3000))
    erase_due()
    assert not Assignment.objects.exists()
