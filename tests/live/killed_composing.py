"""What the processes of tests/live/test_killed_composing.py do, each on data of its own."""

import json
import sys
import tempfile
from pathlib import Path

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Take
from bothways.live.actions.compositions import ask_to_put_together
from bothways.live.models import Composition
from bothways.media.models import Recording
from bothways.media.store import get_store
from bothways.work.actions import jobs
from bothways.work.models import Job, Lane
from tests.factories import Cast
from tests.live.talks import Talk


def fill() -> str:
    talk = Talk(Cast())
    with tempfile.TemporaryDirectory() as folder:
        for who in (talk.dee, talk.bo):
            talk.sends(who, Path(folder), second=0, lasts=6)
    talk.asks(1, 0)
    talk.ends(6)
    ask_to_put_together(room=talk.room)
    jobs.run_all_due([Lane.SHORT])
    return str(Composition.objects.get().id)


def work() -> None:
    """What a worker does: give back what the dead held, then the job."""
    jobs.sweep()
    sys.stdout.write("working\n")
    sys.stdout.flush()
    jobs.run(str(Job.objects.get(name="live.compose").id))


def tell() -> dict[str, object]:
    made = Composition.objects.get()
    folder = get_store().size(f"{made.organization_id}/{made.id}/playable.mp4")
    return {
        "state": made.state,
        "logged": AuditEntry.objects.filter(verb="talk.composed").count(),
        "recordings": Recording.objects.filter(is_source=False).count(),
        "takes": Take.objects.count(),
        "job": Job.objects.get(name="live.compose").state,
        "size": folder,
    }


def main() -> None:
    said = {"fill": fill, "work": work, "tell": tell}[sys.argv[1]]()
    sys.stdout.write(json.dumps(said) + "\n")
