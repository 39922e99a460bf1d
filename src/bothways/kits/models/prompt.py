from django.db import models

from bothways.lib.rows import OrganizationRow


class PromptSlot(models.TextChoices):
    ASKED = "asked"
    SIGN = "sign"


class Prompt(OrganizationRow):
    """One try of a member at asking or welcoming, recorded in the page or uploaded as a file.

    It fills one of two slots: somebody who asks, or the same in sign language. The one that candidates meet is named by
    the question itself; the others are cleared away after some days.
    """

    slot = models.CharField(max_length=5, choices=PromptSlot.choices, default=PromptSlot.ASKED)
    subject_id = models.UUIDField(help_text="the question, library question or kit version that it was made for")
    client_key = models.UUIDField(help_text="made on the device, so that asking twice opens one")
    recording = models.OneToOneField("media.Recording", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "client_key"], name="kits_prompt_key_once"),
            models.CheckConstraint(condition=models.Q(slot__in=PromptSlot.values), name="kits_prompt_slot"),
        ]

    def __str__(self) -> str:
        return f"prompt for {self.subject_id}"
