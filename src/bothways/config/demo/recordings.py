"""Recordings for the demonstration: each clip goes through the real media steps once, then serves several answers."""

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from bothways.config.demo.clips import make_clip
from bothways.media.actions.recordings import settle
from bothways.media.actions.renditions import add_poster, ask_for_renditions
from bothways.media.models import Recording, RecordingState, Rendition
from bothways.media.store import get_store

SECONDS = 13
Scene = tuple[str, int]
"""Who is drawn, and which part is read."""


class Clips:
    """Drawn people who read aloud. `place` puts a clip where a device would have uploaded it."""

    def __init__(self, folder: Path, scenes: Iterable[Scene]) -> None:
        """Begin to draw all scenes, on every processor, in processes that know nothing of the database."""
        self._pool = ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))
        self._files: dict[Scene, Future[Path]] = {
            (person, part): self._pool.submit(make_clip, folder, person, SECONDS + 6 * part, part, "mp4")
            for person, part in dict.fromkeys(scenes)
        }
        self._settled: dict[Scene, Recording] = {}

    def close(self) -> None:
        self._pool.shutdown()

    def place(self, recording: Recording, person: str, part: int) -> int:
        """Put the clip's bytes into the store as the recording's original. Returns how many there are."""
        path = self._files[person, part].result()
        get_store().put_file(recording.original_key, path)
        return path.stat().st_size

    def settle(self, recording: Recording, person: str, part: int) -> None:
        """Bring the recording to where it can be watched: by the real steps the first time, by copying after that.

        What nobody has to wait for (how loud it is, a version for every browser) the workers do once they run.
        """
        master = self._settled.get((person, part))
        if master is None:
            settle(recording_id=recording.id)
            add_poster(recording_id=recording.id)
            recording.refresh_from_db()
            if recording.state != RecordingState.READY:
                raise RuntimeError(f"The clip of {person} could not be used: {recording.failure_detail}")
            self._settled[person, part] = recording
        else:
            _copy(master, recording)


def _copy(master: Recording, recording: Recording) -> None:
    store = get_store()
    for rendition in master.renditions.all():
        key = rendition.store_key.replace(str(master.id), str(recording.id))
        with store.local_path(rendition.store_key) as path:
            store.put_file(key, path)
        Rendition.objects.create(
            organization_id=recording.organization_id,
            recording=recording,
            kind=rendition.kind,
            mime=rendition.mime,
            size=rendition.size,
            store_key=key,
        )
    told = ("container", "video_codec", "audio_codec", "size", "duration_ms", "width", "height")
    values = {name: getattr(master, name) for name in (*told, "checked_at", "settled_at")}
    Recording.objects.filter(id=recording.id).update(state=RecordingState.READY, **values)
    recording.refresh_from_db()
    ask_for_renditions(recording=recording)
