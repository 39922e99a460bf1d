"""A stage in which everybody has sent answers and two people have rated all of them, written in bulk."""

import random

from django.utils import timezone

from benchmarks.pages import size
from bothways.interviews.code_names import free_names
from bothways.interviews.models import Interview, InterviewState, Origin
from bothways.kits.models import Competency
from bothways.positions.models import Application, Candidate
from bothways.review.combination import Asked, combine, wants_third
from bothways.review.models import Outcome, Rating, Scorecard, Summary, SummaryCell
from bothways.review.places import bits_of
from tests.factories import Cast

PEOPLE = size(5_000)


def fill(people: int = PEOPLE) -> Cast:
    """The same seed makes the same ratings, whatever the database."""
    chance = random.Random(20_261_129)
    cast = Cast()
    organization, now, names = cast.organization, timezone.now(), free_names(lambda some: ())
    questions = list(cast.kit_version.questions.all())
    for question in questions:
        name = f"Competency {question.place}"
        question.competency = Competency.objects.create(organization=organization, name=name)
        question.save()
    asked = [Asked(question.place, question.competency_id, 1) for question in questions]
    candidates = Candidate.objects.bulk_create(
        Candidate(organization=organization, name=f"Person {n}", email=f"person.{n}@mail.test") for n in range(people)
    )
    applications = Application.objects.bulk_create(
        Application(organization=organization, position=cast.position, candidate=candidate, stage=cast.stage)
        for candidate in candidates
    )
    interviews = Interview.objects.bulk_create(
        Interview(
            organization=organization, application=application, position=cast.position, stage=cast.stage,
            kit_version=cast.kit_version, origin=Origin.CSV, code_name=next(names), state=InterviewState.SUBMITTED,
            deadline=now, submitted_at=now, reply_by=now.date(),
        )
        for application in applications
    )  # fmt: skip
    rows: dict[type, list] = {Scorecard: [], Rating: [], Summary: [], SummaryCell: []}
    for interview in interviews:
        scorecards = [
            Scorecard(
                organization=organization, interview=interview, member=member, submitted_at=now,
                recommendation=chance.choice(Outcome.values),
                rated_places=bits_of(question.place for question in questions),
            )
            for member in (cast.bo, cast.ines)
        ]  # fmt: skip
        ratings = [
            Rating(organization=organization, scorecard=scorecard, question=question, value=chance.randint(1, 5))
            for scorecard in scorecards
            for question in questions
        ]
        combined = combine(asked, [(one.scorecard_id, one.question.place, one.value) for one in ratings])
        recommended = [scorecard.recommendation for scorecard in scorecards]
        summary = Summary(
            organization=organization, interview=interview, mean=combined.mean, lowest=combined.lowest,
            highest=combined.highest, competencies=combined.competencies, raters=2, first_spread=combined.spread,
            advances=recommended.count("advance"), holds=recommended.count("hold"),
            declines=recommended.count("decline"), needs_third=wants_third(2, combined.spread, recommended),
        )  # fmt: skip
        rows[Scorecard] += scorecards
        rows[Rating] += ratings
        rows[Summary].append(summary)
        rows[SummaryCell] += [
            SummaryCell(
                organization=organization, summary=summary, place=place, mean=one.mean, raters=one.raters,
                spread=one.spread,
            )
            for place, one in combined.columns.items()
        ]  # fmt: skip
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=2000)
    return cast
