from importlib import import_module

import pytest
from django.apps import apps

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import InterviewState
from bothways.kits.models import MOST_QUESTIONS
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import StageReviewer
from bothways.review.actions.scorecards import (
    LONGEST_NOTE,
    Draft,
    Overtaken,
    keep_overall,
    keep_rating,
    submit_scorecard,
)
from bothways.review.models import Rating, Scorecard
from bothways.review.places import bits_of
from bothways.review.queries.scorecards import own_scorecard
from tests.factories import make_kit_version
from tests.factories.review import rate


@pytest.fixture
def bo(cast):
    return cast.actor(cast.bo)


@pytest.fixture
def question(cast):
    return cast.kit_version.questions.first()


def keep(bo, interview, question, value, note="", revision=None):
    return keep_rating(
        actor=bo, interview=interview, question_id=question.id, draft=Draft(value, note), revision=revision
    )


def test_each_keystroke_is_one_row_that_grows(bo, interview, question):
    for note in ("S", "Sa", "Says it first"):
        rating = keep(bo, interview, question, 4, note)
    assert Rating.objects.get() == rating
    assert (rating.value, rating.note, rating.revision) == (4, "Says it first", 3)


def test_not_enough_evidence_is_a_value_of_its_own(bo, interview, question):
    keep(bo, interview, question, 4)
    rating = keep(bo, interview, question, 0)
    assert rating.value is None and rating.not_enough_evidence
    assert keep(bo, interview, question, 2).not_enough_evidence is False


def test_the_same_words_twice_change_nothing(bo, interview, question):
    keep(bo, interview, question, 4, "a", revision=0)
    assert keep(bo, interview, question, 4, "a", revision=0).revision == 1


def test_an_old_draft_does_not_overwrite_a_newer_one(bo, interview, question):
    keep(bo, interview, question, 4, "from the laptop", revision=0)
    with pytest.raises(Overtaken) as caught:
        keep(bo, interview, question, 2, "from the phone, yesterday", revision=0)
    assert caught.value.current.note == "from the laptop"
    assert Rating.objects.get().value == 4


@pytest.mark.parametrize("value", [-1, 6, 17])
def test_other_numbers_are_refused(bo, interview, question, value):
    with pytest.raises(Refused, match="value"):
        keep(bo, interview, question, value)


def test_a_note_that_is_too_long_is_refused_in_words(bo, interview, question):
    with pytest.raises(Refused, match="what was saved before is kept"):
        keep(bo, interview, question, 3, "x" * (LONGEST_NOTE + 1))


def test_questions_of_another_kit_are_refused(cast, bo, interview):
    foreign = make_kit_version(cast.ada).questions.first()
    with pytest.raises(Refused, match="question"):
        keep(bo, interview, foreign, 3)


def test_handing_in_needs_every_question_and_a_recommendation(cast, bo, interview):
    questions = list(cast.kit_version.questions.all())
    keep(bo, interview, questions[0], 5)
    keep(bo, interview, questions[2], 0)
    with pytest.raises(Refused, match="question 2, 4 has no rating"):
        submit_scorecard(actor=bo, interview=interview)
    keep(bo, interview, questions[1], 3)
    keep(bo, interview, questions[3], 3)
    with pytest.raises(Refused, match="no_recommendation"):
        submit_scorecard(actor=bo, interview=interview)
    keep_overall(actor=bo, interview=interview, recommendation="hold", note="")
    assert submit_scorecard(actor=bo, interview=interview).submitted_at


def test_what_is_handed_in_cannot_be_changed(cast, bo, interview, question):
    rate(cast.bo, interview, (4, 4, 4, 4))
    for change in (
        lambda: keep(bo, interview, question, 1),
        lambda: keep_overall(actor=bo, interview=interview, recommendation="decline", note=""),
        lambda: submit_scorecard(actor=bo, interview=interview),
    ):
        with pytest.raises(Refused, match="locked"):
            change()
    assert set(Rating.objects.values_list("value", flat=True)) == {4}


def test_only_reviewers_of_the_stage_rate(cast, interview, question):
    for member in (cast.ada, cast.rafael, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            keep(cast.actor(member), interview, question, 3)
    assert not Scorecard.objects.exists()


def test_a_reviewer_taken_off_the_stage_keeps_what_was_saved_and_saves_no_more(cast, bo, interview, question):
    keep(bo, interview, question, 4, "kept")
    StageReviewer.objects.filter(member=cast.bo).delete()
    with pytest.raises(NotAllowed):
        keep(bo, interview, question, 1)
    assert Rating.objects.get().note == "kept"


def test_answers_that_were_not_sent_are_not_rated(bo, interview, question):
    interview.state = InterviewState.WITHDRAWN
    with pytest.raises(NotAllowed):
        keep(bo, interview, question, 4)


def test_an_own_scorecard_is_never_somebody_elses(cast, bo, interview, django_assert_num_queries):
    rate(cast.ines, interview, (1, 1, 1, 1))
    with django_assert_num_queries(2):
        assert [rating for _, rating in own_scorecard(bo, interview).rows] == [None] * 4
    rate(cast.bo, interview, (5, 5, 5, 5))
    with django_assert_num_queries(4):
        assert [rating.value for _, rating in own_scorecard(bo, interview).rows] == [5] * 4


def test_the_audit_log_knows_the_first_stroke_and_the_last(cast, interview):
    rate(cast.bo, interview, (4, 4, 4, 4))
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["scorecard.started", "scorecard.submitted"]


def test_the_scorecard_says_which_questions_have_a_rating(bo, interview, question):
    second = interview.kit_version.questions.get(place=2)
    keep(bo, interview, question, 4)
    keep(bo, interview, second, 0)
    assert Scorecard.objects.get().rated_places == 0b110
    keep(bo, interview, question, None, "a note alone is no rating")
    assert Scorecard.objects.get().rated_places == 0b100


def test_scorecards_from_before_say_it_after_the_migration(bo, interview, question):
    keep(bo, interview, question, 4)
    keep(bo, interview, interview.kit_version.questions.get(place=2), None, "only a note")
    Scorecard.objects.update(rated_places=0)
    import_module("bothways.review.migrations.0019_rated_places").say_it_again(apps, None)
    assert Scorecard.objects.get().rated_places == 0b10


def test_all_places_of_the_longest_kit_fit() -> None:
    assert bits_of(range(1, MOST_QUESTIONS + 1)) <= 32_767
