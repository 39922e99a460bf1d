"""Where recordings stand, and what to tell people about those that failed."""

import datetime as dt
from enum import Enum

from django.utils.translation import gettext as _

from bothways.media.models import Recording, RecordingState
from bothways.work.models import Job, JobState


class Attempt(Enum):
    """How the last try to settle a recording ended."""

    UNKNOWN = "unknown"
    GAVE_UP = "gave up"


def waiting_for_settlement(received_before: dt.datetime) -> list[tuple[Recording, Attempt]]:
    """Received recordings that no job is open for, oldest first, with how the last job for them ended.

    Two queries.
    """
    received = Recording.objects.filter(state=RecordingState.RECEIVED, received_at__lt=received_before)
    recordings = {f"recording:{recording.id}": recording for recording in received.order_by("received_at")[:500]}
    last_state = dict(
        Job.objects.filter(name__in=("media.settle", "media.join"), key__in=recordings)
        .order_by("created_at")
        .values_list("key", "state")
    )
    return [
        (recording, Attempt.GAVE_UP if last_state.get(key) == JobState.FAILED else Attempt.UNKNOWN)
        for key, recording in recordings.items()
        if last_state.get(key) not in (JobState.WAITING, JobState.RUNNING)
    ]


def failure_words(code: str) -> str:
    """What happened, what is safe and what to do, for the person who recorded. Every code has words.

    The administrator's version stands in `failures` and in the recording's `failure_detail`.
    """
    passing = _(
        "Our server could not prepare this recording. That is our fault, and we kept it as it came. "
        "Record again. If that does not help, tell us."
    )
    return {
        "too_slow": passing,
        "crashed": passing,
        "disk_full": passing,
        "empty": _(
            "No sound or picture arrived. Your other recordings are safe. "
            "Check your camera and microphone, then record again."
        ),
        "not_media": _(
            "What arrived is not a recording that we can read. We kept it as it came. "
            "Record again, or send a WebM, MP4, Ogg or WAV file."
        ),
        "nothing_playable": _(
            "We could not find sound or picture that can be played in this recording. We kept it as it came. "
            "Record again; another browser may help."
        ),
        "picture_too_large": _(
            "The picture of this recording is larger than we can show. We kept it as it came. "
            "Choose a smaller size in your camera settings, then record again."
        ),
        "too_long": _("This recording is longer than we can show. We kept it as it came. Record a shorter one."),
        "out_of_memory": _(
            "This recording needs more than our server can give. We kept it as it came. "
            "Record again with a smaller picture."
        ),
        "given_up": _("This recording was given up before it was complete. Your other recordings are safe."),
    }.get(code, passing)
