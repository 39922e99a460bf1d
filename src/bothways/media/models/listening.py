from django.db import models
from django.utils import timezone

from bothways.lib.rows import OrganizationRow


class Listening(OrganizationRow):
    """What has been heard of a recording that is still on its way, so that little is left to hear after the stop.

    All before `heard_ms` is in `utterances` (`media/utterances.py`), nothing after it. Gone once the recording has its
    words.
    """

    recording = models.OneToOneField("media.Recording", on_delete=models.CASCADE, related_name="listening")
    engine = models.CharField(max_length=80, help_text="another one begins anew")
    heard_ms = models.PositiveIntegerField(default=0)
    utterances = models.JSONField(default=list)
    arrived_bytes = models.PositiveBigIntegerField(default=0, help_text="how many there were at the last look")
    arrived_at = models.DateTimeField(default=timezone.now, help_text="when it was last seen that more had come")

    def __str__(self) -> str:
        return f"{self.recording_id} heard to {self.heard_ms} ms"
