"""How long uploads may take, when that changes while bytes are on their way."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from bothways.media.queries.uploads import open_uploads


def prolong_uploads(*, recordings: QuerySet[Any, Any], expires_at: dt.datetime) -> int:
    """Give the open uploads of these recordings another end of their time. Returns how many there were."""
    return open_uploads().filter(recording__in=recordings).update(expires_at=expires_at)
