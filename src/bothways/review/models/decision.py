from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow
from bothways.review.models.scorecard import Outcome


class Decision(OrganizationRow):
    """What was decided about an interview, by whom and why.

    Somebody on hold can be decided about again, and both rows stay. To advance or to decline happens once, because
    the candidate has been written to.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(max_length=5000, help_text="for the team and for the record")
    decided_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    reply_subject = models.CharField(max_length=200, blank=True)
    reply_body = models.TextField(max_length=10000, blank=True, help_text="what the candidate reads")
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="review_decision_outcome"),
            models.CheckConstraint(condition=~Q(reason=""), name="review_decision_reason"),
            models.UniqueConstraint(
                fields=["interview"], condition=~Q(outcome="hold"), name="review_one_final_decision"
            ),
        ]
        indexes = [models.Index(fields=["interview", "-created_at"], name="review_decision_latest")]

    def __str__(self) -> str:
        return self.outcome

    @property
    def is_final(self) -> bool:
        return self.outcome != Outcome.HOLD


class Reveal(OrganizationRow):
    """A member chose to see who stands behind a code name. Kept, because it can color what is decided after it."""

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="reveals")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "member"], name="review_reveal_once")]

    def __str__(self) -> str:
        return f"{self.interview_id} to {self.member_id}"
