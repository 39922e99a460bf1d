"""Ways to spoil a file. Each takes the chance and the bytes, and gives other bytes."""

from collections.abc import Callable
from random import Random

from tests.media.hostile.pieces import Piece, pieces_of

_HEAD = 4096
_EXTREME_BYTES = (b"\0", b"\xff", b"\x7f", b"\x80", b"\x01")


def cut_short(chance: Random, data: bytes) -> bytes:
    return data[: chance.choice((chance.randrange(1, len(data)), chance.randrange(1, min(len(data), 3000))))]


def flip_bytes(chance: Random, data: bytes) -> bytes:
    return _flip(chance, data, len(data), max(1, len(data) // chance.choice((50, 500, 5000, 50_000))))


def flip_bytes_of_the_head(chance: Random, data: bytes) -> bytes:
    return _flip(chance, data, min(len(data), _HEAD), chance.choice((1, 3, 10, 40, 200)))


def _flip(chance: Random, data: bytes, within: int, how_many: int) -> bytes:
    spoiled = bytearray(data)
    for _ in range(how_many):
        # The first bytes choose the demuxer: mostly left alone, so that it has something to read.
        at = chance.randrange(12, within) if within > 13 and chance.random() < 0.98 else chance.randrange(within)
        spoiled[at] = chance.choice((spoiled[at] ^ (1 << chance.randrange(8)), chance.randrange(256)))
    return bytes(spoiled)


def blot_a_stretch(chance: Random, data: bytes) -> bytes:
    start, end = _stretch(chance, data)
    return data[:start] + chance.choice((b"\0", b"\xff", b"\x1a\x45", b"moof")) * (end - start) + data[end:]


def lose_a_stretch(chance: Random, data: bytes) -> bytes:
    start, end = _stretch(chance, data)
    return data[:start] + data[end:]


def repeat_a_stretch(chance: Random, data: bytes) -> bytes:
    start, end = _stretch(chance, data)
    return data[:end] + data[start:end] * chance.randint(1, 4) + data[end:]


def _stretch(chance: Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(12, max(13, len(data) - 1))
    return start, min(len(data), start + chance.choice((1, 4, 64, 1000, 30_000)))


def change_sizes(chance: Random, data: bytes) -> bytes:
    spoiled, pieces = bytearray(data), _busy(chance, data)
    for piece in pieces[: chance.choice((1, 1, 2, 5))]:
        honest = piece.end - piece.content
        sizes = (0, 1, 7, 8, honest - 1, honest + 1, honest * 2, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, (1 << 56) - 1)
        piece.with_size(spoiled, max(0, chance.choice(sizes)))
    return bytes(spoiled)


def change_values(chance: Random, data: bytes) -> bytes:
    """Set short contents, which are numbers most of the time, to extremes."""
    spoiled = bytearray(data)
    for piece in _busy(chance, data)[: chance.choice((1, 3, 10))]:
        length = piece.end - piece.content
        if length > 64:
            at, length = piece.content + chance.randrange(0, min(length, 200) // 4) * 4, 4
        else:
            at = piece.content
        value = chance.choice(_EXTREME_BYTES) * length
        spoiled[at : at + length] = chance.choice((value, value[:1] + bytes(length - 1) if length else b""))
    return bytes(spoiled)


def remove_pieces(chance: Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 3))):
        for piece in _busy(chance, data)[:1]:
            data = _replaced(chance, data, piece, b"")
    return data


def repeat_pieces(chance: Random, data: bytes) -> bytes:
    for piece in _busy(chance, data)[:1]:
        times = chance.choice((2, 3, 50)) if piece.length < 20_000 else 2
        data = _replaced(chance, data, piece, data[piece.start : piece.end] * times)
    return data


def swap_pieces(chance: Random, data: bytes) -> bytes:
    pieces = _busy(chance, data)
    if len(pieces) < 2:
        return data
    one, other = sorted(pieces[:2], key=lambda piece: piece.start)
    if other.start < one.end:  # it stands within the other: put into itself once more
        return _replaced(chance, data, other, data[one.start : one.end])
    return (
        data[: one.start]
        + data[other.start : other.end]
        + data[one.end : other.start]
        + data[one.start : one.end]
        + data[other.end :]
    )


def move_a_piece(chance: Random, data: bytes) -> bytes:
    pieces = _busy(chance, data)
    if len(pieces) < 2:
        return data
    moved, target = pieces[:2]
    return data[: target.content] + data[moved.start : moved.end] + data[target.content :]


def _replaced(chance: Random, data: bytes, piece: Piece, by: bytes) -> bytes:
    """Mostly with the sizes of its parents put right, so that a reader goes on and meets what is odd inside."""
    spoiled = bytearray(data)
    if chance.random() < 0.7:
        for parent in piece.parents:
            parent.grow(spoiled, len(by) - piece.length)
    spoiled[piece.start : piece.end] = by
    return bytes(spoiled)


def _busy(chance: Random, data: bytes) -> list[Piece]:
    """Pieces in a random order, the rarer deep ones of the head not lost among the many of the body."""
    pieces = pieces_of(data)
    head = [piece for piece in pieces if piece.start < _HEAD]
    chosen = head if chance.random() < 0.7 else pieces
    return chance.sample(chosen, len(chosen))


MUTATIONS: tuple[Callable[[Random, bytes], bytes], ...] = (
    cut_short,
    flip_bytes,
    flip_bytes_of_the_head,
    blot_a_stretch,
    lose_a_stretch,
    repeat_a_stretch,
    change_sizes,
    change_values,
    remove_pieces,
    repeat_pieces,
    swap_pieces,
    move_a_piece,
)
