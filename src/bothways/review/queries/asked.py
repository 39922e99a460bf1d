"""The questions of a kit version as the rule of combination takes them."""

from collections.abc import Iterable

from bothways.kits.models import WEIGHT, Question
from bothways.kits.queries.weights import weights_of
from bothways.review.combination import Asked


def asked_of(questions: Iterable[Question]) -> list[Asked]:
    """Loaded questions of one version with what they weigh. One query.

    A question that looks for nothing named stands for itself.
    """
    questions = list(questions)
    weights = weights_of(questions[0].kit_version_id) if questions else {}
    return [Asked(one.place, one.competency_id or one.id, weights.get(one.competency_id, WEIGHT)) for one in questions]
