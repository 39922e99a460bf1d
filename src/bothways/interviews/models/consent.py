from django.db import models

from bothways.lib.rows import OrganizationRow


class ConsentText(OrganizationRow):
    """What candidates agree to, word for word. Never changed: other words are another version."""

    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "language", "version"], name="interviews_consent_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.version}"


class Consent(OrganizationRow):
    """A candidate agreed to exactly this text at this moment."""

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="consent")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.interview_id} to {self.text_id}"
