"""Hostile files, each made from a seed and its number alone, so that any of them can be made again."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.media import samples
from tests.media.hostile import matroska, mp4, others
from tests.media.hostile.mutations import MUTATIONS
from tests.media.hostile.targets import Targets
from tests.media.making import make_recording

_SAMPLES = (
    samples.CHROMIUM_WEBM,
    samples.CHROMIUM_MP4,
    samples.FIREFOX_WEBM,
    samples.WEBKIT_SOUND,
    samples.CUT_WEBM,
    samples.CUT_MP4,
    samples.DAMAGED_WEBM,
    samples.DAMAGED_METADATA,
)
_IN_FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
_MADE = {
    "webm": {"options": {"live": "1"}},
    "webm with an index": {},
    "matroska with h264": {"form": "matroska", "picture": "libx264"},
    "mp4": {"form": "mp4", "picture": "libx264", "sound": "aac"},
    "mp4 in fragments": {"form": "mp4", "picture": "libx264", "sound": "aac", "options": _IN_FRAGMENTS},
    "turned mp4": {"form": "mp4", "picture": "libx264", "sound": "aac", "rotation": 90},
    "voice in webm": {"picture": None},
    "voice in ogg": {"form": "ogg", "picture": None},
    "voice in wav": {"form": "wav", "picture": None, "sound": "pcm_s16le"},
}
_CRAFTED = (
    *((f"matroska {make.__name__}", lambda chance, _, make=make: make(chance)) for make in matroska.CRAFTED),
    *((f"mp4 {make.__name__}", make) for make in mp4.CRAFTED),
    *((make.__name__, make) for make in others.CRAFTED),
)
_CRAFTED_OF_ALL = 0.35


@dataclass(frozen=True, slots=True)
class Hostile:
    name: str
    data: bytes


class Corpus:
    """File number n is the same for the same seed, but for the places of what it is after."""

    def __init__(self, seed: int, folder: Path, targets: Targets) -> None:
        self._seed, self._targets = seed, targets
        self._bases = [(path.stem, path.read_bytes()) for path in _SAMPLES]
        for name, how in _MADE.items():
            options = {"fflags": "+bitexact"} | how.get("options", {})
            made = make_recording(folder / name, seconds=1, **how | {"options": options})
            self._bases.append((name, made.read_bytes()))
        self._order = Random(f"{seed} order").sample(_CRAFTED, len(_CRAFTED))

    def __getitem__(self, number: int) -> Hostile:
        chance = Random(f"{self._seed} {number}")
        if chance.random() < _CRAFTED_OF_ALL:
            # In turn, so that a small share has as many kinds as it can.
            name, make = self._order[number % len(self._order)]
            data = make(chance, self._targets)
            if chance.random() < 0.8:
                return Hostile(name, data)
        else:
            name, data = chance.choice(self._bases)
        ways = [chance.choice(MUTATIONS) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        for way in ways:
            if len(data) > 1:
                data = way(chance, data)
        return Hostile(f"{name}: {', '.join(way.__name__ for way in ways)}", data)
