"""Captions as WebVTT files (https://www.w3.org/TR/webvtt1/): plain text on our side, escaped text in the file."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

MIME = "text/vtt; charset=utf-8"
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """Words that are shown from `start_ms` until `end_ms`, counted from the start of the recording. `voice` is the name
    of who says them, where there are several."""

    start_ms: int
    end_ms: int
    text: str
    voice: str = ""


def clean_text(text: str) -> str:
    """The words of a cue as they are kept: without empty lines, doubled spaces and characters that nobody sees."""
    kept = "".join(character if _is_written(character) else " " for character in text)
    lines = (_SPACES.sub(" ", line).strip(" ") for line in re.split("\r\n|\r|\n", kept))
    return "\n".join(line for line in lines if line.strip())


def write_webvtt(cues: Iterable[Cue]) -> str:
    """A file with these cues, in their order of time. Cues without words are left out."""
    blocks = [
        f"{file_time(cue.start_ms)} --> {file_time(cue.end_ms)}\n{_voice(cue)}{html.escape(cue.text, quote=False)}\n"
        for cue in worded(cues)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _voice(cue: Cue) -> str:
    """Open until the cue ends, as the format allows where one speaks alone."""
    name = " ".join(clean_text(cue.voice).split())
    return f"<v {html.escape(name, quote=False)}>" if name else ""


def worded(cues: Iterable[Cue]) -> list[Cue]:
    """The cues that have words, clean, in their order of time."""
    cleaned = (replace(cue, text=clean_text(cue.text)) for cue in cues)
    return sorted(cue for cue in cleaned if cue.text)


def file_time(ms: int, point: str = ".") -> str:
    """A time as files of captions have it: 01:02:03.004."""
    minutes, left = divmod(ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{left // 1000:02}{point}{left % 1000:03}"


def _is_written(character: str) -> bool:
    """Whether a character may stand in a cue: no controls but the line's end, no halves of a pair."""
    return character in "\n\r" or unicodedata.category(character) not in ("Cc", "Cs")
