"""What comes behind a stage."""

from bothways.positions.models import Stage


def stage_after(stage: Stage) -> Stage | None:
    """The stage to which whoever advances moves on; None behind the last. One query."""
    later = Stage.objects.filter(position=stage.position_id, place__gt=stage.place).select_related("position", "kit")
    return later.order_by("place").first()
