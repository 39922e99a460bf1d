"""Reasons in the words of the rubric: which there are to pick, and how a picked one reads."""

import uuid
from dataclasses import dataclass

from bothways.interviews.models import Interview
from bothways.kits.models import Question

ANCHORED = (1, 3, 5)
"""The levels that have words."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One anchor of one question, as it is picked."""

    question: uuid.UUID
    level: int

    def __str__(self) -> str:
        return f"{self.question}:{self.level}"

    @classmethod
    def read(cls, text: str) -> "Ground | None":
        question, _colon, level = text.partition(":")
        try:
            return cls(uuid.UUID(question), int(level))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Pickable:
    """The anchors of one question that have words, the lowest first. `name` is its competency, or the question."""

    name: str
    place: int
    anchors: tuple[tuple[Ground, str], ...]


def pickable(interview: Interview) -> list[Pickable]:
    """What a reason about this interview can be picked from, in the order of the kit. One query."""
    questions = interview.kit_version.questions.select_related("competency").order_by("place")
    found = [
        Pickable(
            name=question.competency.name if question.competency else str(question),
            place=question.place,
            anchors=tuple(
                (Ground(question.id, level), text) for level in ANCHORED if (text := _anchor(question, level))
            ),
        )
        for question in questions
    ]
    return [one for one in found if one.anchors]


def _anchor(question: Question, level: int) -> str:
    return {1: question.anchor_1, 3: question.anchor_3, 5: question.anchor_5}[level]
