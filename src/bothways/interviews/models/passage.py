from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.interviews.models.settings import AnswerMode
from bothways.lib.rows import OrganizationRow


class Device(models.TextChoices):
    """What a candidate holds, as coarse as it gets: never what it is called, nor which program it runs."""

    PHONE = "phone", _("phone")
    TABLET = "tablet", _("tablet")
    DESKTOP = "desktop", _("computer")


class StopReason(models.TextChoices):
    """What made somebody stop at a question, told with one tap by whoever likes to."""

    UNCLEAR = "unclear", _("The question is not clear to me")
    TOO_LONG = "too_long", _("It takes too long")
    TECHNICAL = "technical", _("Something technical")
    NO_TIME = "no_time", _("No time just now")
    PRIVATE = "private", _("I do not want to tell this")
    OTHER = "other", _("Something else")


class Passage(OrganizationRow):
    """One candidate's way through one question: when it was opened first, and what came of it.

    Only counted together with at least nine others, for what it says about the question. Nothing that raters read asks
    for this table, and nothing shows a row of it by person. It outlives the answer, which it says nothing of.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="passages")
    question = models.ForeignKey("kits.Question", on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=10, choices=Device.choices)
    mode = models.CharField(
        max_length=10, choices=AnswerMode.choices, blank=True, help_text="as it was set, then as it was answered"
    )
    answered_at = models.DateTimeField(null=True, help_text="when an answer was kept first")
    takes = models.PositiveSmallIntegerField(default=0, help_text="brought to their end without a fault")
    stop_reason = models.CharField(max_length=10, choices=StopReason.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "question"], name="interviews_passage_once"),
            models.CheckConstraint(condition=Q(device__in=Device.values), name="interviews_passage_device"),
            models.CheckConstraint(condition=Q(mode__in=["", *AnswerMode.values]), name="interviews_passage_mode"),
            models.CheckConstraint(
                condition=Q(stop_reason__in=["", *StopReason.values]), name="interviews_passage_stop_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} through {self.question_id}"
