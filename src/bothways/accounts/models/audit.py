import hashlib
import json

from django.db import models

from bothways.lib.rows import OrganizationRow


class AuditHead(models.Model):
    """The end of an organization's chain. Locked while an entry is added, so that entries stand in one line."""

    organization = models.OneToOneField(
        "accounts.Organization", on_delete=models.CASCADE, primary_key=True, related_name="audit_head"
    )
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.organization_id} at {self.sequence}"


class AuditEntry(OrganizationRow):
    """Who did what to which thing, and when. Only ever added; each entry carries the hash of the one before it."""

    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "sequence"], name="accounts_audit_sequence_once")
        ]
        indexes = [models.Index(fields=["organization", "thing_kind", "thing_id"], name="accounts_audit_thing")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("An audit entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        raise TypeError("An audit entry is never deleted.")

    def content_hash(self) -> str:
        """SHA-256 over the hash before it and every field a person can read, as canonical JSON."""
        content = [
            self.previous_hash,
            str(self.organization_id),
            self.sequence,
            self.at.isoformat(),
            self.actor_kind,
            self.actor_id,
            self.actor_name,
            self.verb,
            self.thing_kind,
            self.thing_id,
            self.detail,
        ]
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
