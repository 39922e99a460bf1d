from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

MOST_QUESTIONS = 8
WARN_QUESTIONS = 6
WEIGHT = 1
MOST_WEIGHT = 100


class Kit(OrganizationRow):
    """Everything a candidate meets in a stage, the same for everybody. What is used is one of its versions."""

    name = models.CharField(_("name"), max_length=120)

    def __str__(self) -> str:
        return self.name


class KitVersionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    FROZEN = "frozen", _("frozen")


class KitVersion(OrganizationRow):
    """Draft while it is written, published when invitations may use it, frozen from the first invitation on."""

    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=KitVersionState.choices, default=KitVersionState.DRAFT)
    language = models.CharField(_("language of the questions"), max_length=10, default="en")
    welcome_text = models.TextField(_("welcome"), max_length=2000, blank=True)
    welcome_by = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("who welcomes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    welcome_prompt = models.ForeignKey(
        "media.Recording", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    welcome_captions = models.ForeignKey(
        "kits.Captions", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    welcome_sign = models.ForeignKey(
        "media.Recording", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_text = models.TextField(_("closing words"), max_length=2000, blank=True)
    reading_counts = models.BooleanField(
        default=False, help_text="whether reading what was said counts as watching an answer"
    )
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kit", "number"], name="kits_version_number_once"),
            models.UniqueConstraint(fields=["kit"], condition=models.Q(state="draft"), name="kits_one_draft_at_a_time"),
            models.CheckConstraint(condition=models.Q(state__in=KitVersionState.values), name="kits_version_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kit.name}, version {self.number}"


class CompetencyWeight(OrganizationRow):
    """How much a competency counts in the mean of one kit version. One without a row weighs `WEIGHT`."""

    kit_version = models.ForeignKey(KitVersion, on_delete=models.CASCADE, related_name="weights")
    competency = models.ForeignKey("kits.Competency", on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(default=WEIGHT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kit_version", "competency"], name="kits_weight_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=MOST_WEIGHT), name="kits_weight_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} weighs {self.weight}"
