from django.db import models
from django.db.models import F, Q

from bothways.lib.rows import OrganizationRow


class BusyCalendar(OrganizationRow):
    """The address of a calendar that says when a member is busy. The address is a secret, so it lies sealed.

    `read_at` is until when it is known what stands in it, `read_whole_at` when it was last sent and not only said to be
    the same; `trouble` a code for why the last try failed, empty if it did not; `failures` how many tries have failed.
    """

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="busy_calendars")
    name = models.CharField(max_length=120)
    sealed_address = models.TextField()
    etag = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_whole_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class BusyTime(OrganizationRow):
    """A stretch in which somebody is busy. Nothing else of their calendar is kept."""

    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["calendar", "starts_at"], name="live_busy_times")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="live_busy_forwards")]

    def __str__(self) -> str:
        return f"{self.starts_at} to {self.ends_at}"


class CalendarFeed(OrganizationRow):
    """The secret address under which a member's own calendar program reads their live interviews."""

    member = models.OneToOneField("accounts.Member", on_delete=models.CASCADE, related_name="calendar_feed")
    token_digest = models.BinaryField(max_length=32, unique=True)
    sealed_token = models.TextField()

    def __str__(self) -> str:
        return f"feed of {self.member_id}"
