"""Periodic work: the engine's schedule rows, kept equal to what the code declares."""

from django.db import transaction
from django_q.models import Schedule

from bothways.work.registry import PERIODIC


@transaction.atomic
def lay_out_schedules() -> None:
    """Make one schedule for each declared periodic function and drop those that are no longer declared."""
    Schedule.objects.exclude(name__in=PERIODIC).delete()
    for name, periodic in PERIODIC.items():
        Schedule.objects.update_or_create(
            name=name,
            defaults={
                "func": f"{periodic.run.__module__}.{periodic.run.__qualname__}",
                "schedule_type": Schedule.MINUTES,
                "minutes": periodic.minutes,
                "repeats": -1,
                "cluster": "short",
            },
        )
