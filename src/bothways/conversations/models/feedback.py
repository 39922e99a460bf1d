from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class Band(models.TextChoices):
    """How much of what was looked for could be seen, in words. There is no number behind them on any page."""

    CLEAR = "clear", _("clearly there")
    PARTLY = "partly", _("there in parts")
    NOT_YET = "not_yet", _("not yet visible")
    UNSEEN = "unseen", _("we could not tell from the answers")


class Feedback(OrganizationRow):
    """What a candidate learns about their own answers: drafted by rule, edited and approved by a person.

    It is a draft until somebody approves it, and goes out once the candidate has been told of a decision. `recording`
    is the same said on video or by voice. Until it is sent, `words` may have `[name]` in place of the name.
    """

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="feedback")
    words = models.TextField(_("your words"), max_length=3000, blank=True)
    recording = models.OneToOneField("media.Recording", null=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, help_text="counts the saves, so that an old page is noticed")
    approved_by = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True, help_text="when the candidate first had it on a page")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, sent_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="conversations_feedback_approved",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(sent_at__isnull=False), name="conversations_feedback_read"
            ),
        ]
        indexes = [
            models.Index(
                fields=["approved_at"],
                condition=Q(approved_at__isnull=False, sent_at__isnull=True),
                name="conversations_feedback_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"feedback on {self.interview_id}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None


class FeedbackPart(OrganizationRow):
    """What was seen of one competency; `place` is that of its first question, `name` as it was called then."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    name = models.TextField(max_length=1000)
    band = models.CharField(max_length=7, choices=Band.choices)
    strength = models.TextField(_("what showed"), max_length=1000, blank=True)
    next_step = models.TextField(_("a next step"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feedback", "place"], name="conversations_feedback_part_once"),
            models.CheckConstraint(condition=Q(band__in=Band.values), name="conversations_feedback_band"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.band}"
