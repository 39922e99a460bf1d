"""The sound of a recording as engines for speech read it: decoded here, so that they never meet a stranger's bytes."""

import wave
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream

from bothways.media.steps.decoding import decoded
from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.opening import open_media, sound_of, streams_of
from bothways.media.steps.packets import HealthyPackets

RATE = 16_000
_BYTES = 2
_WARM_UP_S = 0.1
"""Opus sounds right only a little after where decoding began."""
_GAP_S = 0.05
"""A pause between frames that is longer was no sound: the microphone was taken away for a while."""
_PIECE = RATE


def make_sound(source: Path, folder: Path, from_ms: int = 0, track: int | None = None) -> dict[str, Any]:
    """Write `folder`/sound.wav: 16 kHz, mono, 16 bits, from `from_ms` of the recording to its end. Where several are in
    it side by side, `track` says which, from 0.

    Times are those of the playable file, whose first packet of picture or sound stands at zero: where there is no
    sound there is silence.
    """
    target = folder / "sound.wav"
    with open_media(source) as container:
        sound = sound_of(container) if track is None else container.streams.audio[track]
        if sound is None:
            raise MediaFailure(NOTHING_PLAYABLE, "there is no sound")
        with wave.open(str(target), "wb") as out:
            out.setparams((1, _BYTES, RATE, 0, "NONE", ""))
            line = _Line(out, from_ms * RATE // 1000)
            streams = streams_of(container) if track is None else [sound]
            for frame in chain(_frames(container, streams, sound, from_ms / 1000 - _WARM_UP_S), (None,)):
                line.take(frame)
    return {"name": target.name, "duration_ms": line.written * 1000 // RATE}


def _frames(
    container: InputContainer, streams: list[Stream], sound: AudioStream, from_s: float
) -> Iterator[AudioFrame]:
    """The frames of the sound from about `from_s` on. What lies before is read and not decoded."""
    sound.codec_context.thread_count = 1
    for packet in HealthyPackets(container, streams):
        if packet.stream_index == sound.index and packet.pts * sound.time_base >= from_s:
            yield from decoded(sound, packet)
    yield from decoded(sound, None)


class _Line:
    """Lays frames one behind another at the places that their clocks say, `first` samples left out."""

    def __init__(self, out: wave.Wave_write, first: int) -> None:
        self._out = out
        self._skip = first
        self._at = 0
        self._resampler: AudioResampler | None = None
        self._ends: float | None = None
        self.written = 0

    def take(self, frame: AudioFrame | None) -> None:
        """Lay down one more; None ends the line."""
        if frame is None or self._ends is None or frame.time - self._ends > _GAP_S:
            self._resample(None)
            self._resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
            self._ends = None
        if frame is None:
            return
        if self._ends is None:
            self._silence(round(frame.time * RATE) - self._at)
        self._ends = frame.time + frame.samples / frame.sample_rate
        self._resample(frame)

    def _resample(self, frame: AudioFrame | None) -> None:
        if self._resampler is not None:
            for part in self._resampler.resample(frame):
                self._write(bytes(part.planes[0])[: part.samples * _BYTES])

    def _silence(self, samples: int) -> None:
        jumped = min(max(samples, 0), max(self._skip - self._at, 0))
        self._at += jumped
        for left in range(max(samples, 0) - jumped, 0, -_PIECE):
            self._write(bytes(min(left, _PIECE) * _BYTES))

    def _write(self, data: bytes) -> None:
        samples = len(data) // _BYTES
        left_out = min(max(self._skip - self._at, 0), samples)
        self._at += samples
        self.written += samples - left_out
        self._out.writeframes(data[left_out * _BYTES :])
