"""Small recordings made at run time, the way browsers write them: no index, no length in the header."""

import math
from array import array
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

SOUND_RATE = 48_000
_AS_RECORDED = {
    "webm": {"live": "1"},
    "matroska": {"live": "1"},
    "mp4": {"movflags": "frag_keyframe+empty_moov+default_base_moof"},
}


def make_recording(
    path: Path,
    seconds: float = 3.0,
    *,
    form: str = "webm",
    picture: str | None = "libvpx",
    sound: str | None = "libopus",
    size: tuple[int, int] = (320, 180),
    rate: int = 20,
    rotation: int = 0,
    dark_seconds: float = 0.0,
    starts_at: float = 0.0,
    options: dict[str, str] | None = None,
) -> Path:
    """Moving bars and a tone; `dark_seconds` of black first, clocks beginning at `starts_at` seconds."""
    container_options = _AS_RECORDED.get(form, {}) if options is None else options
    with av.open(str(path), "w", format=form, options=container_options) as out:
        track = voice = None
        if picture:
            track = out.add_stream(picture, rate=rate, width=size[0], height=size[1], pix_fmt=_pixels(picture))
            track.codec_context.gop_size = rate
            track.codec_context.thread_count = 1
            if picture == "libvpx":
                # A negative speed is fixed; a positive one depends on how busy the machine is, and so would the bytes.
                track.options = {"deadline": "realtime", "cpu-used": "-8", "auto-alt-ref": "0", "lag-in-frames": "0"}
            if picture == "libx264":
                track.options = {"preset": "ultrafast", "tune": "zerolatency", "threads": "1"}
            if rotation:
                track.set_display_rotation(rotation)
        if sound:
            voice = out.add_stream(sound, rate=SOUND_RATE, layout="mono")
            voice.codec_context.thread_count = 1
        for second in range(math.ceil(seconds)):
            part = min(1.0, seconds - second)
            if track is not None:
                for number in range(round(rate * second), round(rate * (second + part))):
                    frame = _bars(number, size, dark=number < dark_seconds * rate).reformat(
                        format=_pixels(picture), threads=1
                    )
                    frame.pts, frame.time_base = number + round(starts_at * rate), Fraction(1, rate)
                    out.mux(track.encode(frame))
            if voice is not None:
                for frame in _tone(second, part, starts_at):
                    out.mux(voice.encode(frame))
        for stream in (track, voice):
            if stream is not None:
                out.mux(stream.encode(None))
    return path


def _pixels(codec: str) -> str:
    return "yuvj420p" if codec == "mjpeg" else "yuv420p"


def _bars(number: int, size: tuple[int, int], *, dark: bool) -> VideoFrame:
    width, height = size
    frame = VideoFrame(width, height, "gray")
    shade = (lambda x: 0) if dark else (lambda x: 60 + (x * 4 + number * 8) % 180)
    line = bytes(shade(x) for x in range(width))
    plane = frame.planes[0]
    plane.update(line.ljust(plane.line_size, b"\0") * height)
    return frame


def _tone(second: int, part: float, starts_at: float) -> list[AudioFrame]:
    frames = []
    for start in range(0, round(SOUND_RATE * part), 960):
        frame = AudioFrame(format="s16", layout="mono", samples=960)
        at = second * SOUND_RATE + start
        # Loud in even seconds, silent in odd ones.
        loudness = 16_000 if second % 2 == 0 else 0
        wave = array("h", (round(loudness * math.sin((at + i) * 2 * math.pi * 440 / SOUND_RATE)) for i in range(960)))
        frame.planes[0].update(wave.tobytes())
        frame.sample_rate, frame.time_base = SOUND_RATE, Fraction(1, SOUND_RATE)
        frame.pts = at + round(starts_at * SOUND_RATE)
        frames.append(frame)
    return frames


def decoded_seconds(path: Path) -> dict[str, float]:
    """Decode a whole file strictly; returns the last moment of each kind of stream. Raises where a packet is bad."""
    ends: dict[str, float] = {}
    with av.open(str(path)) as container:
        for packet in container.demux():
            for frame in packet.decode():
                if frame.pts is not None:
                    kind = packet.stream.type
                    ends[kind] = max(ends.get(kind, 0.0), float(frame.pts * frame.time_base))
    return ends
