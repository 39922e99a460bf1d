"""Several segments of one recording in one file, encoded anew where they cannot stand behind one another as they are.

The picture is that of `universal`. It is as large as the largest segment, others stand in it with bars. While a segment
has no picture it is dark, while it has no sound it is silent: so each second stays where it was.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import OutputContainer
from av.frame import Frame
from av.stream import Stream
from av.video.frame import VideoFrame

from bothways.media.steps.decoding import decoded
from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.joined import Segment, begun, end_of, look_at
from bothways.media.steps.opening import open_media, streams_of
from bothways.media.steps.packets import HealthyPackets
from bothways.media.steps.shaping import Shaper, fitting
from bothways.media.steps.universal import KEYFRAME_SECONDS, SOUND_BITS_PER_SECOND, SOUND_RATE, X264

LONG_SIDE = 1920
_QUICK = {**X264, "preset": "superfast"}
"""Somebody waits for it, to look at the answer and send it."""

_TICK = Fraction(1, 1000)
_RATE = 30
_DARK_EVERY_SECONDS = 0.5
_WIDEST_STEP_SECONDS = 0.06
"""Sound that is off by less is put right behind what came before; by more, silence is filled in or sound left out."""


def cut_joined(sources: list[Path], folder: Path) -> dict[str, Any]:
    """Write `folder`/playable.mp4 with H.264 and AAC."""
    segments, all_play = look_at(sources)
    target = folder / "playable.mp4"
    options = {"fflags": "+bitexact", "movflags": "faststart"}
    with av.open(str(target), "w", format="mp4", options=options) as outgoing:
        picture = _Picture(outgoing, *_box(segments)) if _any_has("video", segments) else None
        sound = _Sound(outgoing) if _any_has("audio", segments) else None
        start, is_whole = 0.0, True
        for segment in segments:
            start, segment_is_whole = _carry_over(segment, start, picture, sound)
            is_whole = is_whole and segment_is_whole
        tracks = [track for track in (picture, sound) if track is not None]
        for track in tracks:
            track.finish()
        if not any(track.has_content for track in tracks):
            raise MediaFailure(NOTHING_PLAYABLE, "nothing could be decoded")
    return {
        "name": target.name,
        "container": "mp4",
        "mime": "video/mp4" if picture else "audio/mp4",
        "duration_ms": round(start * 1000),
        "width": picture.width if picture else None,
        "height": picture.height if picture else None,
        "video_codec": "h264" if picture else "",
        "audio_codec": "aac" if sound else "",
        "salvaged": not (all_play and is_whole),
    }


def _any_has(kind: str, segments: list[Segment]) -> bool:
    return any(kind in segment.codecs for segment in segments)


def _box(segments: list[Segment]) -> tuple[int, int]:
    """Width and height of the largest segment, even, and no side longer than LONG_SIDE."""
    width, height = max(segments, key=lambda segment: segment.area).size
    assert width and height
    return fitting(width, height, LONG_SIDE, LONG_SIDE)


def _carry_over(
    segment: Segment, start: float, picture: "_Picture | None", sound: "_Sound | None"
) -> tuple[float, bool]:
    """Where the next segment begins, and whether nothing of this one had to be left out."""
    with open_media(segment.source) as incoming:
        packets = HealthyPackets(incoming, wanted := streams_of(incoming))
        following, _, streams = begun(packets, wanted)
        tracks: dict[str, tuple[Stream, _Picture | _Sound]] = {}
        for stream in streams:
            track = picture if stream.type == "video" else sound
            assert track is not None
            stream.codec_context.thread_count = 1
            tracks[stream.type] = stream, track
        for one in (picture, sound):
            if one:
                one.begin_segment(start)
        missing = [track for kind, track in (("video", picture), ("audio", sound)) if track and kind not in tracks]
        for packet in following:
            if packet.stream.type not in tracks:
                continue
            stream, track = tracks[packet.stream.type]
            for frame in decoded(stream, packet):
                track.take(frame)
            for other in missing:
                other.nothing_until(start + float(packet.dts * packet.time_base))
        for stream, track in tracks.values():
            for frame in decoded(stream, None):
                track.take(frame)
        end = end_of(packets, start)
        for track in (picture, sound):
            if track and (track in missing or track is sound):
                track.nothing_until(end)
        return end, packets.is_whole


class _Picture:
    """The picture of all segments, in milliseconds from the first."""

    def __init__(self, outgoing: OutputContainer, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.has_content = False
        self._outgoing = outgoing
        self._track = outgoing.add_stream("libx264", rate=_RATE, options=_QUICK, width=width, height=height)
        self._track.pix_fmt = "yuv420p"
        self._track.codec_context.time_base = _TICK
        self._track.codec_context.gop_size = _RATE * KEYFRAME_SECONDS
        self._shape = Shaper(width, height, "yuv420p", _TICK)
        self._start = 0.0
        self._last = -1
        self._dark_at = 0

    def begin_segment(self, start: float) -> None:
        self._start = start
        self._dark_at = max(self._last + 1, round(start / _TICK))

    def take(self, frame: Frame) -> None:
        assert isinstance(frame, VideoFrame)
        assert frame.pts is not None and frame.time_base is not None
        pts = round((self._start + float(frame.pts * frame.time_base)) / _TICK)
        if pts <= self._last:
            return
        frame.pts, frame.time_base = pts, _TICK
        self._encode(self._shape(frame))
        self.has_content = True

    def nothing_until(self, second: float) -> None:
        """Dark pictures, a few in a second."""
        while self._dark_at < second / _TICK:
            dark = VideoFrame(self.width, self.height, "yuv420p")
            for plane, shade in zip(dark.planes, (16, 128, 128), strict=True):
                plane.update(bytes([shade]) * plane.buffer_size)
            dark.pts, dark.time_base = self._dark_at, _TICK
            self._encode(dark)
            self._dark_at += round(_DARK_EVERY_SECONDS / _TICK)

    def finish(self) -> None:
        self._outgoing.mux(self._track.encode(None))

    def _encode(self, frame: VideoFrame) -> None:
        assert frame.pts is not None
        frame.pict_type = 0  # the encoder, not the source, chooses the keyframes
        self._last = frame.pts
        self._outgoing.mux(self._track.encode(frame))


class _Sound:
    """The sound of all segments, without a gap: `_written` samples from the first."""

    def __init__(self, outgoing: OutputContainer) -> None:
        self.has_content = False
        self._outgoing = outgoing
        self._track = outgoing.add_stream("aac", rate=SOUND_RATE, layout="stereo")
        self._track.bit_rate = SOUND_BITS_PER_SECOND
        self._resampler = self._new_resampler()
        self._start = 0.0
        self._is_first = True
        self._written = 0

    def begin_segment(self, start: float) -> None:
        self._start = start
        self._is_first = True
        self._resampler = self._new_resampler()

    def take(self, frame: Frame) -> None:
        assert isinstance(frame, AudioFrame)
        assert frame.pts is not None and frame.time_base is not None
        off = round((self._start + float(frame.pts * frame.time_base)) * SOUND_RATE) - self._written
        if off < -_WIDEST_STEP_SECONDS * SOUND_RATE:
            return
        if off > (0 if self._is_first else _WIDEST_STEP_SECONDS * SOUND_RATE):
            self._be_silent(off)
        self._is_first = False
        for ready in self._resampler.resample(frame):
            self._encode(ready)
            self.has_content = True

    def nothing_until(self, second: float) -> None:
        self._be_silent(round(second * SOUND_RATE) - self._written)

    def finish(self) -> None:
        self._outgoing.mux(self._track.encode(None))

    def _be_silent(self, samples: int) -> None:
        while samples > 0:
            silence = AudioFrame(format="fltp", layout="stereo", samples=min(samples, SOUND_RATE))
            for plane in silence.planes:
                plane.update(bytes(plane.buffer_size))
            silence.sample_rate = SOUND_RATE
            samples -= silence.samples
            self._encode(silence)

    def _encode(self, frame: AudioFrame) -> None:
        frame.pts, frame.time_base = self._written, Fraction(1, SOUND_RATE)
        self._written += frame.samples
        self._outgoing.mux(self._track.encode(frame))

    @staticmethod
    def _new_resampler() -> AudioResampler:
        return AudioResampler(format="fltp", layout="stereo", rate=SOUND_RATE)
