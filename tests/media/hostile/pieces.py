"""The pieces of Matroska and MP4 files, as far as needed to break them: elements and boxes with their places.

Nothing here is a reader to rely on: it follows what it can and stops where it cannot.
"""

from dataclasses import dataclass
from typing import Self

_ELEMENTS_WITH_CHILDREN = (
    *("1a45dfa3", "18538067", "114d9b74", "4dbb", "1549a966", "1654ae6b", "ae", "e0", "e1", "6d80", "6240", "5034"),
    *("1f43b675", "a0", "1c53bb6b", "bb", "b7", "1254c367", "7373", "63c0", "67c8", "1941a469", "61a7"),
    *("1043a770", "45b9", "b6", "80"),
)
_BOXES_WITH_CHILDREN = {
    **dict.fromkeys((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"udta"), 0),
    **dict.fromkeys((b"mvex", b"moof", b"traf", b"mfra", b"ilst"), 0),
    b"meta": 4,
    b"stsd": 8,
    b"dref": 8,
}
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A box or an element: where it begins, where its size stands and in how many bytes, its content, its parents."""

    start: int
    size_at: int
    size_bytes: int
    content: int
    end: int
    is_box: bool
    parents: tuple[Self, ...]

    @property
    def length(self) -> int:
        return self.end - self.start

    def with_size(self, data: bytearray, size: int) -> None:
        """Write another size, as the format writes it, cut to the bytes that there are."""
        if self.is_box:
            data[self.size_at : self.size_at + 4] = (size & 0xFFFFFFFF).to_bytes(4, "big")
            return
        room = 7 * self.size_bytes
        marked = (size & ((1 << room) - 1)) | (1 << room)
        data[self.size_at : self.size_at + self.size_bytes] = marked.to_bytes(self.size_bytes, "big")

    def grow(self, data: bytearray, by: int) -> None:
        """Have its size follow a change of its content."""
        own = self.end - self.start if self.is_box else self.end - self.content
        self.with_size(data, max(0, own + by))


def pieces_of(data: bytes) -> list[Piece]:
    """All pieces, parents before children; empty where it is neither Matroska nor MP4."""
    found: list[Piece] = []
    if data.startswith(b"\x1a\x45\xdf\xa3"):
        _elements(data, 0, len(data), (), found)
    elif data[4:8] == b"ftyp":
        _boxes(data, 0, len(data), (), found)
    return found


def _elements(data: bytes, at: int, end: int, parents: tuple[Piece, ...], found: list[Piece]) -> None:
    while at < end - 1 and len(found) < 20_000:
        name_bytes = _vint_bytes(data[at])
        size_at = at + name_bytes
        if name_bytes > 4 or size_at >= end:
            return
        size_bytes = _vint_bytes(data[size_at])
        if size_bytes > 8 or size_at + size_bytes > end:
            return
        ones = (1 << 7 * size_bytes) - 1
        size = int.from_bytes(data[size_at : size_at + size_bytes], "big") & ones
        content = size_at + size_bytes
        stop = end if size == ones else min(end, content + size)
        piece = Piece(at, size_at, size_bytes, content, stop, False, parents)
        found.append(piece)
        if data[at:size_at].hex() in _ELEMENTS_WITH_CHILDREN and len(parents) < _DEEPEST:
            _elements(data, content, stop, (*parents, piece), found)
        at = stop


def _boxes(data: bytes, at: int, end: int, parents: tuple[Piece, ...], found: list[Piece]) -> None:
    while at + 8 <= end:
        size = int.from_bytes(data[at : at + 4], "big") or end - at
        if size < 8:
            return
        stop = min(end, at + size)
        piece = Piece(at, at, 4, at + 8, stop, True, parents)
        found.append(piece)
        skipped = _BOXES_WITH_CHILDREN.get(data[at + 4 : at + 8])
        if skipped is not None and len(parents) < _DEEPEST:
            _boxes(data, at + 8 + skipped, stop, (*parents, piece), found)
        at = stop


def _vint_bytes(first: int) -> int:
    return 9 - first.bit_length()
