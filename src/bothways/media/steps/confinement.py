"""Shut everything out but a step's own files: layers that stand behind one another, each as far as the kernel has it.

Where it has none of them, the plain limits, the forced demuxer and the protocol whitelist remain.
"""

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bothways.media.steps.landlock import shut_files
from bothways.media.steps.seccomp import refuse_calls

_PR_SET_NO_NEW_PRIVS = 38


@dataclass(frozen=True, slots=True)
class Layers:
    """What took hold: the version of Landlock (0: none), and whether seccomp did."""

    landlock: int = 0
    seccomp: bool = False


def confine(sources: Sequence[Path], folder: Path) -> Layers:
    """Leave this process `sources` to read, `folder` to write in, its libraries' code, and nothing else, for good.

    Raises:
        RuntimeError: there are other threads, which Landlock would not reach.
    """
    if sys.platform != "linux":
        return Layers()
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise RuntimeError("a step is confined before it starts threads")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return Layers(landlock=shut_files(libc, sources, folder), seccomp=refuse_calls(libc))
