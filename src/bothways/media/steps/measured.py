"""How much of a recording that is still arriving can be played."""

from pathlib import Path
from typing import Any

from bothways.media.steps.failure import MediaFailure
from bothways.media.steps.opening import open_media, streams_of
from bothways.media.steps.packets import HealthyPackets


def measure(sources: list[Path], _folder: Path) -> dict[str, Any]:
    """The healthy length of all segments together. One that cannot be read yet counts nothing."""
    return {"duration_ms": sum(_length(source) for source in sources)}


def _length(source: Path) -> int:
    try:
        with open_media(source) as incoming:
            packets = HealthyPackets(incoming, streams_of(incoming))
            for _ in packets:
                pass
            return packets.duration_ms
    except MediaFailure:
        return 0
