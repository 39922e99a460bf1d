"""faster-whisper on this machine, from a folder: no network, no account, nothing that leaves the server."""

import importlib.util
import wave
from pathlib import Path

from bothways.media.speech.contract import RATE, Heard, SpeechFailure
from bothways.media.speech.process import WarmProcess
from bothways.media.utterances import from_json

_NICENESS = 5
_LOADING_S = 120
_SLOWEST = 8
"""An engine that takes more than so many times the length of the sound is stuck."""

_warm: WarmProcess | None = None


class LocalEngine:
    """faster-whisper with the model of a folder, in a warm process of its own."""

    hears_beginnings = True

    def __init__(self, folder: Path, *, threads: int, memory_mb: int) -> None:
        self.name = f"faster-whisper {folder.name}"[:80]
        self._process = _kept_warm(WarmProcess(folder=folder, threads=threads, memory_mb=memory_mb, niceness=_NICENESS))

    def transcribe(self, sound: Path, language: str, *, goes_on: bool = False) -> Heard:
        question = {"path": str(sound.absolute()), "language": language, "goes_on": goes_on}
        try:
            heard = self._process.ask(question, _LOADING_S + _SLOWEST * _seconds(sound))
        except SpeechFailure as failure:
            raise SpeechFailure(f"{self.name}: {failure}", permanent=failure.permanent) from failure
        return Heard(tuple(from_json(heard["utterances"])), heard["until_ms"])


def is_installed() -> bool:
    """Whether the packages of the extra `speech` are there."""
    return importlib.util.find_spec("faster_whisper") is not None


def _kept_warm(wanted: WarmProcess) -> WarmProcess:
    """The process that runs already where it is the same; another one ends, because two would take twice the memory."""
    global _warm
    if _warm is None or _warm.order != wanted.order:
        if _warm is not None:
            _warm.end()
        _warm = wanted
    return _warm


def _seconds(sound: Path) -> float:
    with wave.open(str(sound), "rb") as file:
        return file.getnframes() / RATE
