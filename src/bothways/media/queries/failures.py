"""Why recordings failed, for those who run the server."""

import datetime as dt
from typing import Final

from django.db.models import Count

from bothways.media.models import Recording, RecordingState

FAULTS_OF_THE_SERVER: Final = frozenset({"crashed", "disk_full", "out_of_memory", "too_slow"})

ADMINISTRATOR_WORDS: Final = {
    "empty": "no bytes or nothing in them; a camera or a line that gave nothing",
    "not_media": "no WebM, Matroska, MP4, Ogg or WAV file",
    "nothing_playable": "no sound or picture that a browser plays; cut too early, or damaged",
    "picture_too_large": "a picture of more than 4096 × 2304",
    "too_long": "longer than 35 minutes, or a small file that opens into a huge one",
    "too_slow": "the step ran out of time; the machine is busy, or the file was made to keep it busy",
    "out_of_memory": "the step needed more than its limit; BOTHWAYS_MEDIA_MEMORY_MB raises that of those that decode",
    "crashed": "the step died or answered with nonsense; where it repeats, please report it with the file",
    "disk_full": "no room for half-made files or in the store; make room, then it goes on by itself",
    "given_up": "the candidate gave it up before it was complete",
}
"""What each code means and what helps. The recording's own `failure_detail` says more."""


def failures_since(moment: dt.datetime) -> dict[str, int]:
    """How many recordings of all organizations failed with which code, most frequent first. One query."""
    failed = Recording.objects.filter(state=RecordingState.FAILED, settled_at__gte=moment)
    counts = failed.values_list("failure_code").annotate(count=Count("id")).order_by("-count", "failure_code")
    return dict(counts)
