from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow


class TranscriptState(models.TextChoices):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Transcript(OrganizationRow):
    """What is said in a recording: as a machine heard it, and as whoever spoke has mended it. Both are kept.

    `machine` and `corrected` hold utterances (`media/utterances.py`). READY and empty: nobody speaks.
    """

    recording = models.OneToOneField("media.Recording", on_delete=models.CASCADE, related_name="transcript")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=TranscriptState.choices, default=TranscriptState.WAITING)
    engine = models.CharField(max_length=80, blank=True, help_text="which engine and model heard it")
    machine = models.JSONField(default=list)
    corrected = models.JSONField(null=True)
    corrected_at = models.DateTimeField(null=True)
    switched_off_at = models.DateTimeField(null=True, help_text="whoever spoke wants no text: nobody reads or finds it")
    settled_at = models.DateTimeField(null=True)
    failure_detail = models.TextField(blank=True, help_text="for the administrator")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TranscriptState.values), name="media_transcript_state"),
            models.CheckConstraint(
                condition=Q(corrected__isnull=True, corrected_at__isnull=True)
                | Q(corrected__isnull=False, corrected_at__isnull=False),
                name="media_transcript_corrected_when",
            ),
        ]

    def __str__(self) -> str:
        return f"transcript of {self.recording_id} {self.state}"
