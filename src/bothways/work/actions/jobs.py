"""Asking for work, doing it, and finding what was left undone."""

import datetime as dt
import logging
import os
import socket
import traceback
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_q.tasks import async_task

from bothways.work.models import Job, JobState, Lane
from bothways.work.registry import HANDLERS

logger = logging.getLogger(__name__)

FIRST_RETRY = dt.timedelta(seconds=10)
LONGEST_RETRY = dt.timedelta(hours=2)
DONE_KEPT = dt.timedelta(days=14)
WOKEN_AT_ONCE = 100
WORKER_DIED = "The worker died each time."
PUT_OFF = dt.timedelta(seconds=1)


class TryLater(Exception):
    """A job's way to say that nothing is wrong but that it is too early. Tried again without counting as a failure."""

    def __init__(self, delay: dt.timedelta) -> None:
        super().__init__(f"in {delay}")
        self.delay = delay


class GivenUp(Exception):
    """A job's way to say that trying again would end the same way. Its words are kept as the reason."""


@transaction.atomic
def enqueue(
    *,
    organization_id: uuid.UUID,
    name: str,
    key: str,
    payload: dict[str, Any],
    delay: dt.timedelta = dt.timedelta(0),
    yields: dt.timedelta = dt.timedelta(0),
) -> Job:
    """Ask for a job inside the caller's transaction: no row, no job.

    While a job of the same name and key is waiting or running, asking again changes nothing. Where several wait in its
    lane, those go first that are asked for until `yields` from now: so what people wait for comes before what only
    makes things nicer, short work before long, and nothing waits for ever.
    """
    handler, now = HANDLERS[name], timezone.now()
    job, is_new = Job.objects.get_or_create(
        name=name,
        key=key,
        state__in=[JobState.WAITING, JobState.RUNNING],
        defaults={
            "organization_id": organization_id,
            "payload": payload,
            "lane": handler.lane,
            "state": JobState.WAITING,
            "due_at": now + delay,
            "turn_at": now + delay + yields,
        },
    )
    if is_new and not delay:
        wake(job)
    return job


def call_off(*, name: str, key: str) -> bool:
    """Forget a job that waits for its first try. False when there is none: it has been begun, or done."""
    never_tried = Job.objects.filter(name=name, key=key, state=JobState.WAITING, attempts=0)
    return bool(never_tried.delete()[0])


@transaction.atomic
def enqueue_many(*, organization_id: uuid.UUID, name: str, work: dict[str, dict[str, Any]]) -> None:
    """Ask for many jobs of one kind at once: `work` has the payload of each key. The keys must be new.

    Only the first ones are woken here; the sweep takes the others, a thousand a minute.
    """
    now = timezone.now()
    jobs = [
        Job(
            organization_id=organization_id,
            name=name,
            key=key,
            payload=payload,
            lane=HANDLERS[name].lane,
            state=JobState.WAITING,
            due_at=now,
            turn_at=now,
        )
        for key, payload in work.items()
    ]
    Job.objects.bulk_create(jobs, batch_size=500)
    for job in jobs[:WOKEN_AT_ONCE]:
        wake(job)


def wake(job: Job) -> None:
    """Tell the lane's workers. A lost wake-up only delays: the sweep finds the row."""
    async_task("bothways.work.actions.jobs.run", str(job.id), cluster=job.lane)


def run(job_id: str) -> None:
    """Woken for a job: do the one in its lane whose turn it is, which may be another; then the woken one is woken
    again, because the other may have had no wake-up of its own to leave. Does nothing when none is due, or somebody
    else has them all in hand.
    """
    lane = Job.objects.filter(id=job_id).values_list("lane", flat=True).first()
    job = _claim(lane) if lane else None
    if job is None:
        return
    _do(job)
    waits = Job.objects.filter(id=job_id, state=JobState.WAITING, due_at__lte=timezone.now())
    if still := waits.exclude(id=job.id).first():
        wake(still)


def _claim(lane: str) -> Job | None:
    """Take the one whose turn it is. Only one worker's update finds it free; the others look again."""
    while True:
        now = timezone.now()
        free = Job.objects.filter(lane=lane, due_at__lte=now).filter(
            Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
        )
        next_id = free.order_by("turn_at").values_list("id", flat=True).first()
        if next_id is None:
            return None
        claimed = free.filter(id=next_id).update(
            state=JobState.RUNNING,
            started_at=now,
            lease_until=now + lease(lane),
            claimed_by=_worker_name(),
            attempts=F("attempts") + 1,
        )
        if claimed:
            return Job.objects.get(id=next_id)


def _do(job: Job) -> None:
    handler = HANDLERS[job.name]
    if job.attempts > handler.attempts:
        _end(job, JobState.FAILED, job.error or WORKER_DIED)
        return
    try:
        handler.run(**job.payload)
    except TryLater as early:
        _try_again(job, early.delay, attempts=job.attempts - 1)
    except GivenUp as reason:
        logger.warning("Job %s was given up: %s", job, reason)
        _end(job, JobState.FAILED, str(reason))
    except Exception:
        error = traceback.format_exc()
        logger.warning("Job %s failed (attempt %d): %s", job, job.attempts, error)
        if job.attempts >= handler.attempts:
            _end(job, JobState.FAILED, error)
        else:
            _try_again(job, backoff(job.attempts), attempts=job.attempts, error=error)
    else:
        _end(job, JobState.DONE, "")


def lease(lane: str) -> dt.timedelta:
    """How long a worker may hold a job: the lane's time limit and a little more."""
    limits = {
        Lane.SHORT: settings.SHORT_LANE_TIMEOUT_S,
        Lane.MEDIA: settings.MEDIA_LANE_TIMEOUT_S,
        Lane.WORDS: settings.WORDS_LANE_TIMEOUT_S,
    }
    return dt.timedelta(seconds=limits[Lane(lane)] + 10)


def backoff(attempts: int) -> dt.timedelta:
    """10 s, 20 s, 40 s … at most two hours."""
    return min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY)


def sweep() -> int:
    """Wake all that is due and nobody works on; give back what dead workers of this machine held."""
    now = timezone.now()
    host = socket.gethostname()
    for job in Job.objects.filter(state=JobState.RUNNING, claimed_by__startswith=f"{host}:", lease_until__gte=now):
        if not _is_alive(int(job.claimed_by.rpartition(":")[2])):
            Job.objects.filter(id=job.id, claimed_by=job.claimed_by).update(lease_until=now)
    due = Job.objects.filter(
        Q(state=JobState.WAITING, due_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lte=now)
    ).order_by("due_at")[:1000]
    for job in due:
        wake(job)
    Job.objects.filter(state=JobState.DONE, ended_at__lt=now - DONE_KEPT).delete()
    return len(due)


def wake_those_due(*, lane: str, since: dt.datetime) -> dt.datetime:
    """Wake what was put off and has become due since then; asked every few seconds, where the sweep comes each minute.

    Returns until when it looked, for the next time.
    """
    now = timezone.now()
    put_off = Job.objects.filter(lane=lane, state=JobState.WAITING, due_at__gt=F("created_at") + PUT_OFF)
    for job in put_off.filter(due_at__gt=since, due_at__lte=now):
        wake(job)
    return now


def run_all_due(lanes: Sequence[str] = Lane.values) -> int:
    """Do everything that is due, here and now, lane after lane: for tests."""
    count = 0
    while job := next((job for lane in lanes if (job := _claim(lane))), None):
        _do(job)
        count += 1
    return count


def _try_again(job: Job, delay: dt.timedelta, *, attempts: int, error: str = "") -> None:
    Job.objects.filter(id=job.id, state=JobState.RUNNING).update(
        state=JobState.WAITING, due_at=timezone.now() + delay, attempts=attempts, lease_until=None, error=error[-4000:]
    )


def _end(job: Job, state: str, error: str) -> None:
    Job.objects.filter(id=job.id).update(state=state, ended_at=timezone.now(), lease_until=None, error=error[-4000:])


def _worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
