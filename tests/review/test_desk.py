"""What is left, what waits longest, what is due: in sums."""

import datetime as dt

from django.utils import timezone

from bothways.interviews.models import Interview, InterviewState
from bothways.positions.models import Stage
from bothways.review.actions.scorecards import Draft, keep_rating
from bothways.review.models import Decision, Summary
from bothways.review.queries import handing_in
from bothways.review.queries.desk import desk
from bothways.review.queries.handing_in import complete, to_hand_in
from bothways.review.queries.inbox import waiting
from tests.factories import make_interview, make_kit_version, make_stage, make_submitted_interview
from tests.factories.review import rate


def give(cast, member, interview, values):
    for question, value in zip(interview.kit_version.questions.all(), values, strict=False):
        keep_rating(actor=cast.actor(member), interview=interview, question_id=question.id, draft=Draft(value, ""))


def people(cast, count, stage=None, version=None):
    return [
        make_submitted_interview(stage or cast.stage, version or cast.kit_version, f"P{number} X")
        for number in range(count)
    ]


def test_what_is_left_of_each_question(cast):
    first, second, third, decided = people(cast, 4)
    give(cast, cast.bo, first, (4, 0, 3))
    give(cast, cast.bo, second, (2, None))
    give(cast, cast.ines, third, (1, 1, 1, 1))
    give(cast, cast.bo, decided, (5, 5))
    Decision.objects.create(
        organization=cast.organization, interview=decided, outcome="decline", reason="clear", decided_by=cast.ada
    )
    make_interview(cast.stage, cast.kit_version, "Lou Late", state=InterviewState.STARTED)
    [left] = desk(cast.bo).stages
    assert [(one.question.place, one.left, one.of) for one in left.questions] == [
        (1, 1, 3), (2, 2, 3), (3, 2, 3), (4, 3, 3),
    ]  # fmt: skip
    assert left.next.question.place == 1 and left.is_begun and left.complete == 0
    assert (left.answers, left.minutes) == (8, 4)
    assert desk(cast.ines).stages[0].complete == 1


def test_what_waits_longest_and_what_is_due(cast):
    now, today = timezone.now(), timezone.localdate()
    for interview, (waited, due) in zip(people(cast, 4), ((1, 5), (9, 3), (4, 3), (2, None)), strict=True):
        Interview.objects.filter(id=interview.id).update(
            submitted_at=now - dt.timedelta(days=waited), reply_by=due and today + dt.timedelta(days=due)
        )
    found = desk(cast.bo)
    assert found.waits_since == now - dt.timedelta(days=9)
    assert (found.due, found.due_then) == (today + dt.timedelta(days=3), 2)


def test_the_same_days_and_the_same_ratings_are_counted_apart(cast):
    """Whatever the database counts together, each sum is over all of it."""
    today = timezone.localdate()
    days = [None, 2, 2, 5, 5, 2]
    given = [(), (3, 3, 3, 3), (), (3, 3, 3, 3), (None, 4), (1,)]
    for interview, day, values in zip(people(cast, 6), days, given, strict=True):
        date = day and today + dt.timedelta(days=day)
        Interview.objects.filter(id=interview.id).update(reply_by=date, rate_by=date)
        give(cast, cast.bo, interview, values)
        give(cast, cast.ines, interview, (5, 5))
    [left] = desk(cast.bo).stages
    assert [(one.left, one.of) for one in left.questions] == [(3, 6), (3, 6), (4, 6), (4, 6)]
    assert (left.interviews, left.complete) == (6, 2)
    assert (left.due_then, left.rate_then) == (3, 3)


def test_enough_others_and_nobody_begun_waits_no_more_but_what_is_begun_does(cast):
    begun, left_alone = people(cast, 2)
    give(cast, cast.bo, begun, (2, 2, 2, 2))
    for interview in (begun, left_alone):
        rate(cast.ines, interview, (3, 3, 3, 3))
        Summary.objects.filter(interview=interview).update(raters=interview.stage.raters_wanted)
    [left] = desk(cast.bo).stages
    assert (left.interviews, left.complete, left.answers) == (1, 1, 0)
    assert desk(cast.ines).stages == ()


def test_the_stage_with_the_nearest_date_comes_first(cast):
    other = make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second")
    people(cast, 2)
    people(cast, 1, stage=other)
    Interview.objects.filter(stage=other).update(reply_by=timezone.localdate())
    assert [one.stage.name for one in desk(cast.bo).stages] == ["Second", "Recorded interview"]
    assert desk(cast.bo).interviews == 3
    assert [one.stage.name for one in desk(cast.ines).stages] == ["Recorded interview"]


def test_nobody_elses_work(cast):
    people(cast, 2)
    for member in (cast.ada, cast.rafael, cast.audrey, cast.cleo):
        assert desk(member).stages == ()
        assert to_hand_in(cast.actor(member), cast.stage) == ([], 0)


def test_complete_ones_can_be_handed_in_together(cast):
    first, second, third = people(cast, 3)
    give(cast, cast.bo, first, (4, 3, 2, 0))
    give(cast, cast.bo, second, (4, 3, 2))
    give(cast, cast.ines, third, (1, 1, 1, 1))
    [one], every = to_hand_in(cast.actor(cast.bo), cast.stage)
    assert every == 1
    assert one.interview == first and one.who == first.code_name
    assert [rating.value for _question, rating in one.rows] == [4, 3, 2, None]
    assert desk(cast.bo).stages[0].complete == 1
    rate(cast.bo, first, (4, 3, 2, 0))
    assert to_hand_in(cast.actor(cast.bo), cast.stage) == ([], 0)


def test_a_fixed_number_of_queries(cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert desk(cast.bo).stages == ()
    people(cast, 1)
    with django_assert_num_queries(5):
        desk(cast.bo)
    version = make_kit_version(cast.ada, questions=6)
    for interview in [*people(cast, 6), *people(cast, 3, make_stage(cast.position, version, (cast.bo,)), version)]:
        give(cast, cast.bo, interview, (3, 3, 3, 3))
    with django_assert_num_queries(5):
        assert len(desk(cast.bo).stages) == 2
    with django_assert_num_queries(5):
        shown, every = to_hand_in(cast.actor(cast.bo), cast.stage)
    assert len(shown) == every == 6
    with django_assert_num_queries(1):
        assert to_hand_in(cast.actor(cast.ines), cast.stage) == ([], 0)


def test_the_longest_wait_is_handed_in_first_and_all_are_counted(cast, monkeypatch):
    """Whoever has begun hands in, whether others were enough or the step asks for calibration by now."""
    monkeypatch.setattr(handing_in, "MOST_AT_ONCE", 2)
    first, second, third, decided, lacking = people(cast, 5)
    for interview in (third, second, first, decided):
        give(cast, cast.bo, interview, (1, 0, 3, 4))
    give(cast, cast.bo, lacking, (1, 2, 3, None))
    Decision.objects.create(
        organization=cast.organization, interview=decided, outcome="decline", reason="clear", decided_by=cast.ada
    )
    rate(cast.ines, first, (3, 3, 3, 3))
    Summary.objects.filter(interview=first).update(raters=first.stage.raters_wanted)
    Stage.objects.update(calibration=True)
    shown, every = to_hand_in(cast.actor(cast.bo), cast.stage)
    assert ([one.interview for one in shown], every) == ([first, second], 3)
    some = complete(cast.actor(cast.bo), cast.stage, [third.id, decided.id, lacking.id])
    assert list(some) == [third]
    assert set(waiting(cast.bo)) == {first, second, third, lacking}
