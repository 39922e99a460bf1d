"""What every engine for speech can do."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bothways.media.utterances import Utterance

RATE = 16_000
"""Samples a second of the sound that engines get: mono, 16 bits, in a WAV file."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is said, timed from the beginning of the sound. `until_ms`: all before it is heard, nothing after it."""

    utterances: tuple[Utterance, ...]
    until_ms: int


class SpeechFailure(Exception):
    """No words could be made. The text is for the administrator: what happened, and what helps.

    `permanent` says that the same recording would fail the same way again; otherwise trying later may help.
    """

    def __init__(self, words: str, *, permanent: bool) -> None:
        super().__init__(words)
        self.permanent = permanent


class Engine(Protocol):
    """Puts speech into words. Every call blocks."""

    name: str
    """Engine and model, as transcripts note it: at most 80 characters."""
    hears_beginnings: bool
    """Whether it can be given a recording that goes on, to hear what is complete of it."""

    def transcribe(self, sound: Path, language: str, *, goes_on: bool = False) -> Heard:
        """The words of a WAV file of RATE, in a language (ISO 639-1) that is given and never guessed.

        With `goes_on`, only what is followed by a pause and is long enough to be worth it; the rest is heard when
        more of it has come.

        Raises:
            SpeechFailure: the engine does not know the language, is not reached, or has died.
        """
        ...
