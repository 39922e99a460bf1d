"""Saying each minute that a part of the server runs, so that a gap tells afterwards when it did not."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from bothways.work.models import Uptime

EVERY = dt.timedelta(minutes=1)
PATIENCE = 3 * EVERY
"""A busy machine says it late. Only a silence of more than this ends a stretch."""

KEPT = dt.timedelta(days=30)


@transaction.atomic
def beat(part: str) -> Uptime:
    """This part of the server runs now. `part` is one of `ServerPart`; several machines count as one."""
    now = timezone.now()
    Uptime.objects.filter(last_at__lt=now - KEPT).delete()
    last = Uptime.objects.filter(part=part).order_by("-last_at").first()
    if last is None or now - last.last_at > PATIENCE:
        return Uptime.objects.create(part=part, started_at=now, last_at=now)
    Uptime.objects.filter(id=last.id, last_at__lt=now).update(last_at=now)
    return last
