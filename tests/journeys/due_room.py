"""Has a running product do what is due by the clock, each time a line comes in, and says when it is done. A program.

BOTHWAYS_DATA_DIR=… python -m tests.journeys.due_room

The engine looks every half minute for what is due; this looks once, with the engine's own eyes. The work itself is done
by the product's own workers, in the processes and the order in which they always do it.
"""

import sys
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402  Models can be imported once Django is set up.
from django_q.models import OrmQ  # noqa: E402
from django_q.scheduler import scheduler  # noqa: E402

from bothways.work.models import Job, JobState, Lane  # noqa: E402

PATIENCE_S = 45


def do_what_is_due() -> None:
    scheduler()
    end = time.monotonic() + PATIENCE_S
    while is_busy():
        if time.monotonic() > end:
            jobs = list(Job.objects.exclude(state=JobState.DONE).values("name", "state"))
            raise SystemExit(f"still to be done: {list(OrmQ.objects.all())}, {jobs}")
        time.sleep(0.1)


def is_busy() -> bool:
    """Whether anything is due that is not done: what the clock asks for, or what that has asked for in turn."""
    short = Job.objects.filter(lane=Lane.SHORT)
    due = short.filter(state=JobState.WAITING, due_at__lte=timezone.now()) | short.filter(state=JobState.RUNNING)
    return OrmQ.objects.filter(key="short").exists() or due.exists()


if __name__ == "__main__":
    for _line in sys.stdin:
        do_what_is_due()
        print("done", flush=True)  # noqa: T201
