from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow
from bothways.review.models.scorecard import Rating


class RatingChange(OrganizationRow):
    """A rating that its rater changed after handing in, with the reason. Both values stay.

    The row in `Rating` is never written again once the scorecard is in: its value is the one that was given without
    knowing anybody else's, so it remains the one for every figure of agreement. What counts in a comparison is the
    newest change, marked as one. A value of None is "not enough evidence".
    """

    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="changes")
    old_value = models.PositiveSmallIntegerField(null=True)
    new_value = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(max_length=2000)
    changed_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(old_value__isnull=True) | Q(old_value__gte=1, old_value__lte=5))
                & (Q(new_value__isnull=True) | Q(new_value__gte=1, new_value__lte=5)),
                name="review_rating_change_values",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="review_rating_change_reason"),
        ]
        indexes = [models.Index(fields=["rating", "created_at"], name="review_rating_change_of")]

    def __str__(self) -> str:
        return f"{self.new_value or '-'}, was {self.old_value or '-'}"
