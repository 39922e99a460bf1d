"""Captions while people talk: each page sends the sound of its microphone, and gets words for those who read along.

Sound is raw: samples of 16 bits, one channel, 16,000 a second, in messages of bytes. There is nothing in it that could
be unpacked. An empty message says that a pause has begun. Pieces wait in one short queue for the only engine of this
process; what does not fit into it is left out, and that is said.
"""

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from bothways.media.actions.captions import caption
from bothways.media.speech.contract import RATE, SpeechFailure
from bothways.web.live.limits import Bucket

logger = logging.getLogger(__name__)

SECOND = RATE * 2
"""Bytes."""
LARGEST_SOUND = SECOND
"""Of one message."""
LONGEST = 5 * SECOND
"""Nobody reads along who waits longer."""
SHORTEST = SECOND // 4
_LOOK_BACK = 2 * SECOND
_BLOCK = SECOND // 10

MOST_WAITING = 6
"""Pieces of all rooms together."""
TOO_OLD_S = 12.0
"""Words that come so late belong to nothing any more."""


class Cutter:
    """Cuts the sound of one microphone into pieces, where nobody speaks. Holds LONGEST and a message at most."""

    def __init__(self) -> None:
        self._sound = bytearray()

    def take(self, sound: bytes) -> bytes | None:
        """A piece that is complete with this, if there is one."""
        self._sound += sound
        if sound and len(self._sound) < LONGEST:
            return None
        at = _quietest(self._sound) if sound else len(self._sound)
        piece, self._sound = bytes(self._sound[:at]), self._sound[at:]
        return piece if len(piece) >= SHORTEST else None

    def forget(self) -> None:
        self._sound.clear()


def _quietest(sound: bytearray) -> int:
    """Where the last two seconds are quietest: in the middle of a tenth of a second."""
    first = len(sound) - _LOOK_BACK
    samples = np.frombuffer(bytes(sound[first:]), np.int16).astype(np.float32)
    blocks = samples[: len(samples) // (_BLOCK // 2) * (_BLOCK // 2)].reshape(-1, _BLOCK // 2)
    return first + int((blocks**2).mean(axis=1).argmin()) * _BLOCK + _BLOCK // 2


class Ear:
    """The engine of this process: one piece after the other, in the order in which they came."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "captions")
        self._waiting = 0

    def wake(self) -> None:
        """Loading a model takes seconds, in which nobody should be speaking yet."""
        if not self._waiting:
            self._thread.submit(_caption, bytes(SHORTEST), "en", time.monotonic())

    async def hear(self, sound: bytes, language: str) -> str | None:
        """The words of a piece; None where they are left out, because too much is being said or the engine fails."""
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, _caption, sound, language, time.monotonic()
            )
        finally:
            self._waiting -= 1


def _caption(sound: bytes, language: str, since: float) -> str | None:
    if time.monotonic() - since > TOO_OLD_S:
        return None
    try:
        return caption(sound=sound, language=language)
    except SpeechFailure as failure:
        logger.warning("A live talk has no captions: %s", failure)
        return None


ear = Ear()


def sound_of_a_page() -> Bucket:
    """Seconds of sound. After a line stood still, some come at once."""
    return Bucket(15, 1.25)
