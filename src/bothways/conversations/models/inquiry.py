from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

LONGEST_INQUIRY = 1000


class InquiryKind(models.TextChoices):
    TEXT = "text", _("in writing")
    VOICE = "voice", _("by voice")
    VIDEO = "video", _("on video")


class InquiryState(models.TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")


class Inquiry(OrganizationRow):
    """What a candidate asks the team, and what the team says to it.

    `owner` is the member who owes the answer, `due` the last day for it. `message` and `reply` are the answer, in
    writing and as a recording; whoever closes an inquiry without one says why in `message`. The candidate reads either.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="inquiries")
    kind = models.CharField(max_length=5, choices=InquiryKind.choices)
    words = models.TextField(_("your question"), max_length=LONGEST_INQUIRY, blank=True)
    recording = models.OneToOneField("media.Recording", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=8, choices=InquiryState.choices, default=InquiryState.OPEN)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(_("answer"), max_length=5000, blank=True)
    reply = models.OneToOneField("media.Recording", null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, help_text="when the candidate first had the answer on a page")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=InquiryState.values), name="conversations_inquiry_state"),
            models.CheckConstraint(
                condition=Q(kind="text", recording__isnull=True) & ~Q(words="")
                | Q(kind__in=["voice", "video"], recording__isnull=False),
                name="conversations_inquiry_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True, reply__isnull=True)
                | Q(state__in=["answered", "closed"], answered_at__isnull=False, answered_by__isnull=False)
                & (~Q(message="") | Q(reply__isnull=False)),
                name="conversations_inquiry_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due", "created_at"],
                condition=Q(state="open"),
                name="conversations_inquiries_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} inquiry in {self.interview_id}"

    @property
    def is_open(self) -> bool:
        return self.state == InquiryState.OPEN


class InquiryReminder(OrganizationRow):
    """Somebody has been reminded of an inquiry so many working days after its day. Each once."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="reminders")
    days_after = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "days_after"], name="conversations_inquiry_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.days_after} days after for {self.inquiry_id}"
