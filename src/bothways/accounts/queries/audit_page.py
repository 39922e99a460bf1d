"""The audit log page by page, newest first."""

from dataclasses import dataclass

from bothways.accounts.models import AuditEntry, Organization

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`older` is the sequence to ask for next, or None at the beginning of the log."""

    entries: list[AuditEntry]
    older: int | None


def audit_page(organization: Organization, *, before: int | None = None, size: int = PAGE_SIZE) -> AuditPage:
    """The `size` entries that come before the sequence `before`, or the newest ones. One query at any depth."""
    found = AuditEntry.objects.filter(organization=organization).order_by("-sequence")
    if before is not None:
        found = found.filter(sequence__lt=before)
    entries = list(found[: size + 1])
    older = entries[size - 1].sequence if len(entries) > size else None
    return AuditPage(entries[:size], older)
