"""faster-whisper at work, in a process of its own: who speaks when, then the words of it.

Imported by `bothways.media.speech.child` only. What is not speech never reaches the model, because a model that is
given silence or noise makes words up.
"""

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray

from bothways.media.speech.contract import RATE, Heard, SpeechFailure
from bothways.media.speech.pieces import (
    MOST,
    PADDING,
    PAUSE,
    Piece,
    Stretch,
    closed,
    length,
    pack,
    place,
    samples_of,
    spoken,
)
from bothways.media.utterances import Utterance, Word

Sound = NDArray[np.float32]

# 0.5, the usual threshold, loses people who speak quietly.
_VOICE = VadOptions(
    threshold=0.3,
    min_speech_duration_ms=200,
    max_speech_duration_s=MOST // RATE,
    min_silence_duration_ms=PAUSE * 1000 // RATE,
    speech_pad_ms=PADDING * 1000 // RATE,
)
_LOOPS = 5.0
"""Text that packs better than this went round in circles. Whisper's own 2.4 is too near to people who say things in
threes: "It was the best of times, it was the worst of times …" has 2.2."""
_WORTH_A_SECOND_TIME = RATE


class Ear:
    """A loaded model."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )

    def hear(self, path: Path, language: str, *, goes_on: bool) -> Heard:
        """Like `Engine.transcribe`."""
        if language not in self._model.supported_languages:
            raise SpeechFailure(f"The model does not know the language “{language}”.", permanent=True)
        sound = _read(path)
        stretches = [Stretch(found["start"], found["end"]) for found in get_speech_timestamps(sound, _VOICE)]
        pieces, until = closed(stretches, len(sound)) if goes_on else (pack(stretches), len(sound))
        utterances = tuple(utterance for piece in pieces for utterance in self._whole(sound, piece, language))
        return Heard(utterances, _ms(until))

    def _whole(self, sound: Sound, piece: Piece, language: str) -> Iterator[Utterance]:
        """The words of a piece to its end: now and then the model stops in its middle, and then hears the rest anew."""
        while piece:
            utterances = list(self._words(sound, piece, language))
            yield from utterances
            if not utterances:
                return
            ends = utterances[-1].end_ms * RATE // 1000
            rest = tuple(stretch for stretch in piece if stretch.start >= ends - PADDING)
            piece = rest if length(rest) > _WORTH_A_SECOND_TIME and len(rest) < len(piece) else ()

    def _words(self, sound: Sound, piece: Piece, language: str) -> Iterator[Utterance]:
        joined = np.concatenate([sound[part] for part in samples_of(piece)])
        segments, _ = self._model.transcribe(
            joined,
            language=language,
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
        )
        for segment in segments:
            if segment.compression_ratio <= _LOOPS:
                yield from _utterances(sound, piece, segment.words or ())


def _utterances(sound: Sound, piece: Piece, words: list[Any]) -> Iterator[Utterance]:
    """What the model takes for one phrase, parted where the speaker pauses."""
    last, waiting = -1, []
    for word in words:
        number, start, end = place(piece, word.start, word.end)
        if number != last and waiting:
            yield _utterance(waiting)
            waiting = []
        last = number
        start, end = spoken(sound, start, end)
        waiting.append((word.word, Word(_ms(start), _ms(end), word.word.strip(), round(float(word.probability), 3))))
    if waiting:
        yield _utterance(waiting)


def _utterance(said: list[tuple[str, Word]]) -> Utterance:
    text = "".join(written for written, _ in said).strip()
    return Utterance(said[0][1].start_ms, said[-1][1].end_ms, text, tuple(word for _, word in said))


def _read(path: Path) -> Sound:
    with wave.open(str(path), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return samples.astype(np.float32) / 32768


def _ms(samples: int) -> int:
    return round(samples * 1000 / RATE)
