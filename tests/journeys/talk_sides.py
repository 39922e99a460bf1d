"""Cameras whose pictures are counted and microphones that speak, and what a browser says that it got of them.

Both sides are at one machine, so its monotonic clock is the truth; what the browsers' own clocks of the day show is
beside it, and wrong.
"""

import base64
import json
import time
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

from tests.media.speech.voices import as_wav, speech

SIZE = (320, 180)
RATE = 30
BITS = 10
FOOT = 24
"""Lines at the foot of each picture on which its number stands, one bar for each bit, the highest first."""
SOUND_RATE = 16_000
TRIPS = 40
WITNESS = Path(__file__).with_name("talk_witness.js").read_text()

# A clock of the day that is off, as a device with a wrong one has it. What measures spans goes right, there as here.
WRONG_CLOCK = """
{
  const Right = Date, origin = performance.timeOrigin, off = %d;
  const now = () => Right.now() + off;
  window.Date = new Proxy(Right, {
    construct: (_, given, as) => Reflect.construct(Right, given.length ? given : [now()], as),
    apply: () => new Right(now()).toString(),
    get: (_, name) => (name === "now" ? now : Right[name]),
  });
  Object.defineProperty(performance, "timeOrigin", { get: () => origin + off });
}
"""

Sound = NDArray[np.float32]


def witness(clock_off_ms: int, busy_ms: int) -> str:
    """To be there before any script of the page."""
    return f"const BITS = {BITS}, BUSY_MS = {busy_ms};\n{WITNESS}\n{WRONG_CLOCK % clock_off_ms}"


def devices(folder: Path, clip: str, shirt: tuple[int, int, int]) -> tuple[Path, Path]:
    """A camera and a microphone, as files for Chromium."""
    folder.mkdir(parents=True, exist_ok=True)
    return _camera(folder / "camera.y4m", shirt), as_wav(folder / "microphone.wav", speech(clip))


def _camera(path: Path, shirt: tuple[int, int, int]) -> Path:
    """Somebody who sways, and the number of each picture at its foot, until the numbers are used up."""
    width, height = SIZE
    swaying = {sway: _somebody(sway, shirt) for sway in range(-10, 11)}
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{width} H{height} F{RATE}:1 Ip A1:1 C420\n".encode())
        for number in range(2**BITS):
            planes = swaying[int(10 * np.sin(number / RATE))]
            bars = [235 if number >> bit & 1 else 16 for bit in reversed(range(BITS))]
            planes[height - FOOT : height] = np.repeat(bars, width // BITS)
            out.write(b"FRAME\n" + planes.tobytes())
    return path


def _somebody(sway: int, shirt: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Brightness, and below it the two colors; none at the foot."""
    width, height = SIZE
    rows, columns = np.mgrid[0:height, 0:width]
    picture = np.stack([150 + rows / 5, 160 + columns / 12, 165 + rows / 6], axis=-1)
    picture[((columns - 160 - sway // 2) / 80) ** 2 + ((rows - 200) / 80) ** 2 < 1] = shirt
    picture[((columns - 160 - sway) / 32) ** 2 + ((rows - 80) / 42) ** 2 < 1] = (205, 165, 140)
    picture[-FOOT:] = 128
    frame = av.VideoFrame.from_ndarray(picture.clip(0, 255).astype(np.uint8), format="rgb24")
    return frame.to_ndarray(format="yuv420p")


def number_in(picture: NDArray[np.uint8]) -> int | None:
    """The number on a picture in shades of gray; None where there is none, or it cannot be read for sure."""
    height, width = picture.shape
    foot = picture[-round(height * FOOT / SIZE[1] * 0.6) : -round(height * FOOT / SIZE[1] * 0.25)].mean(axis=0)
    wide = width / BITS
    bars = [foot[round((bar + 0.3) * wide) : round((bar + 0.7) * wide)].mean() for bar in range(BITS)]
    if any(85 < bar < 165 for bar in bars):
        return None
    return sum((bar > 125) << (BITS - 1 - place) for place, bar in enumerate(bars))


@dataclass(frozen=True)
class Given:
    """What one side's camera and microphone gave, in seconds of the machine's clock, which may be off by `off_by_s`."""

    pictures: list[tuple[int, float]]
    sound: Sound
    begins_s: float
    off_by_s: float

    def taken_s(self, number: int, near_s: float) -> float:
        """When a picture with this number was taken: of several the one that is nearest."""
        return min((at for one, at in self.pictures if one == number), key=lambda at: abs(at - near_s), default=np.nan)

    def heard(self, begins_s: float, lasts_s: float) -> Sound:
        first = round((begins_s - self.begins_s) * SOUND_RATE)
        return self.sound[max(first, 0) : max(first + round(lasts_s * SOUND_RATE), 0)]


def given(page: Page) -> Given:
    """Asked of a page whose devices are closed, or go on.

    A frame carries the moment of its capture on a clock that the browser does not explain; the frame that came to the
    script quickest says how far that is from `performance.now()`, and the quickest of many questions how far this is
    from the machine's.
    """
    to_machine, half_trip = _clock_of(page)
    seen = json.loads(page.evaluate("JSON.stringify({ pictures: seen.pictures, sounds: seen.sounds })"))
    letters = page.evaluate("samplesInLetters()")
    samples = np.frombuffer(base64.b64decode(letters), np.int16).astype(np.float32) / 32_768
    quickest = min(came - stamp / 1000 for _, stamp, came in seen["pictures"])
    pictures = [(number, (stamp / 1000 + quickest) / 1000 + to_machine) for number, stamp, _ in seen["pictures"]]
    quickest = min(came - stamp / 1000 for _, stamp, came in seen["sounds"])
    begins = (seen["sounds"][0][1] / 1000 + quickest) / 1000 + to_machine
    return Given(pictures, _in_line(samples, seen["sounds"]), begins, half_trip)


def _in_line(samples: Sound, sounds: list[tuple[int, float, float]]) -> Sound:
    """Each chunk where its stamp says: a device that is opened anew leaves a gap."""
    first = sounds[0][1]
    line = np.zeros(round((sounds[-1][1] - first) / 1e6 * SOUND_RATE) + SOUND_RATE, np.float32)
    read = end = 0
    for count, stamp, _ in sounds:
        at = round((stamp - first) / 1e6 * SOUND_RATE)
        at = end if abs(at - end) < SOUND_RATE // 50 else at
        line[at : at + count] = samples[read : read + count]
        read, end = read + count, at + count
    return line


def _clock_of(page: Page) -> tuple[float, float]:
    """What to add to seconds of `performance.now()` for the machine's clock, and by how much that may be wrong."""
    trips = []
    for _ in range(TRIPS):
        asked = time.monotonic()
        told = page.evaluate("performance.now()") / 1000
        back = time.monotonic()
        trips.append((back - asked, (asked + back) / 2 - told))
    trip, offset = min(trips)
    return offset, trip / 2
