from django.db import models
from django.db.models import F, Q

from bothways.lib.rows import OrganizationRow


class BrokenPromise(OrganizationRow):
    """A day by which a candidate was to hear has passed without a reply. They were told so, and the new day."""

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="broken_promises")
    promised = models.DateField(help_text="the day that passed")
    renewed = models.DateField(help_text="the new day")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "promised"], name="conversations_broken_once"),
            models.CheckConstraint(condition=Q(renewed__gt=F("promised")), name="conversations_renewed_later"),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} by {self.promised}"


class PromiseReminder(OrganizationRow):
    """Who answers for a promised day has been reminded of it, so many working days before. Each once."""

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="promise_reminders")
    promised = models.DateField()
    days_before = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "promised", "days_before"], name="conversations_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.days_before} days before {self.promised}"
