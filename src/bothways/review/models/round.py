from django.db import models

from bothways.lib.rows import OrganizationRow


class Round(OrganizationRow):
    """One member's way through everybody's answers to one question of a stage.

    Who had sent by `as_of` is the lot that is being heard, in the order of `review.queries.rounds`. Who sends later
    comes behind it, so that nothing pushes itself in front of what was shown as next.
    """

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey("kits.Question", on_delete=models.CASCADE, related_name="+")
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "stage", "question"], name="review_round_once")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.question_id} as of {self.as_of}"
