"""A clock that a running product goes by, and that a test moves."""

import datetime as dt
import os
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from time_machine import escape_hatch

from tests.product import ROOT

MOVED = Path(__file__).with_name("moved")


@dataclass(frozen=True)
class Clock:
    """Give a product its `environment` before it starts. Dates of the past only: files are as new as they are, and
    what looks too old for its place is cleared away.
    """

    file: Path

    @property
    def environment(self) -> dict[str, str]:
        path = ":".join(map(str, (MOVED, ROOT / "src", ROOT)))
        return {"PYTHONPATH": path, "MOVED_CLOCK": str(self.file)}

    def move_to(self, moment: dt.datetime) -> None:
        """From now on it is this moment, in every process that goes by this clock, and time goes on from there."""
        real = escape_hatch.time if escape_hatch.is_travelling() else time
        with self.file.open("r+b") as file:
            file.write(struct.pack("<q", round(moment.timestamp() * 10**9) - real.time_ns()))


def new_clock(file: Path) -> Clock:
    """As the machine's own, until it is moved."""
    file.write_bytes(bytes(8))
    return Clock(file)


def the_clock() -> Clock:
    """The one that this process goes by."""
    return Clock(Path(os.environ["MOVED_CLOCK"]))
