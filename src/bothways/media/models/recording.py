import uuid

from django.db import models

from bothways.lib.rows import OrganizationRow


class RecordingState(models.TextChoices):
    RECEIVING = "receiving"
    RECEIVED = "received"
    READY = "ready"
    FAILED = "failed"


class MediaKind(models.TextChoices):
    VIDEO = "video"
    AUDIO = "audio"


def segment_key(organization_id: uuid.UUID, recording_id: uuid.UUID, number: int) -> str:
    """The key in the store under which the bytes of a segment stand."""
    name = "original" if number == 1 else f"original-{number}"
    return f"{organization_id}/{recording_id}/{name}"


class Recording(OrganizationRow):
    """What a person recorded, in one segment or several. The original bytes are kept as they came; a rendition is
    made from them, and plays as one.

    Settled means READY (can be watched) or FAILED (with a code that has words for the person and the administrator).
    """

    kind = models.CharField(max_length=5, choices=MediaKind.choices)
    state = models.CharField(max_length=10, choices=RecordingState.choices, default=RecordingState.RECEIVING)
    language = models.CharField(max_length=10, blank=True, help_text="what is spoken; empty: no words are wanted")
    declared_mime = models.CharField(max_length=120, blank=True)
    container = models.CharField(max_length=20, blank=True)
    video_codec = models.CharField(max_length=20, blank=True)
    audio_codec = models.CharField(max_length=20, blank=True)
    segments = models.PositiveSmallIntegerField(
        null=True, default=1, help_text="how many there are; null while one more may still be opened"
    )
    size = models.PositiveBigIntegerField(null=True, help_text="bytes of the original, all segments together")
    duration_ms = models.PositiveIntegerField(null=True, help_text="from the packets, never from the header")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    is_source = models.BooleanField(default=False, help_text="others are made of it; by itself nobody watches it")
    salvaged = models.BooleanField(default=False, help_text="something damaged had to be left out")
    speakers = models.JSONField(
        default=list, help_text="names of those whose tracks are in VOICES; an empty one is who was asked to speak"
    )
    measurement = models.JSONField(null=True, help_text="of sound and picture (media/measurement.py); null: not yet")
    received_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True, help_text="when all of it had been looked through")
    settled_at = models.DateTimeField(null=True)
    failure_code = models.CharField(max_length=30, blank=True)
    failure_detail = models.TextField(blank=True, help_text="for the administrator")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RecordingState.values), name="media_recording_state"),
            models.CheckConstraint(condition=models.Q(kind__in=MediaKind.values), name="media_recording_kind"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(duration_ms__isnull=False), name="media_ready_has_length"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(failure_code=""), name="media_failed_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="media_recording_unsettled")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"

    @property
    def original_key(self) -> str:
        """Where the bytes of the first segment stand in the store."""
        return segment_key(self.organization_id, self.id, 1)

    @property
    def is_settled(self) -> bool:
        return self.state in (RecordingState.READY, RecordingState.FAILED)


class Upload(OrganizationRow):
    """The one way in for the bytes of one segment of a recording. How far it is stands in the store, not here.

    A segment is a file that plays by itself. It is open until it is complete or given up; one that was closed from
    elsewhere is complete with what had arrived.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="uploads")
    segment = models.PositiveSmallIntegerField(default=1, help_text="its place in the recording, from 1")
    client_key = models.UUIDField(null=True, help_text="made on the device, so that asking twice opens one segment")
    token_digest = models.BinaryField(max_length=32, unique=True)
    length = models.PositiveBigIntegerField(null=True, help_text="bytes, once the sender has said it")
    device_duration_ms = models.PositiveIntegerField(null=True)
    max_bytes = models.PositiveBigIntegerField()
    expires_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    terminated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="ended by somebody else than its sender")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "segment"], name="media_upload_segment_once")]
        indexes = [models.Index(fields=["completed_at", "expires_at"], name="media_upload_expiry")]

    def __str__(self) -> str:
        return f"upload {self.id}"

    @property
    def is_open(self) -> bool:
        return self.completed_at is None and self.terminated_at is None

    @property
    def store_key(self) -> str:
        """Where its bytes stand in the store."""
        return segment_key(self.organization_id, self.recording_id, self.segment)


class RenditionKind(models.TextChoices):
    PLAYABLE = "playable"
    UNIVERSAL = "universal"
    POSTER = "poster"
    PEAKS = "peaks"
    SPRITES = "sprites"
    VOICE = "voice"
    VOICES = "voices"


class Rendition(OrganizationRow):
    """A file made from a recording: its streams in a seekable file, one that plays everywhere, a picture, levels, a
    sheet of small pictures, the voice alone; each speaker's voice in a track of its own, to be put into words.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=10, choices=RenditionKind.choices)
    mime = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    store_key = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "kind"], name="media_rendition_once"),
            models.CheckConstraint(condition=models.Q(kind__in=RenditionKind.values), name="media_rendition_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.recording_id}"

    @property
    def has_picture(self) -> bool:
        """Whether it may show who was recorded. What is not known to be sound or figures alone, may."""
        is_without = self.kind in (RenditionKind.VOICE, RenditionKind.PEAKS) or self.mime.startswith("audio/")
        return not is_without
