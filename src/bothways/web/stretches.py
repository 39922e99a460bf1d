"""Moments and stretches of a recording as people read and type them: 0:42, 0:42–1:05."""

import re

from bothways.web.durations import clock

_TIME = r"(\d{1,4}):(\d\d)"
_WHEN = re.compile(rf"\s*{_TIME}\s*(?:[-–—]\s*{_TIME}\s*)?")


def shown_when(start_ms: int, end_ms: int | None) -> str:
    """0:42, or 0:42–1:05. A begun second is the one it happens in; a stretch goes to the end of its last."""
    start = clock(start_ms // 1000 * 1000)
    return start if end_ms is None else f"{start}–{clock(-(-end_ms // 1000) * 1000)}"


def when_of(typed: str) -> tuple[int, int | None] | None:
    """The milliseconds in a typed "0:42" or "0:42-1:05"; None for what is no time."""
    found = _WHEN.fullmatch(typed)
    if found is None:
        return None
    minutes, seconds, end_minutes, end_seconds = (part and int(part) for part in found.groups())
    if max(seconds, end_seconds or 0) > 59:
        return None
    end_ms = None if end_minutes is None else (end_minutes * 60 + end_seconds) * 1000
    return (minutes * 60 + seconds) * 1000, end_ms
