"""Everything that the server holds of a candidate's answers, as files to take along."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bothways.interviews.models import Take
from bothways.interviews.queries.answers import Progress
from bothways.kits.models import AnswerKind
from bothways.lib.file_kinds import by_mime
from bothways.media.queries.renditions import to_play
from bothways.media.queries.uploads import offset_of, uploads_of

_ENDINGS = {
    "video/webm": "webm",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "audio/webm": "webm",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
}


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file of the store. `name` is what it is called in the archive; `is_chosen` says that the team sees it.

    `place` is that of the question, 0 for what answers none. `part` counts the pieces of a take that could not be made
    playable, from 1; 0 for a whole one.
    """

    name: str
    place: int
    take: int
    part: int
    is_chosen: bool
    key: str
    size: int
    moment: dt.datetime
    duration_ms: int | None


def own_files(answers: Iterable[Progress]) -> list[OwnFile]:
    """Every take of loaded answers, the chosen one of each question first, and sent files. One query for each answer
    with files, none for the others after their prefetch.

    What can be played comes in the form that plays in most places; what cannot, as it arrived.
    """
    return [file for progress in answers for file in _of(progress)]


def _of(progress: Progress) -> Iterator[OwnFile]:
    for take in _chosen_first(progress):
        yield from _files(progress, take)
    yield from _sent_files(progress)


def _sent_files(progress: Progress) -> Iterator[OwnFile]:
    """Files that were the answer. In the archive they have names of ours, because a name of a person may be a path."""
    if progress.question.answer_kind != AnswerKind.FILES or progress.writing is None:
        return
    place, is_chosen = progress.question.place, progress.written is not None
    for number, file in enumerate(progress.writing.files.all(), start=1):
        kind = by_mime(file.mime)
        name = f"answer-{place}-file-{number}.{kind.suffix if kind else 'bin'}"
        yield OwnFile(name, place, 0, number, is_chosen, file.store_key, file.size, file.created_at, None)


def _chosen_first(progress: Progress) -> list[Take]:
    return sorted(progress.takes, key=lambda take: (take != progress.chosen, take.number))


def _files(progress: Progress, take: Take) -> Iterator[OwnFile]:
    place, is_chosen = progress.question.place, take == progress.chosen
    stem = f"answer-{place}" if is_chosen else f"answer-{place}-take-{take.number}"
    recording = take.recording
    moment = take.finished_at or take.created_at
    playable = to_play(recording)
    if playable is not None:
        best, _poster = playable
        name = f"{stem}.{ending(best.mime)}"
        yield OwnFile(name, place, take.number, 0, is_chosen, best.store_key, best.size, moment, recording.duration_ms)
        return
    for upload in uploads_of(recording):
        size = offset_of(upload)
        if size:
            name = f"{stem}-as-it-arrived-{upload.segment}.{ending(recording.declared_mime)}"
            yield OwnFile(name, place, take.number, upload.segment, is_chosen, upload.store_key, size, moment, None)


def ending(mime: str) -> str:
    """What the name of a file of this type ends with."""
    return _ENDINGS.get(mime.partition(";")[0].strip().lower(), "bin")
