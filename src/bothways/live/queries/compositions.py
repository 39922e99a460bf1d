"""What was put together of a recorded talk, and what candidates take along of it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bothways.interviews.models import Interview, InterviewKind
from bothways.interviews.queries.own_copy import OwnFile, ending
from bothways.live.models import Composition, CompositionState, RecordingPeriod
from bothways.media.models import Recording
from bothways.media.queries.renditions import to_play


@dataclass(frozen=True, slots=True)
class RecordedTalk:
    """`is_recorded`: any of it was. `parts` is empty while we wait for what the devices still send."""

    is_recorded: bool
    parts: list[Composition]

    @property
    def is_being_made(self) -> bool:
        return self.is_recorded and (not self.parts or any(one.state == CompositionState.WAITING for one in self.parts))

    @property
    def is_lost(self) -> bool:
        return self.is_recorded and not self.is_being_made and not any(one.recording_id for one in self.parts)

    @property
    def has_answers(self) -> bool:
        return any(one.question_id and one.recording_id for one in self.parts)


def recorded_talk(interview: Interview) -> RecordedTalk | None:
    """None for an interview that is no talk, without a query; three queries at most."""
    if interview.kind != InterviewKind.LIVE:
        return None
    parts = list(_compositions(interview))
    is_recorded = bool(parts) or RecordingPeriod.objects.filter(room__interview=interview).exists()
    return RecordedTalk(is_recorded, parts)


def composition_of(recording: Recording) -> Composition | None:
    """What was put together under this recording, or None for every other. One query."""
    rows = Composition.objects.select_related("room__interview__stage")
    return rows.filter(recording=recording, organization=recording.organization_id).first()


def talk_files(interview: Interview) -> list[OwnFile]:
    """The rest of a talk, which answers no question, as files to take along; its answers are among the takes."""
    if interview.kind != InterviewKind.LIVE:
        return []
    rest = _compositions(interview).filter(question=None, recording__isnull=False)
    return [file for number, one in enumerate(rest, start=1) for file in _file(one, number)]


def _file(composition: Composition, number: int) -> list[OwnFile]:
    recording = composition.recording
    playable = to_play(recording)
    if recording is None or playable is None:
        return []
    best, _poster = playable
    name = f"rest-of-the-talk-{number}.{ending(best.mime)}"
    moment = composition.starts_at
    return [OwnFile(name, 0, 0, 0, True, best.store_key, best.size, moment, recording.duration_ms)]


def _compositions(interview: Interview) -> QuerySet[Composition]:
    rows = Composition.objects.filter(room__interview=interview, organization=interview.organization_id)
    return rows.select_related("recording", "room").prefetch_related("recording__renditions")
