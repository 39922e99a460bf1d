"""What a step's process may use, and the calls that hold it to that.

Decoders are native code that reads what strangers send. Each step therefore runs in its own process, which takes
these limits upon itself before it opens the file.
"""

import contextlib
import os
import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one step: bytes, seconds; `niceness` is added to the process's own."""

    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 60
    wall_seconds: int = 90
    file_bytes: int = 512 * MIB
    open_files: int = 32
    niceness: int = 0


def impose(limits: Limits) -> None:
    """Hold this process to the limits, for good: soft and hard ceilings are the same.

    The alarm is a second fuse: it ends the process even when the parent, who watches the clock, has been killed.
    """
    ceilings = {
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":  # others count address space and processes in ways that stop a healthy step
        ceilings |= {resource.RLIMIT_AS: limits.memory_bytes, resource.RLIMIT_NPROC: 0}
    for what, ceiling in ceilings.items():
        resource.setrlimit(what, (ceiling, ceiling))
    # The soft ceiling sends SIGXCPU, which tells "too slow" from other ends; the hard one would only kill.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    signal.alarm(limits.wall_seconds + 10)
    if limits.niceness:
        os.nice(limits.niceness)
    with contextlib.suppress(OSError):  # a machine short of memory ends a step, never the service
        Path("/proc/self/oom_score_adj").write_text("1000")
