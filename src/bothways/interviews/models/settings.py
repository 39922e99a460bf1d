from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class AnswerTime(models.TextChoices):
    """How long the candidate chose to have for each answer."""

    AS_SET = "as_set", _("the time as it was set")
    HALF_MORE = "half_more", _("half as much again")
    DOUBLE = "double", _("twice the time")
    UNLIMITED = "unlimited", _("no limit, up to 30 minutes")


class AnswerMode(models.TextChoices):
    """How the candidate likes to answer. The page of each question offers the other ways, too."""

    VIDEO = "video", _("on video")
    AUDIO = "audio", _("by voice")
    SIGN = "sign", _("in sign")
    WRITING = "writing", _("in writing")


class Picture(models.TextChoices):
    """Whether the candidates see themselves. By itself: in the check, but not while they record."""

    AUTO = "auto", _("only while checking the camera")
    ON = "on", _("always")
    OFF = "off", _("never")


class Timer(models.TextChoices):
    BAR = "bar", _("a bar")
    DIGITS = "digits", _("digits")
    NONE = "none", _("nothing")


class CandidateSettings(OrganizationRow):
    """What a candidate set for themselves. Nothing that raters read ever asks for this table.

    No row means that nothing was set: the defaults below hold.
    """

    interview = models.OneToOneField(
        "interviews.Interview", on_delete=models.CASCADE, related_name="candidate_settings"
    )
    mode = models.CharField(max_length=10, choices=AnswerMode.choices, default=AnswerMode.VIDEO)
    answer_time = models.CharField(max_length=10, choices=AnswerTime.choices, default=AnswerTime.AS_SET)
    picture = models.CharField(max_length=10, choices=Picture.choices, default=Picture.AUTO)
    timer = models.CharField(max_length=10, choices=Timer.choices, default=Timer.BAR)
    captions = models.BooleanField(default=True, help_text="words under the questions that are asked on video")
    breaks = models.BooleanField(default=False, help_text="a page to rest on after each answer")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=AnswerMode.values), name="interviews_settings_mode"),
            models.CheckConstraint(
                condition=Q(answer_time__in=AnswerTime.values), name="interviews_settings_answer_time"
            ),
            models.CheckConstraint(condition=Q(picture__in=Picture.values), name="interviews_settings_picture"),
            models.CheckConstraint(condition=Q(timer__in=Timer.values), name="interviews_settings_timer"),
        ]

    def __str__(self) -> str:
        return f"settings of {self.interview_id}"
