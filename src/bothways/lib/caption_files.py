"""Reading captions that others have written: WebVTT as its specification parses it, SubRip as people write it.

What cannot be used is named with its line, so that nothing disappears in silence. Words are kept as plain text: without
styles, voices and places on the picture.
"""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from bothways.lib.webvtt import Cue, clean_text

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
_NOTE = re.compile(r"NOTE(?:[ \t].*)?")
_STYLE = re.compile(r"(?:STYLE|REGION)[ \t\f]*")
_COUNTER = re.compile(r"\s*[0-9]+\s*")
# Hours of more than nine digits are no time of anything.
_HOURS = r"(?:([0-9]{1,9}):)?"
_EXACT = _HOURS + r"([0-5][0-9]):([0-5][0-9])\.([0-9]{3})(?![0-9])"
_LOOSE = _HOURS + r"([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,3}))?(?![0-9])"
_WEBVTT_TIMES = re.compile(rf"[ \t\f]*{_EXACT}[ \t\f]*-->[ \t\f]*{_EXACT}")
_SUBRIP_TIMES = re.compile(rf"\s*{_LOOSE}\s*-->\s*{_LOOSE}")
_SUBRIP_BROKEN_TIMES = re.compile(r"\s*[0-9].*-->")
_RUBY_TEXT = re.compile(r"<rt[^<>]*>([^<>]*)(?:</rt>)?")
_WEBVTT_TAG = re.compile(r"<(?:[A-Za-z0-9/.][^<>]*)?>")
_SUBRIP_TAG = re.compile(r"</?(?:b|i|u|s|font|span|c|v)(?:[\s.=][^<>]*)?>|\{\\[^{}]*\}|\{/?[bius]\}", re.IGNORECASE)
_SUBRIP_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


class NotCaptions(Exception):
    """There is neither a WebVTT nor a SubRip file in it."""


class Kind(StrEnum):
    WEBVTT = "webvtt"
    SUBRIP = "subrip"


class Fault(StrEnum):
    TIMES = "times"
    BACKWARDS = "backwards"
    NO_WORDS = "no_words"
    NO_TIMES = "no_times"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that is not used. Lines count from 1."""

    line: int
    fault: Fault


@dataclass(slots=True)
class CaptionFile:
    """What a file says. `text` is all of it, decoded; `lines` says where each cue stands.

    `is_styled`: it says more than words. `is_guessed`: it is not in Unicode, so look at its accents.
    """

    kind: Kind
    text: str
    cues: list[Cue] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    is_styled: bool = False
    is_guessed: bool = False

    def keep(self, line: int, times: re.Match[str] | None, words: list[str]) -> None:
        """Take one cue in, or note why not."""
        if times is None:
            return self.unread.append(Unread(line, Fault.TIMES))
        start_ms, end_ms = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
        raw = "\n".join(words)
        text = clean_text(_plain(raw, self.kind))
        self.is_styled |= bool(times.string[times.end() :].strip()) or _has_tags(raw, self.kind)
        if start_ms >= end_ms:
            self.unread.append(Unread(line, Fault.BACKWARDS))
        elif not text:
            self.unread.append(Unread(line, Fault.NO_WORDS))
        else:
            self.cues.append(Cue(start_ms, end_ms, text))
            self.lines.append(line)

    def cut(self, duration_ms: int) -> None:
        """Fit it to a recording: what begins after its end is not used, what ends after it ends there."""
        timed = list(zip(self.cues, self.lines, strict=True))
        self.unread += [Unread(line, Fault.TOO_LATE) for cue, line in timed if cue.start_ms >= duration_ms]
        self.unread.sort(key=lambda part: part.line)
        inside = [(cue, line) for cue, line in timed if cue.start_ms < duration_ms]
        self.cues = [Cue(cue.start_ms, min(cue.end_ms, duration_ms), cue.text) for cue, _line in inside]
        self.lines = [line for _cue, line in inside]


def read_captions(data: bytes) -> CaptionFile:
    """The cues of a WebVTT or SubRip file, in the order of the file.

    Raises:
        NotCaptions: it is another kind of file.
    """
    text, is_guessed = _decoded(data)
    text = re.sub("\r\n|\r", "\n", text).replace("\0", "\ufffd")
    lines = text.split("\n")
    if _SIGNATURE.fullmatch(lines[0]):
        return _read_webvtt(CaptionFile(Kind.WEBVTT, text, is_guessed=is_guessed), lines)
    file = _read_subrip(CaptionFile(Kind.SUBRIP, text, is_guessed=is_guessed), lines)
    if not file.cues and not any(part.fault != Fault.NO_TIMES for part in file.unread):
        raise NotCaptions
    return file


def _read_webvtt(file: CaptionFile, lines: list[str]) -> CaptionFile:
    for first, block in _webvtt_blocks(lines):
        place = next((number for number, line in enumerate(block[:2]) if "-->" in line), None)
        if place is not None:
            file.keep(first + place, _WEBVTT_TIMES.match(block[place]), block[place + 1 :])
        elif _STYLE.fullmatch(block[0]):
            file.is_styled = True
        elif not _NOTE.fullmatch(block[0]):
            file.unread.append(Unread(first, Fault.NO_TIMES))
    return file


def _webvtt_blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Blocks after the header, each with the number of its first line.

    They end at an empty line, or before an arrow that cannot belong to them.
    """
    header = next((place for place, line in enumerate(lines[1:], 1) if not line or "-->" in line), len(lines))
    first, block = header + 1, list[str]()
    for number, line in enumerate(lines[header:], header + 1):
        is_next = "-->" in line and (len(block) > 1 or any("-->" in above for above in block))
        if block and (not line or is_next):
            yield first, block
            block = []
        if line:
            first = first if block else number
            block.append(line)
    if block:
        yield first, block


def _read_subrip(file: CaptionFile, lines: list[str]) -> CaptionFile:
    """Cues reach from one line of times to the next, whatever stands between: empty lines within words are common."""
    starts = [number for number in range(len(lines)) if _begins_subrip_cue(lines, number)]
    before = _written(lines, 0, starts[0] if starts else len(lines))
    if before:
        file.unread.append(Unread(lines.index(before[0]) + 1, Fault.NO_TIMES))
    for start, end in pairwise([*starts, len(lines)]):
        file.keep(start + 1, _SUBRIP_TIMES.match(lines[start]), _written(lines, start + 1, end))
    return file


def _begins_subrip_cue(lines: list[str], number: int) -> bool:
    line, above = lines[number], lines[number - 1] if number else ""
    if _SUBRIP_TIMES.match(line):
        return True
    return bool(_SUBRIP_BROKEN_TIMES.match(line)) and (not above.strip() or bool(_COUNTER.fullmatch(above)))


def _written(lines: list[str], start: int, end: int) -> list[str]:
    """The written lines of a stretch, without the counter of the cue that follows it."""
    if start < end < len(lines) and _COUNTER.fullmatch(lines[end - 1]):
        end -= 1
    return [line for line in lines[start:end] if line.strip()]


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding is a guess."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), False
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        # What old editors on Windows write in Western Europe and America.
        return data.decode("cp1252", "replace"), True


def _plain(words: str, kind: Kind) -> str:
    if kind == Kind.SUBRIP:
        return _SUBRIP_TAG.sub("", _SUBRIP_BREAK.sub("\n", words))
    return html.unescape(_WEBVTT_TAG.sub("", _RUBY_TEXT.sub(r"(\1)", words)))


def _has_tags(words: str, kind: Kind) -> bool:
    return bool((_SUBRIP_TAG if kind == Kind.SUBRIP else _WEBVTT_TAG).search(words))


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest.ljust(3, "0"))
