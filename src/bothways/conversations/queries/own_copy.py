"""What was recorded to ask and to answer, as files to take along."""

from collections.abc import Iterator

from bothways.conversations.models import Inquiry
from bothways.conversations.queries.clips import unsent_clips
from bothways.interviews.models import Interview
from bothways.interviews.queries.own_copy import OwnFile, ending
from bothways.media.models import Recording
from bothways.media.queries.renditions import to_play


def inquiry_files(inquiries: list[Inquiry]) -> list[OwnFile]:
    """Questions and answers of loaded inquiries, the oldest is number 1. No query after their prefetch."""
    return [file for number, inquiry in _numbered(inquiries) for file in _of(number, inquiry)]


def unsent_files(interview: Interview) -> list[OwnFile]:
    """What was recorded to ask and not sent. Three queries at most."""
    clips = enumerate(unsent_clips(interview), start=1)
    return [file for number, clip in clips for file in _file(clip.recording, f"question-not-sent-{number}")]


def _numbered(inquiries: list[Inquiry]) -> Iterator[tuple[int, Inquiry]]:
    yield from enumerate(sorted(inquiries, key=lambda one: (one.created_at, one.id)), start=1)


def _of(number: int, inquiry: Inquiry) -> Iterator[OwnFile]:
    yield from _file(inquiry.recording, f"question-to-us-{number}")
    yield from _file(inquiry.reply, f"our-answer-{number}")


def _file(recording: Recording | None, stem: str) -> Iterator[OwnFile]:
    playable = to_play(recording)
    if recording is None or playable is None:
        return
    best, _poster = playable
    name = f"{stem}.{ending(best.mime)}"
    yield OwnFile(name, 0, 0, 0, True, best.store_key, best.size, recording.created_at, recording.duration_ms)
