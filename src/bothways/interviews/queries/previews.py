"""Reading previews, which are in no other list."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.kits.models import KitVersion


def previews_older_than(age: dt.timedelta) -> QuerySet[Interview]:
    return Interview.objects.filter(is_preview=True, created_at__lt=timezone.now() - age).select_related("organization")


def people_invited_with(version: KitVersion) -> int:
    """How many people were asked with this version. Previews are nobody."""
    return Interview.objects.filter(kit_version=version, is_preview=False).count()
