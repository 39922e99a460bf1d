"""Captions being written: a first draft from the words of the question, and what an editor does to a list of cues."""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bothways.lib.reading import in_lines
from bothways.lib.webvtt import Cue, clean_text

MOST_CUES = 200
LONGEST_CUE = 300
TWO_LINES = 74
"""Characters that can be read at a glance: two lines of a caption."""

NEW_CUE_MS = 2_000
NEAR_MS = 200
_BREATH = 8
"""A pause between two pieces takes as long as so many characters."""

_SENTENCE = re.compile(r"(?<=[.!?…؟۔।])\s+|(?<=[。！？])|\n+")


def begun_cues(text: str, duration_ms: int) -> list[Cue]:
    """The question's own words, sentence by sentence, spread over the recording by their length.

    Askers mostly read the question aloud, so that this is nearly right; a person listens and mends the rest.
    """
    pieces = [
        piece
        for sentence in _SENTENCE.split(text)
        if sentence and (said := clean_text(sentence))
        for piece in _pieces(said)
    ]
    if not pieces:
        return []
    weights = [len(piece) + _BREATH for piece in pieces]
    ends = [sum(weights[: number + 1]) / sum(weights) * duration_ms for number in range(len(pieces))]
    for step in (100, 1):
        marks = [0, *(round(end / step) * step for end in ends[:-1]), duration_ms]
        if all(start < end for start, end in pairwise(marks)):
            return [Cue(*times, in_lines(piece)) for times, piece in zip(pairwise(marks), pieces, strict=True)]
    return []


def split_cue(cues: Sequence[Cue], place: int) -> list[Cue]:
    """Two cues of one, parted at the gap between words nearest to the middle, and the time like the words.

    Where there is nothing to part, nothing changes.
    """
    cue = cues[place]
    at = _middle(cue.text)
    before, after = clean_text(cue.text[:at]), clean_text(cue.text[at:])
    middle = cue.start_ms + round((cue.end_ms - cue.start_ms) * at / max(1, len(cue.text)))
    if not before or not after or not cue.start_ms < middle < cue.end_ms:
        return list(cues)
    return [
        *cues[:place],
        replace(cue, end_ms=middle, text=before),
        replace(cue, start_ms=middle, text=after),
        *cues[place + 1 :],
    ]


def join_cues(cues: Sequence[Cue], place: int) -> list[Cue]:
    """One cue of this and the next. The last has no next: nothing changes."""
    if place + 1 >= len(cues):
        return list(cues)
    first, second = cues[place : place + 2]
    text = " ".join(words for words in (first.text, second.text) if words)
    return [*cues[:place], Cue(first.start_ms, max(first.end_ms, second.end_ms), text), *cues[place + 2 :]]


def remove_cue(cues: Sequence[Cue], place: int) -> list[Cue]:
    return [*cues[:place], *cues[place + 1 :]]


def add_cue(cues: Sequence[Cue], at_ms: int, duration_ms: int) -> tuple[list[Cue], int]:
    """One more cue without words, from `at_ms` on, and its place. A cue that is being shown then ends there.

    It lasts two seconds, or until the next one or the end of the recording.
    """
    at_ms = max(0, min(at_ms, duration_ms - NEAR_MS))
    changed = list(cues)
    shown = next((place for place, cue in enumerate(changed) if cue.start_ms <= at_ms < cue.end_ms), None)
    end_ms = at_ms + NEW_CUE_MS
    if shown is not None:
        cue = changed[shown]
        if at_ms - cue.start_ms < NEAR_MS:
            at_ms, end_ms = cue.end_ms, cue.end_ms + NEW_CUE_MS
        else:
            changed[shown], end_ms = replace(cue, end_ms=at_ms), cue.end_ms
    place = bisect_left([cue.start_ms for cue in changed], at_ms)
    following = changed[place].start_ms if place < len(changed) else duration_ms
    end_ms = min(end_ms, following, duration_ms)
    if at_ms >= end_ms:
        return list(cues), shown if shown is not None else max(0, place - 1)
    changed.insert(place, Cue(at_ms, end_ms, ""))
    return changed, place


def _pieces(sentence: str) -> list[str]:
    """A sentence in pieces of about the same length, each short enough for two lines, parted between words."""
    sentence = sentence.replace("\n", " ")
    count = math.ceil(len(sentence) / TWO_LINES)
    pieces = []
    for left in range(count, 1, -1):
        wanted = len(sentence) / left
        gaps = [gap.start() for gap in re.finditer(" ", sentence)]
        at = min(gaps, key=lambda gap: _detour(sentence, gap, wanted)) if gaps else round(wanted)
        pieces.append(sentence[:at].strip())
        sentence = sentence[at:].strip()
    return [piece for piece in [*pieces, sentence] if piece]


def _middle(text: str) -> int:
    gaps = [gap.start() for gap in re.finditer(r"\s", text)]
    return min(gaps, key=lambda gap: abs(gap - len(text) / 2)) if gaps else 0


def _detour(sentence: str, gap: int, wanted: float) -> float:
    """How far a gap is from where we would like it. Behind a comma one breathes: that is worth twelve characters."""
    return abs(gap - wanted) - (12 if sentence[gap - 1] in ",;:،、—–" else 0)
