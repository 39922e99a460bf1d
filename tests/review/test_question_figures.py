"""How the questions of a kit have worked: pooled over versions, and never of fewer than ten."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bothways.interviews.models import Interview, InterviewState, Passage
from bothways.kits.actions.versions import publish, start_draft
from bothways.kits.models import KitVersion, Question
from bothways.kits.queries.sameness import wording_of
from bothways.review.actions.question_figures import ask_where_more_is_there, make_question_figures
from bothways.review.agreement.quality import Quality, tens
from bothways.review.models import QuestionFigures
from bothways.review.policies import may_see_question_figures
from bothways.review.queries.question_figures import figures_by_question
from bothways.work.models import Job
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.factories.agreeing import hand_in, harder, sent_interviews, usual
from tests.web.team.preparing import signed_in, url


def went(
    interview: Interview,
    places: int,
    *,
    seconds: int = 90,
    takes: int = 2,
    answered: int | None = None,
    reason: str = "",
) -> None:
    """The candidate opened so many questions and answered `answered` of them, all as a rule."""
    for question in interview.kit_version.questions.filter(place__lte=places):
        passage = Passage.objects.create(
            organization=interview.organization, interview=interview, question=question, device="phone", mode="video"
        )
        if answered is None or question.place <= answered:
            passage.answered_at, passage.takes = passage.created_at + dt.timedelta(seconds=seconds), takes
        elif question.place == places:
            passage.stop_reason = reason
        passage.save()


def over(cast: Cast, version: KitVersion, state: str = InterviewState.EXPIRED) -> Interview:
    return make_interview(cast.stage, version, "Eve Left", state=state)


def quality(version: KitVersion, place: int = 1) -> Quality | None:
    make_question_figures(kit_id=version.kit_id)
    question = version.questions.get(place=place)
    return figures_by_question(version.kit, [question]).get(question.id)


def test_ratings_are_counted_and_raters_compared(cast: Cast) -> None:
    interviews = sent_interviews(cast, 12)
    hand_in(cast.bo, interviews, usual)
    hand_in(cast.ines, interviews, lambda at, place: 0 if at == 0 else harder(at, place))
    found = quality(cast.kit_version)
    assert found is not None and found.rated == 24 and sum(found.spread or ()) == 24
    assert found.spread is not None and found.spread[0] == 1
    assert found.agreement.icc_1_1.value is not None and found.agreement.targets == 11
    assert not found.is_low


def test_under_ten_there_are_words_only(cast: Cast) -> None:
    hand_in(cast.bo, sent_interviews(cast, 9), usual)
    for _person in range(9):
        went(over(cast, cast.kit_version), 1, answered=0, reason="unclear")
    found = quality(cast.kit_version)
    assert found is not None and found.rated == 9
    assert (found.spread, found.seconds, found.takes, found.opened, found.left, found.reasons) == (None,) * 6
    assert "unclear" not in str(QuestionFigures.objects.values_list("figures", flat=True))


def test_people_are_counted_in_tens_so_that_none_can_be_told_from_the_next(cast: Cast) -> None:
    for person in range(19):
        went(over(cast, cast.kit_version), 1, answered=0, reason="unclear" if person < 12 else "private")
    found = quality(cast.kit_version)
    assert found is not None and (found.opened, found.left, found.reasons) == (10, 10, (("unclear", 10),))
    went(over(cast, cast.kit_version), 1, answered=0, reason="private")
    found = quality(cast.kit_version)
    assert found is not None and found.reasons == (("unclear", 12), ("private", 8))
    assert [len(tens(range(many))) for many in (0, 9, 10, 19, 20)] == [0, 0, 10, 10, 20]


def test_time_takes_and_where_people_stop(cast: Cast) -> None:
    for person in range(10):
        sent = make_interview(cast.stage, cast.kit_version, state="submitted", submitted_at=timezone.now())
        went(sent, 4, seconds=60 + 10 * person, takes=1 + person % 2)
    for _person in range(6):
        went(over(cast, cast.kit_version, InterviewState.WITHDRAWN), 2, answered=1, seconds=100)
    for _person in range(4):
        went(over(cast, cast.kit_version), 4)  # All answered, never sent: they stopped at no question.
    went(make_interview(cast.stage, cast.kit_version, state="started"), 2, answered=1, seconds=100)
    second = quality(cast.kit_version, 2)
    assert second is not None and (second.opened, second.left) == (20, 6)
    assert (second.answered, second.seconds, second.takes) == (10, 105, 1.5)
    first = quality(cast.kit_version, 1)
    assert first is not None and (first.left, first.answered) == (0, 20)


def test_who_withdraws_after_sending_did_not_stop_at_a_question(cast: Cast) -> None:
    for _person in range(10):
        interview = make_interview(cast.stage, cast.kit_version, state="withdrawn", submitted_at=timezone.now())
        went(interview, 4, answered=3)
    found = quality(cast.kit_version, 4)
    assert found is not None and found.left == 0


def test_versions_are_pooled_while_words_and_anchors_stay(cast: Cast) -> None:
    first = cast.kit_version
    KitVersion.objects.filter(id=first.id).update(state="frozen")
    hand_in(cast.bo, sent_interviews(cast, 6), usual)
    draft = start_draft(actor=cast.actor(cast.ada), kit=first.kit)
    Question.objects.filter(kit_version=draft, place=2).update(anchor_3="Something else of it.")
    publish(actor=cast.actor(cast.ada), version=draft)
    later = [make_submitted_interview(cast.stage, draft) for _person in range(5)]
    hand_in(cast.bo, later, usual)
    same = quality(draft, 1)
    assert same is not None and (same.rated, same.versions) == (11, (1, 2))
    changed, before = quality(draft, 2), quality(first, 2)
    assert changed is not None and before is not None
    assert (changed.rated, changed.versions, before.rated, before.versions) == (5, (2,), 6, (1,))
    question = draft.questions.get(place=1)
    assert wording_of(question) == wording_of(first.questions.get(place=1))
    question.text += " "
    assert wording_of(question) != wording_of(first.questions.get(place=1))


def test_the_job_is_asked_for_where_there_is_more_and_only_there(cast: Cast) -> None:
    assert ask_where_more_is_there() == 0
    interviews = sent_interviews(cast, 3)
    hand_in(cast.bo, interviews, usual)
    assert ask_where_more_is_there() == 1
    assert Job.objects.get(name="review.question_figures").key == str(cast.kit_version.kit_id)
    make_question_figures(kit_id=cast.kit_version.kit_id)
    assert ask_where_more_is_there() == 0
    went(interviews[0], 1)
    assert ask_where_more_is_there() == 1
    Interview.objects.all().delete()
    assert ask_where_more_is_there() == 1
    make_question_figures(kit_id=cast.kit_version.kit_id)
    assert not QuestionFigures.objects.exists() and ask_where_more_is_there() == 0


def test_who_sees_them(cast: Cast) -> None:
    kit = cast.kit_version.kit
    seen = {m.user.name.split()[0] for m in (cast.ada, cast.rafael, cast.bo, cast.audrey, cast.cleo) if
            may_see_question_figures(cast.actor(m), kit)}  # fmt: skip
    assert seen == {"Ada", "Rafael", "Audrey"}
    cast.stage.reviewers.create(organization=cast.organization, member=cast.rafael)
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    assert not may_see_question_figures(cast.actor(cast.rafael), kit)
    hand_in(cast.rafael, [interview], usual)
    assert may_see_question_figures(cast.actor(cast.rafael), kit)


def test_the_kit_says_it_where_the_question_is_edited(cast: Cast) -> None:
    interviews = sent_interviews(cast, 24)
    hand_in(cast.bo, interviews, usual)
    hand_in(cast.ines, interviews, lambda at, place: usual(at + 1, place))
    kit = cast.kit_version.kit
    make_question_figures(kit_id=kit.id)
    KitVersion.objects.filter(id=cast.kit_version.id).update(state="frozen")
    draft = start_draft(actor=cast.actor(cast.ada), kit=kit)
    rafael, bo = signed_in(cast.rafael), signed_in(cast.bo)
    page = rafael.get(url(cast, "kits-edit", kit.id)).content.decode()
    assert page.count("How this question has worked") == 4 and "rated 48 times" in page
    assert "Raters agree little here: look at the anchors." in page
    assert "fewer than 10 answers yet" in page and "style=" not in page
    assert "How this question has worked" not in bo.get(url(cast, "kits-edit", kit.id)).content.decode()
    edit = rafael.get(url(cast, "questions-edit", draft.questions.get(place=1).id)).content.decode()
    assert "How this question has worked" in edit
    Question.objects.filter(kit_version=draft, place=1).update(text="Asked in other words?")
    edit = rafael.get(url(cast, "questions-edit", draft.questions.get(place=1).id)).content.decode()
    assert "How this question has worked" not in edit
    assert signed_in(cast.cleo).get(url(cast, "kits-edit", kit.id)).status_code == 404


@pytest.mark.parametrize("questions", [1, 4])
def test_reading_them_is_one_query(cast: Cast, questions: int) -> None:
    hand_in(cast.bo, sent_interviews(cast, 2), usual)
    make_question_figures(kit_id=cast.kit_version.kit_id)
    asked = list(cast.kit_version.questions.all()[:questions])
    with CaptureQueriesContext(connection) as captured:
        figures_by_question(cast.kit_version.kit, asked)
    assert len(captured) == 1
