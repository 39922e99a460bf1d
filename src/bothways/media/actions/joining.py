"""Segments of one recording become one file: by copying where they fit behind one another, else encoded anew."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bothways.media.models import Recording
from bothways.media.queries.uploads import arrived_segments
from bothways.media.steps.calls import Watchable, cut_joined, make_joined, make_watchable
from bothways.media.steps.failure import DISK_FULL, MediaFailure
from bothways.media.store import NoSuchObject, get_store

logger = logging.getLogger(__name__)


@contextlib.contextmanager
def original_files(recording: Recording) -> Iterator[list[Path]]:
    """The bytes of each segment that has any, in their order. A recording without uploads has its first place only.

    Raises:
        NoSuchObject: there is nothing at all.
    """
    keys = [upload.store_key for upload in arrived_segments(recording.id)] or [recording.original_key]
    with files_of(keys) as paths:
        if not paths:
            raise NoSuchObject(keys[0])
        yield paths


@contextlib.contextmanager
def files_of(keys: list[str]) -> Iterator[list[Path]]:
    """The objects under those of the keys where any stands."""
    paths = []
    with contextlib.ExitStack() as stack:
        for key in keys:
            with contextlib.suppress(NoSuchObject):
                paths.append(stack.enter_context(get_store().local_path(key)))
        yield paths


def copy_joined(sources: list[Path], folder: Path) -> Watchable | None:
    """The segments one after another, copied; None where that would not play, or one of them is badly damaged.

    Raises:
        MediaFailure: nothing in any of them can be played, or something passing stood in the way.
    """
    try:
        return make_joined(sources, folder)
    except MediaFailure as failure:
        if not failure.permanent or failure.code in _SURE:
            raise
        # One of them may have ended the step for all. Looked at one by one, the others are saved.
        logger.warning("Segments could not be joined at once: %s", failure)
        return None


def join_carefully(sources: list[Path], folder: Path, *, memory_mb: int) -> Watchable:
    """The segments one after another; each first by itself, so that a bad one takes no other with it.

    Raises:
        MediaFailure: the first one's, where nothing in any of them can be played; or something passing.
    """
    healthy: list[Watchable] = []
    failures: list[MediaFailure] = []
    for number, source in enumerate(sources, 1):
        room = folder / str(number)
        room.mkdir()
        try:
            healthy.append(make_watchable(source, room))
        except MediaFailure as failure:
            if not failure.permanent or failure.code == DISK_FULL:
                raise
            failures.append(failure)
    if not healthy:
        raise failures[0]
    salvaged = bool(failures) or any(segment.salvaged for segment in healthy)
    if len(healthy) == 1:
        return replace(healthy[0], salvaged=salvaged)
    paths = [segment.path for segment in healthy]
    joined = copy_joined(paths, folder) or cut_joined(paths, folder, memory_mb=memory_mb)
    return replace(joined, salvaged=joined.salvaged or salvaged)


_SURE = frozenset({"empty", "not_media", "nothing_playable", "too_long"})
"""Said by the step itself about all segments together: looking again says the same."""
