"""Captions made from what a machine heard: words with their times become cues that can be read.

A cue ends where a sentence ends or the speaker pauses; a long sentence is parted, after a comma if there is one.
Each has at most two lines, stays one to seven seconds, and ends a little before the next begins (`lib/reading.py`).
Where it is known who speaks, a cue begins with the name whenever somebody else does: players show no voices.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from bothways.lib.reading import GAP_MS, LINES, LONGEST_MS, PER_SECOND, SHORTEST_MS, in_lines, width
from bothways.lib.webvtt import Cue, clean_text
from bothways.media.utterances import Utterance, Word, is_timed, spoken_by

PAUSE_MS = 700
"""A silence that ends a caption."""

_SENTENCE_ENDS = (".", "!", "?", "…", "؟", "۔", "।", "。", "！", "？")
_CLOSING = "\"'”’»)]」』"
_COMMAS = (",", ";", ":", "،", "、", "，", "—", "–")


LONGEST_NAME = 20
"""Characters of a name that are shown in a cue."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that are shown together. `voice` is empty where it is not told apart who speaks."""

    voice: str
    words: Sequence[Word]

    @property
    def start_ms(self) -> int:
        return self.words[0].start_ms


def spoken_cues(utterances: Iterable[Utterance], duration_ms: int, who: str = "") -> list[Cue]:
    """Cues for a recording that lasts `duration_ms`, in order, none over another. No word is left out.

    `who` is what the reader calls whoever was asked to speak.
    """
    phrases = [
        _Phrase(voice, piece)
        for utterance in utterances
        for voice in (spoken_by(utterance, who),)
        for sentence in _sentences(_timed_words(utterance))
        for piece in _pieces(sentence, _label(voice))
    ]
    return _timed(_without_flashes(sorted(phrases, key=lambda phrase: phrase.start_ms)), duration_ms)


def _label(voice: str) -> str:
    """What a cue begins with, so that one sees who speaks."""
    name = voice if width(voice) <= LONGEST_NAME else f"{voice[: LONGEST_NAME // 2].rstrip()}…"
    return f"{name}: " if name else ""


def _timed_words(utterance: Utterance) -> list[Word]:
    """Its words; where not all of it is timed, its text is spread over the utterance by length."""
    if is_timed(utterance):
        return [word for word in utterance.words if clean_text(word.text)]
    texts = clean_text(utterance.text).split()
    total, passed, spread = sum(len(text) + 1 for text in texts), 0, []
    for text in texts:
        start, passed = passed, passed + len(text) + 1
        times = (utterance.start_ms + (utterance.end_ms - utterance.start_ms) * at // total for at in (start, passed))
        spread.append(Word(*times, text, 1.0))
    return spread


def _sentences(words: Sequence[Word]) -> list[list[Word]]:
    """Stretches that end with a sentence or before a pause."""
    sentences: list[list[Word]] = []
    for number, word in enumerate(words):
        if number == 0 or _is_break(words[number - 1], word):
            sentences.append([])
        sentences[-1].append(word)
    return sentences


def _is_break(word: Word, following: Word) -> bool:
    ends = word.text.strip().rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    return ends or following.start_ms - word.end_ms >= PAUSE_MS


def _pieces(words: list[Word], label: str) -> list[list[Word]]:
    """A stretch in pieces, each of which fits into a cue behind the label. One word is never parted."""
    if len(words) < 2 or _fits(words, label):
        return [words]
    place = min(range(1, len(words)), key=lambda place: _detour(words, place))
    return [*_pieces(words[:place], label), *_pieces(words[place:], label)]


def _fits(words: Sequence[Word], label: str) -> bool:
    lines = in_lines(f"{label}{_joined(words)}").count("\n") + 1
    return lines <= LINES and words[-1].end_ms - words[0].start_ms <= LONGEST_MS


def _detour(words: Sequence[Word], place: int) -> float:
    """How far from the middle a stretch would be parted. A comma and a breath are worth going further."""
    before, after = width(_joined(words[:place])), width(_joined(words[place:]))
    breath = max(0, words[place].start_ms - words[place - 1].end_ms) / 50
    return abs(before - after) - breath - (24 if words[place - 1].text.strip().endswith(_COMMAS) else 0)


def _without_flashes(phrases: list[_Phrase]) -> list[_Phrase]:
    """What would be gone before it can be read ("Yes.") is shown with its neighbour, where both fit into one cue."""
    kept: list[_Phrase] = []
    for phrase in phrases:
        is_short = bool(kept) and phrase.start_ms - kept[-1].start_ms < SHORTEST_MS + GAP_MS
        both = [*kept[-1].words, *phrase.words] if is_short and kept[-1].voice == phrase.voice else []
        if both and _fits(both, _label(phrase.voice)):
            kept[-1] = _Phrase(phrase.voice, both)
        else:
            kept.append(phrase)
    return kept


def _timed(phrases: Sequence[_Phrase], duration_ms: int) -> list[Cue]:
    """Each stays until it can have been read, or until shortly before the next."""
    cues: list[Cue] = []
    for phrase, following in zip_longest(phrases, phrases[1:]):
        voice, last = phrase.voice, cues[-1] if cues else None
        text = _joined(phrase.words) if last and last.voice == voice else f"{_label(voice)}{_joined(phrase.words)}"
        next_ms = following.start_ms if following else duration_ms + GAP_MS
        start_ms = max(phrase.start_ms, last.end_ms + GAP_MS if last else 0)
        reading_ms = max(SHORTEST_MS, width(text) * 1000 // PER_SECOND)
        end_ms = min(max(phrase.words[-1].end_ms, start_ms + reading_ms), start_ms + LONGEST_MS, next_ms - GAP_MS)
        # Words that a machine heard at one and the same time push the later ones on.
        end_ms = min(end_ms if end_ms > start_ms else start_ms + SHORTEST_MS, duration_ms)
        if start_ms < end_ms:
            cues.append(Cue(start_ms, end_ms, in_lines(text), voice))
        elif last:
            cues[-1] = replace(last, text=in_lines(f"{last.text} {text}"))
    return cues


def _joined(words: Sequence[Word]) -> str:
    """Words as they are written: with spaces, and without between wide characters, whose languages have none."""
    text = words[0].text.strip()
    for before, word in pairwise(words):
        wide = width(before.text.strip()[-1:]) == 2 and width(word.text.strip()[:1]) == 2
        text += ("" if wide else " ") + word.text.strip()
    return clean_text(text)
