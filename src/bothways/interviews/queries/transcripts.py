"""What is said in a candidate's own takes, as the candidate sees it: both versions, and whether others may read it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from bothways.interviews.models import Answer, Interview, InterviewKind, Take
from bothways.media.models import Recording, Transcript, TranscriptState
from bothways.media.queries.transcripts import current_utterances
from bothways.media.utterances import Utterance, fingerprint, from_json


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`lines` are the words as they stand, or one empty line over a whole recording in which nothing was heard. `rows`
    are those of them that the candidate has said, and that are corrected one by one. `seen` tells this wording from
    others. `state` is a `TranscriptState`. `duration_ms` is how
    long the recording lasts."""

    transcript_id: uuid.UUID
    state: str
    language: str
    heard: tuple[Utterance, ...]
    lines: tuple[Utterance, ...]
    rows: tuple[Utterance, ...]
    is_corrected: bool
    is_off: bool
    seen: str
    duration_ms: int

    @property
    def shown(self) -> list[Utterance]:
        """What others read, unless it is off."""
        return [utterance for utterance in self.lines if utterance.text]

    @property
    def has_others(self) -> bool:
        """Whether somebody else speaks, too."""
        return len(self.rows) < len(self.lines)

    @property
    def is_ready(self) -> bool:
        return self.state == TranscriptState.READY

    @property
    def captioned(self) -> list[Utterance]:
        """What a player shows: nothing where there is no text, and where its speaker wants none."""
        return self.shown if self.is_ready and not self.is_off else []

    @property
    def is_awaited(self) -> bool:
        return self.state == TranscriptState.WAITING


def words_of_take(interview: Interview, place: int) -> OwnWords | None:
    """The words of the chosen take of one question, or None. One query."""
    takes = Answer.objects.filter(interview=interview, question__place=place).values("chosen_take__recording")
    transcript = _own(interview).filter(recording__in=takes).first()
    return _own_words(interview, transcript) if transcript else None


def words_of_takes(interview: Interview, takes: Iterable[Take]) -> dict[uuid.UUID, OwnWords]:
    """The words of takes by the ids of their recordings. One query."""
    found = _own(interview).filter(recording__in=[take.recording_id for take in takes])
    return {transcript.recording_id: _own_words(interview, transcript) for transcript in found}


def _own(interview: Interview) -> QuerySet[Transcript]:
    return Transcript.objects.filter(organization=interview.organization_id).select_related("recording")


def _own_words(interview: Interview, transcript: Transcript) -> OwnWords:
    current = current_utterances(transcript)
    lines, rows = _lines_and_rows(interview, transcript.recording, current)
    return OwnWords(
        transcript_id=transcript.id,
        state=transcript.state,
        language=transcript.language,
        heard=tuple(from_json(transcript.machine)),
        lines=lines,
        rows=rows,
        is_corrected=transcript.corrected is not None,
        is_off=transcript.switched_off_at is not None,
        seen=fingerprint(current),
        duration_ms=transcript.recording.duration_ms or 0,
    )


def _lines_and_rows(
    interview: Interview, recording: Recording, current: list[Utterance]
) -> tuple[tuple[Utterance, ...], tuple[Utterance, ...]]:
    """Of a talk the candidate's own words are those from their own side: where sides are not told apart, none are."""
    is_talk = interview.kind == InterviewKind.LIVE
    own = tuple(one for one in current if one.speaker == "" or not is_talk)
    if own or (is_talk and "" not in recording.speakers):
        return tuple(current), own
    whole = Utterance(0, recording.duration_ms or 0, "", speaker="" if is_talk else None)
    return (whole, *current), (whole,)
