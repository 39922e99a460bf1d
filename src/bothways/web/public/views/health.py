"""How the server is, for operators and their probes."""

import time
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bothways.media.store import StoreError, get_store
from bothways.work.models import Job, JobState


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 while database and store answer, else 503. Free space in bytes, times in milliseconds.

    `jobs.waiting` counts what is due, `jobs.oldest_s` how long the oldest has been due: if it grows, no worker runs.
    """
    database = _database()
    store = _store()
    jobs = _jobs() if database["state"] == "ok" else {"waiting": None, "oldest_s": None}
    healthy = database["state"] == store["state"] == "ok"
    content = {"state": "ok" if healthy else "failing", "database": database, "store": store, "jobs": jobs}
    return JsonResponse(content, status=200 if healthy else 503)


def _database() -> dict[str, Any]:
    started = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return {"state": "failing"}
    return {"state": "ok", "kind": connection.vendor, "took_ms": round((time.perf_counter() - started) * 1000, 1)}


def _store() -> dict[str, Any]:
    try:
        return {"state": "ok", "free_bytes": get_store().free_bytes()}
    except (OSError, StoreError):
        return {"state": "failing"}


def _jobs() -> dict[str, Any]:
    now = timezone.now()
    due = Job.objects.filter(state=JobState.WAITING, due_at__lte=now)
    oldest = due.order_by("due_at").values_list("due_at", flat=True).first()
    return {"waiting": due.count(), "oldest_s": round((now - oldest).total_seconds()) if oldest else 0}
