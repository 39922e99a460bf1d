"""Where sound is cut for the engine: at pauses, into pieces as long as the engine takes at once.

All positions are samples, RATE of them a second, from the beginning of the sound.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bothways.media.speech.contract import RATE

MOST = 28 * RATE
"""Whisper hears 30 s at a time, however short what it is given: long pieces are cheap, and this leaves a margin."""
WORTH = 18 * RATE
"""Of a recording that goes on, a piece shorter than this waits for more."""
PAUSE = RATE // 2
"""A silence of half a second parts two stretches of speech."""
PADDING = RATE // 5
"""Kept on both sides of a stretch, so that soft beginnings and ends of words are in it."""
_BLOCK = RATE // 50
_QUIET = 10
"""Blocks in a row, each five times quieter than the loudest of a word: so long nobody falls quiet in a word."""
_LAG = RATE
"""Of a silence that goes on, the last second is looked at again: a word may be beginning."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody speaks from `start` to `end`, padding included."""

    start: int
    end: int


Piece = tuple[Stretch, ...]
"""Stretches that the engine hears in one go, without the pauses between them."""


def length(stretches: Iterable[Stretch]) -> int:
    """Samples of all together."""
    return sum(stretch.end - stretch.start for stretch in stretches)


def pack(stretches: Sequence[Stretch]) -> list[Piece]:
    """All stretches in pieces of at most MOST, as few as there can be."""
    pieces: list[list[Stretch]] = []
    for stretch in stretches:
        if pieces and length([*pieces[-1], stretch]) <= MOST:
            pieces[-1].append(stretch)
        else:
            pieces.append([stretch])
    return [tuple(piece) for piece in pieces]


def closed(stretches: Sequence[Stretch], arrived: int) -> tuple[list[Piece], int]:
    """The pieces of a recording that goes on which can be heard now, and the sample before which nothing is left.

    The last stretch may go on with the next sound, unless half a second of pause follows it.
    """
    ended = list(stretches)
    if ended and arrived - (ended[-1].end - PADDING) < PAUSE:
        ended.pop()
    pieces = pack(ended)
    if pieces and length(pieces[-1]) < WORTH:
        pieces.pop()
    heard = sum(len(piece) for piece in pieces)
    if heard < len(stretches):
        return pieces, stretches[heard].start
    return pieces, max(pieces[-1][-1].end if pieces else 0, arrived - _LAG)


def place(piece: Piece, start: float, end: float) -> tuple[int, int, int]:
    """Where a word stands in the sound that stands at `start` to `end` (seconds) of a piece: the number of its stretch,
    its first and its last sample.

    The engine often lets a word begin in the pause before it. So a word that reaches beyond the padding of a stretch is
    in it, and otherwise its middle decides; and nobody speaks in the outer half of the padding.
    """
    middle, begins = max((start + end) / 2 * RATE, end * RATE - PADDING), 0
    for number, stretch in enumerate(piece):
        lasts = stretch.end - stretch.start
        if middle < begins + lasts or number == len(piece) - 1:
            shift = stretch.start - begins
            first, last = stretch.start + PADDING // 2, stretch.end - PADDING // 2
            return number, *(min(max(round(at * RATE) + shift, first), last) for at in (start, end))
        begins += lasts
    raise ValueError("a piece has at least one stretch")


def spoken(sound: NDArray[np.float32], start: int, end: int) -> tuple[int, int]:
    """The first and last sample between which a word is really said that the engine has put between these.

    It often draws a word out over the pause before it, to the end of what was said before that. Short pauses part no
    stretches, so `place` does not see them.
    """
    blocks = sound[start:end][: (end - start) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    loudness = np.sqrt((blocks**2).mean(axis=1))
    if not loudness.any():
        return start, end
    loud = np.flatnonzero(loudness > loudness.max() / 5)
    parts = np.split(loud, np.flatnonzero(np.diff(loud) > _QUIET) + 1)
    said = next(part for part in parts if loudness.argmax() in part)
    before, behind = int(said[0]), len(blocks) - 1 - int(said[-1])
    return (
        start + before * _BLOCK if before >= _QUIET else start,
        end - behind * _BLOCK if behind >= _QUIET else end,
    )


def samples_of(piece: Piece) -> Iterator[slice]:
    """What of the sound is in the piece, in its order."""
    return (slice(stretch.start, stretch.end) for stretch in piece)
