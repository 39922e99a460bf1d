"""What leaves the product: only what the member may see, in chunks, and written down."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.kits.models import Competency, CompetencyWeight, KitVersion, Question
from bothways.lib.errors import NotAllowed
from bothways.review.actions.exports import export_ratings, export_scorecards
from bothways.review.actions.rating_changes import change_rating
from bothways.review.models import Summary
from bothways.review.queries.comparing import side_by_side
from bothways.review.queries.rating_lines import count_ratings, rating_lines
from bothways.review.queries.scorecard_paper import named_interview, scorecard_paper
from tests.factories import make_submitted_interview
from tests.factories.review import rate


def lines(cast, member, size=400):
    return [line for chunk in rating_lines(cast.actor(member), cast.stage, size) for line in chunk]


def test_one_line_for_each_rating_agrees_with_the_page(cast, interview):
    rate(cast.bo, interview, (4, 2, 3, 0))
    rate(cast.ines, interview, (5, 4, 0, 0), recommendation="hold")
    found = lines(cast, cast.rafael)
    actor = cast.actor(cast.rafael)
    shown = {
        (question.place, mark.rater, mark.value, mark.note)
        for question in cast.kit_version.questions.all()
        for side in side_by_side(actor, cast.stage, cast.kit_version, question, [interview.id])
        for mark in side.cell.marks
    }
    assert {(line.place, line.rater, line.value, line.note) for line in found} == shown and len(found) == 8
    assert {line.overall for line in found} == {Summary.objects.get().mean / 1000}
    assert {line.who for line in found} == {interview.code_name}
    assert [line.rater for line in found] == ["Bo Osei"] * 4 + ["Inês Carvalho"] * 4
    assert {(line.rater, line.recommendation) for line in found} == {("Bo Osei", "advance"), ("Inês Carvalho", "hold")}


def test_the_mean_goes_by_the_weights_of_the_kit_and_by_what_stands_now(cast, interview):
    kindness = Competency.objects.create(organization=cast.organization, name="Kindness")
    cast.kit_version.questions.filter(place=4).update(competency=kindness)
    CompetencyWeight.objects.create(
        organization=cast.organization, kit_version=cast.kit_version, competency=kindness, weight=3
    )
    rate(cast.bo, interview, (4, 4, 4, 2))
    question = cast.kit_version.questions.get(place=4)
    change_rating(
        actor=cast.actor(cast.bo), interview=interview, question_id=question.id, value=1, reason="Heard it again."
    )
    assert {line.overall for line in lines(cast, cast.rafael)} == {1.75}
    paper = scorecard_paper(named_interview(cast.actor(cast.rafael), interview.id), with_decisions=False)
    assert (paper.row.overall.mean, paper.row.overall.of_competencies) == (1.75, 2)


def test_a_rater_gets_nothing_of_others_before_their_own_is_in(cast, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.ines, interview, (1, 1, 1, 1))
    rate(cast.ines, other, (2, 2, 2, 2))
    rate(cast.bo, other, (5, 5, 5, 5))
    assert {line.who for line in lines(cast, cast.bo)} == {other.code_name}
    assert count_ratings(cast.actor(cast.bo), cast.stage) == 8
    assert count_ratings(cast.actor(cast.ines), cast.stage) == 12


def test_a_draft_is_in_no_export(cast, interview):
    scorecard = rate(cast.bo, interview, (4, 4, 4, 4))
    type(scorecard).objects.update(submitted_at=None)
    assert lines(cast, cast.rafael) == [] and count_ratings(cast.actor(cast.rafael), cast.stage) == 0


def test_cleo_gets_nothing(cast, interview):
    rate(cast.bo, interview, (4, 4, 4, 4))
    assert lines(cast, cast.cleo) == []
    with pytest.raises(NotAllowed):
        export_ratings(actor=cast.actor(cast.cleo), stage=cast.stage, file_kind="csv")
    with pytest.raises(NotAllowed):
        export_scorecards(actor=cast.actor(cast.cleo), interview=interview)
    assert not AuditEntry.objects.filter(verb__endswith=".exported").exists()


def test_it_is_written_down_with_how_much(cast, interview):
    rate(cast.bo, interview, (4, 4, 4, 4))
    assert export_ratings(actor=cast.actor(cast.audrey), stage=cast.stage, file_kind="xlsx") == 4
    entry = AuditEntry.objects.get(verb="ratings.exported")
    assert (entry.actor_name, entry.detail) == ("Audrey Blum", {"file": "xlsx", "rows": 4})
    assert entry.thing_id == str(cast.stage.id)


def test_every_version_of_the_kit_is_in_it(cast, interview):
    rate(cast.bo, interview, (4, 4, 4, 4))
    newer = KitVersion.objects.create(
        organization=cast.organization, kit=cast.kit_version.kit, number=2, state="published"
    )
    Question.objects.create(organization=cast.organization, kit_version=newer, place=1, text="Why?", asker=cast.ada)
    rate(cast.bo, make_submitted_interview(cast.stage, newer, "Kim Later"), (2,))
    found = lines(cast, cast.rafael)
    assert [(line.kit_version, line.place) for line in found] == [(2, 1), (1, 1), (1, 2), (1, 3), (1, 4)]
    assert found[0].competency == "" and found[1].competency == "Judgement"


def test_five_queries_for_each_chunk_whatever_is_in_it(cast, django_assert_num_queries):
    for number in range(7):
        person = make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
        rate(cast.bo, person, (3, 4, 5, number % 5))
        rate(cast.ines, person, (3, 4, 5, 1))
    with django_assert_num_queries(2 + 2 + 5):
        whole = lines(cast, cast.rafael)
    with django_assert_num_queries(2 + 2 + 3 * 5):
        assert lines(cast, cast.rafael, size=3) == whole
    assert len(whole) == 7 * 8 and [line.who for line in whole] == sorted(line.who for line in whole)
