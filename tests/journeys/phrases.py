"""A speech in five phrases with half a second of nothing between them; where its words stand in a recording of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from bothways.media.utterances import Utterance, Word
from tests.media.speech.voices import AUSTEN, RATE, Sound, first_sound, plain, speech, words_said

GAP = RATE // 2
OPENINGS = ("he was not", "unless to", "had he married", "he might even")
KNOWN_S = {"dashwood": 1.05, "prudently": 5.00, "power": 5.79, "cold": 12.48, "selfish": 13.87, "still": 20.58}
"""Where words begin in the clip that begin stressed and with a burst or a hiss: read off a picture of its spectrum."""

STEP = RATE // 100
ALIKE = 0.6
"""How like a phrase its recording is at least. Other phrases come to half."""


@dataclass(frozen=True)
class Phrase:
    """`known`: by their place in `words`, where words begin in `sound`, in samples. Among them is the first."""

    words: tuple[str, ...]
    sound: Sound
    known: dict[int, int]


@dataclass(frozen=True)
class Place:
    """A phrase that stands in a recording from its beginning to its end, and where that begins in it, in seconds."""

    phrase: Phrase
    begins_s: float

    @property
    def ends_s(self) -> float:
        return self.begins_s + len(self.phrase.sound) / RATE


def phrases() -> list[Phrase]:
    """Those of `speech(AUSTEN)`, in their order."""
    texts = re.split(f" (?={'|'.join(OPENINGS)})", " ".join(words_said(AUSTEN)))
    return [
        _phrase(text.split(), begins, sound)
        for text, (begins, sound) in zip(texts, _between_gaps(speech(AUSTEN)), strict=True)
    ]


def _between_gaps(sound: Sound) -> Iterator[tuple[int, Sound]]:
    """What stands before each gap, and where that begins."""
    in_gap = np.convolve(sound == 0, np.ones(GAP), "valid") == GAP
    begins = 0
    for ends in np.flatnonzero(np.diff(in_gap.astype(int), prepend=0) == 1):
        yield begins, sound[begins:ends]
        begins = int(ends) + GAP


def _phrase(words: list[str], begins: int, sound: Sound) -> Phrase:
    inside = {word: round(at * RATE) - begins for word, at in KNOWN_S.items() if 0 < at * RATE - begins < len(sound)}
    return Phrase(tuple(words), sound, {0: first_sound(sound)} | {words.index(word): at for word, at in inside.items()})


def places(wanted: Sequence[Phrase], recorded: Sound) -> list[Place]:
    """Wherever one of them is whole in a recording in which they come again and again; in their order."""
    found = []
    for phrase in wanted:
        likeness = _likeness(_loudness(recorded), _loudness(phrase.sound))
        lasts = len(phrase.sound) // STEP
        while likeness.max(initial=0) > ALIKE:
            best = int(likeness.argmax())
            found.append(Place(phrase, best * STEP / RATE))
            likeness[max(best - lasts, 0) : best + lasts] = 0
    return sorted(found, key=lambda place: place.begins_s)


def _loudness(sound: Sound) -> NDArray[np.floating]:
    return np.sqrt((sound[: len(sound) // STEP * STEP].reshape(-1, STEP) ** 2).mean(axis=1))


def _likeness(recorded: NDArray[np.floating], wanted: NDArray[np.floating]) -> NDArray[np.floating]:
    """The correlation of `wanted` with what is recorded from each step on, -1 to 1."""
    if len(recorded) < len(wanted):
        return np.zeros(0, np.float32)
    stretches = np.lib.stride_tricks.sliding_window_view(recorded, len(wanted))
    stretches = stretches - stretches.mean(axis=1, keepdims=True)
    wanted = wanted - wanted.mean()
    return stretches @ wanted / (np.linalg.norm(stretches, axis=1) * np.linalg.norm(wanted) + 1e-9)


def said_in(found: Sequence[Place]) -> list[str]:
    return [word for place in found for word in place.phrase.words]


def heard_in(found: Sequence[Place], utterances: Sequence[Utterance]) -> list[tuple[str, Word]]:
    """What was heard from the beginning of the first place to the end of the last one: plain words, and where they are
    from. What stands before or behind is of a phrase that the recording has no more than a part of.
    """
    half_gap_s = GAP / RATE / 2
    begins_ms, ends_ms = (found[0].begins_s - half_gap_s) * 1000, (found[-1].ends_s + half_gap_s) * 1000
    words = [word for utterance in utterances for word in utterance.words]
    inside = [word for word in words if begins_ms <= (word.start_ms + word.end_ms) / 2 <= ends_ms]
    return [(written, word) for word in inside for written in plain(word.text)]


def lateness(found: Sequence[Place], heard: Sequence[tuple[str, Word]]) -> list[tuple[str, int]]:
    """The known words that were heard as they were said, and how many milliseconds late they stand."""
    same = SequenceMatcher(None, said_in(found), [written for written, _ in heard], autojunk=False)
    heard_as = {
        block.a + number: heard[block.b + number]
        for block in same.get_matching_blocks()
        for number in range(block.size)
    }
    late, before = [], 0
    for place in found:
        for number, at in sorted(place.phrase.known.items()):
            if before + number in heard_as:
                written, word = heard_as[before + number]
                late.append((written, round(word.start_ms - (place.begins_s + at / RATE) * 1000)))
        before += len(place.phrase.words)
    return late
