"""What the processes of test_killed_at_any_moment_it_is_heard_once do, each on data of its own."""

import json
import sys
from pathlib import Path

from bothways.media.actions.recordings import create_recording, settle
from bothways.media.models import Recording, RecordingState, Transcript
from bothways.media.store import get_store
from bothways.work.actions import jobs
from bothways.work.models import Job
from tests.factories import make_organization


def fill(source: str) -> str:
    recording = create_recording(
        organization=make_organization(), kind="video", declared_mime="video/webm", language="en"
    )
    get_store().put_file(recording.original_key, Path(source))
    Recording.objects.filter(id=recording.id).update(state=RecordingState.RECEIVED)
    settle(recording_id=recording.id)
    return str(recording.id)


def work() -> None:
    """What a worker does: give back what the dead held, then the job."""
    jobs.sweep()
    sys.stdout.write("working\n")
    sys.stdout.flush()
    jobs.run(str(Job.objects.get(name="media.words").id))


def tell() -> dict[str, object]:
    return {
        "states": list(Transcript.objects.values_list("state", flat=True)),
        "text": " ".join(row["text"] for row in Transcript.objects.get().machine),
        "jobs": list(Job.objects.filter(name="media.words").values_list("name", "state")),
    }


def main() -> None:
    said = {"fill": fill, "work": work, "tell": tell}[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(said) + "\n")
