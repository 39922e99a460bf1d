"""Reading and proving the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass

from bothways.accounts.models import AuditEntry, AuditHead, Organization

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Flaw:
    """`kind` is "changed", "removed" or "inserted"; `sequence` is where the chain does not hold."""

    sequence: int
    kind: str
    words: str


def flaws(organization: Organization) -> Iterator[Flaw]:
    """Walk the whole chain and tell each place where it does not hold. Nothing told means that it holds."""
    expected, previous = 1, GENESIS
    for entry in AuditEntry.objects.filter(organization=organization).order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence > expected:
            yield Flaw(expected, "removed", f"Entries {expected} to {entry.sequence - 1} are missing.")
        elif entry.previous_hash != previous:
            yield Flaw(entry.sequence, "inserted", f"Entry {entry.sequence} does not follow the one before it.")
        if entry.content_hash() != entry.hash:
            yield Flaw(
                entry.sequence, "changed", f"Entry {entry.sequence} says something else than when it was written."
            )
        expected, previous = entry.sequence + 1, entry.hash
    head = AuditHead.objects.filter(organization=organization).first()
    last = head.sequence if head else 0
    if last >= expected:
        yield Flaw(expected, "removed", f"Entries {expected} to {last} are missing from the end.")
    elif last < expected - 1:
        yield Flaw(last + 1, "inserted", f"Entries {last + 1} to {expected - 1} were added behind the end.")
    elif head and head.hash != previous:
        yield Flaw(last, "changed", "The end of the chain is not the one that was recorded.")
