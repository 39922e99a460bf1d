"""What was recorded to ask, to answer, both ways, and to give feedback, as files to take along."""

from collections.abc import Iterator

from bothways.conversations.models import Clip, Feedback, FollowUp, Inquiry
from bothways.conversations.queries.clips import unsent_clips, unsent_of
from bothways.interviews.models import Interview
from bothways.interviews.queries.own_copy import OwnFile, ending
from bothways.media.models import Recording
from bothways.media.queries.renditions import to_play


def inquiry_files(inquiries: list[Inquiry]) -> list[OwnFile]:
    """Questions and answers of loaded inquiries, the oldest is number 1. No query after their prefetch."""
    return [file for number, inquiry in _numbered(inquiries) for file in _of(number, inquiry)]


def follow_up_files(follow_ups: list[FollowUp]) -> list[OwnFile]:
    """The same of loaded follow-ups, in their order, with the tries that were not sent. Three queries at most."""
    files = []
    for number, one in enumerate(follow_ups, start=1):
        files += [
            *_file(one.prompt, f"follow-up-{number}-question"),
            *_file(one.recording, f"follow-up-{number}-answer"),
        ]
    tries = unsent_of(Clip.objects.filter(follow_up__in=[one.id for one in follow_ups])) if follow_ups else []
    for number, clip in enumerate(tries, start=1):
        files += _file(clip.recording, f"follow-up-answer-not-sent-{number}")
    return files


def unsent_files(interview: Interview) -> list[OwnFile]:
    """What was recorded to ask and not sent. Three queries at most."""
    clips = enumerate(unsent_clips(interview), start=1)
    return [file for number, clip in clips for file in _file(clip.recording, f"question-not-sent-{number}")]


def feedback_files(feedback: Feedback | None) -> list[OwnFile]:
    """The feedback as it was recorded, if it was. No query after its prefetch."""
    return list(_file(feedback.recording, "feedback")) if feedback else []


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
