"""What processes of this machine have spent of its processors."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all that descend from it."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        number = int(stat.parent.name)
        parents[number] = int(fields[1])
        spent[number] = (int(fields[11]) + int(fields[12])) / TICKS
    return sum(seconds for number, seconds in spent.items() if _descends(number, pid, parents))


def _descends(number: int, pid: int, parents: dict[int, int]) -> bool:
    while number and number != pid:
        number = parents.get(number, 0)
    return number == pid
