"""The one way to write the audit log."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from bothways.accounts.actors import Actor
from bothways.accounts.models import AuditEntry, AuditHead, Organization
from bothways.lib.many_rows import insert_objects


@transaction.atomic
def record(
    *, organization: Organization, actor: Actor, verb: str, thing: Model, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Add one entry at the end of the organization's chain, inside the caller's transaction.

    `verb` reads `noun.past_tense`. `detail` must be JSON; personal data does not belong in it, identifiers do.
    """
    [entry] = record_many(organization=organization, actor=actor, verb=verb, things=[(thing, detail or {})])
    return entry


@transaction.atomic
def record_many(
    *, organization: Organization, actor: Actor, verb: str, things: Sequence[tuple[Model, dict[str, Any]]]
) -> list[AuditEntry]:
    """Add one entry for each of many things, in their order, all of the same moment; each thing with its detail."""
    AuditHead.objects.get_or_create(organization=organization)
    head = AuditHead.objects.select_for_update().get(organization=organization)
    now = timezone.now()
    entries = []
    for thing, detail in things:
        entry = _next_entry(head, actor=actor, verb=verb, thing=thing, detail=detail, at=now)
        head.sequence, head.hash = entry.sequence, entry.hash
        entries.append(entry)
    insert_objects(AuditEntry, entries)
    head.save()
    return entries


def _next_entry(
    head: AuditHead, *, actor: Actor, verb: str, thing: Model, detail: dict[str, Any], at: dt.datetime
) -> AuditEntry:
    entry = AuditEntry(
        organization_id=head.organization_id,
        sequence=head.sequence + 1,
        at=at,
        actor_kind=actor.kind,
        actor_id=str(actor.id or ""),
        actor_name=actor.name,
        verb=verb,
        thing_kind=thing._meta.label_lower,
        thing_id=str(thing.pk),
        detail=json.loads(json.dumps(detail, default=str)),
        previous_hash=head.hash,
    )
    entry.hash = entry.content_hash()
    return entry
