"""The page of lanes, line by line."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from bothways.accounts.models import Organization
from bothways.interviews.models import Take
from bothways.interviews.queries.watching import takes_of_recordings
from bothways.web.team.lane_words import job_words, lane_words, last_line, reason_words
from bothways.work.models import Job
from bothways.work.queries.lanes import Failures, LaneView


@dataclass(frozen=True, slots=True)
class LaneLine:
    """`running` has what each does and since when; `waiting` how many of what."""

    view: LaneView
    words: str | Promise
    running: list[tuple[str | Promise, dt.datetime | None]]
    waiting: list[tuple[str | Promise, int]]


@dataclass(frozen=True, slots=True)
class FailureLine:
    """`take` is whose recording it was about, `message_id` which mail; both are missing for other work."""

    job: Job
    words: str | Promise
    reason: str | Promise
    said: str
    take: Take | None
    message_id: str | None


@dataclass(frozen=True, slots=True)
class KindLine:
    name: str
    words: str | Promise
    count: int


def lane_lines(views: Iterable[LaneView]) -> list[LaneLine]:
    return [
        LaneLine(
            view=view,
            words=lane_words(view.lane),
            running=[(job_words(job.name), job.started_at) for job in view.running],
            waiting=[(job_words(kind.name), kind.count) for kind in view.waiting],
        )
        for view in views
    ]


def failure_lines(organization: Organization, failures: Failures) -> list[FailureLine]:
    """One query, for the takes."""
    recordings = {
        job.id: uuid.UUID(job.payload["recording_id"]) for job in failures.newest if "recording_id" in job.payload
    }
    takes = takes_of_recordings(organization.id, set(recordings.values()))
    return [
        FailureLine(
            job=job,
            words=job_words(job.name),
            reason=reason_words(job.error),
            said=last_line(job.error),
            take=takes.get(recordings[job.id]) if job.id in recordings else None,
            message_id=job.payload.get("message_id"),
        )
        for job in failures.newest
    ]


def kind_lines(failures: Failures) -> list[KindLine]:
    """The kinds of which several failed."""
    return [KindLine(name, job_words(name), count) for name, count in sorted(failures.counts.items()) if count > 1]
