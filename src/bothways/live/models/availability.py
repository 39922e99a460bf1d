from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

NOTICE_HOURS = 24
BUFFER_MINUTES = 10
DAILY_CAP = 4


class Availability(OrganizationRow):
    """When a member may be booked, on the clock of `time_zone`. Who has none is never booked."""

    member = models.OneToOneField("accounts.Member", on_delete=models.CASCADE, related_name="availability")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    buffer_before = models.PositiveSmallIntegerField(_("minutes kept free before"), default=BUFFER_MINUTES)
    buffer_after = models.PositiveSmallIntegerField(_("minutes kept free after"), default=BUFFER_MINUTES)
    notice_hours = models.PositiveSmallIntegerField(_("hours of notice"), default=NOTICE_HOURS)
    daily_cap = models.PositiveSmallIntegerField(_("most live interviews a day"), default=DAILY_CAP)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(daily_cap__gte=1), name="live_availability_cap"),
        ]

    def __str__(self) -> str:
        return f"availability of {self.member_id}"


class WeeklyHours(OrganizationRow):
    """A stretch of a weekday, by the member's clock. `weekday` is 0 for Monday; `ends` at midnight is 00:00."""

    availability = models.ForeignKey(Availability, on_delete=models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="live_weekly_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")) | Q(ends="00:00"), name="live_weekly_forwards"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.starts}-{self.ends}"


class DayOverride(OrganizationRow):
    """What holds on one day instead of the weekly hours: other hours, or, with both empty, none."""

    availability = models.ForeignKey(Availability, on_delete=models.CASCADE, related_name="overrides")
    day = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)

    class Meta:
        ordering = ["day", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False) & (Q(ends__gt=F("starts")) | Q(ends="00:00")),
                name="live_override_forwards",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.starts}-{self.ends}"
