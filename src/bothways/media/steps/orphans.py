"""A step never outlives the worker that asked for it, not even one that was killed with -9."""

import contextlib
import ctypes
import json
import os
import signal
import sys
from pathlib import Path

ENTRY = (
    "import sys; sys.path[:0] = sys.argv[1].split(':'); from bothways.media.steps.child import main; main(sys.argv[2])"
)
"""How the process of a step is started, and known again among all others."""

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends; `parent` is that thread's process.

    Linux only. Elsewhere the alarm of the limits ends it, some seconds after its time.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel knew our wish
        os._exit(1)


def end_steps_in(folder: Path) -> int:
    """Kill the steps that write in or below `folder`, whose owner is dead. Returns how many. Linux only."""
    if sys.platform != "linux":
        return 0
    return sum(_end_if_in(folder, int(about.name)) for about in Path("/proc").iterdir() if about.name.isdecimal())


def _end_if_in(folder: Path, pid: int) -> bool:
    """Held by a descriptor while it is looked at, so that the number cannot pass on to another process."""
    with contextlib.suppress(OSError, ValueError, KeyError, IndexError), contextlib.ExitStack() as stack:
        descriptor = os.pidfd_open(pid)
        stack.callback(os.close, descriptor)
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        order = json.loads(words[words.index(ENTRY) + 2])
        if Path(order["folder"]).is_relative_to(folder):
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            return True
    return False
