from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow
from bothways.review.models.scorecard import Outcome


class Decision(OrganizationRow):
    """What was decided about an interview, by whom and why.

    Every row stays. One decision to advance or to decline stands at a time; who wants another takes it back first
    (`Reversal`), and this sets `reversed_at`.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(max_length=5000, help_text="for the team and for the record")
    decided_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    reply_subject = models.CharField(max_length=200, blank=True)
    reply_body = models.TextField(max_length=10000, blank=True, help_text="what the candidate reads")
    replied_at = models.DateTimeField(null=True)
    message = models.ForeignKey(
        "notify.Message", null=True, on_delete=models.SET_NULL, related_name="+", help_text="the mail with the reply"
    )
    meeting = models.ForeignKey("review.Meeting", null=True, on_delete=models.SET_NULL, related_name="decisions")
    reversed_at = models.DateTimeField(null=True, help_text="when it was taken back; what stands has none")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="review_decision_outcome"),
            models.CheckConstraint(condition=~Q(reason=""), name="review_decision_reason"),
            models.UniqueConstraint(
                fields=["interview"],
                condition=~Q(outcome="hold") & Q(reversed_at__isnull=True),
                name="review_one_final_decision_stands",
            ),
        ]
        indexes = [models.Index(fields=["interview", "-created_at"], name="review_decision_latest")]

    def __str__(self) -> str:
        return self.outcome

    @property
    def is_final(self) -> bool:
        return self.outcome != Outcome.HOLD


class DecisionGround(OrganizationRow):
    """One part of a reason that was picked from the rubric: a question and the anchor that fits what was heard."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="grounds")
    question = models.ForeignKey("kits.Question", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "question", "level"], name="review_ground_once"),
            models.CheckConstraint(condition=Q(level__in=[1, 3, 5]), name="review_ground_level"),
        ]

    def __str__(self) -> str:
        return f"{self.level} for {self.question_id}"

    @property
    def name(self) -> str:
        """What was looked for: the competency, or the question where it has none."""
        return self.question.competency.name if self.question.competency else str(self.question)

    @property
    def anchor(self) -> str:
        """The words of the rubric at this level."""
        return getattr(self.question, f"anchor_{self.level}")


class Reversal(OrganizationRow):
    """A decision was taken back: by whom, why, and what the candidate was told about it.

    `reply_body` is empty where there was nothing to tell: somebody was on hold, or the letter was stopped before it
    left.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="reversal")
    reason = models.TextField(max_length=5000, help_text="for the team and for the record")
    reversed_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    stopped_letter = models.BooleanField(default=False, help_text="the reply of the decision never left")
    reply_subject = models.CharField(max_length=200, blank=True)
    reply_body = models.TextField(max_length=10000, blank=True, help_text="what the candidate reads")
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="review_reversal_reason")]

    def __str__(self) -> str:
        return f"of {self.decision_id}"


class Reveal(OrganizationRow):
    """A member chose to see who stands behind a code name. Kept, because it can color what is decided after it."""

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="reveals")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "member"], name="review_reveal_once")]

    def __str__(self) -> str:
        return f"{self.interview_id} to {self.member_id}"
