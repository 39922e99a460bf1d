"""The process of one step: take on the limits, shut everything else out, do the one thing, say how it went.

Standard output carries JSON lines: any number of {"progress": 0.0–1.0}, then one {"done": {...}} or
{"failed": {"code", "detail", "permanent"}}. Started by `bothways.media.steps.process`, never by hand.
"""

import errno
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from av.error import ArgumentError, FFmpegError, InvalidDataError

from bothways.media.steps.confinement import confine
from bothways.media.steps.failure import CRASHED, DISK_FULL, NOTHING_PLAYABLE, OUT_OF_MEMORY, TOO_LONG, MediaFailure
from bothways.media.steps.limits import Limits, impose
from bothways.media.steps.orphans import end_with_parent

_ON_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Libraries that start threads as they are imported would leave those outside of the confinement."""

_STEPS = {
    "watchable": ("bothways.media.steps.remux", "make_watchable"),
    "poster": ("bothways.media.steps.poster", "make_poster"),
    "measurement": ("bothways.media.steps.measurement", "make_measurement"),
    "sprites": ("bothways.media.steps.sprites", "make_sprites"),
    "voice": ("bothways.media.steps.voice", "make_voice"),
    "sound": ("bothways.media.steps.sound", "make_sound"),
    "universal": ("bothways.media.steps.universal", "make_universal"),
}
_STEPS_OF_SEVERAL = {
    "joined": ("bothways.media.steps.joined", "make_joined"),
    "cut": ("bothways.media.steps.cut", "cut_joined"),
    "compose": ("bothways.media.steps.compose", "compose"),
    "measured": ("bothways.media.steps.measured", "measure"),
    "fences": ("bothways.media.steps.fences", "try_fences"),
}
_BY_ERRNO = {
    errno.ENOSPC: (DISK_FULL, False),
    errno.EDQUOT: (DISK_FULL, False),
    errno.EFBIG: (TOO_LONG, True),
    errno.ENOMEM: (OUT_OF_MEMORY, True),
}


def main(order: str) -> None:
    """Carry out `order`: JSON with step, sources, folder, options, limits and parent, the process that waits for it."""
    wanted = json.loads(order)
    end_with_parent(wanted["parent"])
    os.environ.update(_ON_ONE_THREAD)
    sources, folder = [Path(source) for source in wanted["sources"]], Path(wanted["folder"])
    step = wanted["step"]
    module, name = _STEPS_OF_SEVERAL.get(step) or _STEPS[step]
    # Imported first: afterwards the kernel shows this process no other file.
    run = getattr(importlib.import_module(module), name)
    impose(Limits(**wanted["limits"]))
    confine(sources, folder)
    try:
        _say({"done": run(sources if step in _STEPS_OF_SEVERAL else sources[0], folder, **wanted["options"])})
    except BaseException as error:  # whatever it was, the parent hears it in one of our codes
        failure = translate(error)
        _say({"failed": {"code": failure.code, "detail": failure.detail, "permanent": failure.permanent}})


def report_progress(part: float) -> None:
    """Tell the parent how much is done, 0.0 to 1.0. Raises BrokenPipeError, and so ends the step, when it has died."""
    _say({"progress": round(part, 3)})


def translate(error: BaseException) -> MediaFailure:
    """Any exception as one of our failures; a full disk and the like may pass, what we do not know will not."""
    if isinstance(error, MediaFailure):
        return error
    detail = f"{type(error).__name__}: {error}"[:500]
    if isinstance(error, MemoryError):
        return MediaFailure(OUT_OF_MEMORY, detail)
    if _is_senseless(error):
        return MediaFailure(NOTHING_PLAYABLE, detail)
    code, permanent = _BY_ERRNO.get(getattr(error, "errno", None) or 0, (CRASHED, True))
    return MediaFailure(code, detail, permanent=permanent)


def _is_senseless(error: BaseException) -> bool:
    """libavformat or a codec says that what it was given makes no sense; it does so with EPERM, too."""
    is_not_permitted = isinstance(error, FFmpegError) and error.errno == errno.EPERM
    return is_not_permitted or isinstance(error, InvalidDataError | ArgumentError)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, default=str) + "\n")
    sys.stdout.flush()
