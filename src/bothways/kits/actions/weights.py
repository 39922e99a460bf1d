"""Saying what counts how much, before anybody has answered."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.kits.actions.drafts import locked_draft
from bothways.kits.models import MOST_WEIGHT, WEIGHT, CompetencyWeight, KitVersion
from bothways.lib.errors import Refused


@transaction.atomic
def set_weights(*, actor: Actor, version: KitVersion, weights: Mapping[uuid.UUID, int]) -> None:
    """Give each competency of a draft its weight. Who is not named weighs `WEIGHT`, as everything does at first.

    Raises:
        Refused: `weight` for what is no whole number from 1 to `MOST_WEIGHT`, `competency` for one that no question of
            the draft looks for, `not_a_draft`.
    """
    draft = locked_draft(actor, version)
    if any(type(weight) is not int or not 1 <= weight <= MOST_WEIGHT for weight in weights.values()):
        words = _("A weight is a whole number from 1 to %(most)d. The weights are as they were.")
        raise Refused("weight", words % {"most": MOST_WEIGHT})
    asked = set(draft.questions.exclude(competency=None).values_list("competency_id", flat=True))
    if not set(weights) <= asked:
        words = _(
            "One of these is no longer looked for in this kit. Load the page again. The weights are as they were."
        )
        raise Refused("competency", words)
    CompetencyWeight.objects.filter(kit_version=draft).delete()
    CompetencyWeight.objects.bulk_create(
        CompetencyWeight(organization_id=draft.organization_id, kit_version=draft, competency_id=id_, weight=weight)
        for id_, weight in weights.items()
        if weight != WEIGHT
    )
    KitVersion.objects.filter(id=draft.id).update(updated_at=timezone.now())
    detail = {"version": draft.number, "weights": {str(id_): weight for id_, weight in weights.items()}}
    record(organization=draft.organization, actor=actor, verb="kit.weights_changed", thing=draft, detail=detail)
