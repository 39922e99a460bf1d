"""What runs, what waits and what failed, as an organization may see of it."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from bothways.work.models import Job, JobState, Lane, ServerPart, Uptime
from bothways.work.queries.stalls import is_stalled

THROUGHPUT_OF = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """`count` jobs of one name that are due, the oldest since `since`."""

    name: str
    count: int
    since: dt.datetime


@dataclass(slots=True)
class LaneView:
    """One lane. `later` counts what is tried again at a later time; `is_stalled` is said of the whole server."""

    lane: str
    running: list[Job] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    later: int = 0
    done: int = 0
    is_stalled: bool = False

    @property
    def waiting_count(self) -> int:
        return sum(kind.count for kind in self.waiting)

    @property
    def waiting_since(self) -> dt.datetime | None:
        return min((kind.since for kind in self.waiting), default=None)


@dataclass(frozen=True, slots=True)
class Failures:
    """The newest failed jobs, and how many there are of each name."""

    newest: list[Job]
    counts: dict[str, int]

    @property
    def more(self) -> int:
        return sum(self.counts.values()) - len(self.newest)


def lane_views(organization_id: uuid.UUID) -> list[LaneView]:
    """Every lane there is. Three queries, and one to three for each lane."""
    now = timezone.now()
    own = Job.objects.filter(organization=organization_id)
    views = {lane: LaneView(lane, is_stalled=is_stalled(lane)) for lane in Lane.values}
    for job in own.filter(state=JobState.RUNNING, lease_until__gt=now).order_by("started_at"):
        views[job.lane].running.append(job)
    waits = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lte=now)
    due, later = Count("id", filter=Q(due_at__lte=now)), Count("id", filter=Q(due_at__gt=now))
    since = Min("due_at", filter=Q(due_at__lte=now))
    for row in own.filter(waits).values("lane", "name").annotate(due=due, later=later, since=since).order_by("since"):
        view = views[row["lane"]]
        view.later += row["later"]
        if row["due"]:
            view.waiting.append(Waiting(row["name"], row["due"], row["since"]))
    done = own.filter(state=JobState.DONE, ended_at__gt=now - THROUGHPUT_OF)
    for lane, count in done.values_list("lane").annotate(Count("id")).order_by():
        views[lane].done = count
    return list(views.values())


def failed_jobs(organization_id: uuid.UUID) -> QuerySet[Job]:
    """What failed in the end, the newest first; without what has been asked for again since."""
    newer = Job.objects.filter(name=OuterRef("name"), key=OuterRef("key"), created_at__gt=OuterRef("created_at"))
    failed = Job.objects.filter(organization=organization_id, state=JobState.FAILED)
    return failed.exclude(Exists(newer)).order_by("-ended_at")


def failures(organization_id: uuid.UUID, longest: int = 50) -> Failures:
    """Two queries."""
    found = failed_jobs(organization_id)
    counts = dict(found.order_by().values_list("name").annotate(Count("id")))
    return Failures(list(found[:longest]), counts)


def workers_seen_at() -> dt.datetime | None:
    """When a worker of this server last said that it runs. It says so each minute."""
    return Uptime.objects.filter(part=ServerPart.WORK).aggregate(at=Max("last_at"))["at"]
