from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow


class Agreement(OrganizationRow):
    """How far raters agree in one stage about one kit version: on the whole kit, on one question, or two of them.

    Made by a job from scorecards that were handed in, and made anew as more come. `figures` is what
    `review.agreement.figures.Figures` keeps.
    """

    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="+")
    kit_version = models.ForeignKey("kits.KitVersion", on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey("kits.Question", null=True, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey("accounts.Member", null=True, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("accounts.Member", null=True, on_delete=models.CASCADE, related_name="+")
    figures = models.JSONField()
    scorecards = models.PositiveIntegerField(help_text="how many were handed in when it was made")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "kit_version"],
                condition=Q(question__isnull=True, first__isnull=True),
                name="review_agreement_of_kit",
            ),
            models.UniqueConstraint(
                fields=["stage", "kit_version", "question"],
                condition=Q(question__isnull=False),
                name="review_agreement_of_question",
            ),
            models.UniqueConstraint(
                fields=["stage", "kit_version", "first", "second"],
                condition=Q(first__isnull=False),
                name="review_agreement_of_pair",
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True, second__isnull=True)
                | Q(first__isnull=False, second__isnull=False, question__isnull=True),
                name="review_agreement_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["stage", "kit_version"], name="review_agreement_in_stage")]

    def __str__(self) -> str:
        return f"{self.scorecards} scorecards"


class RaterDrift(OrganizationRow):
    """What one rater's numbers look like in one stage, as `review.agreement.drift.Drift` keeps it."""

    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="+")
    kit_version = models.ForeignKey("kits.KitVersion", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    figures = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "kit_version", "member"], name="review_drift_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}"
