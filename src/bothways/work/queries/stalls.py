"""Does a lane stand still though there is work?"""

import datetime as dt

from django.utils import timezone

from bothways.work.models import Job, JobState

PATIENCE = dt.timedelta(minutes=3)
"""The sweep wakes what is due each minute; a lane that has begun nothing after three wake-ups does not hear them."""


def is_stalled(lane: str) -> bool:
    """Whether something has been due for long, nothing runs, and nothing was begun lately."""
    now = timezone.now()
    jobs = Job.objects.filter(lane=lane)
    return (
        jobs.filter(state=JobState.WAITING, due_at__lt=now - PATIENCE).exists()
        and not jobs.filter(state=JobState.RUNNING, lease_until__gt=now).exists()
        and not jobs.filter(started_at__gt=now - PATIENCE).exists()
    )
