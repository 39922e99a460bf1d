from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow


class Summary(OrganizationRow):
    """What the handed-in scorecards of one interview come to, kept so that thousands can be sorted and filtered.

    Made anew from the ratings by one verb (actions/summaries.py). There is none before the first scorecard is in. Means
    are in thousandths of a point (review/combination.py).
    """

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="summary")
    mean = models.PositiveIntegerField(null=True)
    lowest = models.PositiveIntegerField(null=True, help_text="the competency with the lowest mean")
    highest = models.PositiveIntegerField(null=True)
    competencies = models.PositiveSmallIntegerField(help_text="for how many there is evidence")
    raters = models.PositiveSmallIntegerField()
    first_spread = models.PositiveSmallIntegerField(
        help_text="the greatest difference between two raters on one answer, as they handed it in"
    )
    advances = models.PositiveSmallIntegerField(default=0, help_text="how many recommend to advance")
    holds = models.PositiveSmallIntegerField(default=0)
    declines = models.PositiveSmallIntegerField(default=0)
    needs_third = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(raters__gte=1), name="review_summary_raters"),
            models.CheckConstraint(
                condition=Q(mean__isnull=True) | Q(mean__gte=1000, mean__lte=5000), name="review_summary_mean"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mean} by {self.raters}"


class SummaryCell(OrganizationRow):
    """One competency of a summary, named by the place of its first question in the kit."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="cells")
    place = models.PositiveSmallIntegerField()
    mean = models.PositiveIntegerField(null=True, help_text="in thousandths; nothing where nobody found evidence")
    raters = models.PositiveSmallIntegerField(help_text="how many gave a number")
    spread = models.PositiveSmallIntegerField(help_text="as the ratings stand now")
    is_changed = models.BooleanField(default=False, help_text="a rating was changed after handing in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "place"], name="review_summary_cell_once")]
        indexes = [
            # Few are changed, and the table of a stage counts whose.
            models.Index(fields=["summary"], name="review_summary_cell_changed", condition=models.Q(is_changed=True)),
            # The table of a stage is sorted by one of them: with the mean in the index, thousands of rows are not read.
            models.Index(fields=["summary", "place", "mean"], name="review_summary_cell_means"),
        ]

    def __str__(self) -> str:
        return f"{self.mean} at {self.place}"


class Shortlisted(OrganizationRow):
    """The team keeps this person in sight. One mark for all; who set it stands beside it."""

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="shortlisted")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.interview_id} by {self.member_id}"


class Reconciliation(OrganizationRow):
    """Two raters who were far apart have talked, and this is what they found. What each gave at first stays."""

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="reconciliation")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+", help_text="who wrote it")
    words = models.TextField(max_length=5000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="review_reconciliation_words")]

    def __str__(self) -> str:
        return f"on {self.interview_id} by {self.member_id}"
