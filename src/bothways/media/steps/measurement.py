"""All that is measured of a recording, in one pass over it: its sound is decoded once, and some of its keyframes."""

from pathlib import Path
from typing import Any

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from bothways.media.measurement import NO_SOUND_BELOW_DBFS, Measurement, as_json
from bothways.media.steps.darkness import DarknessMeter
from bothways.media.steps.decoding import decoded
from bothways.media.steps.levels import Levels
from bothways.media.steps.loudness import LoudnessMeter
from bothways.media.steps.opening import open_media, picture_of, sound_of, streams_of
from bothways.media.steps.packets import HealthyPackets
from bothways.media.steps.peaks import Peaks
from bothways.media.steps.resampling import Resampler
from bothways.media.steps.slicing import RATE
from bothways.media.steps.speaking import VoiceFinder

_WIDEST_STEP_SECONDS = 0.1
"""Sound that comes later than this behind what came before leaves silence in between."""


def make_measurement(source: Path, folder: Path) -> dict[str, Any]:
    """Measure `source`; where it has sound, write `folder`/peaks.json, too."""
    with open_media(source) as container:
        sound, picture = sound_of(container), picture_of(container)
        hearing = _Hearing(sound) if sound else None
        seeing = DarknessMeter(picture) if picture else None
        packets = HealthyPackets(container, streams_of(container))
        for packet in packets:
            if seeing and packet.stream_index == seeing.stream.index:
                seeing.take(packet)
            elif hearing:
                hearing.take(packet)
        if hearing:
            hearing.end(folder / "peaks.json")
    measurement = Measurement(
        **(hearing.measured(packets.duration_ms) if hearing else _unheard(packets.duration_ms)),
        is_black=seeing.is_black if seeing else None,
    )
    return {"peaks": "peaks.json" if hearing else None, "measurement": as_json(measurement)}


class _Hearing:
    """Decodes the sound and hands it to all that listen."""

    def __init__(self, stream: AudioStream) -> None:
        stream.codec_context.thread_count = 1
        self._stream = stream
        self._loudness = LoudnessMeter(channels=stream.codec_context.channels)
        self._levels, self._voice, self._peaks = Levels(), VoiceFinder(), Peaks()
        self._resampler = Resampler(format="s16", layout="mono", rate=RATE)
        self._taken = 0

    def take(self, packet: Packet | None) -> None:
        for frame in decoded(self._stream, packet):
            missing = round(float(frame.pts * frame.time_base) * RATE) - self._taken
            if missing > _WIDEST_STEP_SECONDS * RATE:
                self._pass_on(bytes(2 * missing))
            self._hear(frame)

    def end(self, peaks: Path) -> None:
        self.take(None)
        self._hear(None)
        self._peaks.write(peaks)

    def measured(self, duration_ms: int) -> dict[str, Any]:
        loudest = self._levels.loudest_dbfs
        has_sound = loudest is not None and loudest >= NO_SOUND_BELOW_DBFS
        return {
            "loudness_lufs": self._loudness.loudness_lufs,
            "true_peak_dbtp": self._loudness.true_peak_dbtp,
            "loudest_dbfs": loudest,
            "has_sound": has_sound,
            "has_speech": self._voice.is_heard if has_sound else False,
            "silences": self._levels.silences(self._loudness.loudness_lufs, duration_ms),
        }

    def _hear(self, frame: AudioFrame | None) -> None:
        self._loudness.take(frame)
        for part in self._resampler(frame):
            self._pass_on(bytes(part.planes[0])[: part.samples * 2])

    def _pass_on(self, samples: bytes) -> None:
        self._taken += len(samples) // 2
        for listener in (self._levels, self._voice, self._peaks):
            listener.take(samples)


def _unheard(duration_ms: int) -> dict[str, Any]:
    """A picture alone."""
    return {"has_sound": False, "has_speech": False, "silences": Levels().silences(None, duration_ms)}
