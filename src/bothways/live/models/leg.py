from django.db import models
from django.db.models import Q
from django.utils import timezone

from bothways.lib.rows import OrganizationRow


class Leg(OrganizationRow):
    """One side of a recorded period, as one device recorded it: an unbroken run of one MediaRecorder.

    `started_at` is when its first sample was taken, on the server's clock; `clock_error_ms` how far that may be off
    (half the fastest round trip); `clock_rate_ppm` how much faster the device's clock runs than the server's.
    """

    period = models.ForeignKey("live.RecordingPeriod", on_delete=models.CASCADE, related_name="legs")
    participant = models.ForeignKey("live.Participant", on_delete=models.CASCADE, related_name="legs")
    client_key = models.UUIDField(help_text="made on the device, so that asking twice opens one leg")
    recording = models.OneToOneField("media.Recording", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    clock_error_ms = models.FloatField(null=True)
    clock_rate_ppm = models.FloatField(default=0)
    finished_at = models.DateTimeField(null=True)
    arrived_bytes = models.PositiveBigIntegerField(default=0, help_text="how many there were at the last look")
    arrived_at = models.DateTimeField(default=timezone.now, help_text="when it was last seen that more had come")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "client_key"], name="live_leg_key_once")]

    def __str__(self) -> str:
        return f"leg of {self.participant_id}"


class CompositionState(models.TextChoices):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Composition(OrganizationRow):
    """Stretches of the talk put together from its legs: what was said to one question, or, without one, the rest.

    `stretches` are pairs of milliseconds from `starts_at` on; what lies between them was not recorded, or belongs to
    another question. A side that never came is named in `missing`, so that it is said and not hidden. The recording
    has the composition's own id, so that making it again makes no second one.
    """

    room = models.ForeignKey("live.Room", on_delete=models.CASCADE, related_name="compositions")
    question = models.ForeignKey("kits.Question", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=CompositionState.choices, default=CompositionState.WAITING)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stretches = models.JSONField(default=list)
    recording = models.OneToOneField("media.Recording", null=True, on_delete=models.CASCADE, related_name="+")
    missing = models.JSONField(default=list, help_text="names of participants whose side is not in it")
    failure = models.CharField(max_length=30, blank=True, help_text="why it failed, or why the last try did")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "question"], condition=Q(question__isnull=False), name="live_composition_once"
            ),
            models.CheckConstraint(condition=Q(state__in=CompositionState.values), name="live_composition_state"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(recording__isnull=False), name="live_composition_ready"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} to {self.ends_at} {self.state}"
