from django.db import models

from bothways.lib.rows import OrganizationRow


class Clip(OrganizationRow):
    """One try at asking or at answering by voice or on video.

    A candidate's has no member; a member's is made for one inquiry. The inquiry itself names the one that is used, the
    others are cleared away after a day.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="+")
    inquiry = models.ForeignKey("conversations.Inquiry", null=True, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField(help_text="made on the device, so that asking twice opens one")
    recording = models.OneToOneField("media.Recording", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "client_key"], name="conversations_clip_key_once"),
            models.CheckConstraint(
                condition=models.Q(inquiry__isnull=True, member__isnull=True)
                | models.Q(inquiry__isnull=False, member__isnull=False),
                name="conversations_clip_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"clip in {self.interview_id}"
