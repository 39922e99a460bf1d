"""Notice whether anybody opens a file: the kernel's own notice (inotify), so no race and no trust in timestamps."""

import contextlib
import ctypes
import os
from collections.abc import Iterator
from pathlib import Path

_IN_ACCESS, _IN_OPEN = 0x1, 0x20


class Watch:
    def __init__(self, path: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._handle = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if libc.inotify_add_watch(self._handle, os.fsencode(path), _IN_ACCESS | _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "no inotify watch", str(path))

    def was_opened(self) -> bool:
        try:
            return bool(os.read(self._handle, 4096))
        except BlockingIOError:
            return False

    def close(self) -> None:
        os.close(self._handle)


@contextlib.contextmanager
def watched(path: Path) -> Iterator[Watch]:
    watch = Watch(path)
    try:
        yield watch
    finally:
        watch.close()
