"""What the processes of tests/media/test_killed_settling.py do, each on data of its own."""

import json
import sys
from pathlib import Path

from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.media.actions.recordings import ask_to_settle, create_recording
from bothways.media.models import Recording, RecordingState
from bothways.media.store import get_store
from bothways.work.actions import jobs
from bothways.work.models import Job
from tests.factories import make_organization


def fill(source: str) -> str:
    recording = create_recording(organization=make_organization(), kind="video", declared_mime="video/webm")
    size = get_store().put_file(recording.original_key, Path(source))
    recording.state, recording.size, recording.received_at = RecordingState.RECEIVED, size, timezone.now()
    recording.save()
    ask_to_settle(recording=recording)
    return str(recording.id)


def work() -> None:
    """What a worker does: give back what the dead held, then the job."""
    jobs.sweep()
    sys.stdout.write("working\n")
    sys.stdout.flush()
    jobs.run(str(Job.objects.get(name="media.settle").id))


def tell() -> dict[str, object]:
    recording = Recording.objects.get()
    return {
        "state": recording.state,
        "renditions": list(recording.renditions.values_list("kind", flat=True)),
        "logged": list(AuditEntry.objects.filter(thing_id=str(recording.id)).values_list("verb", flat=True)),
        "jobs": sorted(Job.objects.values_list("name", "state")),
        "sizes": [get_store().size(key) for key in recording.renditions.values_list("store_key", flat=True)],
        "original": get_store().size(recording.original_key),
    }


def main() -> None:
    said = {"fill": fill, "work": work, "tell": tell}[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(said) + "\n")
