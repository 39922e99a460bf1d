from django.db import models

from bothways.lib.rows import OrganizationRow


class QuestionFigures(OrganizationRow):
    """How one question of a kit has worked, over all versions in which its words and anchors are the same.

    Made by a job. `figures` is what `review.agreement.quality.Quality` keeps: nothing that is counted from fewer than
    ten.
    """

    kit = models.ForeignKey("kits.Kit", on_delete=models.CASCADE, related_name="+")
    wording = models.CharField(max_length=64, help_text="as kits/queries/sameness.py tells it")
    figures = models.JSONField()
    basis = models.CharField(max_length=80, help_text="how much of the kit was there to count when it was made")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "wording"], name="review_question_figures_once")]

    def __str__(self) -> str:
        return f"{self.kit_id} {self.wording[:8]}"
