from django.db import models
from django.utils import timezone

from bothways.lib.rows import OrganizationRow


class Lane(models.TextChoices):
    SHORT = "short"
    MEDIA = "media"
    WORDS = "words"


class JobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(OrganizationRow):
    """One thing to do in the background. This row is the truth; a message in the queue only wakes somebody up.

    A worker claims it by a conditional update until `lease_until`; a job whose lease ran out belongs to a worker that
    died, and is claimed again.
    """

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    lane = models.CharField(max_length=10, choices=Lane.choices)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    due_at = models.DateTimeField()
    turn_at = models.DateTimeField(
        default=timezone.now,
        help_text="of all that is due in a lane, the earliest goes first: when asked, and how far it yields",
    )
    lease_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True, help_text="host:pid of the worker")
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="work_job_open_once",
            ),
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="work_job_state"),
            models.CheckConstraint(condition=models.Q(lane__in=Lane.values), name="work_job_lane"),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="work_job_due"),
            models.Index(fields=["lane", "state", "turn_at"], name="work_job_turn"),
            models.Index(fields=["organization", "state", "-ended_at"], name="work_job_ended"),
            models.Index(fields=["organization", "-created_at"], name="work_job_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"
