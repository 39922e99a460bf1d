"""What a step says is checked before it is believed: a decoder taken over by its input would say anything.

It could name a file of the server to be stored as its own, a type that browsers run, or a length no database holds.
"""

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

from bothways.media.measurement import Measurement
from bothways.media.steps.failure import CODES, CRASHED, MediaFailure

_LARGEST_NUMBER = 2**31 - 1
_LOUDEST_DB = 1000
_MOST_STRETCHES = 10_000
_CODEC = re.compile(r"[a-z0-9_]{0,20}")
_CONTAINERS = ("webm", "mp4", "wav")


def read_line(line: bytes) -> dict[str, Any]:
    """One line of a step: {"progress": 0.0–1.0}, {"done": {...}} or {"failed": {"code", "detail", "permanent"}}.

    Raises:
        MediaFailure: CRASHED, it is none of these.
    """
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    match said:
        case {"progress": int() | float() as part} if 0 <= part <= 1:
            return {"progress": part}
        case {"done": dict() as answer}:
            return {"done": answer}
        case {"failed": {"code": str() as code, "detail": str() as detail, "permanent": bool() as permanent}} if (
            code in CODES
        ):
            return {"failed": {"code": code, "detail": detail, "permanent": permanent}}
    raise _unbelievable("a line that is no answer")


def made_file(folder: Path, name: object) -> Path:
    """The file of that name, which the step itself must have written right into `folder`."""
    if isinstance(name, str) and name not in ("", ".", "..") and not set(name) & {"/", "\0"}:
        try:
            if stat.S_ISREG(os.lstat(folder / name).st_mode):
                return folder / name
        except OSError:
            pass
    raise _unbelievable("a file that is not in its folder")


def whole_number(said: object) -> int:
    """A count that fits into the database."""
    if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= _LARGEST_NUMBER:
        return said
    raise _unbelievable("a number that cannot be")


def one_of(said: object, choices: tuple[str, ...]) -> str:
    if isinstance(said, str) and said in choices:
        return said
    raise _unbelievable("a word that it does not have")


def watchable_fields(said: dict[str, Any]) -> dict[str, Any]:
    """The fields of `Watchable` but its path."""
    container = one_of(said.get("container"), _CONTAINERS)
    return {
        "container": container,
        "mime": one_of(said.get("mime"), (f"video/{container}", f"audio/{container}")),
        "duration_ms": whole_number(said.get("duration_ms")),
        "width": _side(said.get("width")),
        "height": _side(said.get("height")),
        "video_codec": _codec(said.get("video_codec")),
        "audio_codec": _codec(said.get("audio_codec")),
        "salvaged": bool(said.get("salvaged")),
    }


def measurement_of(said: object) -> Measurement:
    """What was measured: finite numbers, yes or no, stretches of time."""
    match said:
        case {"silences": list() as silences, **rest} if len(silences) <= _MOST_STRETCHES:
            pass
        case _:
            raise _unbelievable("a measurement that is none")
    return Measurement(
        **{name: _level(rest.get(name)) for name in ("loudness_lufs", "true_peak_dbtp", "loudest_dbfs")},
        **{name: _yes_or_no(rest.get(name)) for name in ("has_sound", "has_speech", "is_black")},
        silences=tuple(_stretch(silence) for silence in silences),
    )


def _level(said: object) -> float | None:
    if said is None or (isinstance(said, int | float) and abs(said) < _LOUDEST_DB):
        return said
    raise _unbelievable("a level that cannot be")


def _yes_or_no(said: object) -> bool | None:
    if said is None or isinstance(said, bool):
        return said
    raise _unbelievable("neither yes nor no")


def _stretch(said: object) -> tuple[int, int]:
    match said:
        case [begin, end]:
            return whole_number(begin), whole_number(end)
    raise _unbelievable("a stretch without two ends")


def _side(said: object) -> int | None:
    return None if said is None else whole_number(said)


def _codec(said: object) -> str:
    if isinstance(said, str) and _CODEC.fullmatch(said):
        return said
    raise _unbelievable("a codec without a name")


def _unbelievable(what: str) -> MediaFailure:
    return MediaFailure(CRASHED, f"the step answered with {what}")
