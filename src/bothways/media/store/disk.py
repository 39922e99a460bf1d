"""Objects as files in a folder of this machine."""

import errno
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from .contract import PIECE_BYTES, NoSuchObject, OffsetBeyondEnd, StoreError, StoreFull
from .keys import check_key

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PARTS_AT_ONCE = 512
"""Linux takes at most 1,024 pieces in one vectored write (IOV_MAX)."""


class DiskStore:
    """Files below `<root>/objects`; unfinished copies stand in `<root>/unfinished`, where no key reaches.

    Writes are refused when less than `reserve_bytes` would be left, because the database often shares the disk and a
    full one would stop everything.
    """

    def __init__(self, root: Path, *, reserve_bytes: int = 0) -> None:
        self._objects = root / "objects"
        self._unfinished = root / "unfinished"
        self._reserve_bytes = reserve_bytes
        for folder in (self._objects, self._unfinished):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(root)

    def size(self, key: str) -> int | None:
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return None

    def durable_size(self, key: str) -> int | None:
        path = self._path(key)
        try:
            _sync_file(path)
        except FileNotFoundError:
            return None
        return path.stat().st_size

    @contextmanager
    def write_at(self, key: str, offset: int) -> Iterator["DiskWriter"]:
        path = self._path(key)
        with _ToldWhenFull():
            self._keep_reserve()
            handle = self._open_for_writing(path, offset)
        try:
            with _ToldWhenFull():
                size = os.fstat(handle).st_size
                if size < offset:
                    raise OffsetBeyondEnd(f"{key} has {size} bytes, asked to write at {offset}")
                if size > offset:
                    os.ftruncate(handle, offset)
            yield DiskWriter(handle, offset)
        finally:
            os.close(handle)

    def put_file(self, key: str, path: Path) -> int:
        target = self._path(key)
        copy = self._unfinished / uuid.uuid4().hex
        try:
            with _ToldWhenFull():
                self._keep_reserve(path.stat().st_size)
                copy.touch(mode=0o600)
                shutil.copyfile(path, copy)
                _sync_file(copy)
                self._make_folder(target.parent)
                copy.replace(target)
                _sync_folder(target.parent)
        finally:
            copy.unlink(missing_ok=True)
        return target.stat().st_size

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        path = self._path(key)
        if not path.is_file():
            raise NoSuchObject(key)
        yield path

    def open_range(self, key: str, start: int, end: int) -> Iterator[bytes]:
        try:
            source = self._path(key).open("rb", buffering=0)
        except FileNotFoundError:
            raise NoSuchObject(key) from None
        return _pieces(source, start, end)

    def delete(self, key: str) -> bool:
        path = self._path(key)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _sync_folder(path.parent)
        return True

    def tidy(self, older_than: float) -> int:
        limit = time.time() - older_than
        removed = 0
        for copy in self._unfinished.iterdir():
            with suppress(FileNotFoundError):
                if copy.stat().st_mtime < limit:
                    copy.unlink()
                    removed += 1
        return removed

    def free_bytes(self) -> int:
        room = os.statvfs(self._objects)
        return max(0, room.f_bavail * room.f_frsize - self._reserve_bytes)

    def _path(self, key: str) -> Path:
        return self._objects / check_key(key)

    def _keep_reserve(self, wanted: int = 1) -> None:
        if self.free_bytes() < wanted:
            raise StoreFull("less room than the reserve is left on the disk")

    def _open_for_writing(self, path: Path, offset: int) -> int:
        flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
        if offset:
            try:
                return os.open(path, flags)
            except FileNotFoundError:
                raise OffsetBeyondEnd(f"nothing stands there, asked to write at {offset}") from None
        self._make_folder(path.parent)
        handle = os.open(path, flags | os.O_CREAT, 0o600)
        _sync_folder(path.parent)
        return handle

    def _make_folder(self, folder: Path) -> None:
        """The organization's and the recording's folder, each durable in its parent.

        Synced even where it exists: whoever made it may have been killed before that.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)
        _sync_folder(self._objects)


class DiskWriter:
    """One open file. Never in append mode: each byte is put at the place it was meant for."""

    def __init__(self, handle: int, offset: int) -> None:
        self._handle = handle
        self.offset = offset

    def write(self, *parts: bytes) -> None:
        with _ToldWhenFull():
            for first in range(0, len(parts), _PARTS_AT_ONCE):
                self._write_some(parts[first : first + _PARTS_AT_ONCE])

    def sync(self) -> None:
        # fdatasync leaves out the time stamps, but not the new size.
        with _ToldWhenFull():
            os.fdatasync(self._handle)

    def _write_some(self, parts: tuple[bytes, ...]) -> None:
        wanted = sum(len(part) for part in parts)
        written = os.pwritev(self._handle, parts, self.offset)
        self.offset += written
        if written < wanted:
            self._write_rest(b"".join(parts)[written:])

    def _write_rest(self, rest: bytes) -> None:
        while rest:
            written = os.pwrite(self._handle, rest, self.offset)
            if written == 0:
                raise StoreError("the disk takes no bytes and gives no reason")
            self.offset += written
            rest = rest[written:]


class _ToldWhenFull:
    """A context in which "no space left" has a name of its own."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise StoreFull(os.strerror(error.errno or 0)) from error


def _pieces(source: FileIO, start: int, end: int) -> Iterator[bytes]:
    with source:
        source.seek(start)
        left = end - start
        while left > 0 and (piece := source.read(min(PIECE_BYTES, left))):
            left -= len(piece)
            yield piece


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
