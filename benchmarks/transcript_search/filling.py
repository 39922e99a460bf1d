"""Ten thousand transcripts of two minutes, in two positions of one organization, written in bulk."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from bothways.accounts.models import Member
from bothways.interviews.code_names import free_names
from bothways.interviews.models import Answer, Interview, InterviewState, Origin, SpokenText, Take
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState
from bothways.positions.models import Application, Candidate, Position
from tests.factories import make_kit_version, make_member, make_organization, make_position, make_stage

QUESTIONS = 4
LARGE, SMALL = 2000, 500
WORDS = 300
"""Words of one answer: two minutes."""

IN_EVERY, IN_SOME, RARE = "anyway", "idempotency", "quintessence"
SHARE_OF_SOME = 0.02
_SYLLABLES = ("ba", "den", "fo", "gra", "hil", "ju", "kem", "lo", "mar", "nis", "o", "pra", "ru", "sen", "ti", "vel")


@dataclass(frozen=True, slots=True)
class Filled:
    """`rater` rates in the small position only."""

    owner: Member
    rater: Member
    large: Position
    small: Position


def fill() -> Filled:
    """The same seed makes the same answers, whatever the database."""
    chance = random.Random(20_261_129)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    organization = make_organization(slug="bench")
    owner = make_member(organization, "Ada Lindqvist", "owner")
    rater = make_member(organization, "Bo Tran", "reviewer")
    version = make_kit_version(owner, questions=QUESTIONS)
    questions = list(version.questions.order_by("place"))
    names = free_names(lambda some: ())
    positions = []
    for people, title in ((LARGE, "Backend engineer"), (SMALL, "Site lead")):
        position = make_position(owner, title)
        stage = make_stage(position, version, (rater,) if people == SMALL else (owner,))
        positions.append(position)
        now = timezone.now()
        for batch in _batched(people, 500):
            candidates = [
                Candidate(organization=organization, name=f"Person {n}", email=f"p{n}.{title[:4]}@mail.test")
                for n in batch
            ]
            applications = [
                Application(organization=organization, position=position, candidate=one, stage=stage)
                for one in candidates
            ]
            interviews = [
                Interview(
                    organization=organization, application=one, position=position, stage=stage, kit_version=version,
                    origin=Origin.CSV, code_name=next(names), state=InterviewState.SUBMITTED, deadline=now,
                    submitted_at=now - dt.timedelta(days=chance.uniform(0, 90)), reply_by=now.date(),
                )
                for one in applications
            ]  # fmt: skip
            answers = [
                Answer(organization=organization, interview=one, question=question)
                for one in interviews
                for question in questions
            ]
            recordings = [
                Recording(organization=organization, kind="video", state=RecordingState.READY, duration_ms=120_000)
                for _ in answers
            ]
            takes = [
                Take(organization=organization, answer=answer, number=1, recording=recording, client_key=new_id())
                for answer, recording in zip(answers, recordings, strict=True)
            ]
            texts = [_text(take, position, _said(chance, vocabulary, weights)) for take in takes]
            for rows in (candidates, applications, interviews, answers, recordings, takes, texts):
                type(rows[0]).objects.bulk_create(rows, batch_size=500)
            for answer, take in zip(answers, takes, strict=True):
                answer.chosen_take = take
            Answer.objects.bulk_update(answers, ["chosen_take"], batch_size=200)
    rare = SpokenText.objects.filter(position=positions[0]).order_by("id")[QUESTIONS * LARGE // 2]
    rare.text = f"{rare.text} {RARE}"
    rare.save()
    return Filled(owner, rater, *positions)


def _said(chance: random.Random, vocabulary: list[str], weights: list[float]) -> list[str]:
    """Words as often as words are (Zipf), in utterances of a dozen."""
    words = chance.choices(vocabulary, weights, k=WORDS)
    words[chance.randrange(WORDS)] = IN_EVERY
    if chance.random() < SHARE_OF_SOME:
        words[chance.randrange(WORDS)] = IN_SOME
    return [" ".join(words[start : start + 12]) for start in range(0, WORDS, 12)]


def _text(take: Take, position: Position, utterances: list[str]) -> SpokenText:
    return SpokenText(
        organization_id=take.organization_id,
        position=position,
        interview_id=take.answer.interview_id,
        take=take,
        language="en",
        text="\n".join(utterances),
        starts_ms=[number * 4800 for number in range(len(utterances))],
    )


def _batched(count: int, size: int) -> Iterator[range]:
    return (range(start, min(start + size, count)) for start in range(0, count, size))
