from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

MINUTES = 30
SHORTEST_MINUTES = 10
LONGEST_MINUTES = 180


class Hosting(models.TextChoices):
    """Who of a stage's reviewers must be free for a time to be offered."""

    ANY = "any", _("any one of them")
    ALL = "all", _("all of them together")


class Place(models.TextChoices):
    ROOM = "room", _("here, in the browser")
    PHONE = "phone", _("on the telephone")
    SITE = "site", _("on site")


class LiveRules(OrganizationRow):
    """How live interviews of a stage are held. A stage without a row is held by the defaults.

    Hosts are the reviewers of the stage. In a recorded stage the row says whether candidates may choose to talk live
    instead of recording.
    """

    stage = models.OneToOneField("positions.Stage", on_delete=models.CASCADE, related_name="live_rules")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=MINUTES)
    hosting = models.CharField(_("who hosts"), max_length=3, choices=Hosting.choices, default=Hosting.ANY)
    place = models.CharField(_("where"), max_length=5, choices=Place.choices, default=Place.ROOM)
    directions = models.TextField(_("how to get there"), max_length=1000, blank=True)
    instead = models.BooleanField(_("candidates may talk live instead of recording"), default=False)
    asks_to_record = models.BooleanField(_("everybody is asked whether the talk may be recorded"), default=False)
    shows_questions = models.BooleanField(_("the candidate reads each question as it is asked"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST_MINUTES, minutes__lte=LONGEST_MINUTES), name="live_rules_minutes"
            ),
            models.CheckConstraint(condition=Q(hosting__in=Hosting.values), name="live_rules_hosting"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="live_rules_place"),
        ]

    @property
    def meets_all(self) -> bool:
        return self.hosting == Hosting.ALL

    def __str__(self) -> str:
        return f"live rules of {self.stage_id}"
