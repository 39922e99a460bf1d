"""How loud it is as people hear it: EBU R128, that is ITU-R BS.1770-5, by FFmpeg's filter `ebur128`.

A voice from one microphone is measured as it is played, on two loudspeakers (`dualmono`, EBU Tech 3341), so that a
microphone that writes two equal channels gets the same figure.
"""

import math
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.error import BlockingIOError, EOFError
from av.filter import Graph

from bothways.media.steps.resampling import Resampler

_RATE = 48_000
_GATE_LUFS = -70.0
"""Blocks below do not count (BS.1770-5, annex 1); where no block counts, this is what the filter says."""


class LoudnessMeter:
    """Takes sound as it is decoded, with its true peak (BS.1770-5, annex 2: four times oversampled)."""

    def __init__(self, *, channels: int) -> None:
        layout = "mono" if channels == 1 else "stereo"
        self._resampler = Resampler(format="dbl", layout=layout, rate=_RATE)
        self._graph = Graph()
        self._graph.threads = 1
        buffer = self._graph.add_abuffer(sample_rate=_RATE, format="dbl", layout=layout, time_base=Fraction(1, _RATE))
        meter = self._graph.add("ebur128", "metadata=1:peak=true:dualmono=1")
        self._graph.link_nodes(buffer, meter, self._graph.add("abuffersink")).configure()
        self._said: dict[str, str] = {}
        self._at = 0

    def take(self, frame: AudioFrame | None) -> None:
        """None after the last frame."""
        for part in self._resampler(frame):
            part.pts, part.time_base = self._at, Fraction(1, _RATE)
            self._at += part.samples
            self._graph.push(part)
            self._read()
        if frame is None and self._at:
            self._graph.push(None)
            self._read()

    @property
    def loudness_lufs(self) -> float | None:
        """Integrated; None where all of it is silent."""
        loudness = float(self._said.get("lavfi.r128.I", _GATE_LUFS))
        return loudness if math.isfinite(loudness) and loudness > _GATE_LUFS else None

    @property
    def true_peak_dbtp(self) -> float | None:
        """Above 0 where the wave was cut off; None where all of it is silent."""
        peak = float(self._said.get("lavfi.r128.true_peak", 0))
        return round(20 * math.log10(peak), 2) if math.isfinite(peak) and peak > 0 else None

    def _read(self) -> None:
        while True:
            try:
                self._said = self._graph.pull().metadata or self._said
            except (BlockingIOError, EOFError):
                return
