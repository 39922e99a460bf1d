"""Decoded sound in one format, whatever the microphone does in the middle of the recording."""

from collections.abc import Iterator
from itertools import chain

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler


class Resampler:
    """Like PyAV's, which takes one kind of frame only: a change of microphone begins a new one."""

    def __init__(self, *, format: str, layout: str, rate: int) -> None:
        self._wanted = {"format": format, "layout": layout, "rate": rate}
        self._resampler: AudioResampler | None = None
        self._fits: tuple[str, str, int] | None = None

    def __call__(self, frame: AudioFrame | None) -> Iterator[AudioFrame]:
        """What `frame` completes; None asks for what is still held back."""
        if frame is None:
            return self._flush()
        frame_is = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is not None and frame_is == self._fits:
            return iter(self._resampler.resample(frame))
        before = self._flush()
        self._resampler, self._fits = AudioResampler(**self._wanted), frame_is
        return chain(before, self._resampler.resample(frame))

    def _flush(self) -> Iterator[AudioFrame]:
        return iter(self._resampler.resample(None) if self._resampler is not None else ())
