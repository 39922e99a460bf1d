"""Saying whether reading what was said counts as watching, before anybody has answered."""

from django.db import transaction

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.kits.actions.drafts import locked_draft
from bothways.kits.models import KitVersion


@transaction.atomic
def set_reading_counts(*, actor: Actor, version: KitVersion, counts: bool) -> None:
    """Let the text of a spoken answer count towards its coverage in this version, or not, as at first.

    Raises:
        Refused: `not_a_draft`.
    """
    draft = locked_draft(actor, version)
    if draft.reading_counts == counts:
        return
    draft.reading_counts = counts
    draft.save(update_fields=["reading_counts", "updated_at"])
    detail = {"version": draft.number, "counts": counts}
    record(organization=draft.organization, actor=actor, verb="kit.reading_changed", thing=draft, detail=detail)
