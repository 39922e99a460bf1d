"""What is known of a recording's sound and picture. No query: it stands on the recording."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from bothways.media.measurement import SHORTEST_SILENCE_MS, Finding, Measurement, Stretch, from_json
from bothways.media.models import Recording, RecordingState
from bothways.media.utterances import Utterance, spoken_stretches

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


def silences(recording: Recording, said: Iterable[Utterance] = ()) -> tuple[Stretch, ...]:
    """Where nothing is to be heard for two seconds or longer and no word of `said` is, in order. To be shown, never
    to be cut."""
    words = sorted(stretch for utterance in said for stretch in spoken_stretches(utterance))
    quiet = _without(measurement_of(recording).silences, words)
    return tuple((start, end) for start, end in quiet if end - start >= SHORTEST_SILENCE_MS)


def findings(recording: Recording) -> tuple[Finding, ...]:
    """What is missing, for whoever made it and for nobody else.

    In a recording of several segments the picture may be dark because a weak line left only the voice.
    """
    found = measurement_of(recording).findings
    return found if recording.segments == 1 else tuple(one for one in found if one != Finding.BLACK_PICTURE)


def _without(stretches: Iterable[Stretch], taken: Sequence[Stretch]) -> Iterator[Stretch]:
    """What of `stretches` lies in none of `taken`, both in order; what is taken whole comes out empty or negative."""
    first = 0
    for start, end in stretches:
        while first < len(taken) and taken[first][1] <= start:
            first += 1
        place = first
        while place < len(taken) and taken[place][0] < end:
            yield start, taken[place][0]
            start = max(start, taken[place][1])
            place += 1
        yield start, end
