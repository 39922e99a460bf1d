"""ZIP archives made while they are sent: nothing is kept but the piece at hand, however large the files are."""

import datetime as dt
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_OLDEST = dt.datetime(1980, 1, 1)
"""The calendar of the format begins here (APPNOTE 4.4.6)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. `size` in bytes decides whether the large form of the format is needed; `moment` is its local time.

    `pieces` is asked when the file's turn comes.
    """

    name: str
    size: int
    moment: dt.datetime
    pieces: Callable[[], Iterable[bytes]]


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive, in pieces that are never empty. Files are stored as they are: recordings do not get smaller."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            about = zipfile.ZipInfo(entry.name, max(entry.moment.replace(tzinfo=None), _OLDEST).timetuple()[:6])
            about.file_size = entry.size
            about.external_attr = 0o644 << 16
            with archive.open(about, "w") as out:
                for piece in entry.pieces():
                    out.write(piece)
                    if made := sink.taken():
                        yield made
    if made := sink.taken():
        yield made


class _Sink:
    """What the archive writes into; it cannot seek, so that sizes and checksums come behind each file."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
