"""Who rates in a stage."""

import uuid

from bothways.accounts.actors import Actor
from bothways.positions.models import StageReviewer


def is_rater(actor: Actor, stage_id: uuid.UUID | None) -> bool:
    """Whether this member is a reviewer of the stage. One query."""
    if not actor.is_member:
        return False
    return StageReviewer.objects.filter(
        organization=actor.organization_id, stage=stage_id, member=actor.id, member__is_active=True
    ).exists()
