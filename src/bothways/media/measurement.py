"""What was measured of a recording's sound and picture, and what follows: how loud to play it, what to tell its maker.

Nothing here says anything about a person: not how much somebody speaks, nor how. Whether anybody speaks at all is
asked, and no more.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

Stretch = tuple[int, int]
"""From and to, in milliseconds from the beginning of the playable recording."""

TARGET_LUFS: Final = -18.0
"""How loud speech is played: what AES TD1008 (2021) recommends for speech in streams."""

MOST_GAIN_DB: Final = 30.0
"""A microphone that needs more than this brings more hiss than words."""

SHORTEST_SILENCE_MS: Final = 2000
"""Shorter ones belong to speaking."""

NO_SOUND_BELOW_DBFS: Final = -55.0
"""Where not even the loudest moment reaches this, there is no sound. Quiet speech measures 15 dB above it."""


class Finding(StrEnum):
    """Something about a recording that whoever made it would want to know before others see it."""

    NO_SOUND = "no_sound"
    NO_SPEECH = "no_speech"
    BLACK_PICTURE = "black_picture"


@dataclass(frozen=True, slots=True)
class Measurement:
    """None everywhere: it was tried, and nothing can be said.

    `loudness_lufs`: integrated, as BS.1770 gates it, and as two loudspeakers play it; None for silence.
    `true_peak_dbtp`: the highest point of the wave between the samples, too; None for silence.
    `loudest_dbfs`: root mean square of the loudest tenth of a second.
    `has_sound`, `has_speech`: None where that is not known. `is_black`: None, too, where there is no picture.
    `silences`: stretches, in order, in which nothing is to be heard.
    """

    loudness_lufs: float | None = None
    true_peak_dbtp: float | None = None
    loudest_dbfs: float | None = None
    has_sound: bool | None = None
    has_speech: bool | None = None
    is_black: bool | None = None
    silences: tuple[Stretch, ...] = ()

    @property
    def gain_db(self) -> float | None:
        """What a player adds so that it is as loud as others, in decibels; None: leave it as it is.

        The peaks that this lifts too high are the player's to hold down (static/bothways/player/loudness.js).
        """
        if self.loudness_lufs is None or not self.has_sound:
            return None
        return round(min(MOST_GAIN_DB, TARGET_LUFS - self.loudness_lufs), 1)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is known to be missing. Where there is no sound, that there is no speech goes without saying."""
        found = []
        if self.has_sound is False:
            found.append(Finding.NO_SOUND)
        elif self.has_speech is False:
            found.append(Finding.NO_SPEECH)
        if self.is_black:
            found.append(Finding.BLACK_PICTURE)
        return tuple(found)


def as_json(measurement: Measurement) -> dict[str, Any]:
    """As it is stored."""
    return asdict(measurement)


def from_json(stored: Mapping[str, Any]) -> Measurement:
    """What `as_json` stored."""
    return Measurement(**{**stored, "silences": tuple((start, end) for start, end in stored["silences"])})
