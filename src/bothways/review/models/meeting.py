from django.db import models

from bothways.lib.rows import OrganizationRow


class Meeting(OrganizationRow):
    """Several people look at candidates of a stage together, on one screen, and decide.

    Who is present and who is looked at stands from the beginning and is not changed: another meeting is another row.
    """

    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="meetings")
    opened_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["stage", "-created_at"], name="review_meeting_latest")]

    def __str__(self) -> str:
        return f"on {self.stage_id} by {self.opened_by_id}"


class MeetingAttendee(OrganizationRow):
    """A member who is present."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="review_attendee_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.meeting_id}"


class MeetingItem(OrganizationRow):
    """An interview that is looked at, at its place."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "interview"], name="review_meeting_item_once"),
            models.UniqueConstraint(fields=["meeting", "place"], name="review_meeting_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} in {self.meeting_id}"
