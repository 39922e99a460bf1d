from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class Candidate(OrganizationRow):
    """A person who may get the job, known to one organization."""

    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(max_length=64, blank=True, help_text="as the candidate's browser told")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "email"], name="positions_candidate_once")]

    def __str__(self) -> str:
        return self.name


class ApplicationState(models.TextChoices):
    ACTIVE = "active", _("in progress")
    HELD = "held", _("on hold")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Application(OrganizationRow):
    """A candidate for a position."""

    position = models.ForeignKey("positions.Position", on_delete=models.CASCADE, related_name="applications")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="applications")
    stage = models.ForeignKey("positions.Stage", on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.ACTIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position", "candidate"], name="positions_application_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=ApplicationState.values), name="positions_application_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} for {self.position_id}"
