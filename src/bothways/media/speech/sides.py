"""What was heard on each side of a talk, made one text: who says what, and nothing twice.

A microphone hears the other's loudspeaker, too, and then the same words stand on both sides. They belong to the side on
which they are louder. What an engine makes up where a side is silent belongs to nobody.
"""

import re
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bothways.media.speech.contract import RATE
from bothways.media.utterances import Utterance, Word, is_timed

LOUDER = 2.0
"""What comes out of a loudspeaker and back is at least 6 dB below the voice itself."""
ALIKE = 0.7
"""So many of an utterance's words, in their order, are also said on the other side: it is the same."""
AROUND_MS = 1000
"""The line is that late, and engines place words that badly."""
NOTHING = 0.001
"""-60 dBFS: nobody speaks."""
_BLOCK = RATE // 10


@dataclass(frozen=True, slots=True)
class Side:
    """One person's sound, a WAV of RATE, and what was heard in it."""

    sound: Path
    utterances: tuple[Utterance, ...]


def together(sides: Sequence[Side]) -> list[Utterance]:
    """All that was said, in the order of time."""
    sounds = [_read(side.sound) for side in sides]
    kept = []
    for number, side in enumerate(sides):
        others = [(other, sound) for at, (other, sound) in enumerate(zip(sides, sounds, strict=True)) if at != number]
        for utterance in side.utterances:
            loudness = _loudness(sounds[number], utterance)
            echoes = (_is_louder(sound, utterance, loudness) and _says(other, utterance) for other, sound in others)
            if loudness > NOTHING and not any(echoes):
                kept.append(utterance)
    return sorted(kept, key=lambda utterance: utterance.start_ms)


def _is_louder(sound: NDArray[np.int16], utterance: Utterance, loudness: float) -> bool:
    around = Utterance(max(0, utterance.start_ms - AROUND_MS), utterance.end_ms, "")
    return _loudness(sound, around) > LOUDER * loudness


def _says(other: Side, utterance: Utterance) -> bool:
    """Whether the same words are said on the other side at the time."""
    begin, end = utterance.start_ms - AROUND_MS, utterance.end_ms + AROUND_MS
    said = [word for one in other.utterances for word in _words(one) if begin <= word.start_ms and word.end_ms <= end]
    own = _plain(utterance.text)
    pairs = SequenceMatcher(None, own, _plain(" ".join(word.text for word in said)), autojunk=False)
    return bool(own) and sum(pair.size for pair in pairs.get_matching_blocks()) >= ALIKE * len(own)


def _words(utterance: Utterance) -> tuple[Word, ...]:
    whole = Word(utterance.start_ms, utterance.end_ms, utterance.text, 1.0)
    return utterance.words if is_timed(utterance) else (whole,)


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _loudness(sound: NDArray[np.int16], utterance: Utterance) -> float:
    """Of the loudest tenth of a second: how it swells and fades does not matter."""
    part = sound[utterance.start_ms * RATE // 1000 : max(utterance.end_ms, utterance.start_ms + 100) * RATE // 1000]
    blocks = part[: len(part) // _BLOCK * _BLOCK].reshape(-1, _BLOCK).astype(np.float32) / 32768
    return float(np.sqrt((blocks**2).mean(axis=1)).max(initial=0.0))


def _read(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)
