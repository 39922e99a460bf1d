from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow

ENOUGH = 0.8
"""Whoever was there for this part of a talk knows it as somebody who watched that much of a recording."""


class Attendance(OrganizationRow):
    """A member was in a live interview. `share` is for how much of it, and known once it has ended."""

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    share = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "member"], name="review_attendance_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=1), name="review_attendance_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.interview_id}"
