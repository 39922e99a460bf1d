"""Keeping what was counted about a long stage, and counting it anew in the background."""

import datetime as dt
import uuid

from django.core.cache import cache
from django.utils import timezone

from bothways.positions.models import Stage
from bothways.review.progress import Progress
from bothways.review.queries.progress import count_progress
from bothways.work.actions.jobs import enqueue

MANY = 200
"""Stages with fewer people are counted on every look."""

FRESH = dt.timedelta(minutes=1)
STALE = dt.timedelta(days=1)
"""Older figures than FRESH are shown while a job counts anew; older ones than STALE are not shown any more."""


def progress_of(stage: Stage) -> Progress:
    """The figures to show: exact for up to `MANY` people, at most a little over a minute old for more.

    What was never counted, or long ago, is counted now.
    """
    kept: Progress | None = cache.get(_key(stage.id))
    if kept is None or kept.made_at < timezone.now() - STALE:
        return _count(stage)
    if kept.made_at < timezone.now() - FRESH:
        enqueue(
            organization_id=stage.organization_id,
            name="review.progress",
            key=f"stage:{stage.id}",
            payload={"stage_id": str(stage.id)},
        )
    return kept


def recount_progress(*, stage_id: uuid.UUID) -> None:
    """Count a stage anew, as a job."""
    stage = Stage.objects.filter(id=stage_id).first()
    if stage is not None:
        _count(stage)


def _count(stage: Stage) -> Progress:
    progress = count_progress(stage)
    if progress.people > MANY:
        cache.set(_key(stage.id), progress, timeout=STALE.total_seconds())
    return progress


def _key(stage_id: uuid.UUID) -> str:
    return f"progress:{stage_id}"
