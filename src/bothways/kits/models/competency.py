from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class Competency(OrganizationRow):
    """What a question looks for, in the organization's own words."""

    name = models.CharField(_("competency"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="kits_competency_once")]

    def __str__(self) -> str:
        return self.name
