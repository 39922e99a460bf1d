import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bothways.interviews.models import Interview, InterviewState
from bothways.review.actions.scorecards import Draft, keep_rating
from bothways.review.models import Decision
from bothways.review.queries.inbox import open_count, still_answering, work_list
from tests.factories import make_interview, make_kit_version, make_stage, make_submitted_interview
from tests.factories.review import rate


def age(interview, days):
    Interview.objects.filter(id=interview.id).update(submitted_at=timezone.now() - dt.timedelta(days=days))


def test_the_longest_wait_comes_first(cast):
    for name, days in (("Dee", 1), ("Kim", 5), ("Lou", 3)):
        age(make_submitted_interview(cast.stage, cast.kit_version, name), days)
    waits = [item.submitted_at for item in work_list(cast.bo)]
    assert waits == sorted(waits) and len(waits) == 3


def test_only_my_stages_only_what_was_sent_and_not_yet_rated(cast):
    mine = make_submitted_interview(cast.stage, cast.kit_version)
    done = make_submitted_interview(cast.stage, cast.kit_version, "Kim Done")
    rate(cast.bo, done, (3, 3, 3, 3))
    make_interview(cast.stage, cast.kit_version, "Lou Late", state=InterviewState.STARTED)
    make_submitted_interview(make_stage(cast.position, cast.kit_version, (cast.ines,)), cast.kit_version, "Mo Other")
    decided = make_submitted_interview(cast.stage, cast.kit_version, "Nia Decided")
    Decision.objects.create(
        organization=cast.organization, interview=decided, outcome="advance", reason="clear", decided_by=cast.ada
    )
    held = make_submitted_interview(cast.stage, cast.kit_version, "Oz Held")
    Decision.objects.create(
        organization=cast.organization, interview=held, outcome="hold", reason="wait", decided_by=cast.ada
    )
    assert {item.id for item in work_list(cast.bo)} == {mine.id, held.id}
    assert open_count(cast.bo) == 2
    assert open_count(cast.ines) == 4
    assert open_count(cast.ada) == open_count(cast.cleo) == 0
    assert still_answering(cast.bo) == 1


def test_what_is_next_is_the_first_question_without_a_rating(cast, interview):
    questions = list(cast.kit_version.questions.all())
    for question, value in ((questions[0], 4), (questions[1], 0), (questions[3], 2)):
        keep_rating(actor=cast.actor(cast.bo), interview=interview, question_id=question.id, draft=Draft(value, ""))
    [item] = work_list(cast.bo)
    assert (item.rated, item.questions, item.next_place) == (3, 4, 3)
    assert item.length_ms == 4 * 30_000


def test_blind_is_decided_in_the_database(cast, interview):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        [item] = work_list(cast.bo)
    assert item.who == interview.code_name and item.is_blind
    interview.stage.blind_level = "nothing"
    interview.stage.save()
    assert work_list(cast.bo)[0].who == "Dee Okafor"
    assert len(captured) == 2


def test_two_queries_whatever_the_number(cast, django_assert_num_queries):
    other = make_kit_version(cast.ada)
    for number in range(12):
        make_submitted_interview(cast.stage, other if number % 2 else cast.kit_version, f"P{number} X")
    with django_assert_num_queries(2):
        assert len(work_list(cast.bo)) == 12
    with django_assert_num_queries(2):
        assert open_count(cast.bo) == 12
