from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class AssignmentReason(models.TextChoices):
    """Why somebody was picked. Never shown to whom it is about: a third would know that two disagree."""

    RULE = "rule", _("by rule")
    HAND = "hand", _("by hand")
    THIRD = "third", _("as a third")
    INSTEAD = "instead", _("instead of somebody")


class AssignmentEnd(models.TextChoices):
    TAKEN = "taken", _("taken away by hand")
    LEFT = "left", _("no reviewer of the step any more")
    CONFLICT = "conflict", _("knows the candidate")
    RETURNED = "returned", _("went back to whom it was taken from")


class Assignment(OrganizationRow):
    """One member is to rate one interview. It stands until `ended_at`, and is done when the scorecard is in.

    Whose it is no more keeps the row, and their drafts: given back, everything they wrote is there again.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        "accounts.Member", null=True, on_delete=models.PROTECT, related_name="+", help_text="null: the rule"
    )
    reason = models.CharField(max_length=10, choices=AssignmentReason.choices)
    instead_of = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=AssignmentEnd.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "member"], name="review_assignment_once"),
            models.CheckConstraint(condition=Q(reason__in=AssignmentReason.values), name="review_assignment_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False, end__in=AssignmentEnd.values),
                name="review_assignment_end",
            ),
        ]
        indexes = [models.Index(fields=["member", "ended_at"], name="review_assignment_of")]

    def __str__(self) -> str:
        return f"{self.interview_id} to {self.member_id}"


class ConflictOfInterest(OrganizationRow):
    """A member knows a candidate, by their own word or a recruiter's. They neither watch nor rate this person."""

    candidate = models.ForeignKey("positions.Candidate", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    flagged_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "candidate"], name="review_conflict_once")]

    def __str__(self) -> str:
        return f"{self.member_id} knows {self.candidate_id}"


class ReminderKind(models.TextChoices):
    SOON = "soon", _("due on the next working day")
    OVERDUE = "overdue", _("overdue")


class RatingReminder(OrganizationRow):
    """A member was reminded of what is due on a day: so each reminder goes out once."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    kind = models.CharField(max_length=10, choices=ReminderKind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "due_on", "kind"], name="review_rating_reminder_once"),
            models.CheckConstraint(condition=Q(kind__in=ReminderKind.values), name="review_rating_reminder_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}, {self.due_on}, {self.kind}"
