"""Reading gold answers: which are ready, and what of them a member may see."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from bothways.accounts.actors import Actor
from bothways.kits.models import Kit, KitVersion, Question
from bothways.kits.queries.versions import USABLE
from bothways.media.models import RecordingState
from bothways.positions.models import Stage, StageReviewer
from bothways.review.models import GoldAnswer, GoldRating


@dataclass(frozen=True, slots=True)
class ShownGold:
    """A kept gold answer. `shows_rating` is false for who rates with this kit and has not rated it themselves yet."""

    gold: GoldAnswer
    is_ready: bool
    is_used: bool
    shows_rating: bool


def ready_gold(kit_id: uuid.UUID | None) -> QuerySet[GoldAnswer]:
    """What runs of a kit may take: rated, playable, not retired. Those of older versions count until somebody retires
    them."""
    return GoldAnswer.objects.filter(
        question__kit_version__kit=kit_id,
        kept_at__isnull=False,
        value__isnull=False,
        retired_at__isnull=True,
        recording__state=RecordingState.READY,
    )


def shown_gold(actor: Actor, kit: Kit) -> list[ShownGold]:
    """Every kept gold answer of a kit that is not retired, by question. Two queries."""
    met = GoldRating.objects.filter(gold=OuterRef("pk"))
    own = met.filter(run__member=actor.id, locked_at__isnull=False)
    found = (
        GoldAnswer.objects.filter(question__kit_version__kit=kit, kept_at__isnull=False, retired_at__isnull=True)
        .select_related("question__kit_version", "recording", "made_by__user")
        .prefetch_related("recording__renditions")
        .annotate(is_used=Exists(met), is_own_met=Exists(own))
        .order_by("question__kit_version__number", "question__place", "created_at")
    )
    rates = rates_with(actor, kit.id)
    return [
        ShownGold(
            gold=gold,
            is_ready=gold.value is not None and gold.recording.state == RecordingState.READY,
            is_used=gold.is_used,
            shows_rating=not rates or gold.is_own_met or gold.made_by_id == actor.id,
        )
        for gold in found
    ]


def by_question(version: KitVersion, golds: list[ShownGold]) -> list[tuple[Question, list[ShownGold]]]:
    """The questions of a version that are spoken or signed, each with its gold answers; then those of older versions
    that have some. One query."""
    found: dict[Question, list[ShownGold]] = defaultdict(list)
    for question in version.questions.select_related("competency"):
        if question.is_recorded:
            found[question] = []
    for shown in golds:
        found[shown.gold.question].append(shown)
    return list(found.items())


def rates_with(actor: Actor, kit_id: uuid.UUID) -> bool:
    """Whether this member rates in a stage of the kit: then the lead's ratings are not theirs to read before."""
    return StageReviewer.objects.filter(organization=actor.organization_id, member=actor.id, stage__kit=kit_id).exists()


def shows_rating(actor: Actor, gold: GoldAnswer) -> bool:
    """As `ShownGold.shows_rating`, of one."""
    if gold.made_by_id == actor.id or not rates_with(actor, gold.question.kit_version.kit_id):
        return True
    return gold.ratings.filter(run__member=actor.id, locked_at__isnull=False).exists()


def may_have_gold(question: Question) -> bool:
    """Gold answers belong to questions that change no more, and that are answered with a recording."""
    return question.is_recorded and question.kit_version.state in USABLE


def calibrating_stages(kit_id: uuid.UUID) -> QuerySet[Stage]:
    return Stage.objects.filter(kit=kit_id, calibration=True)


def kept_gold(question: Question, member_id: uuid.UUID | None) -> GoldAnswer | None:
    """The newest gold answer of this member to the question that waits for its rating."""
    waiting = GoldAnswer.objects.filter(
        question=question, made_by=member_id, kept_at__isnull=False, value=None, retired_at=None
    )
    return waiting.order_by("-kept_at", "-id").first()


def stage_with(kit_id: uuid.UUID) -> Stage | None:
    """A stage of the kit, to go back to: one that calibrates before any other."""
    stages = Stage.objects.select_related("position").filter(kit=kit_id)
    return stages.order_by("-calibration", "-created_at").first()
