from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class RequestKind(models.TextChoices):
    PERSON = "person", _("would rather talk to a person")
    CHANGE = "change", _("needs a change")


class ChangeMade(models.TextChoices):
    """What became of a request for a change."""

    MORE_DAYS = "more_days", _("more days")
    OTHER_TIME = "other_time", _("another time")
    OTHER_WAY = "other_way", _("another way to answer")
    NOTHING = "nothing", _("nothing changes")


class Request(OrganizationRow):
    """A candidate asks a person for something: a talk, or a change. Why is nobody's business and has no column.

    `owner` is the member who owes the answer, `due` the last day for it. `message` is what the candidate was answered;
    `talk_at` a moment that was agreed on, `days` how many were added to the time to answer.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    words = models.TextField(_("what we should know"), max_length=2000, blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    owner = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    reminded_at = models.DateTimeField(null=True, help_text="when the owner was reminded")
    overdue_told_at = models.DateTimeField(null=True, help_text="when the organization's owners were told")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(_("answer"), max_length=5000, blank=True)
    changed = models.CharField(max_length=10, choices=ChangeMade.choices, blank=True)
    days = models.PositiveSmallIntegerField(null=True)
    talk_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="interviews_request_kind"),
            models.CheckConstraint(
                condition=Q(changed__in=["", *ChangeMade.values]), name="interviews_request_changed"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="interviews_request_answered_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due", "created_at"],
                condition=Q(answered_at__isnull=True),
                name="interviews_requests_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.interview_id}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
