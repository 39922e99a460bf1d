from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow

DAYS = 7
MOST_DAYS = 30
VIEWS = 5
MOST_VIEWS = 50
LONGEST_RECIPIENT = 120


class Share(OrganizationRow):
    """A link by which one person without an account sees one interview: for some days, some times, in part.

    Everything is hidden that is not said to be shown.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="shares")
    made_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=LONGEST_RECIPIENT, help_text="who it is for; stands on the page they see")
    token_digest = models.BinaryField(max_length=32, unique=True)
    shows_answers = models.BooleanField(default=False)
    shows_transcript = models.BooleanField(default=False)
    shows_scorecards = models.BooleanField(default=False)
    shows_notes = models.BooleanField(default=False)
    shows_name = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    most_views = models.PositiveSmallIntegerField(default=VIEWS)
    views = models.PositiveSmallIntegerField(default=0)
    first_viewed_at = models.DateTimeField(null=True)
    last_viewed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_answers=True) | Q(shows_scorecards=True), name="review_share_of_something"
            ),
            models.CheckConstraint(
                condition=Q(shows_answers=True) | Q(shows_transcript=False), name="review_share_text_of_answers"
            ),
            models.CheckConstraint(
                condition=Q(shows_scorecards=True) | Q(shows_notes=False), name="review_share_notes_of_scorecards"
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="review_share_for_somebody"),
            models.CheckConstraint(
                condition=Q(most_views__gte=1, most_views__lte=MOST_VIEWS, views__lte=models.F("most_views")),
                name="review_share_views",
            ),
        ]
        indexes = [models.Index(fields=["interview", "-created_at"], name="review_share_of")]

    def __str__(self) -> str:
        return f"share of {self.interview_id} for {self.recipient}"
