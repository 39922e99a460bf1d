"""A claim to the turn of one upload: a mark in its turn file, and a lock on it."""

import fcntl
import os


class ClaimLost(Exception):
    """Somebody claimed later, and so goes first."""


class Claim:
    """The newest mark in the file says who is next, the lock says who is at it now."""

    def __init__(self, path: str, mark: bytes) -> None:
        self._path = path
        self._mark = mark
        self._handle = -1

    def get(self) -> bool:
        """Claim, or try again: true when the turn is ours, false while another one holds it. Never waits.

        Raises:
            ClaimLost: there is a newer claim than ours.
        """
        if self._handle < 0:
            self._place_mark()
        elif not self.is_newest():
            raise ClaimLost
        while self._lock():
            if self._is_still_the_file():
                return True
            self.close()
            self._place_mark()
        return False

    def is_newest(self) -> bool:
        return os.pread(self._handle, len(self._mark), 0) == self._mark

    def close(self) -> None:
        """Give up the claim and, where it is held, the turn."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _place_mark(self) -> None:
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        os.pwrite(self._handle, self._mark, 0)

    def _lock(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _is_still_the_file(self) -> bool:
        """False when the last holder removed it: a lock on it would keep nobody out."""
        ours = os.fstat(self._handle)
        try:
            there = os.stat(self._path)  # noqa: PTH116  Twice as quick as pathlib, and asked for each part.
        except FileNotFoundError:
            return False
        return ours.st_ino == there.st_ino and ours.st_dev == there.st_dev
