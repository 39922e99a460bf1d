from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.ids import new_id


class Organization(models.Model):
    """Who interviews. Everything else belongs to exactly one of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(_("address"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=120)
    accent = models.CharField(
        _("accent color"), max_length=7, default="#1d5f4c", validators=[RegexValidator(r"^#[0-9a-f]{6}\Z")]
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Public holidays there do not count as working days.")
    )
    contact_email = models.EmailField(
        _("address for candidates"),
        blank=True,
        help_text=_("A person reads it. Candidates who ask for help write here."),
    )
    contact_phone = models.CharField(_("telephone for candidates"), max_length=40, blank=True)
    retention_profile = models.CharField(_("retention profile"), max_length=30)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(retention_profile=""), name="accounts_retention_profile_chosen")
        ]

    def __str__(self) -> str:
        return self.name
