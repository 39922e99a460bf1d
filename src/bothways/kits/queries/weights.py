"""What each competency of a kit version weighs in the mean."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from bothways.kits.models import WEIGHT, Competency, CompetencyWeight, KitVersion, Question


@dataclass(frozen=True, slots=True)
class Weighed:
    """One competency of a version: its weight, and what part of the whole that is, in percent."""

    competency: Competency
    weight: int
    percent: int


def weights_of(version_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """The weights that somebody set, by competency; who is not in it weighs `WEIGHT`. One query."""
    rows = CompetencyWeight.objects.filter(kit_version=version_id)
    return dict(rows.values_list("competency_id", "weight"))


def weighed(version: KitVersion, questions: Iterable[Question]) -> list[Weighed]:
    """The competencies of these loaded questions, in their order, each once. One query."""
    set_weights = weights_of(version.id)
    competencies = {question.competency_id: question.competency for question in questions if question.competency}
    whole = sum(set_weights.get(id_, WEIGHT) for id_ in competencies)
    return [
        Weighed(competency, weight := set_weights.get(competency.id, WEIGHT), round(100 * weight / whole))
        for competency in competencies.values()
    ]
