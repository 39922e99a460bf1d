"""A stage with five thousand candidates who answered four questions, and two raters, written in bulk.

Other pages of rating, comparing and deciding can be measured on the same rows.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bothways.accounts.models import Member
from bothways.interviews.code_names import free_names
from bothways.interviews.models import Answer, Interview, InterviewState, Origin, Take
from bothways.kits.models import Question
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState, Rendition
from bothways.positions.models import Application, Candidate, Stage
from bothways.review.models import Rating, Scorecard
from bothways.review.places import bits_of
from tests.factories import make_kit_version, make_member, make_organization, make_position, make_stage

PEOPLE = 5_000
QUESTIONS = 4
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Filled:
    """`begun` has rated question 1 for everybody and question 2 for every other one; `done` has handed in all."""

    stage: Stage
    questions: list[Question]
    owner: Member
    begun: Member
    done: Member


def fill(people: int = PEOPLE) -> Filled:
    """The same seed makes the same people and ratings, whatever the database."""
    chance = random.Random(20_261_129)
    organization = make_organization(slug="bench")
    owner = make_member(organization, "Ada Lindqvist", "owner")
    begun = make_member(organization, "Bo Osei", "reviewer")
    done = make_member(organization, "Inês Carvalho", "reviewer")
    version = make_kit_version(owner, QUESTIONS)
    stage = make_stage(make_position(owner), version, (begun, done))
    questions = list(version.questions.all())
    interviews = _people(stage, version, people, chance)
    _answers(interviews, questions, chance)
    handed_in = timezone.now()
    _ratings(interviews, done, lambda number: questions, chance, recommendation="hold", submitted_at=handed_in)
    _ratings(interviews, begun, lambda number: questions[: 2 - number % 2], chance)
    return Filled(stage, questions, owner, begun, done)


def _people(stage: Stage, version: Any, people: int, chance: random.Random) -> list[Interview]:
    now, organization, names = timezone.now(), stage.organization, free_names(lambda some: ())
    candidates = [
        Candidate(organization=organization, name=f"Person {number}", email=f"person.{number}@mail.test")
        for number in range(people)
    ]
    applications = [
        Application(organization=organization, position=stage.position, candidate=candidate, stage=stage)
        for candidate in candidates
    ]
    interviews = [
        Interview(
            organization=organization, application=application, position=stage.position, stage=stage,
            kit_version=version, origin=Origin.CSV, code_name=next(names), state=InterviewState.SUBMITTED,
            deadline=now, submitted_at=now - dt.timedelta(days=chance.uniform(0, 9)),
            reply_by=now.date() + dt.timedelta(days=chance.randint(1, 9)),
        )
        for application in applications
    ]  # fmt: skip
    for rows in (candidates, applications, interviews):
        _write(rows)
    return interviews


def _answers(interviews: list[Interview], questions: list[Question], chance: random.Random) -> None:
    recordings, renditions, answers, takes = [], [], [], []
    for interview in interviews:
        for question in questions:
            organization = interview.organization
            recording = Recording(
                organization=organization, kind="video", state=RecordingState.READY, container="mp4",
                video_codec="h264", audio_codec="aac", duration_ms=chance.randint(40_000, 170_000), size=1000,
            )  # fmt: skip
            answer = Answer(organization=organization, interview=interview, question=question)
            recordings.append(recording)
            renditions.append(
                Rendition(
                    organization=organization, recording=recording, kind="playable", mime="video/mp4", size=1000,
                    store_key=f"bench/{recording.id}",
                )
            )  # fmt: skip
            answers.append(answer)
            takes.append(
                Take(organization=organization, answer=answer, number=1, recording=recording, client_key=new_id())
            )
    for rows in (recordings, renditions, answers, takes):
        _write(rows)
    for answer, take in zip(answers, takes, strict=True):
        answer.chosen_take = take
    Answer.objects.bulk_update(answers, ["chosen_take"], batch_size=500)


def _ratings(
    interviews: list[Interview],
    member: Member,
    rated: Callable[[int], Iterable[Question]],
    chance: random.Random,
    **overall: Any,
) -> None:
    scorecards = [
        Scorecard(
            organization=member.organization,
            interview=interview,
            member=member,
            rated_places=bits_of(question.place for question in rated(number)),
            **overall,
        )
        for number, interview in enumerate(interviews)
    ]
    _write(scorecards)
    _write([
        Rating(organization=member.organization, scorecard=scorecard, question=question, value=chance.randint(1, 5))
        for number, scorecard in enumerate(scorecards)
        for question in rated(number)
    ])  # fmt: skip


def _write(rows: list[Any]) -> None:
    type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)
