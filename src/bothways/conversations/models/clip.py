from django.db import models

from bothways.lib.rows import OrganizationRow


class Clip(OrganizationRow):
    """One try at asking, at answering or at giving feedback by voice or on video.

    A candidate's has no member: it asks the team, or answers one follow-up. A member's answers one inquiry, asks once
    more about a `question`, or is for the feedback. What it is made for names the one that is used, the others are
    cleared away after a day.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="+")
    inquiry = models.ForeignKey("conversations.Inquiry", null=True, on_delete=models.CASCADE, related_name="+")
    follow_up = models.ForeignKey("conversations.FollowUp", null=True, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey("kits.Question", null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    for_feedback = models.BooleanField(default=False)
    client_key = models.UUIDField(help_text="made on the device, so that asking twice opens one")
    recording = models.OneToOneField("media.Recording", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "client_key"], name="conversations_clip_key_once"),
            models.CheckConstraint(
                condition=models.Q(member__isnull=True, inquiry__isnull=True, question__isnull=True, for_feedback=False)
                | models.Q(member__isnull=False, follow_up__isnull=True)
                & (
                    models.Q(inquiry__isnull=False, question__isnull=True, for_feedback=False)
                    | models.Q(inquiry__isnull=True, question__isnull=False, for_feedback=False)
                    | models.Q(inquiry__isnull=True, question__isnull=True, for_feedback=True)
                ),
                name="conversations_clip_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"clip in {self.interview_id}"
