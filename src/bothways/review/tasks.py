"""Background work of reviewing."""

import uuid

from bothways.review.actions import agreement, retention
from bothways.work.registry import job, periodic


@job("review.figures")
def figures(stage_id: str, kit_version_id: str) -> None:
    agreement.make_figures(stage_id=uuid.UUID(stage_id), kit_version_id=uuid.UUID(kit_version_id))


@periodic("review.figures_left_over", minutes=60)
def figures_left_over() -> None:
    agreement.make_left_over()


@periodic("review.erase_due", minutes=360)
def erase_due() -> None:
    retention.erase_due()
