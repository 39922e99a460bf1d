from django.db import models
from django.db.models import Q
from django.utils import timezone

from bothways.lib.rows import OrganizationRow


class Coverage(OrganizationRow):
    """Which stretches of an answer a member has really played, as merged spans of milliseconds in the recording.

    Of a written answer the spans are time on the screen: as much of its reading time as it stood there.
    """

    answer = models.ForeignKey("interviews.Answer", on_delete=models.CASCADE, related_name="coverages")
    recording = models.ForeignKey("media.Recording", null=True, on_delete=models.CASCADE, related_name="+")
    written = models.ForeignKey("interviews.WrittenAnswer", null=True, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    spans = models.JSONField(default=list, help_text="[[start_ms, end_ms], …], sorted and apart")
    read_ms = models.PositiveIntegerField(
        default=0, help_text="how far into the recording its text was read, where reading counts"
    )
    covered_ms = models.PositiveIntegerField(default=0, help_text="what counts: the longer of played and read")
    opened_at = models.DateTimeField(default=timezone.now, help_text="the server's clock when the player was opened")
    reported_at = models.DateTimeField(null=True, help_text="the server's clock at the last report that counted")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "recording", "member"], name="review_coverage_once"),
            models.UniqueConstraint(fields=["written", "member"], name="review_coverage_written_once"),
            models.CheckConstraint(
                condition=Q(recording__isnull=True, written__isnull=False)
                | Q(recording__isnull=False, written__isnull=True),
                name="review_coverage_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.covered_ms} ms"


class PlayClock(OrganizationRow):
    """Up to when a member's reported playing fills the server's time. Nobody can have played faster than it runs."""

    member = models.OneToOneField("accounts.Member", on_delete=models.CASCADE, related_name="+")
    filled_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} until {self.filled_until}"
