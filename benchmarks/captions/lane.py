"""What the words lane has used of the processor, with all that it has started."""

import contextlib
import os
from pathlib import Path

from tests.product import Product


def processor_seconds(product: Product) -> float:
    """Of every process in the lane's session: the cluster, its workers, the engine, and the steps that have ended."""
    sessions = {os.getsid(pid) for pid in product.pids("words")}
    ticks = 0
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if os.getsid(int(folder.name)) in sessions:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
