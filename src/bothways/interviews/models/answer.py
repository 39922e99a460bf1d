from django.db import models
from django.db.models import Q

from bothways.lib.rows import OrganizationRow


class Answer(OrganizationRow):
    """What a candidate gives to one question: the chosen take among those recorded, or what was written instead.

    What was kept last is the chosen one, so that at most one is.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey("kits.Question", on_delete=models.PROTECT, related_name="+")
    chosen_take = models.ForeignKey("interviews.Take", null=True, on_delete=models.SET_NULL, related_name="+")
    chosen_written = models.ForeignKey(
        "interviews.WrittenAnswer", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    thinking_since = models.DateTimeField(null=True, help_text="when a limited think time began")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "question"], name="interviews_answer_once"),
            models.CheckConstraint(
                condition=Q(chosen_take__isnull=True) | Q(chosen_written__isnull=True),
                name="interviews_answer_one_choice",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.id}"


class Take(OrganizationRow):
    """One try at an answer, in one segment or several. A take that met a technical fault does not count."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="takes")
    number = models.PositiveSmallIntegerField()
    recording = models.OneToOneField("media.Recording", on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField(help_text="made on the device, so that asking twice opens one take")
    finished_at = models.DateTimeField(null=True)
    device_duration_ms = models.PositiveIntegerField(null=True)
    faulted_at = models.DateTimeField(null=True, help_text="when the device told the first technical fault")
    is_signed = models.BooleanField(default=False, help_text="recorded in sign language: no voice is waited for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="interviews_take_number_once"),
            models.UniqueConstraint(fields=["answer", "client_key"], name="interviews_take_key_once"),
        ]

    def __str__(self) -> str:
        return f"take {self.number} of {self.answer_id}"
