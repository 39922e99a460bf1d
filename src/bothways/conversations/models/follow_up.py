from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

LONGEST_FOLLOW_UP = 1000
LONGEST_FOLLOW_UP_ANSWER = 5000


class FollowUpState(models.TextChoices):
    ASKED = "asked", _("asked")
    ANSWERED = "answered", _("answered")
    TAKEN_BACK = "taken_back", _("taken back")


class FollowUp(OrganizationRow):
    """One more question about an answer that was sent, or about a stretch of it, and what the candidate says to it.

    `words` is what is asked, `prompt` the same on video, if somebody recorded it: one recording for all who were asked
    `together`. `due` is the last day for an answer, in writing or as a recording. `heard_at` is when who asked has
    watched or read the answer; `released_at` when somebody let raters read it in a step where words are hidden.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="follow_ups")
    question = models.ForeignKey("kits.Question", on_delete=models.PROTECT, related_name="+")
    start_ms = models.PositiveIntegerField(null=True)
    end_ms = models.PositiveIntegerField(null=True)
    words = models.TextField(_("your question"), max_length=LONGEST_FOLLOW_UP)
    prompt = models.ForeignKey("media.Recording", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    together = models.UUIDField(null=True, help_text="the same for all who were asked the same at once")
    due = models.DateField()
    state = models.CharField(max_length=10, choices=FollowUpState.choices, default=FollowUpState.ASKED)
    opened_at = models.DateTimeField(null=True, help_text="when the candidate first had it on a page")
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    written = models.TextField(_("your answer"), max_length=LONGEST_FOLLOW_UP_ANSWER, blank=True)
    recording = models.OneToOneField("media.Recording", null=True, on_delete=models.PROTECT, related_name="+")
    is_signed = models.BooleanField(default=False, help_text="answered in sign language: no voice is waited for")
    released_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FollowUpState.values), name="conversations_follow_up_state"),
            models.CheckConstraint(condition=~Q(words=""), name="conversations_follow_up_asks"),
            models.CheckConstraint(
                condition=Q(start_ms__isnull=True, end_ms__isnull=True)
                | Q(start_ms__isnull=False) & (Q(end_ms__isnull=True) | Q(end_ms__gt=F("start_ms"))),
                name="conversations_follow_up_stretch",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                & (~Q(written="") & Q(recording__isnull=True) | Q(written="") & Q(recording__isnull=False))
                | Q(state__in=["asked", "taken_back"], answered_at__isnull=True, written="", recording__isnull=True),
                name="conversations_follow_up_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due"], condition=Q(state="asked"), name="conversations_follow_ups_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} follow-up in {self.interview_id}"

    @property
    def is_asked(self) -> bool:
        return self.state == FollowUpState.ASKED

    @property
    def is_answered(self) -> bool:
        return self.state == FollowUpState.ANSWERED
