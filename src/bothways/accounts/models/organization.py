from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.ids import new_id


class WatchersShown(models.TextChoices):
    NAME = "name", _("by name and title")
    ROLE = "role", _("by role only")


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
    watchers_shown = models.CharField(
        _("how candidates read who watches"), max_length=4, choices=WatchersShown.choices, default=WatchersShown.NAME
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(retention_profile=""), name="accounts_retention_profile_chosen"),
            models.CheckConstraint(
                condition=models.Q(watchers_shown__in=WatchersShown.values), name="accounts_watchers_shown"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def names_watchers(self) -> bool:
        """Whether candidates read the names of those who watch them."""
        return self.watchers_shown == WatchersShown.NAME
