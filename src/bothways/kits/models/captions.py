from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow
from bothways.lib.webvtt import Cue


class Captions(OrganizationRow):
    """What is said in a recorded prompt, in writing, with the times at which it is said.

    They belong to the recording and are named by what uses it: the copies of a question share them, and whoever
    changes them for one copy gets captions of its own. So a published version keeps those it was published with.
    """

    recording = models.ForeignKey("media.Recording", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10)
    cues = models.JSONField(default=list, help_text="start_ms, end_ms and text of each, in order")
    revision = models.PositiveIntegerField(default=1, help_text="one more with each change")
    updated_at = models.DateTimeField(auto_now=True)
    by_machine = models.BooleanField(default=False, help_text="begun from what a machine heard, and not read since")
    reviewed_by = models.ForeignKey(
        "accounts.Member", null=True, on_delete=models.PROTECT, related_name="+", help_text="who read them"
    )
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | models.Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="kits_captions_read_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"captions of {self.recording_id}"

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has read them as they are and called them right."""
        return self.reviewed_at is not None

    def as_cues(self) -> list[Cue]:
        return [Cue(cue["start_ms"], cue["end_ms"], cue["text"]) for cue in self.cues]
