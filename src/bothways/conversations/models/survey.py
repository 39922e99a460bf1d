import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

LEVELS = 5


class SurveyMoment(models.TextChoices):
    SENT = "sent", _("after sending")
    DECIDED = "decided", _("after the decision")


class SurveyMode(models.TextChoices):
    """How most of the answers were given. Signing is on video, and is not told apart, so that nobody is."""

    VIDEO = "video", _("on video")
    AUDIO = "audio", _("by voice")
    WRITING = "writing", _("in writing")


class SurveyReply(OrganizationRow):
    """What one candidate thinks of the interview, from 1 (not at all) to 5 (fully). Nobody can tell whose it is.

    It knows neither the interview nor when it came: no time, and an identifier that is random through and through.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = None
    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="survey_replies")
    moment = models.CharField(max_length=10, choices=SurveyMoment.choices)
    mode = models.CharField(max_length=10, choices=SurveyMode.choices)
    fair = models.PositiveSmallIntegerField(help_text="a fair chance to show what one can do")
    respected = models.PositiveSmallIntegerField(help_text="treated as a person")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(moment__in=SurveyMoment.values), name="conversations_survey_moment"),
            models.CheckConstraint(condition=Q(mode__in=SurveyMode.values), name="conversations_survey_mode"),
            models.CheckConstraint(
                condition=Q(fair__gte=1, fair__lte=LEVELS, respected__gte=1, respected__lte=LEVELS),
                name="conversations_survey_levels",
            ),
        ]
        indexes = [models.Index(fields=["stage", "moment", "mode"], name="conversations_survey_of")]

    def __str__(self) -> str:
        return f"{self.fair}, {self.respected} {self.moment}"


class SurveyTaken(OrganizationRow):
    """This candidate has taken the survey and is not asked again. What they said stands elsewhere, without them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = None
    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="surveys_taken")
    moment = models.CharField(max_length=10, choices=SurveyMoment.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "moment"], name="conversations_survey_once"),
            models.CheckConstraint(condition=Q(moment__in=SurveyMoment.values), name="conversations_taken_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} {self.moment}"
