"""The steps, as the rest of Bothways calls them: a file in, a file out, or a MediaFailure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bothways.media.measurement import Measurement
from bothways.media.sprites import every_ms, tile_count
from bothways.media.steps.answers import made_file, measurement_of, watchable_fields, whole_number
from bothways.media.steps.limits import MIB, Limits
from bothways.media.steps.process import run_step

MEMORY_MB = 1024
"""What a step that decodes may use, unless told otherwise."""

FENCES = ("files", "tcp", "sockets", "programs", "signals", "memory")

_ROOM_FOR_AN_INDEX = 16 * MIB

# Wall times stay below the time that a lane gives one job: 60 s short, 1800 s media.
_COPYING = Limits(memory_bytes=512 * MIB, cpu_seconds=30, wall_seconds=40, file_bytes=2048 * MIB)
_LOOKING = Limits(cpu_seconds=40, wall_seconds=50, file_bytes=16 * MIB, niceness=5)
_MEASURING = Limits(memory_bytes=512 * MIB, cpu_seconds=5, wall_seconds=8, file_bytes=MIB)
_DECODING_SOUND = Limits(cpu_seconds=150, wall_seconds=300, file_bytes=80 * MIB, niceness=5)
_ENCODING = Limits(cpu_seconds=1700, wall_seconds=1700, file_bytes=1024 * MIB, niceness=10)


@dataclass(frozen=True, slots=True)
class Watchable:
    """A file that a browser of the recording's own family plays and seeks.

    Sizes are as shown (turned upright), None for sound alone. `salvaged` says that something had to be left out.
    `voices` is there for a talk in which there is sound: a file with a track for each person.
    """

    path: Path
    container: str
    mime: str
    duration_ms: int
    width: int | None
    height: int | None
    video_codec: str
    audio_codec: str
    salvaged: bool
    voices: Path | None = None


def make_watchable(source: Path, folder: Path) -> Watchable:
    """Copy the healthy packets of `source` into `folder`, index in front. A tenth of a CPU second for a minute."""
    return _watchable(run_step("watchable", source, folder, _copying([source])), folder)


def make_joined(sources: Sequence[Path], folder: Path) -> Watchable | None:
    """Copy the healthy packets of all segments one after another into `folder`; None where they do not fit together.

    A segment without anything playable is left out. As quick as copying one file of that length.
    """
    answer = run_step("joined", sources, folder, _copying(sources))
    return _watchable(answer, folder) if answer.get("fits") else None


def cut_joined(sources: Sequence[Path], folder: Path, *, memory_mb: int = MEMORY_MB) -> Watchable:
    """Encode all segments anew into one H.264/AAC file in `folder`. Takes about as long as `make_universal`."""
    return _watchable(run_step("cut", sources, folder, _within(_ENCODING, memory_mb)), folder)


@dataclass(frozen=True, slots=True)
class Side:
    """What one device recorded of a talk. `person` is a number from 0: people stand from left to right by it.

    `starts` is in seconds by the talk's clock, `lasts` by the device's, which runs `rate_ppm` millionths faster.
    """

    path: Path
    person: int
    starts: float
    lasts: float
    rate_ppm: float = 0.0


def compose(
    sides: Sequence[Side],
    stretches: Sequence[tuple[float, float]],
    folder: Path,
    on_progress: Callable[[float], None] | None = None,
    *,
    memory_mb: int = MEMORY_MB,
) -> Watchable:
    """The talk's `stretches`, in seconds of its clock, one after another: H.264 and AAC, pictures side by side.

    A side without a picture is dark, one that is missing has no place. Of two people each has a channel of their own.
    Takes about a third of the talk's time, on one processor.
    """
    told = [
        {"person": side.person, "starts": side.starts, "lasts": side.lasts, "rate_ppm": side.rate_ppm} for side in sides
    ]
    answer = run_step(
        "compose",
        [side.path for side in sides],
        folder,
        _within(_ENCODING, memory_mb),
        on_progress,
        sides=told,
        stretches=[list(stretch) for stretch in stretches],
    )
    voices = answer.get("voices")
    return replace(_watchable(answer, folder), voices=made_file(folder, voices) if voices else None)


def measure(sources: Sequence[Path], folder: Path) -> int:
    """Milliseconds of all segments together that can be played, as far as they have arrived. `folder` stays empty."""
    return whole_number(run_step("measured", sources, folder, _MEASURING).get("duration_ms"))


def try_fences(folder: Path) -> dict[str, bool]:
    """Which fences hold a step on this machine: files, tcp, sockets, programs, signals, memory."""
    said = run_step("fences", [], folder, _LOOKING)
    return {fence: said.get(fence) is True for fence in FENCES}


def make_poster(source: Path, folder: Path, *, memory_mb: int = MEMORY_MB) -> Path | None:
    """A JPEG of at most 640 px: a lit picture from a little way in. None where all of it is black."""
    name = run_step("poster", source, folder, _within(_LOOKING, memory_mb)).get("name")
    return folder / name if name else None


def make_measurement(source: Path, folder: Path, *, memory_mb: int = MEMORY_MB) -> tuple[Measurement, Path | None]:
    """What can be measured, and where there is sound, JSON {"per_second": 20, "peaks": [0–100, …]}: how loud each
    twentieth of a second gets, linear. Half a CPU second for a minute.
    """
    answer = run_step("measurement", source, folder, _within(_LOOKING, memory_mb))
    peaks = answer.get("peaks")
    return measurement_of(answer.get("measurement")), made_file(folder, peaks) if peaks else None


def make_sound(
    source: Path, folder: Path, *, from_ms: int = 0, track: int | None = None, memory_mb: int = MEMORY_MB
) -> tuple[Path, int]:
    """A WAV of 16 kHz, mono, 16 bits, from `from_ms` on, and how many milliseconds it has. Of `voices`, one `track`."""
    answer = run_step("sound", source, folder, _within(_DECODING_SOUND, memory_mb), from_ms=from_ms, track=track)
    return folder / answer["name"], whole_number(answer.get("duration_ms"))


def make_universal(
    source: Path,
    folder: Path,
    on_progress: Callable[[float], None] | None = None,
    *,
    memory_mb: int = MEMORY_MB,
    size: tuple[int, int] | None = None,
) -> Path:
    """H.264 and AAC in an MP4 that plays everywhere. H.264 pictures are copied, others encoded at low priority.

    `size` is that of the largest picture, where the first is not as large.
    """
    limits = _within(_ENCODING, memory_mb)
    return folder / run_step("universal", source, folder, limits, on_progress, size=size)["name"]


def make_sprites(source: Path, folder: Path, *, duration_ms: int, memory_mb: int = MEMORY_MB) -> Path:
    """A JPEG with small pictures of the whole recording, laid out as `media/sprites.py` says."""
    options = {"every_ms": every_ms(duration_ms), "tiles": tile_count(duration_ms)}
    return folder / run_step("sprites", source, folder, _within(_LOOKING, memory_mb), **options)["name"]


def make_voice(source: Path, folder: Path, *, memory_mb: int = MEMORY_MB) -> Path:
    """AAC in an MP4, and no picture. A tenth of a CPU second for a minute where the sound is AAC already."""
    return folder / run_step("voice", source, folder, _within(_LOOKING, memory_mb))["name"]


def _watchable(answer: dict[str, Any], folder: Path) -> Watchable:
    return Watchable(path=made_file(folder, answer.get("name")), **watchable_fields(answer))


def _copying(sources: Sequence[Path]) -> Limits:
    """A copy is about as large as what it copies: what grows beyond that was packed in order to grow."""
    arrived = sum(source.stat().st_size for source in sources)
    return replace(_COPYING, file_bytes=min(_COPYING.file_bytes, 2 * arrived + _ROOM_FOR_AN_INDEX))


def _within(limits: Limits, memory_mb: int) -> Limits:
    return replace(limits, memory_bytes=memory_mb * MIB)
