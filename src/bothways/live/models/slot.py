from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow
from bothways.live.models.rules import Place

HOLD_MINUTES = 10


class SlotState(models.TextChoices):
    HELD = "held", _("held")
    BOOKED = "booked", _("booked")
    CANCELLED = "cancelled", _("cancelled")
    MISSED = "missed", _("the candidate did not come")
    LET_DOWN = "let_down", _("the hosts did not come")


STANDING = (SlotState.HELD, SlotState.BOOKED)
NOT_MET = (SlotState.MISSED, SlotState.LET_DOWN)


class Slot(OrganizationRow):
    """The time of one live interview. Held for some minutes while the candidate decides, then booked.

    At most one of an interview stands; moving it keeps the row, so that calendars keep their entry: `id` is the UID of
    the invitation, `sequence` counts what was changed since it was booked. `candidate_came_at` and `hosts_came_at` are
    when the first of each side was at its room.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="slots")
    state = models.CharField(max_length=9, choices=SlotState.choices, default=SlotState.HELD)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=64, help_text="the candidate's, in which the time was picked")
    place = models.CharField(max_length=5, choices=Place.choices, default=Place.ROOM)
    directions = models.TextField(max_length=1000, blank=True)
    phone = models.CharField(max_length=40, blank=True, help_text="under which the candidate is called")
    sequence = models.PositiveSmallIntegerField(default=0)
    moved = models.PositiveSmallIntegerField(default=0, help_text="how often the candidate moved it")
    booked_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True, help_text="when it was given back, or called missed")
    reason = models.TextField(max_length=1000, blank=True, help_text="why it was cancelled, as the other side reads it")
    day_reminded_at = models.DateTimeField(null=True)
    hour_reminded_at = models.DateTimeField(null=True)
    candidate_came_at = models.DateTimeField(null=True)
    hosts_came_at = models.DateTimeField(null=True)
    waiting_told_at = models.DateTimeField(null=True, help_text="when hosts were told that the candidate waits")
    asked_at = models.DateTimeField(null=True, help_text="when the hosts were asked what became of it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interview"], condition=Q(state__in=["held", "booked"]), name="live_one_slot_stands"
            ),
            models.CheckConstraint(condition=Q(state__in=SlotState.values), name="live_slot_state"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="live_slot_place"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="live_slot_forwards"),
            models.CheckConstraint(condition=~Q(state="held") | Q(held_until__isnull=False), name="live_slot_held"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="live_slots_due")]

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def is_past(self) -> bool:
        return self.ends_at <= timezone.now()

    def __str__(self) -> str:
        return f"{self.starts_at} {self.state}"


class Host(OrganizationRow):
    """A member who sits in a slot. `busy_from` and `busy_until` are the slot with the buffers kept free around it."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="hosts")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    busy_from = models.DateTimeField()
    busy_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "member"], name="live_host_once")]
        indexes = [models.Index(fields=["member", "busy_from"], name="live_hosts_busy")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.slot_id}"
