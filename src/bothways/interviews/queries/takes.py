"""What the server says about one take to the device that recorded it."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from bothways.interviews.models import Interview, Take
from bothways.interviews.queries.findings import take_findings
from bothways.kits.models import Question
from bothways.media.addresses import media_address
from bothways.media.models import Recording, RecordingState, Rendition, Upload
from bothways.media.queries.measurements import gain_db, is_being_measured
from bothways.media.queries.recordings import failure_words
from bothways.media.queries.renditions import to_play
from bothways.media.queries.uploads import offset_of, uploads_of


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a recording can be played. The addresses work for this interview's page only, and for about an hour.

    `gain_db` is added so that all are equally loud; None: as it is.
    """

    url: str
    mime: str
    poster: str | None
    gain_db: float | None


@dataclass(frozen=True, slots=True)
class Failure:
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class SegmentState:
    """`key` was made by the device that opened it; `closed` says that another one brought it to its end."""

    number: int
    offset: int
    bytes: int | None
    duration_ms: int | None
    key: str | None
    closed: bool


@dataclass(frozen=True, slots=True)
class TakeState:
    """`offset` and `bytes` count what is durably stored and what the device has said it sends, of all segments.

    `findings` say what is missing in it, `measuring` that they are not known yet and asking again helps.
    `device` is the key of the device that opened it. `safe_ms` is how much of it is on the server, None where that
    cannot be told.
    """

    take: str
    number: int
    state: str
    finished: bool
    device: str
    segments: list[SegmentState]
    offset: int
    bytes: int | None
    duration_ms: int | None
    safe_ms: int | None
    chosen: bool
    playback: Playback | None
    failure: Failure | None
    findings: tuple[str, ...]
    measuring: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def take_of(interview: Interview, question: Question, take_id: uuid.UUID) -> Take | None:
    """A take of this interview's answer to this question, with all that its state needs. Three queries."""
    takes = Take.objects.select_related("answer__interview", "recording").prefetch_related(
        "recording__uploads", "recording__renditions"
    )
    return takes.filter(
        id=take_id,
        organization=interview.organization_id,
        answer__interview=interview,
        answer__question=question,
    ).first()


def take_state(take: Take, chosen_take_id: uuid.UUID | None, interview_id: uuid.UUID) -> TakeState:
    """The state of a take that was loaded with its recording, uploads and renditions. No query."""
    recording = take.recording
    failed = recording.state == RecordingState.FAILED
    segments = [_segment_state(upload) for upload in uploads_of(recording)]
    known = bool(segments) and all(segment.bytes is not None for segment in segments)
    return TakeState(
        take=str(take.id),
        number=take.number,
        state=recording.state,
        finished=take.finished_at is not None,
        device=str(take.client_key),
        segments=segments,
        offset=sum(segment.offset for segment in segments) if segments else recording.size or 0,
        bytes=sum(segment.bytes or 0 for segment in segments) if known else recording.size,
        duration_ms=recording.duration_ms,
        safe_ms=recording.duration_ms if recording.is_settled else _safe_ms(segments),
        chosen=take.id == chosen_take_id,
        playback=playback_of(recording, interview_id),
        failure=Failure(recording.failure_code, failure_words(recording.failure_code)) if failed else None,
        findings=take_findings(take),
        measuring=is_being_measured(recording),
    )


def _segment_state(upload: Upload) -> SegmentState:
    return SegmentState(
        number=upload.segment,
        offset=offset_of(upload),
        bytes=0 if upload.terminated_at else upload.length,
        duration_ms=upload.device_duration_ms,
        key=str(upload.client_key) if upload.client_key else None,
        closed=upload.closed_at is not None,
    )


def _safe_ms(segments: list[SegmentState]) -> int | None:
    """By the device's own lengths, as far as the bytes of each segment are here. None where one is not told yet."""
    total = 0
    for segment in segments:
        if segment.bytes == 0:
            continue
        if segment.bytes is None or segment.duration_ms is None:
            return None
        total += segment.duration_ms * segment.offset // segment.bytes
    return total


def playback_of(recording: Recording | None, interview_id: uuid.UUID) -> Playback | None:
    """How the candidate's page plays a recording, or None while it cannot be played. No query after a prefetch."""
    found = to_play(recording)
    if recording is None or found is None:
        return None
    best, poster = found
    return Playback(
        url=_address(best, interview_id),
        mime=best.mime,
        poster=_address(poster, interview_id) if poster else None,
        gain_db=gain_db(recording),
    )


def _address(rendition: Rendition, interview_id: uuid.UUID) -> str:
    return media_address(rendition.id, "candidate", interview_id)
