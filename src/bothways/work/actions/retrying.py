"""Having done again what failed in the end."""

import uuid

from django.db import transaction
from django.utils import timezone

from bothways.work.actions.jobs import wake
from bothways.work.models import Job, JobState
from bothways.work.queries.lanes import failed_jobs
from bothways.work.registry import HANDLERS

AT_ONCE = 500


@transaction.atomic
def retry_jobs(*, organization_id: uuid.UUID, job_id: uuid.UUID | None = None, name: str = "") -> list[Job]:
    """Put a failed job, or the newest AT_ONCE of one kind, back to those that wait, with all its tries. Returns them.

    What waits, runs, is done or was asked for again since stays as it is: pressing twice is pressing once.
    """
    wanted = failed_jobs(organization_id).filter(**{"id": job_id} if job_id else {"name": name})
    ids = [job.id for job in wanted[:AT_ONCE]]
    again = list(Job.objects.select_for_update().filter(id__in=ids, state=JobState.FAILED))
    now = timezone.now()
    for job in again:
        job.state, job.attempts, job.ended_at, job.error = JobState.WAITING, 0, None, ""
        job.due_at = job.turn_at = now
        job.save(update_fields=["state", "attempts", "ended_at", "error", "due_at", "turn_at"])
        before_retry = HANDLERS[job.name].before_retry
        if before_retry is not None:
            before_retry(**job.payload)
        wake(job)
    return again
