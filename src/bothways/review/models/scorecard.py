from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow
from bothways.review.places import bits_of


class Outcome(models.TextChoices):
    ADVANCE = "advance", _("advance")
    HOLD = "hold", _("hold")
    DECLINE = "decline", _("decline")


class Scorecard(OrganizationRow):
    """One member's ratings of one interview. Nobody else sees it before their own is submitted.

    `rated_places` says again what its ratings say, so that what is left of thousands can be counted without them. The
    kit of an interview does not change, nor do the places in it.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="scorecards")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    recommendation = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    note = models.TextField(max_length=5000, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="counts the saves of recommendation and note")
    rated_places = models.PositiveSmallIntegerField(
        default=0, help_text="which questions have a rating: 1 << place of each, added up"
    )
    submitted_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "member"], name="review_scorecard_once"),
            models.CheckConstraint(condition=Q(recommendation__in=["", *Outcome.values]), name="review_recommendation"),
        ]
        indexes = [
            models.Index(fields=["member", "submitted_at"], name="review_scorecard_of"),
            # Whether it is handed in is asked of thousands of interviews: so it stands in the index.
            models.Index(fields=["interview", "member", "submitted_at"], name="review_scorecard_handed_in"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.interview_id}"

    def mark_rated(self, place: int, is_rated: bool) -> None:
        """Notes whether the question at this place has a rating. The caller saves."""
        bit = bits_of([place])
        self.rated_places = self.rated_places | bit if is_rated else self.rated_places & ~bit


class Rating(OrganizationRow):
    """One question's rating, 1 to 5 against the anchors, or "not enough evidence", which is a value of its own.

    Once the scorecard is handed in, this stays as it is and is what figures of agreement are made from; what its rater
    gives later stands in `RatingChange`.
    """

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="ratings")
    question = models.ForeignKey("kits.Question", on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)
    not_enough_evidence = models.BooleanField(default=False)
    note = models.TextField(max_length=5000, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="counts the saves, so that an old draft is noticed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "question"], name="review_rating_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5, not_enough_evidence=False),
                name="review_rating_value",
            ),
        ]

    def __str__(self) -> str:
        return str(self.value or "-")
