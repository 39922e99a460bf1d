"""The shape of what is said in a recording: utterances, each a stretch of speech between pauses, made of words.

All times are milliseconds from the beginning of the playable recording. Stored and handed over as JSON.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

LOW_CONFIDENCE = 0.5
"""Below it a machine's word is marked, so that nobody takes it for what was said."""


@dataclass(frozen=True, slots=True)
class Word:
    """`confidence` is the engine's own, 0 to 1."""

    start_ms: int
    end_ms: int
    text: str
    confidence: float

    def later(self, by_ms: int) -> "Word":
        """The same, so many milliseconds later."""
        return replace(self, start_ms=self.start_ms + by_ms, end_ms=self.end_ms + by_ms)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a person has mended carries no words, because nobody timed them. `speaker` is the name of who
    speaks; None where that is not told apart, and empty for who was asked to speak, whose name not everybody reads."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...] = ()
    speaker: str | None = None

    def later(self, by_ms: int) -> "Utterance":
        """The same, so many milliseconds later."""
        words = tuple(word.later(by_ms) for word in self.words)
        return replace(self, start_ms=self.start_ms + by_ms, end_ms=self.end_ms + by_ms, words=words)


def spoken_by(utterance: Utterance, who: str) -> str:
    """The name of who speaks, for a reader to whom who was asked is `who`; empty where that is not told apart."""
    return "" if utterance.speaker is None else utterance.speaker or who


def is_timed(utterance: Utterance) -> bool:
    """Whether each of its words has its time."""
    timed = "".join(word.text for word in utterance.words)
    return "".join(timed.split()) == "".join(utterance.text.split())


def spoken_stretches(utterance: Utterance) -> list[tuple[int, int]]:
    """From and to of its words; of the whole of it, where not all of them are timed. Nothing where it has no text."""
    if not utterance.text:
        return []
    if is_timed(utterance):
        return [(word.start_ms, word.end_ms) for word in utterance.words]
    return [(utterance.start_ms, utterance.end_ms)]


def fingerprint(utterances: Iterable[Utterance]) -> str:
    """Tells one wording from another, so that a page can say which one it was made from."""
    return hashlib.sha256(json.dumps(as_json(utterances)).encode()).hexdigest()[:16]


def as_json(utterances: Iterable[Utterance]) -> list[dict[str, Any]]:
    """Utterances as they are stored."""
    return [asdict(utterance) for utterance in utterances]


def from_json(stored: Iterable[dict[str, Any]]) -> list[Utterance]:
    """Utterances as they were, from what `as_json` gave."""
    return [Utterance(**{**row, "words": tuple(Word(**word) for word in row.get("words", ()))}) for row in stored]
