"""A position with a hundred thousand candidates, written in bulk."""

import datetime as dt
import random
from collections.abc import Iterator

from django.utils import timezone

from bothways.interviews.code_names import free_names
from bothways.interviews.models import Interview, InterviewState, Origin, PersonWord
from bothways.interviews.queries.person_words import words_of
from bothways.positions.models import Application, Candidate, Position
from tests.factories import make_kit_version, make_member, make_organization, make_position, make_stage

PEOPLE = 100_000
SHARES = {
    InterviewState.INVITED: 30, InterviewState.OPENED: 15, InterviewState.STARTED: 10, InterviewState.SUBMITTED: 30,
    InterviewState.EXPIRED: 12, InterviewState.WITHDRAWN: 3,
}  # fmt: skip
STARTS = (
    "ba", "be", "bo", "da", "do", "el", "fa", "ga", "ha", "in", "ja", "ka", "la", "le", "ma", "mi", "na", "ne",
    "no", "ol", "pa", "ra", "ro", "sa", "si", "so", "ta", "to", "va", "wi", "ya", "za",
)  # fmt: skip
MIDDLES = (
    "da", "la", "li", "lo", "ma", "me", "na", "ne", "ni", "ra", "re", "ri", "ro", "sa", "se", "ta", "te", "ti",
    "va", "vi",
)  # fmt: skip
ENDS = (
    "ka", "la", "len", "lo", "ma", "mes", "na", "nez", "ra", "rez", "rin", "ro", "ska", "son", "tan", "tti", "va",
    "vic",
)  # fmt: skip
RARE = "Quintessa Xylander"


def fill(people: int = PEOPLE) -> Position:
    """The filled position. The same seed makes the same people, whatever the database."""
    chance = random.Random(20_261_122)
    organization = make_organization(slug="bench")
    owner = make_member(organization, "Ada Lindqvist", "owner")
    position = make_position(owner)
    version = make_kit_version(owner)
    stage = make_stage(position, version, (owner,))
    names = free_names(lambda some: ())
    now = timezone.now()
    for some in _batched(people, 5000):
        candidates = [
            Candidate(
                organization=organization, name=name, email=f"{name.lower().replace(' ', '.')}.{number}@mail.test"
            )
            for number in some
            for name in [RARE if number == people // 2 else f"{_word(chance)} {_word(chance)}"]
        ]
        applications = [
            Application(organization=organization, position=position, candidate=candidate, stage=stage)
            for candidate in candidates
        ]
        states = chance.choices(list(SHARES), list(SHARES.values()), k=len(candidates))
        interviews = [
            Interview(
                organization=organization, application=application, position=position, stage=stage,
                kit_version=version, origin=Origin.CSV, code_name=next(names), state=state,
                deadline=now + dt.timedelta(days=chance.uniform(-20, 7)),
                submitted_at=now - dt.timedelta(days=chance.uniform(0, 9)) if state == "submitted" else None,
                reply_by=now.date() + dt.timedelta(days=5) if state == "submitted" else None,
            )
            for application, state in zip(applications, states, strict=True)
        ]  # fmt: skip
        words = [
            PersonWord(organization=organization, position=position, interview=interview, word=word)
            for interview, candidate in zip(interviews, candidates, strict=True)
            for word in words_of(candidate.name, candidate.email)
        ]
        for model, rows in (
            (Candidate, candidates), (Application, applications), (Interview, interviews), (PersonWord, words),
        ):  # fmt: skip
            model.objects.bulk_create(rows, batch_size=2000)
    return position


def _word(chance: random.Random) -> str:
    return (chance.choice(STARTS) + chance.choice(MIDDLES) + chance.choice(ENDS)).capitalize()


def _batched(count: int, size: int) -> Iterator[range]:
    return (range(start, min(start + size, count)) for start in range(0, count, size))
