from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class MessageState(models.TextChoices):
    WAITING = "waiting", _("on its way")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    KEPT = "kept", _("kept in the outbox")
    STOPPED = "stopped", _("stopped before it left")


class Message(OrganizationRow):
    """One mail to one person. Secret links are sealed apart; the text names them as `[[name]]`.

    `calendar` is an iCalendar file that goes with it, its lines not folded yet; it names links like the text.
    """

    kind = models.CharField(max_length=60)
    to_email = models.EmailField()
    to_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=250)
    body_text = models.TextField()
    body_html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    sealed_links = models.TextField(blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(state__in=MessageState.values), name="notify_state")]
        indexes = [
            models.Index(fields=["organization", "-created_at", "-id"], name="notify_recent"),
            models.Index(fields=["organization", "about_kind", "about_id"], name="notify_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_email}"
