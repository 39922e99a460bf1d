"""What is known of a recording's sound and picture. No query: it stands on the recording."""

import datetime as dt

from django.utils import timezone

from bothways.media.measurement import Finding, Measurement, Stretch, from_json
from bothways.media.models import Recording, RecordingState

SOON = dt.timedelta(minutes=1)


def measurement_of(recording: Recording) -> Measurement:
    """With nothing known, where it is not measured yet."""
    return Measurement() if recording.measurement is None else from_json(recording.measurement)


def is_being_measured(recording: Recording) -> bool:
    """Whether waiting a moment helps. What takes longer than that may never come."""
    return (
        recording.state == RecordingState.READY
        and recording.measurement is None
        and recording.settled_at is not None
        and timezone.now() - recording.settled_at < SOON
    )


def gain_db(recording: Recording) -> float | None:
    """What a player adds so that it is as loud as others, in decibels; None: it is played as it is."""
    return measurement_of(recording).gain_db


def silences(recording: Recording) -> tuple[Stretch, ...]:
    """Where nothing is to be heard for two seconds or longer, in order. To be shown, never to be cut."""
    return measurement_of(recording).silences


def findings(recording: Recording) -> tuple[Finding, ...]:
    """What is missing, for whoever made it and for nobody else.

    In a recording of several segments the picture may be dark because a weak line left only the voice.
    """
    found = measurement_of(recording).findings
    return found if recording.segments == 1 else tuple(one for one in found if one != Finding.BLACK_PICTURE)
