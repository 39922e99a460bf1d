"""Keeping what was asked of candidates and what the team gave them, apart from the pages that show it."""

from django.db import transaction

from bothways.conversations.models import Effort
from bothways.conversations.queries.effort import count_efforts

COUNTED = ("people", "asked_s", "watched_s", "answered_s", "recorded_s", "counted_at")


def keep_efforts() -> int:
    """Count every position anew. Returns how many have something to tell."""
    counted = count_efforts()
    with transaction.atomic():
        Effort.objects.exclude(position__in=[effort.position_id for effort in counted]).delete()
        Effort.objects.bulk_create(
            counted, update_conflicts=True, unique_fields=["position"], update_fields=COUNTED, batch_size=500
        )
    return len(counted)
