"""Room for half-made files, next to the data: /tmp may be small, and in memory."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from bothways.media.steps.orphans import end_steps_in

_OWNED_WITHIN_S = 60
_LEFT_OVER_AFTER_S = 24 * 3600


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder that is gone afterwards. The kernel gives its lock back when the worker dies, however it does."""
    with tempfile.TemporaryDirectory(dir=_root()) as folder, _held(Path(folder)) as handle:
        with contextlib.suppress(OSError):  # a file system without locks: the clock alone says what is left over
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield Path(folder)


def clear_left_over() -> int:
    """End the steps of workers that were killed, and delete their folders. Returns how many folders."""
    abandoned = [path for path in _root().iterdir() if _is_abandoned(path)]
    for path in abandoned:
        end_steps_in(path)
        shutil.rmtree(path, ignore_errors=True)
    return len(abandoned)


def _is_abandoned(path: Path) -> bool:
    """Nobody holds it: not even somebody who has made it just now and is about to."""
    try:
        with _held(path) as handle:
            age = time.time() - os.fstat(handle).st_mtime
            if age < _OWNED_WITHIN_S:
                return False
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:
                return age > _LEFT_OVER_AFTER_S
    except OSError:  # its owner was quicker
        return False
    return True


@contextlib.contextmanager
def _held(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


def _root() -> Path:
    root = settings.DATA_DIR / "scratch"
    root.mkdir(parents=True, exist_ok=True)
    return root
