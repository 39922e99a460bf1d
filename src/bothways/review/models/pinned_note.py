from django.db import models
from django.db.models import F, Q

from bothways.lib.rows import OrganizationRow
from bothways.review.models.scorecard import Scorecard


class PinnedNote(OrganizationRow):
    """What a rater noted at a second of an answer, or over a stretch of it, perhaps with words that were said there.

    Times are milliseconds in the recording. The quoted words are kept as they stood in the transcript then, because the
    transcript can be corrected later. A note that was removed stays as an empty row until the scorecard goes, so that
    an old draft of another device does not bring it back unasked.
    """

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="pinned_notes")
    question = models.ForeignKey("kits.Question", on_delete=models.PROTECT, related_name="+")
    recording = models.ForeignKey(
        "media.Recording", null=True, on_delete=models.SET_NULL, related_name="+", help_text="null once it is erased"
    )
    client_key = models.UUIDField(help_text="made on the device, so that sending twice pins one note")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField(null=True, help_text="null: one moment, no stretch")
    text = models.TextField(max_length=2000, blank=True)
    quote = models.TextField(max_length=2000, blank=True, help_text="words of the transcript")
    quote_start_ms = models.PositiveIntegerField(null=True)
    quote_end_ms = models.PositiveIntegerField(null=True)
    revision = models.PositiveIntegerField(default=0, help_text="counts the saves, so that an old draft is noticed")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "client_key"], name="review_pinned_note_once"),
            models.CheckConstraint(
                condition=Q(end_ms__isnull=True) | Q(end_ms__gt=F("start_ms")), name="review_pinned_note_stretch"
            ),
            models.CheckConstraint(
                condition=Q(quote="", quote_start_ms__isnull=True, quote_end_ms__isnull=True)
                | (~Q(quote="") & Q(quote_start_ms__lt=F("quote_end_ms"))),
                name="review_pinned_note_quote",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(text="", quote=""), name="review_pinned_note_removed"
            ),
        ]
        indexes = [models.Index(fields=["scorecard", "question", "start_ms"], name="review_pinned_note_of")]

    def __str__(self) -> str:
        return f"{self.start_ms} ms"
