from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

MOST_PEOPLE = 6
LONGEST_MESSAGE = 2000


class Room(OrganizationRow):
    """Where one live interview is held. It is there from the booking on, open once a host is in, and ends for good."""

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="room")
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    asks_to_record = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"room of {self.interview_id}"


class ParticipantKind(models.TextChoices):
    HOST = "host", _("host")
    CANDIDATE = "candidate", _("candidate")


class Participant(OrganizationRow):
    """One person in a room, on one device at a time. Stays when they leave, so that they find their seat again.

    `connection` is the socket that counts: a newer one takes over. `epoch` is made by each load of the page, so that
    others know that what they were connected to is gone. Present is who was seen within the last seconds. `media` is
    what they last said of their camera, microphone and screen.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField(max_length=9, choices=ParticipantKind.choices)
    member = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    admitted_at = models.DateTimeField(null=True, help_text="empty: in the waiting room")
    removed_at = models.DateTimeField(null=True)
    connection = models.UUIDField(null=True)
    epoch = models.CharField(max_length=40, blank=True)
    media = models.JSONField(default=dict)
    reads_captions = models.BooleanField(default=False)
    is_captioned = models.BooleanField(default=True, help_text="their own words may stand in the captions of others")
    seen_at = models.DateTimeField(null=True)
    together_s = models.PositiveIntegerField(default=0, help_text="seconds in the room with the other side")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "member"], name="live_participant_once"),
            models.UniqueConstraint(fields=["room"], condition=Q(kind="candidate"), name="live_one_candidate"),
            models.CheckConstraint(condition=Q(kind__in=ParticipantKind.values), name="live_participant_kind"),
            models.CheckConstraint(
                condition=Q(kind="host", member__isnull=False) | Q(kind="candidate", member__isnull=True),
                name="live_participant_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.room_id}"


class RoomMessage(OrganizationRow):
    """What somebody wrote to everybody in the room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="messages")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    client_key = models.UUIDField(help_text="made on the device, so that sending twice says it once")
    text = models.TextField(max_length=LONGEST_MESSAGE)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["room", "client_key"], name="live_message_once")]

    def __str__(self) -> str:
        return f"message in {self.room_id}"


class Asking(OrganizationRow):
    """A question of the kit was asked at this moment. The newest one is being answered; without a question, none is."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="askings")
    question = models.ForeignKey("kits.Question", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"{self.question_id} at {self.asked_at}"


class RecordingConsent(OrganizationRow):
    """Somebody in the room said yes to being recorded, to these words. Taking it back stays on record, too."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(withdrawn_at__isnull=True), name="live_one_consent_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} at {self.given_at}"


class RecordingPeriod(OrganizationRow):
    """A stretch of the talk that is recorded: from everybody's yes until somebody stops it, says no, or comes in."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="periods")
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    why_stopped = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["room"], condition=Q(stopped_at__isnull=True), name="live_one_period_runs")
        ]

    def __str__(self) -> str:
        return f"{self.started_at} to {self.stopped_at}"
